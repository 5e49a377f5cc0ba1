"""One record of a request: its pages with marks, what becomes of it, and the file that is handed out."""

from typing import Any
from uuid import UUID

from flask import Response, abort, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from portal import clock
from portal.accounts.forms import put_beside
from portal.accounts.guards import count_opening
from portal.accounts.models import Person
from portal.db import db, unit_of_work
from portal.disclosure.forms import ApprovalForm, MarkForm, ReviewForm
from portal.disclosure.grounds import grounds
from portal.disclosure.looking import DOUBTS
from portal.disclosure.marks import WHOLE_RECORD, Mark
from portal.disclosure.queries.covered import Covered, covered_one, record_for
from portal.disclosure.queries.records import Record
from portal.disclosure.queries.requests import Asked
from portal.disclosure.requests import Answer, State
from portal.disclosure.routes import disclosure
from portal.disclosure.routes.desk import ONE, asked_or_404
from portal.disclosure.routes.pages import pages_or_fault, picture
from portal.disclosure.routes.reading import leave_to_a_colleague, log_reading
from portal.disclosure.services.burning import masked_pdf, page_as_it_is
from portal.disclosure.services.marking import (
    RecordMoved,
    add_mark,
    approve_page,
    approve_page_bare,
    page_print,
    record_print,
    remove_mark,
    review_record,
)
from portal.documents.kinds import MAX_PAGES
from portal.documents.masks import A4, WHOLE_PAGE
from portal.organisations.access import may_read_register
from portal.refusal import Refusal
from portal.register.models import CaseRecord, RegisterEntry
from portal.review.blind.mask_boxes import SIDES, place_words, typed_box
from portal.web.filters import sentence_of
from portal.web.guards import staff
from portal.web.headers import shut

RECORD = f"{ONE}/handlingar/<uuid:record_id>"


@disclosure.route(RECORD, methods=["GET", "POST"])
@staff(may_read_register)
def review_record_page(request_id: UUID, record_id: UUID) -> ResponseReturnValue:
    """The record's pages to look through, and what becomes of it."""
    asked, covered, entry = _found(request_id, record_id)
    _count(entry)
    form, (pages, fault), status = (
        ReviewForm.about(whole_case=isinstance(entry, CaseRecord)),
        pages_or_fault(entry),
        422,
    )
    if _goes_out(form) and fault:  # nobody sees what would be handed out
        put_beside(form, "answer", fault)
        status = 503
    elif form.is_submitted() and form.validate():
        try:
            with unit_of_work() as session:
                review_record(
                    session, actor=g.actor, request_id=request_id, record_id=record_id, shown=form.shown.data or "",
                    answer=Answer(form.answer.data), protected=form.protected.data, ground=form.ground.data or "",
                    reason=form.reason.data or "", pages=len(pages), bare=form.bare.data,
                    leads_nowhere=form.leads_nowhere.data, at=clock.now(),
                )  # fmt: skip
            return redirect(url_for("disclosure.request_page", request_id=request_id), 303)
        except RecordMoved as refusal:
            asked, covered, entry = _found(request_id, record_id)
            form.shown.data, status = _print(covered), refusal.status
            _put(form, refusal)
        except Refusal as refusal:
            _put(form, refusal)
    elif not form.is_submitted():
        _as_it_was(form, covered)
        form.shown.data = _print(covered)
    shown = render_template(
        "disclosure/review.html", asked=asked, covered=covered, form=form, pages=pages, fault=fault,
        left=covered.looked.left(pages), grounds=grounds().values(), open=asked.state is State.RECEIVED,
        told_by=_told_by(covered), current="arrivals",
    )  # fmt: skip
    log_reading("record.read", entry.id)
    return shown, status if form.is_submitted() else 200


@disclosure.route(f"{RECORD}/<int:number>", methods=["GET", "POST"])
@staff(may_read_register)
def mark_page(request_id: UUID, record_id: UUID, number: int) -> ResponseReturnValue:
    """One page with its marks and what the machine suggests. POST adds one, covers all of it, takes one away, or approves
    the page and goes on to what is left."""
    asked, covered, entry = _found(request_id, record_id)
    _count(entry)
    pages, undrawn = pages_or_fault(entry)
    if number not in (range(1, MAX_PAGES + 1) if undrawn else pages):
        abort(404)
    fault = undrawn
    marking, approval = _forms(covered)
    form, places = approval if _approves() else marking, {"request_id": request_id, "record_id": record_id}
    if form.is_submitted() and not undrawn and form.validate():
        try:
            with unit_of_work() as session:
                _do(session, form, {"actor": g.actor, **places}, number)
            return redirect(_onward(request_id, record_id, number, pages), 303)
        except Refusal as refusal:
            if refusal.field in ("ground", "reason"):
                _put(form, refusal)
            else:
                fault = sentence_of(refusal)
    page = render_template(
        "disclosure/mark.html", asked=asked, covered=covered, form=form, marking=marking, approval=approval, pages=pages,
        fault=fault, page=_picture(covered, number), shown=page_print(covered.marks, covered.looked, number),
        open=asked.state is State.RECEIVED, grounds=grounds().values(),
        typed={side: request.form.get(side, "") for side in SIDES}, current="arrivals",
    )  # fmt: skip
    log_reading("record.read", entry.id)
    return page, 503 if undrawn else 422 if form.is_submitted() else 200


def _told_by(covered: Covered) -> str:
    """Who has said that nothing in the record leads to whoever is protected; empty where nobody has."""
    told = bool(covered.answer) and covered.row.leads_nowhere
    return db.session.get_one(Person, covered.row.reviewed_by).name if told else ""


