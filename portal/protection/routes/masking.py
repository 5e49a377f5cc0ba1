"""The reader covers a CV, page by page, and hands it over. No other page in the portal draws it as it is."""

from collections.abc import Sequence
from functools import wraps
from typing import Any
from uuid import UUID

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.applications.models import ProtectedIdentity
from portal.db import db, unit_of_work
from portal.documents.masks import WHOLE_PAGE
from portal.protection.paper_masks import PageMasks, print_of_pages
from portal.protection.queries import handed_over, masks_of
from portal.protection.routes.blueprint import protection
from portal.protection.routes.guards import View, of_opened, readable, still_readable
from portal.protection.routes.reading import ONE
from portal.protection.services import masking
from portal.refusal import Refusal
from portal.review.access import may_name_panel
from portal.review.blind.mask_boxes import SIDES, shown_page, typed_box
from portal.review.forms.deciding import MaskForm
from portal.review.queries.case import Case
from portal.review.routes.blueprint import in_case
from portal.vault.services import open_application_key
from portal.web.filters import sentence_of
from portal.web.headers import picture_of_page
from portal.web.readings import reads

MASK = f"{ONE}/maskera"
_OLD = "Sidan var gammal. Tryck igen."


def of_paper(view: View) -> View:
    """Only the reader whose opening stands, and only where a paper was left."""

    @of_opened
    @wraps(view)
    def guarded(case: Case, row: ProtectedIdentity, **places: Any) -> Any:
        return view(case, row, **places) if row.paper_sealed is not None else abort(404)

    return guarded


@protection.get(MASK)
@in_case(may_name_panel)
@reads("identity.paper_read", of="application_id")
@of_paper
def mask(case: Case, row: ProtectedIdentity) -> ResponseReturnValue:
    """All pages with their boxes, or the question whether the machine is to look."""
    return _all_pages(case, row)


@protection.post(MASK)
@in_case(may_name_panel)
@of_paper
def act_on_mask(case: Case, row: ProtectedIdentity) -> ResponseReturnValue:
    """Look through it, hand it over, or take it back."""
    application_id, do = row.application_id, request.form.get("do", "")
    deeds = {"look": _look, "hand_over": _hand_over, "take_back": _take_back}
    if not MaskForm().validate() or do not in deeds:
        return _all_pages(case, row, _OLD), 422
    try:
        said = deeds[do](row)
    except Refusal as refusal:
        return _all_pages(case, _left(case, application_id, refusal), sentence_of(refusal)), refusal.status
    flash(said, "good")
    return redirect(url_for("protection.mask", ad_id=case.ad.id, application_id=application_id), 303)


def _look(row: ProtectedIdentity) -> str:
    pages = masking.look_through(_paper(row))
    with unit_of_work() as session:
        again = still_readable(session, row)
        masking.keep_found(session, identity=again, actor=g.actor, pages=pages, at=clock.now())
    return "Klart. Titta på varje sida: det som inte är täckt kan de som bedömer läsa."


def _hand_over(row: ProtectedIdentity) -> str:
    shown = request.form.get("shown", "")
    pages = _pages(row)
    masking.require_seen(pages, shown=shown, seen=request.form.getlist("seen"))
    key = open_application_key(db.session, application_id=row.application_id, controller_id=row.controller_id)
    sealed = masking.covered(_paper(row), pages, key=key)
    with unit_of_work() as session:
        again = still_readable(session, row)
        masking.hand_over(session, identity=again, actor=g.actor, sealed=sealed, shown=shown, at=clock.now())
    return "De som bedömer har fått CV:t, täckt som på den här sidan. Den som redan hade lämnat in gör det på nytt."


def _take_back(row: ProtectedIdentity) -> str:
    with unit_of_work() as session:
        masking.take_back(session, identity=still_readable(session, row), actor=g.actor, at=clock.now())
    return "De som bedömer ser inte CV:t längre."


@protection.get(f"{MASK}/<int:number>")
@in_case(may_name_panel)
@reads("identity.paper_read", of="application_id")
@of_paper
def mask_page(case: Case, row: ProtectedIdentity, number: int) -> ResponseReturnValue:
    """One page with its boxes."""
    _require_looked_through(row)
    return _one_page(case, row, number)


