"""The office's pages of a blind review: who is masked, one candidate's files, and the typed texts beside the originals."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.guards import count_opening
from portal.ads.queries import criteria_of
from portal.audit.services import person_actor, record_reading
from portal.db import db, unit_of_work
from portal.refusal import Refusal
from portal.review.access import may_mask, may_mask_application
from portal.review.blind.mask_boxes import print_of
from portal.review.forms.deciding import MaskForm
from portal.review.queries.case import Case, Listed
from portal.review.queries.masked import LETTER
from portal.review.queries.masking import (
    Progress,
    TypedTexts,
    latecomers,
    progress_of_masking,
    sheets_of,
    typed_texts_of,
)
from portal.review.queries.papers import names_of
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.reading import SLOTS
from portal.review.services import masking as services
from portal.web.fields import clean_text
from portal.web.filters import sentence_of
from portal.web.readings import reads

READ = "application.read_to_mask"


@review.get("/maskera")
@in_case(may_mask)
@reads("masking.read", of="ad_id")
def masking(case: Case) -> ResponseReturnValue:
    """Every candidate by name, and how far each has come."""
    rows = progress_of_masking(db.session, case)
    mine = len(rows)
    return render_template(
        "review/masking.html",
        case=case,
        rows=rows,
        ready=sum(row.state == "ready" for row in rows),
        hidden=len(case.applications) - mine,
        next=_next(rows),
        late=latecomers(db.session, case),
        closed=case.may_be_assessed(clock.now()),
        current="recruitments",
    )


def _next(rows: Sequence[Progress]) -> Progress | None:
    """Who to go on with, by code name: those are drawn by lot. In order of name, the first code name that the assessors
    meet would be of the first name in their list."""
    left = [row for row in rows if row.state in ("left", "trouble")]
    return min(left, key=lambda row: row.application.code_name or "", default=None)


@review.route("/maskera/<uuid:application_id>", methods=["GET", "POST"])
@in_case(may_mask)
@reads("masking.application_read", of="application_id")
def mask_application(case: Case, application_id: UUID) -> ResponseReturnValue:
    """One candidate: the files and the typed texts, each with how far it has come. POST takes the approvals back."""
    application, form, ad_id = maskable(case, application_id), MaskForm(), case.ad.id
    fault, status = "", 200
    if request.method == "POST" and form.validate():
        try:
            with unit_of_work() as session:
                case = fresh(session, ad_id, lock=False)  # every seat is held in order there
                services.take_back(session, case=case, actor=g.actor, application_id=application_id, at=clock.now())
        except Refusal as refusal:
            fault, status = sentence_of(refusal), refusal.status
            case = fresh(db.session, ad_id, lock=False)
            application = maskable(case, application_id)
        else:
            flash("Godkännandet är taget tillbaka. Bedömarna ser inte ansökan.", "good")
            return redirect(url_for("review.mask_application", ad_id=ad_id, application_id=application_id), 303)
    page = _application_page(case, application)
    return render_template("review/mask_application.html", form=form, fault=fault, **page), status


def _application_page(case: Case, application: Listed) -> dict[str, Any]:
    sheets = sheets_of(db.session, application)
    texts = typed_texts_of(db.session, application)
    if texts is None:
        abort(404)
    return {
        "case": case,
        "application": application,
        "name": name_of(application),
        "sheets": sheets,
        "slots": SLOTS,
        "texts": texts,
        "late": application.id in latecomers(db.session, case),
        "begun": texts.approved or any(page.approved_at for page in sheets.pages()),
        "next": next_address(case, application),
        "current": "recruitments",
    }


@review.route("/maskera/<uuid:application_id>/text", methods=["GET", "POST"])
@in_case(may_mask)
def mask_texts(case: Case, application_id: UUID) -> ResponseReturnValue:
    """The typed letter and answers, the original beside what is to be read blind."""
    application, form, ad_id = maskable(case, application_id), MaskForm(), case.ad.id
    typed, fault, status = dict[str, str](), "", 200
    if request.method == "POST" and form.validate():
        typed = _typed()
        try:
            with unit_of_work() as session:
                services.approve_texts(
                    session, case=fresh(session, ad_id), actor=g.actor, application_id=application_id, texts=typed,
                    shown=request.form.get("shown", ""), at=clock.now(),
                )  # fmt: skip
        except Refusal as refusal:
            if refusal.status == 404:
                abort(404)
            fault, status = sentence_of(refusal), refusal.status
        case = fresh(db.session, ad_id, lock=False)
        application = maskable(case, application_id)
        if not fault:
            flash("Texterna är godkända.", "good")
            return redirect(next_address(case, application), 303)
    page = _texts_page(case, application, typed)
    answer = render_template("review/mask_texts.html", form=form, fault=fault, **page)
    log_reading(case, application_id)
    return answer, status


def _typed() -> dict[str, str]:
    given = {name.removeprefix("text-"): value for name, value in request.form.items() if name.startswith("text-")}
    return {place: clean_text(value) or "" for place, value in given.items()}


def _texts_page(case: Case, application: Listed, typed: dict[str, str]) -> dict[str, Any]:
    texts = typed_texts_of(db.session, application)
    if texts is None or not texts.texts:
        abort(404)
    heads = {str(row.id): row.text for row in criteria_of(db.session, case.ad.id)} | {LETTER: "Personligt brev"}
    return {
        "case": case,
        "application": application,
        "name": name_of(application),
        "texts": [
            (one, heads.get(one.place, ""), typed.get(one.place, one.masked))
            for one in texts.texts
            if one.original or one.masked
        ],
        "approved": texts.approved,
        "shown": _print(texts),
        "current": "recruitments",
    }


def _print(texts: TypedTexts) -> str:
    return print_of(texts.by_place)


def maskable(case: Case, application_id: UUID) -> Listed:
    """The application, if this person may mask it."""
    application = case.application(application_id)
    if application is None or not may_mask_application(case.standing, application_id):
        abort(404)
    count_opening(application_id)
    return application


def name_of(application: Listed) -> str:
    """The candidate's name: the office knows it."""
    names = names_of(db.session, [application])
    if application.id not in names:
        abort(404)
    return names[application.id]


def next_address(case: Case, application: Listed) -> str:
    """What is left of this candidate, page by page and then the texts; else the list of candidates."""
    at: dict[str, Any] = {"ad_id": case.ad.id, "application_id": application.id}
    sheets, texts = sheets_of(db.session, application), typed_texts_of(db.session, application)
    page = next((page for page in sheets.pages() if page.approved_at is None), None)
    if page is not None:
        return url_for("review.mask_page", document_id=page.document_id, number=page.number, **at)
    if texts is not None and texts.texts and not texts.approved:
        return url_for("review.mask_texts", **at)
    return url_for("review.masking", ad_id=case.ad.id)


def log_reading(case: Case, application_id: UUID) -> None:
    """Whoever masks reads what was sent: it is logged as an opening of its own kind."""
    actor = person_actor(g.actor.person_id)
    record_reading(chain=case.ad.party_id, at=clock.now(), actor=actor, verb=READ, object_id=application_id)
