"""The change of mandate: a party's own people and posts on both sides of it; for the authority every party's posts."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask import abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.contracts.access import may_read_mandate_change, may_record_employments
from portal.contracts.aside.queries import stakes_of
from portal.contracts.mandate import pictures
from portal.contracts.mandate.change import Change, change_at, change_of
from portal.contracts.mandate.fates import GOING
from portal.contracts.mandate.forms import ChangeForm
from portal.contracts.mandate.handover import given_back, handover
from portal.contracts.mandate.laws import by_law, by_local_rules
from portal.contracts.mandate.queries import Concerned, all_lines, own_side, rules_on
from portal.contracts.onboarding.queries import Done, done_of_many
from portal.contracts.renewal.term import term_to_renew_for
from portal.contracts.routes import contracts
from portal.db import db
from portal.organisations.models import Authority
from portal.posts.employer_model import Employer
from portal.posts.pictures import pools_on
from portal.web.guards import staff
from portal.web.readings import reads


@contracts.get("/arbete/mandatskifte")
@staff(may_read_mandate_change)
@reads("mandate_change.read")
def mandate_change() -> ResponseReturnValue:
    """The change that comes or goes on, or that of another election year in the address."""
    form = ChangeForm(request.args)
    status = 200 if form.validate() else 422
    on = clock.today()
    change = change_of(form.year) if form.year and status == 200 else change_at(on)
    if change is None:
        abort(404)  # beyond the table of elections nothing is promised
    if status == 200:
        form.val.data = str(change.election.year)
    page = {"form": form, "change": change, "phase": change.phase(on).value, "on": on, "current": "employments"}
    if may_record_employments(g.actor):
        return render_template("contracts/mandate_own.html", **page, **_own(change, on)), status
    return render_template("contracts/mandate_lines.html", **page, **_lines(change)), status


def _own(change: Change, on: date) -> dict[str, Any]:
    authority: Authority = g.membership.party.authority
    side = own_side(db.session, g.actor.party_id, change, on=on)
    going = [one for one in side.people if one.fate in GOING]
    leaving = sum(one.leaves for one in going)
    may_renew = bool(leaving) and _renewable(change, on)
    stakes = stakes_of(db.session, g.actor.person_id)
    shut = {id for id, stake in stakes.items() if stake.competes}
    return {
        **_told(change, authority, on),
        "heading": pictures.heading(change, leaving, on=on),
        "people": [
            _person(one, may_renew and one.held.id not in stakes, one.held.id in shut, on=on) for one in side.people
        ],
        "handovers": _handovers(
            [one for one in going if one.held.id not in shut and not one.held.lasts], authority, on
        ),
        "may_renew": may_renew,
        "room": side.room,
        "days": pictures.days_of_room(side.room, change, leaving),
        "over": pictures.over_sentence(side.room),
        "if_all": pictures.if_all_sentence(side.room, leaving),
        "lasting": pictures.lasting_sentence(one.held for one in going),
        "turns": [{"day": one.day, "words": pictures.turn_words(one)} for one in side.turns],
    }


def _handovers(going: Sequence[Concerned], authority: Authority, on: date) -> list[dict[str, Any]]:
    """Each who leaves, with what the rules say is handed over and what their own first days say they were given."""
    employers = sorted({one.one.row.employer for one in going})
    things = {employer: handover(rules_on(authority, employer, on)) for employer in employers}
    own = done_of_many(db.session, [one.held.id for one in going])
    return [
        {
            "name": one.one.name,
            "things": things[employer],
            "who": authority.name if employer == Employer.AUTHORITY else g.membership.party.name,
            "begun": one.held.id in own,
            "back": _back(own.get(one.held.id, [])),
        }
        for employer in employers
        for one in going
        if one.one.row.employer == employer
    ]


def _back(done: Sequence[Done]) -> list[Done]:
    kept = set(given_back(step.what for step in done))
    return [step for step in done if step.what in kept]


def _renewable(change: Change, on: date) -> bool:
    """Whether the page that renews is for this change's term, and the election has been held."""
    term = term_to_renew_for(on)
    return on >= change.decided_from and term is not None and (term.first, term.last) == (change.first, change.ends)


def _person(one: Concerned, may_renew: bool, shut: bool, *, on: date) -> dict[str, Any]:
    return {
        "id": one.held.id,
        "name": one.one.name,
        "title": one.one.title,
        "percent": one.held.percent,
        "words": pictures.fate_words(one.held, one.fate, on=on),
        "href": "" if shut else url_for("contracts.employment", employment_id=one.held.id),
        "tick": may_renew and one.leaves,
    }


def _lines(change: Change) -> dict[str, Any]:
    authority: Authority = g.membership.authority
    found = all_lines(db.session, authority.id, change)
    days = (change.last, change.first)
    before, after = (pools_on(found.quotas, found.pools, day) for day in days)
    remaining = {pool.name for pool in after}
    return {
        **_told(change, authority, clock.today()),
        "lines": [pictures.party_line(party.name, room) for party, room in found.parties],
        "pools": after,
        "gone": [pool for pool in before if pool.name not in remaining],
    }


def _told(change: Change, authority: Authority, on: date) -> dict[str, Any]:
    """What both pages say of the days and the rules."""
    return {
        "authority": authority,
        "board": pictures.board_of(change, authority.board_first_day, authority.board_source),
        "laws": by_law(change),
        "local": by_local_rules(rules_on(authority, Employer.AUTHORITY, on)),
    }