def _goes_out(form: ReviewForm) -> bool:
    return bool(form.is_submitted() and form.validate()) and form.answer.data != Answer.WITHHELD


def _approves() -> bool:
    return request.form.get("do") in ("approve", "bare")


def _forms(covered: Covered) -> tuple[MarkForm, ApprovalForm]:
    """That of a new box, which often has the ground of the last again, and that of the suggestions, which never has."""
    if request.method == "POST":
        return (MarkForm(formdata=None), ApprovalForm()) if _approves() else (MarkForm(), ApprovalForm(formdata=None))
    last = covered.marks[-1] if covered.marks else None
    typed = {"ground": last.ground, "reason": last.reason} if last is not None else {}
    return MarkForm(formdata=None, data=typed), ApprovalForm(formdata=None)


def _onward(request_id: UUID, record_id: UUID, number: int, pages: range) -> str:
    """Where one comes after a press: the same page, or after an approval the next that is left."""
    places: dict[str, Any] = {"request_id": request_id, "record_id": record_id}
    if not _approves():
        return url_for("disclosure.mark_page", **places, number=number, _anchor="rutor")
    covered = covered_one(db.session, request_id, record_id)
    left = covered.looked.left(pages) if covered is not None else []
    if not left:
        return url_for("disclosure.review_record_page", **places)
    return url_for("disclosure.mark_page", **places, number=next((one for one in left if one > number), left[0]))


@disclosure.get(f"{RECORD}/<int:number>.png")
@staff(may_read_register)
def page_to_mark(request_id: UUID, record_id: UUID, number: int) -> ResponseReturnValue:
    """The picture of a page as it is, for whoever marks it. The page that shows it has been logged."""
    _asked, _covered, entry = _found(request_id, record_id)
    return picture(page_as_it_is, entry, number)


@disclosure.get(f"{RECORD}.pdf")
@staff(may_read_register)
def handed_out(request_id: UUID, record_id: UUID) -> ResponseReturnValue:
    """The record as it is handed out: pictures of pages with the marks burnt in. Before the review there is none, nor where
    it says something else since."""
    asked, covered, entry = _found(request_id, record_id)
    if covered.row.handed_out not in (Answer.OPEN, Answer.MASKED):
        abort(404)
    _count(entry)
    data = masked_pdf(db.session, covered, decided=asked.state is not State.RECEIVED)
    log_reading("record.handed_out", covered.line.entry_id)
    answer = Response(data, mimetype="application/pdf")
    name = f"handling-{covered.line.number}.pdf"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return shut(answer)


def _do(session: Any, form: MarkForm | ApprovalForm, places: dict[str, Any], number: int) -> None:
    """What the pressed button says. A word that no button has does nothing but show the page again."""
    do = request.form.get("do", "")
    ground, reason = form.ground.data or "", form.reason.data or ""
    if do == "approve":
        approve_page(
            session, **places, page=number, shown=request.form.get("shown", ""), ground=ground, reason=reason,
            at=clock.now(),
        )  # fmt: skip
    elif do == "bare":
        approve_page_bare(session, **places, page=number, shown=request.form.get("shown", ""), at=clock.now())
    elif do == "cover":
        add_mark(session, **places, mark=Mark(number, WHOLE_PAGE, ground, reason), at=clock.now())
    elif do == "add":
        box = typed_box([request.form.get(side, "") for side in SIDES])
        add_mark(session, **places, mark=Mark(number, box, ground, reason), at=clock.now())
    elif do.startswith("remove-"):
        which = do.removeprefix("remove-")
        place = int(which) if which.isascii() and which.isdigit() and len(which) < 5 else 0
        remove_mark(session, **places, page=number, shown=request.form.get("shown", ""), which=place, at=clock.now())


def _found(request_id: UUID, record_id: UUID) -> tuple[Asked, Covered, Record]:
    asked = asked_or_404(request_id)
    covered = covered_one(db.session, request_id, record_id)
    record = record_for(db.session, covered.row) if covered is not None else None
    if covered is None or record is None:
        abort(404)
    leave_to_a_colleague(covered.line.ad_id)
    return asked, covered, record


def _count(record: Record) -> None:
    """Papers of a candidate, or minutes."""
    count_opening(record.application_id if isinstance(record, RegisterEntry) else record.id)


def _put(form: Any, refusal: Refusal) -> None:
    if refusal.status == 404:
        abort(404)
    put_beside(form, refusal.field, sentence_of(refusal))


def _print(covered: Covered) -> str:
    return record_print(covered.row, covered.marks, covered.looked)


def _as_it_was(form: ReviewForm, covered: Covered) -> None:
    form.protected.data, form.answer.data = covered.row.protected, covered.answer or None
    whole = next((one for one in covered.marks if one.page == WHOLE_RECORD), None)
    if whole is not None:
        form.ground.data, form.reason.data = whole.ground, whole.reason


def _picture(covered: Covered, number: int) -> dict[str, Any]:
    at: dict[str, Any] = {"request_id": covered.row.request_id, "record_id": covered.row.id, "number": number}
    said = covered.looked.page(number)
    marks = [one for one in covered.marks if one.page == number]
    return {
        "number": number,
        "src": url_for("disclosure.page_to_mark", **at),
        "width": A4[0],
        "height": A4[1],
        "boxes": [
            *({"box": one.box, "words": place_words(one.box), "by": "hand", "said": one.words} for one in marks),
            *({"box": box, "words": place_words(box), "by": "machine", "said": "Förslag"} for box in said.boxes),
        ],
        "suggested": len(said.boxes),
        "doubts": [DOUBTS[one] for one in said.doubts],
        "approved": number in covered.looked.approved,
        "looked": covered.looked.done,
    }
