"""Masking a file: all its pages at once, or page by page with boxes added and removed; and the picture behind them."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from portal import clock
from portal.db import db, unit_of_work
from portal.documents.masks import WHOLE_PAGE
from portal.documents.models import Document, MaskedPage
from portal.refusal import Refusal
from portal.review.access import may_mask
from portal.review.blind.mask_boxes import SIDES, drawn_of, shown_page, typed_box
from portal.review.forms.deciding import MaskForm
from portal.review.queries.case import Case, Listed
from portal.review.queries.masking import sheets_of
from portal.review.queries.papers import page_picture as original_picture
from portal.review.routes.blueprint import fresh, in_case, review
from portal.review.routes.masking import log_reading, maskable, name_of, next_address
from portal.review.routes.reading import SLOTS
from portal.review.services import masking as services
from portal.vault.blobs import BlobGone
from portal.web.filters import sentence_of
from portal.web.headers import picture_of_page

Deed = Callable[[Session, Case], None]


@review.route("/maskera/<uuid:application_id>/<uuid:document_id>", methods=["GET", "POST"])
@in_case(may_mask)
def mask_document(case: Case, application_id: UUID, document_id: UUID) -> ResponseReturnValue:
    """All pages of one file with their boxes. POST approves all of them."""
    form, places = MaskForm(), {"application_id": application_id, "document_id": document_id}
    application = maskable(case, application_id)
    _file(application, document_id)

    def approve(session: Session, now: Case) -> None:
        services.approve_document(
            session, case=now, actor=g.actor, **places, shown=_shown(), seen=_seen(), at=clock.now()
        )

    fault, status = _done(case, form, approve)
    if request.method == "POST" and not fault and status == 200:
        flash("Filen är godkänd och täcks över.", "good")
        return redirect(next_address(fresh(db.session, case.ad.id, lock=False), application), 303)
    document, pages = _file(application, document_id)
    page = {
        **_common(case, application, document),
        "pages": [_page(case, one) for one in pages],
        "left": sum(one.approved_at is None for one in pages),
        "shown": services.document_print(pages),
    }
    answer = render_template("review/mask_document.html", form=form, fault=fault, seen=_seen(), **page)
    log_reading(case, application_id)
    return answer, status


@review.route("/maskera/<uuid:application_id>/<uuid:document_id>/<int:number>", methods=["GET", "POST"])
@in_case(may_mask)
def mask_page(case: Case, application_id: UUID, document_id: UUID, number: int) -> ResponseReturnValue:
    """One page with its boxes. POST adds, removes, covers all of it, or approves it and goes on to what is left."""
    form, application = MaskForm(), maskable(case, application_id)
    _one(application, document_id, number)
    places: dict[str, Any] = {"application_id": application_id, "document_id": document_id, "number": number}
    fault, status = _done(case, form, lambda session, now: _do(session, now, places))
    if request.method == "POST" and not fault and status == 200:
        now = fresh(db.session, case.ad.id, lock=False)
        stays = request.form.get("do") != "approve"
        here = url_for("review.mask_page", ad_id=case.ad.id, **places, _anchor="rutor")
        return redirect(here if stays else next_address(now, application), 303)
    document, page, pages = _one(application, document_id, number)
    shown = {
        **_common(case, application, document),
        "page": _page(case, page),
        "numbers": [one.number for one in pages],
        "shown": services.page_print(page),
        "typed": {side: request.form.get(side, "") for side in SIDES},
    }
    answer = render_template("review/mask_page.html", form=form, fault=fault, seen=_seen(), **shown)
    log_reading(case, application_id)
    return answer, status


def _do(session: Session, case: Case, places: dict[str, Any]) -> None:
    """What the pressed button says. A word that no button has does nothing but show the page again."""
    do, shown = request.form.get("do", ""), _shown()
    if do == "approve":
        services.approve_page(session, case=case, actor=g.actor, **places, shown=shown, seen=_seen(), at=clock.now())
    elif do == "cover":
        services.add_box(session, case=case, **places, box=WHOLE_PAGE, shown=shown)
    elif do == "add":
        typed = typed_box([request.form.get(side, "") for side in SIDES])
        services.add_box(session, case=case, **places, box=typed, shown=shown)
    elif do.startswith("remove-"):
        which = do.removeprefix("remove-")
        number = int(which) if which.isascii() and which.isdigit() and len(which) < 5 else 0
        services.remove_box(session, case=case, **places, which=number, shown=shown)


def _done(case: Case, form: MaskForm, deed: Deed) -> tuple[str, int]:
    """The sentence that says why it could not be done, if it could not, and the answer's status."""
    if request.method != "POST":
        return "", 200
    if not form.validate():
        return "Sidan var gammal. Tryck igen.", 422
    try:
        with unit_of_work() as session:
            deed(session, fresh(session, case.ad.id))
    except Refusal as refusal:
        if refusal.status == 404:
            abort(404)
        return sentence_of(refusal), refusal.status
    return "", 200


@review.get("/maskera/<uuid:application_id>/<uuid:document_id>/<int:number>/bild")
@in_case(may_mask)
def unmasked_picture(case: Case, application_id: UUID, document_id: UUID, number: int) -> ResponseReturnValue:
    """The picture of a page as it was sent, for whoever masks it. Its opening was logged with the page that shows it."""
    application = maskable(case, application_id)
    try:
        picture = original_picture(db.session, application, document_id, number)
    except BlobGone:
        picture = None
    if picture is None:
        abort(404)
    return picture_of_page(picture)


def _shown() -> str:
    return request.form.get("shown", "")


def _seen() -> list[str]:
    return request.form.getlist("seen")


def _file(application: Listed, document_id: UUID) -> tuple[Document, Sequence[MaskedPage]]:
    found = next(
        ((row, pages) for row, pages in sheets_of(db.session, application).files if row.id == document_id), None
    )
    if found is None or not found[1]:
        abort(404)
    return found


def _one(application: Listed, document_id: UUID, number: int) -> tuple[Document, MaskedPage, Sequence[MaskedPage]]:
    document, pages = _file(application, document_id)
    page = next((page for page in pages if page.number == number), None)
    if page is None:
        abort(404)
    return document, page, pages


def _common(case: Case, application: Listed, document: Document) -> dict[str, Any]:
    return {
        "case": case,
        "application": application,
        "document": document,
        "name": name_of(application),
        "file": SLOTS[document.slot][0],
        "current": "recruitments",
    }


def _page(case: Case, page: MaskedPage) -> dict[str, Any]:
    at: dict[str, Any] = {"application_id": page.application_id, "document_id": page.document_id, "number": page.number}
    src = url_for("review.unmasked_picture", ad_id=case.ad.id, **at)
    href = url_for("review.mask_page", ad_id=case.ad.id, **at)
    shown = shown_page(page.number, drawn_of(page.boxes), page.doubts, src=src, href=href)
    return shown | {"state": _state(page)}


def _state(page: MaskedPage) -> str:
    """left, trouble, burning or ready."""
    if page.approved_at is None:
        return "trouble" if page.trouble else "left"
    return "burning" if page.blob is None else "ready"