@protection.post(f"{MASK}/<int:number>")
@in_case(may_name_panel)
@of_paper
def change_page(case: Case, row: ProtectedIdentity, number: int) -> ResponseReturnValue:
    """Add a box, remove one, or cover all of the page."""
    application_id = row.application_id
    _require_looked_through(row)
    _found(_pages(row), number)
    if not MaskForm().validate():
        return _one_page(case, row, number, _OLD), 422
    try:
        with unit_of_work() as session:
            _change(session, still_readable(session, row), number)
    except Refusal as refusal:
        return _one_page(case, _left(case, application_id, refusal), number, sentence_of(refusal)), refusal.status
    here = url_for("protection.mask_page", ad_id=case.ad.id, application_id=application_id, number=number)
    return redirect(f"{here}#rutor", 303)


def _change(session: Any, row: ProtectedIdentity, number: int) -> None:
    """What the pressed button says. A word that no button has does nothing but show the page again."""
    do, shown = request.form.get("do", ""), request.form.get("shown", "")
    about: dict[str, Any] = {"identity": row, "actor": g.actor, "number": number, "shown": shown, "at": clock.now()}
    if do == "cover":
        masking.add_box(session, **about, box=WHOLE_PAGE)
    elif do == "add":
        masking.add_box(session, **about, box=typed_box([request.form.get(side, "") for side in SIDES]))
    elif do.startswith("remove-"):
        which = do.removeprefix("remove-")
        is_number = which.isascii() and which.isdigit() and len(which) < 5
        masking.remove_box(session, **about, which=int(which) if is_number else 0)


@protection.get(f"{MASK}/<int:number>/bild")
@in_case(may_name_panel)
@reads("identity.picture_read", of="application_id")
@of_paper
def page_to_mask(case: Case, row: ProtectedIdentity, number: int) -> ResponseReturnValue:
    """The picture of a page as it is."""
    _found(_pages(row), number)
    try:
        return picture_of_page(masking.picture_of(_paper(row), number))
    except Refusal as refusal:
        abort(refusal.status)


def _left(case: Case, application_id: UUID, refusal: Refusal) -> ProtectedIdentity:
    """What the page with the refusal shows; nothing where there is nothing left to show."""
    if refusal.status == 404:
        abort(404)
    return readable(db.session, case, application_id)


def _paper(row: ProtectedIdentity) -> masking.Paper:
    return masking.opened_paper(db.session, row, reader_id=g.actor.person_id) or abort(404)


def _pages(row: ProtectedIdentity) -> list[PageMasks]:
    return masks_of(db.session, row, reader_id=g.actor.person_id)


def _require_looked_through(row: ProtectedIdentity) -> None:
    """Else to where that is done: a newer program may have set the pages otherwise since theirs was opened."""
    if not _pages(row):
        abort(redirect(url_for("protection.mask", ad_id=row.ad_id, application_id=row.application_id), 303))


def _found(pages: Sequence[PageMasks], number: int) -> PageMasks:
    return next((one for one in pages if one.number == number), None) or abort(404)


def _all_pages(case: Case, row: ProtectedIdentity, fault: str = "") -> str:
    pages = _pages(row)
    shown = [_shown(case, row, one) for one in pages]
    return render_template("protection/mask.html", **_common(case, row, pages), pages=shown, fault=fault)


def _one_page(case: Case, row: ProtectedIdentity, number: int, fault: str = "") -> str:
    pages = _pages(row)
    page = _shown(case, row, _found(pages, number))
    typed = {side: request.form.get(side, "") for side in SIDES}
    return render_template(
        "protection/mask_page.html", **_common(case, row, pages), page=page, count=len(pages), typed=typed, fault=fault
    )


def _common(case: Case, row: ProtectedIdentity, pages: Sequence[PageMasks]) -> dict[str, Any]:
    return {
        "case": case,
        "row": row,
        "shown": print_of_pages(pages),
        "handed": bool(handed_over(db.session, row.application_id)),
        "seen": request.form.getlist("seen"),
        "current": "recruitments",
    }


def _shown(case: Case, row: ProtectedIdentity, page: PageMasks) -> dict[str, Any]:
    at: dict[str, Any] = {"ad_id": case.ad.id, "application_id": row.application_id, "number": page.number}
    src, href = url_for("protection.page_to_mask", **at), url_for("protection.mask_page", **at)
    return shown_page(page.number, page.drawn, page.doubts, src=src, href=href)
