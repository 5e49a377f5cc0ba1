"""The office's list of candidates, one candidate's whole papers, page pictures, and the call to interview."""

from datetime import date
from io import BytesIO
from typing import Any, NamedTuple
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.guards import count_opening
from portal.ads.queries import criteria_of
from portal.applications.queries import content_seen, without_address
from portal.applications.several_posts import FULL, in_words
from portal.audit.services import person_actor, record_reading
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review import services
from portal.review.access import (
    may_call,
    may_enter_case,
    may_mask_application,
    may_name_panel,
    may_read_papers,
    may_read_whole_papers,
    may_see_listed,
    may_see_name,
    may_see_salary,
    may_take_part,
    may_try_requirements,
    names_are_shut,
    reads_by_code_name,
)
from portal.review.queries import papers as opened
from portal.review.queries.case import Case, Listed
from portal.review.queries.labels import in_list_order, known_as
from portal.review.queries.masked import shown_papers, shown_picture
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.reading import reading_of
from portal.vault.blobs import BlobGone
from portal.web.addresses import addresses_of
from portal.web.filters import day, sentence_of, sum_of_money, weekdays_and_times
from portal.web.forms import PressForm
from portal.web.headers import picture_of_page, shut
from portal.web.readings import reads

OWN_PAGE = "application.read"


class Row(NamedTuple):
    """One candidate of the list, as the page writes it. ``kind`` is what its status is drawn of."""

    href: str
    name: str
    arrived: str
    kind: tuple[bool, str, bool, str]


@review.get("/sokande")
@in_case(may_name_panel)
@reads("candidates.read", of="ad_id")
def candidates(case: Case) -> ResponseReturnValue:
    """Everybody who has applied and not taken it back. Of a code name nothing tells when it came."""
    rows = _rows(case)
    return render_template(
        "review/candidates.html",
        case=case,
        rows=rows,
        kinds={row.kind for row in rows},
        hidden=len(case.unanswered) if case.standing.named else 0,
        own_order=reads_by_code_name(case.standing),
        conflicts=sum(1 for row in case.applications if row.id in case.standing.conflicts),
        current="recruitments",
    )


def _rows(case: Case) -> list[Row]:
    listed = case.listed
    names = known_as(db.session, case, listed)
    shown = in_list_order(case, [row for row in listed if row.id in names])
    hrefs = addresses_of("review.candidate", "application_id", [row.id for row in shown], ad_id=case.ad.id)
    all_named, arrived = not reads_by_code_name(case.standing), weekdays_and_times(row.submitted_at for row in shown)
    rows = []
    for row, href, when in zip(shown, hrefs.values(), arrived, strict=True):
        named = all_named or may_see_name(case.standing, row.id)
        kind = (row.called_at is not None, row.state if named else "", row.fallen, row.decided_as if named else "")
        rows.append(Row(href, names[row.id], when if named else "–", kind))
    return rows


@review.get("/sokande/<uuid:application_id>")
@in_case(may_enter_case)
@reads(OWN_PAGE, of="application_id")
def candidate(case: Case, application_id: UUID) -> ResponseReturnValue:
    """The whole papers. Each showing is an opening, and is logged as one."""
    application = _readable(case, application_id)
    page = _page(case, application)
    return _shown(case, page, PressForm())


@review.post("/sokande/<uuid:application_id>/kalla")
@in_case(may_enter_case)
def call(case: Case, application_id: UUID) -> ResponseReturnValue:
    """Record that the candidate is called to interview; the salary claim opens."""
    application, ad_id = _readable(case, application_id), case.ad.id
    if not may_call(case.standing, application_id):
        abort(404)
    try:
        with unit_of_work() as session:
            services.call_to_interview(
                session,
                case=fresh(session, ad_id),
                actor=g.actor,
                application_id=application_id,
                at=clock.now(),
            )
    except Refusal as refusal:
        case = fresh(db.session, ad_id, lock=False)
        page = _page(case, case.application(application_id) or application)
        return _shown(case, page, PressForm(), fault=sentence_of(refusal)), 422
    by_hand = " Den sökande har ingen e-postadress: ring eller skriv."
    unreached = without_address(db.session, [application_id]) if may_see_name(case.standing, application_id) else set()
    flash(f"Kallad till intervju. Löneanspråket är öppet.{by_hand if unreached else ''}", "good")
    return redirect(url_for("review.candidate", ad_id=ad_id, application_id=application_id), 303)


