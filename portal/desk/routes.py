"""The start page of each role, and the checklist of one recruitment."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from flask import Blueprint, abort, g, render_template, url_for
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue
from sqlalchemy import true

from portal import clock
from portal.contracts.aside.queries import stakes_of
from portal.contracts.decision.queries import Waiting, waiting
from portal.contracts.onboarding.queries import waiting as steps_waiting
from portal.contracts.written.queries import awaited
from portal.db import db
from portal.desk.agenda import (
    Day,
    Item,
    arrival_items,
    assessor_items,
    days_of,
    heading_of,
    office_items,
    recording_item,
)
from portal.desk.asked import asked_items
from portal.desk.begun import begun_items
from portal.desk.decided import decision_items
from portal.desk.deciding import deciding_items
from portal.desk.employed import contract_items, onboarding_items
from portal.desk.facts import Recruitment
from portal.desk.kept import kept_items
from portal.desk.letters import letter_items
from portal.desk.mandate import change_told_on, last_days
from portal.desk.meetings import meeting_items, met, wish_items
from portal.desk.queries.coming import endings, fresh_arrivals, to_record
from portal.desk.queries.recruitments import office_recruitments, panel_recruitments, recruitment
from portal.desk.requested import number_items, request_items
from portal.desk.restored import restored_items
from portal.desk.steps import OPTIONAL, STAGES, Step, assessor_steps, office_steps, stage, stage_word
from portal.desk.undecided import undecided_items
from portal.desk.unreadable import unreadable_items
from portal.disclosure.queries.diary import cases_without_number
from portal.disclosure.queries.requests import competed_for
from portal.disclosure.queries.requests import waiting as requested
from portal.disclosure.requests import Waiting as Request
from portal.interviews.queries.coming import coming_meetings, wishes_by_ad
from portal.letterbox.queries import waiting_letters
from portal.organisations.access import Role, may_enter, may_run_recruitment, may_work_in_party
from portal.organisations.services.closing import closes_at
from portal.privacy.queries import kept_cases
from portal.privacy.rights.queries.listed import waiting as requests_waiting
from portal.review.phases import NAMES
from portal.review.queries.person import applied_under
from portal.web.guards import staff

desk = Blueprint("desk", __name__)


@desk.get("/arbete")
@staff(may_enter)
def start() -> ResponseReturnValue:
    """What waits for the person, in order of date."""
    show = _STARTS.get(g.actor.role, _nowhere)
    return render_template("desk/start.html", **show(), on=clock.today(), current="todo")


def _own_cases() -> set[UUID]:
    """The recruitments that somebody who is not of the office is let into, over or not: a list leads to no other."""
    found = panel_recruitments(db.session, g.actor, at=clock.now(), of=true())
    return {row.ad_id for row in found if not row.has_applied}


@desk.record_once
def _tell_lists(state: BlueprintSetupState) -> None:
    state.app.extensions["own_cases"] = _own_cases
    state.app.extensions["applied_to"] = _applied_to


@desk.get("/arbete/rekryteringar/<uuid:ad_id>")
@staff(may_work_in_party)
def case(ad_id: UUID) -> ResponseReturnValue:
    """One recruitment as an ordered checklist."""
    at, me = clock.now(), g.actor.person_id
    found = recruitment(db.session, g.actor, ad_id, at=at)
    if found is None or found.has_applied:
        abort(404)
    office = may_run_recruitment(g.actor)
    steps = (office_steps if office else assessor_steps)(found, at=at, person_id=me)
    if not steps:
        abort(404)
    own = found.assessor(me)
    return render_template(
        "desk/case.html",
        case=found,
        office=office,
        groups=_groups(steps, ad_id),
        steps=steps,
        phase_name=NAMES[found.phase],
        may_move_on=office or (own is not None and own.leads),
        current="recruitments",
    )


def _office() -> dict[str, Any]:
    at, on = clock.now(), clock.today()
    cases = [one for one in office_recruitments(db.session, g.actor, at=at) if not one.has_applied]
    decisions = waiting(db.session, on=on)
    items = [
        *restored_items(g.membership.party.people_as_of, on),
        *office_items(cases, at=at, person_id=g.actor.person_id),
        *deciding_items(cases, at=at, person_id=g.actor.person_id),
        *_unrecorded(on),
        *_about_employed(on, decisions),
        *_letters(),
        *_wishes(cases),
        *_meetings(cases),
        *_kept(on, decisions),
        *_asked(on),
        *begun_items(cases, on),
        *unreadable_items(cases, on),
        *undecided_items(cases, on),
    ]
    running = [_running(one) for one in cases if not one.over]
    return {**_days(days_of(items, on)), "running": running, "may_write": True}


def _applied_to() -> set[UUID]:
    """The recruitments that the person has applied to themselves; asked for once, by whoever has something to tell."""
    if "applied_to" not in g:
        party = g.membership.party
        g.applied_to = applied_under(db.session, g.actor.person_id, (party.id, party.authority_id))
    found: set[UUID] = g.applied_to
    return found


def _unrecorded(on: date) -> list[Item]:
    """Of recruitments that have ended; of one that goes on, its own item."""
    found = to_record(db.session, g.actor.person_id)
    own = _applied_to() if found else ()
    return [recording_item(ad_id, title, left, on) for ad_id, title, left in found if ad_id not in own]


def _about_employed(on: date, decisions: list[Waiting]) -> list[Item]:
    """None that came of a post to which the person has applied themselves; and of whom they have jäv for, the first days
    alone: what is decided of an employment a colleague is asked for, since their own page only shows it."""
    contracts, steps = awaited(db.session, on=on), steps_waiting(db.session, on=on)
    stakes = stakes_of(db.session, g.actor.person_id) if (decisions or contracts or steps) else {}
    hidden = {id for id, stake in stakes.items() if stake.competes}
    return [
        *_last_days(on),
        *decision_items(one for one in decisions if one.employment_id not in stakes),
        *contract_items(one for one in contracts if one.employment_id not in stakes),
        *onboarding_items((one for one in steps if one.employment_id not in hidden), on=on),
    ]


def _assessor() -> dict[str, Any]:
    at = clock.now()
    cases = [one for one in panel_recruitments(db.session, g.actor, at=at) if not one.has_applied]
    who = {"at": at, "person_id": g.actor.person_id}
    items = [*assessor_items(cases, **who), *deciding_items(cases, **who), *_meetings(cases)]
    running = [_running(one) for one in cases if not one.over and not one.is_draft]
    return {**_days(days_of(items, clock.today())), "running": running}


def _last_days(on: date, *, of_party: bool = True) -> list[Item]:
    change = change_told_on(on)
    ending = endings(db.session, on=on, also=change.last if change else None)
    return list(last_days(ending, on, of_party=of_party))


def _letters() -> list[Item]:
    found = waiting_letters(db.session, g.membership.party.id, g.actor.person_id)
    return list(letter_items(found.rows, clock.today(), for_nobody=found.for_nobody))


def _kept(on: date, decisions: list[Waiting]) -> list[Item]:
    """Of the recruitments that hold something of anybody and in which a time is counted, or could be."""
    own_lines = {one.employment_id for one in decisions if not one.act}
    items = list(kept_items(kept_cases(db.session, counted=True), on, own_lines))
    own = _applied_to() if items else ()
    return [item for item in items if item.values["ad_id"] not in own]


def _wishes(cases: list[Recruitment]) -> list[Item]:
    found = met(cases)
    return list(wish_items(found, wishes_by_ad(db.session, found), clock.today())) if found else []


def _meetings(cases: list[Recruitment]) -> list[Item]:
    """Those of whose candidate the person has no jäv; asked only where somebody has been called."""
    found = met(cases)
    coming = coming_meetings(db.session, g.actor.person_id, found, after=clock.now()) if found else []
    return list(meeting_items(found, coming))


def _authority() -> dict[str, Any]:
    at, on = clock.now(), clock.today()
    fresh = fresh_arrivals(db.session, at=at)
    waiting = _requested(on)
    unnumbered = number_items(cases_without_number(db.session), waiting, on)
    items = [
        *restored_items(g.membership.authority.people_as_of, on), *arrival_items(fresh, on), *request_items(waiting),
        *unnumbered, *_asked(on), *_last_days(on, of_party=False),
    ]  # fmt: skip
    return {**_days(days_of(items, on)), "authority": True}


def _asked(on: date) -> list[Item]:
    found = requests_waiting(db.session, g.actor.person_id)
    return list(asked_items(found.rows, for_nobody=found.for_nobody, on=on))


def _requested(on: date) -> list[Request]:
    """None about a recruitment to which the person has applied themselves."""
    found = requested(db.session, g.actor.authority_id, on=on)
    hidden = competed_for(db.session, g.actor.authority_id, g.actor.person_id) if found else ()
    return [one for one in found if one.id not in hidden]


def _operator() -> dict[str, Any]:
    return {"heading": "Installationen", "days": [], "operator": True}


def _nowhere() -> dict[str, Any]:
    """Whoever is in no home, and so has nothing here; they are told for how long they can log in."""
    closes = closes_at(db.session, g.actor.person_id)
    return {"heading": "Du har inget uppdrag i portalen", "days": [], "nowhere": True, "closes": closes}


_STARTS: dict[Role | None, Callable[[], dict[str, Any]]] = {
    Role.KANSLI: _office,
    Role.LEDAMOT: _assessor,
    Role.REGION: _authority,
    Role.DRIFT: _operator,
}


def _days(days: list[Day]) -> dict[str, Any]:
    return {"heading": heading_of(days), "days": [_day(day) for day in days]}


def _day(day: Day) -> dict[str, Any]:
    items = [
        {
            "text": item.text,
            "about": item.about,
            "href": url_for(item.endpoint, **item.values),
            "tag": dict(zip(("text", "kind", "sign"), item.tag, strict=True)) if item.tag else None,
        }
        for item in day.items
    ]
    return {"heading": day.heading, "small": day.small, "state": day.state, "items": items}


def _running(case: Recruitment) -> dict[str, Any]:
    reached = stage(case, at=clock.now())
    return {"case": case, "reached": reached, "of": len(STAGES), "word": stage_word(case, at=clock.now())}


def _groups(steps: list[Step], ad_id: UUID) -> list[dict[str, Any]]:
    now = next((step.key for step in steps if step.status in ("fix", "left") and step.key not in OPTIONAL), "")
    groups: dict[str, list[dict[str, Any]]] = {}
    for step in steps:
        href = url_for(step.endpoint, ad_id=ad_id) if step.endpoint and step.status != "waiting" else ""
        task = {"text": step.text, "href": href, "status": step.status, "current": step.key == now}
        groups.setdefault(step.group, []).append(task)
    return [{"title": title, "tasks": tasks} for title, tasks in groups.items()]
