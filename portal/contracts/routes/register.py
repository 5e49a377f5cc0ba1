"""The register of employments, the same to take away as a file, and the page of one of them."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from flask import Response, abort, g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.guards import confirmed
from portal.accounts.step_up import Reason
from portal.audit.services import person_actor, record_reading
from portal.contracts.access import may_read_employments, may_record_employments
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.acts.services.standing_in import stand_in_of
from portal.contracts.decision.queries import decision_of
from portal.contracts.listing.engines import csv_of, xlsx_of
from portal.contracts.listing.lines import WORDS, Listed, Post, Showing, by_post, showing_of, shown
from portal.contracts.listing.queries import listed
from portal.contracts.listing.sheet import rows_of
from portal.contracts.mandate.change import change_at
from portal.contracts.models import Employment
from portal.contracts.pictures import Line, ending_soon, mandate, register_of
from portal.contracts.queries import advertised, employments_of
from portal.contracts.renewal.queries import renewals_of
from portal.contracts.renewal.term import ends_into, term_to_renew_for
from portal.contracts.routes import contracts
from portal.contracts.routes.acted import changed, permanent_now, put_right, reasoning_in_force
from portal.contracts.routes.aside import has_conflict, shut_to_reader, unless_competing
from portal.contracts.routes.decided import standing_of
from portal.db import db
from portal.organisations.access import may_read_register
from portal.web.guards import staff
from portal.web.headers import shut
from portal.web.readings import reads

REGISTER = "/arbete/anstallningar"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@contracts.get(REGISTER)
@staff(may_read_employments)
@reads("employments.read")
def employments() -> ResponseReturnValue:
    """Who is employed until when: the party's own, or for an authority those it employs."""
    on, across, showing = clock.today(), may_read_register(g.actor), _asked()
    everybody, shut = listed(db.session, on=on), shut_to_reader()
    posts = by_post(shown(everybody, showing, on=on))
    seen = [_drawn(line, post, across, shut, on) for post in posts for line in post.lines if not line.never_began]
    page = {
        "posts": posts,
        "shut": shut,
        "register": register_of([*seen, *_open_posts(everybody, showing)], on=on),
        "soon": ending_soon(
            [_drawn(line, Post((line,)), across, shut, on) for line in everybody if _ends(line)], on=on
        ),
        "mandate": mandate(on),
        "change_ahead": change_at(on) is not None,
        "on": on,
        "current": "employments",
        "across": across,
        "showing": showing.value,
        "words": {one.value: word for one, word in WORDS.items()},
        "anybody": bool(everybody),
        "may_record": may_record_employments(g.actor),
        "term": term_to_renew_for(on),
    }
    return render_template("contracts/employments.html", **page)


@contracts.get(f"{REGISTER}/anstallningar.xlsx")
@staff(may_read_employments)
@confirmed(Reason.FILE)
def employments_as_xlsx() -> ResponseReturnValue:
    """The rows of the page as a spreadsheet."""
    return _sent(
        xlsx_of(rows_of(_taken_away("employments.read_as_xlsx"), on=clock.today())), XLSX, "anstallningar.xlsx"
    )


@contracts.get(f"{REGISTER}/anstallningar.csv")
@staff(may_read_employments)
@confirmed(Reason.FILE)
def employments_as_csv() -> ResponseReturnValue:
    """The rows of the page as comma-separated values, with semicolons."""
    return _sent(
        csv_of(rows_of(_taken_away("employments.read_as_csv"), on=clock.today())), "text/csv", "anstallningar.csv"
    )


@contracts.get(f"{REGISTER}/<uuid:employment_id>")
@staff(may_read_employments)
@unless_competing
@reads("employment.read", of="employment_id")
def employment(employment_id: UUID) -> ResponseReturnValue:
    """One employment with the limit that was stored with it."""
    found = next(iter(employments_of(db.session, employment_id)), None)
    if found is None:
        abort(404)
    on, acts = clock.today(), acts_of(db.session, employment_id)
    renewal = renewals_of(db.session, [employment_id]).get(employment_id)
    term = term_to_renew_for(on)
    page = {
        "one": found,
        "permanent": permanent_now(db.session, found.row, acts, on=on),
        "reasoning": reasoning_in_force(found.row, acts, on=on),
        "acts": changed(db.session, acts, on=on),
        "put_right": put_right(db.session, found.row),
        "stands_in": _stands_in(found.row),
        "decided": standing_of(found.row, decision_of(db.session, employment_id), on=on),
        "may_renew": (
            may_record_employments(g.actor)
            and term is not None
            and not found.row.never_began
            and not has_conflict()
            and ends_into(found.row, term)
            and renewal is None
        ),
        "renewal": renewal,
        "term": term,
        "current": "employments",
    }
    return render_template("contracts/employment.html", **page)


def _stands_in(row: Employment) -> dict[str, str]:
    """For whom, as a row of the page; that it is a stand-in where that one is not registered, or not this reader's to see."""
    of = stand_in_of(db.session, row)
    for one in employments_of(db.session, of.in_place_of) if of.in_place_of else ():
        href = "" if one.row.id in shut_to_reader() else url_for("contracts.employment", employment_id=one.row.id)
        return {"label": "Vikarierar för", "value": one.name, "href": href}
    return {"label": "Vikariat", "value": "ja" if of.is_one else ""}


def _asked() -> Showing:
    return showing_of(request.args.get("visa", ""))


def _ends(line: Listed) -> bool:
    """Whether whoever has it leaves when it ends: not who is renewed, whose employment has turned permanent, or who never
    came."""
    return not line.never_began and not line.renewed and line.lasts_from is None


def _drawn(line: Listed, post: Post, across: bool, shut: Collection[UUID], on: date) -> Line:
    about = f"{line.title} · {line.party}" if across else line.title
    return Line(
        name=line.name,
        about=f"{about} · delad tjänst" if post.shared else about,
        percent=line.percent,
        starts=line.starts,
        ends=None if line.ends is not None and line.ends < on and not line.is_over(on) else line.ends,
        href="" if line.id in shut else url_for("contracts.employment", employment_id=line.id),
        mark=line.mark,
    )


def _open_posts(everybody: Sequence[Listed], showing: Showing) -> list[Line]:
    """The posts that are advertised and still to be filled; they are no employments that run or end."""
    if showing is not Showing.ALL:
        return []
    filled = Counter(line.post for line in everybody if not line.never_began)
    return [
        Line(
            "Annonserad", ad.title, ad.extent_percent or 100, _start(ad.earliest_start), ad.latest_end, advertised=True
        )
        for ad in advertised(db.session)
        if filled[ad.id] < ad.posts
    ]


def _start(day: date | None) -> date:
    assert day is not None  # `advertised` asks for those that say it
    return day


def _taken_away(verb: str) -> list[Listed]:
    """The page's own rows in the page's order, and a line in the log before anything of them is sent."""
    on, chain = clock.today(), g.actor.party_id or g.actor.authority_id
    posts = by_post(shown(listed(db.session, on=on), _asked(), on=on))
    record_reading(chain=chain, at=clock.now(), actor=person_actor(g.actor.person_id), verb=verb, object_id=None)
    return [line for post in posts for line in post.lines]


def _sent(body: bytes, kind: str, name: str) -> Response:
    answer = Response(body, mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return shut(answer)