def _sought(case: Case, application: Listed, posts: str) -> str:
    if not posts:
        return ""
    content = content_seen(db.session, application.id)
    return in_words(posts, content, extent_now=case.ad.extent_percent or FULL)


def _shown(case: Case, page: dict[str, Any], form: PressForm, fault: str = "") -> str:
    """The page, with a line of its own where the salary claim stands on it."""
    application_id = page["application"].id
    answer = render_template("review/candidate.html", form=form, fault=fault, **page)
    if page["salary"]:
        _log(case, "salary.read", application_id)
    return answer


def _page(case: Case, application: Listed) -> dict[str, Any]:
    papers = shown_papers(db.session, case, application)
    if papers is None:
        abort(404)
    count_opening(application.id)
    salary = ""
    if may_see_salary(case.standing, application.id, called=application.called_at is not None):
        salary = _kronor(opened.salary_of(db.session, application))

    def address(**more: Any) -> str:
        return url_for("review.candidate", ad_id=case.ad.id, application_id=application.id, **more)

    return {
        "case": case,
        "application": application,
        "by_day": clock.is_noon(application.submitted_at),
        "papers": papers,
        "start": _start(papers.start),
        "sought": _sought(case, application, papers.posts),
        "criteria": papers.criteria or criteria_of(db.session, case.ad.id),
        "reading": reading_of(case.ad.id, application, papers, request.args, address),
        "called_at": application.called_at,
        "may_call": _may_call_now(case, application),
        "may_try": may_try_requirements(case.standing),
        "may_meet": may_take_part(case.standing),
        "may_write": may_name_panel(case.standing) and may_see_name(case.standing, application.id),
        "salary": salary,
        "waiting": not may_read_papers(case.standing, application.id),
        "may_mask": may_mask_application(case.standing, application.id),
        "salary_range": _range(case.ad.salary_low, case.ad.salary_high),
        "current": "recruitments",
    }


def _may_call_now(case: Case, application: Listed) -> bool:
    waits = not case.over and not application.decided_as and not application.fallen
    open_to_call = waits and case.may_be_assessed(clock.now()) and not names_are_shut(case.standing)
    return open_to_call and may_call(case.standing, application.id)


def _kronor(text: str) -> str:
    return f"{sum_of_money(int(text))}\u00a0kr i månaden" if text.isdigit() else text


def _range(low: int | None, high: int | None) -> str:
    """What the ad offers, to be read beside the claim."""
    if low and high and low != high:
        return f"annonsen: {sum_of_money(low)}–{sum_of_money(high)}\u00a0kr"
    return f"annonsen: {sum_of_money(low or high or 0)}\u00a0kr" if low or high else ""


def _start(text: str) -> str:
    try:
        return day(date.fromisoformat(text))
    except ValueError:
        return text


@review.get("/sokande/<uuid:application_id>/sida/<uuid:document_id>/<int:number>")
@in_case(may_enter_case)
def page_picture(case: Case, application_id: UUID, document_id: UUID, number: int) -> ResponseReturnValue:
    """One page as a picture. Its opening was logged with the page that shows it."""
    application = _readable(case, application_id)
    try:
        picture = shown_picture(db.session, case, application, document_id, number)
    except BlobGone:
        picture = None
    if picture is None:
        abort(404)
    return picture_of_page(picture)


@review.get("/sokande/<uuid:application_id>/original/<uuid:document_id>")
@in_case(may_enter_case)
def original(case: Case, application_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """The file as it was sent, as an attachment only; asked for on purpose, and logged by itself."""
    application = _readable(case, application_id)
    if not may_read_whole_papers(case.standing, application_id):
        abort(404)
    try:
        found = opened.original(db.session, application, document_id)
    except BlobGone:
        found = None
    if found is None:
        abort(404)
    count_opening(application_id)
    name, file = found
    _log(case, "document.original_read", document_id)
    answer = send_file(BytesIO(file), "application/octet-stream", as_attachment=True, download_name=name)
    return shut(answer)


def _readable(case: Case, application_id: UUID) -> Listed:
    """The application, if this person may read it. An assessor reads nothing while the ad is open."""
    application = case.application(application_id)
    too_early = case.standing.named and not case.may_be_assessed(clock.now())
    if application is None or too_early or not may_see_listed(case.standing, application_id):
        abort(404)
    return application


def _log(case: Case, verb: str, object_id: UUID) -> None:
    actor = person_actor(g.actor.person_id)
    record_reading(chain=case.ad.party_id, at=clock.now(), actor=actor, verb=verb, object_id=object_id)
