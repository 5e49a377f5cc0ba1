"""A paper that cannot be read: the assessor says so where they read, and the office mends it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review import services
from portal.review.access import may_assess, may_name_panel, may_see_listed, may_see_name
from portal.review.queries.case import Case
from portal.review.queries.labels import labels_of
from portal.review.queries.unreadable import Reported, own_reports, waiting_in
from portal.review.queueing import mode_of
from portal.review.refusals import NotOpenToYou
from portal.review.routes.blueprint import fresh, in_case, require_place, review
from portal.review.routes.queue import Addresses
from portal.review.routes.reading import paper_word
from portal.web.filters import sentence_of
from portal.web.forms import PressForm
from portal.web.readings import reads

SAID = "sagt-till-kansliet"  # where the page says so: it takes the focus
ALL_OF_IT, GONE = "allt som är skickat", "en fil som har bytts ut"


@dataclass(frozen=True, slots=True)
class Unreadable:
    """What the page of a score shows of the paper that is open: where to say that it cannot be read, and what became of
    it when one did."""

    paper_id: UUID
    address: str
    said_at: datetime | None
    answered_at: datetime | None

    @property
    def waits(self) -> bool:
        """One has said so, and the office has not answered."""
        return self.said_at is not None and self.answered_at is None


def unreadable_on(case: Case, application_id: UUID, criterion_id: UUID, paper_id: UUID | None) -> Unreadable | None:
    """The same for one paper; ``paper_id`` None for what was typed. None for a page that is somebody else's."""
    if case.member is None:
        return None
    known = own_reports(db.session, case.member.id, application_id).get(paper_id or application_id)
    place: dict[str, Any] = {"application_id": application_id, "criterion_id": criterion_id}
    address = url_for("review.report_unreadable", **place, **_way(case).kept)
    said_at, answered_at = (known.reported_at, known.answered_at) if known else (None, None)
    return Unreadable(paper_id or application_id, address, said_at, answered_at)


@review.post("/bedom/<uuid:application_id>/<uuid:criterion_id>/gar-inte-att-lasa")
@in_case(may_assess)
def report_unreadable(case: Case, application_id: UUID, criterion_id: UUID) -> ResponseReturnValue:
    """Tell the office that the paper one reads cannot be read."""
    require_place(case, application_id, criterion_id)
    said: str | None = SAID
    ad_id, paper_id = case.ad.id, request.form.get("paper", application_id, type=UUID)
    try:
        with unit_of_work() as session:
            services.report_unreadable(
                session, case=fresh(session, ad_id), application_id=application_id, paper_id=paper_id, at=clock.now()
            )
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        flash(sentence_of(refusal), "warn")
        said = None
    return redirect(_way(case).of((criterion_id, application_id), _anchor=said), 303)


def _way(case: Case) -> Addresses:
    """Back to where one was: in the same mode, with the same paper open."""
    return Addresses(case.ad.id, mode_of(request.args.get("ordning", "")), request.args)


@review.get("/gar-inte-att-lasa")
@in_case(may_name_panel)
@reads("unreadable.read", of="ad_id")
def unreadable(case: Case) -> ResponseReturnValue:
    """The papers that somebody cannot read, those who have waited longest first."""
    return render_template(
        "review/unreadable.html", case=case, form=PressForm(), rows=_rows(case), current="recruitments"
    )


@review.post("/gar-inte-att-lasa/<uuid:application_id>/<uuid:paper_id>")
@in_case(may_name_panel)
def say_readable(case: Case, application_id: UUID, paper_id: UUID) -> ResponseReturnValue:
    """Say that it can be read now. Whoever could not is told."""
    if case.application(application_id) is None or not may_see_listed(case.standing, application_id):
        abort(404)
    ad_id = case.ad.id
    if PressForm().validate():
        try:
            with unit_of_work() as session:
                services.say_readable(
                    session, case=fresh(session, ad_id), actor=g.actor, application_id=application_id, paper_id=paper_id,
                    at=clock.now(),
                )  # fmt: skip
        except NotOpenToYou:
            abort(404)
        flash("Ett brev är på väg till den som inte kunde läsa.", "good")
    return redirect(url_for("review.unreadable", ad_id=ad_id), 303)


def _rows(case: Case) -> list[dict[str, Any]]:
    """One for each paper, whoever and however many have said so."""
    papers: dict[UUID, list[Reported]] = {}
    for one in waiting_in(db.session, case.ad.id):
        papers.setdefault(one.row.paper_id, []).append(one)
    listed = {row.id: row for row in case.listed}
    about = {one.row.application_id for reported in papers.values() for one in reported} & listed.keys()
    names = labels_of(db.session, case, [listed[id] for id in about])
    return [
        {
            "name": names[first.row.application_id],
            "paper": _paper(first),
            "who": [one.row.member.person.name for one in reported],
            "since": first.row.reported_at,
            "application_id": first.row.application_id,
            "paper_id": paper_id,
            "may_write": may_see_name(case.standing, first.row.application_id),
        }
        for paper_id, reported in papers.items()
        for first in reported[:1]
        if first.row.application_id in names
    ]


def _paper(reported: Reported) -> str:
    if reported.row.paper_id == reported.row.application_id:
        return ALL_OF_IT
    return paper_word(reported.document) if reported.document is not None else GONE
