"""The candidate's own page of the meeting: choose a time, move it, ask for another, give references. GET shows, POST acts."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response as AnyResponse
from wtforms import Field

from portal import clock
from portal.applications.models import Application
from portal.applications.queries import hears_that_something_waits
from portal.applications.routes.apply import Answer
from portal.applications.routes.guards import published_ad
from portal.applications.routes.shown import head
from portal.applications.services.asking import note_task_opened
from portal.db import db, unit_of_work
from portal.interviews import services
from portal.interviews.forms import BookForm, MeetingForms, ReferenceForm, WishForm
from portal.interviews.queries.references import references_of
from portal.interviews.queries.slots import Slot, booking_of, offered_to, wish_text, wishes_of
from portal.interviews.routes.blueprint import OWN, interviews, of_own_link
from portal.interviews.services.booking import is_asked
from portal.interviews.services.inviting import TASK
from portal.interviews.services.referring import MOST
from portal.interviews.times import may_be_booked, may_be_moved
from portal.refusal import Refusal
from portal.swedish_dates import NBSP
from portal.web.arrival import arrived_at
from portal.web.filters import clock_time, sentence_of, weekday_short
from portal.web.forms import HouseForm, PressForm
from portal.web.language import language
from portal.web.readings import reads_own


@interviews.get(OWN)
@of_own_link
@reads_own("interview.read")
def meeting(application: Application, token: str) -> Answer:
    """What is booked, or what there is to choose. That it was opened is noted, for who has sent the mail."""
    application_id = application.id
    page = render_template("interviews/meeting.html", **_page(application, token, MeetingForms.blank()))
    with suppress(OperationalError), unit_of_work() as session:  # it is shown also while nothing can be written
        note_task_opened(session, application_id=application_id, kind=TASK, at=clock.now())
    return page


@interviews.post(OWN)
@of_own_link
def act(application: Application, token: str) -> Answer:
    """What one of the page's buttons asks for. What is filled in for the others comes along, and stays where it is."""
    asked, _, id = request.form.get("do", "").partition(":")
    forms = MeetingForms.sent()
    if asked not in _ACTS:
        return _again(application, token, forms) if forms.typed else _to_the_page(token)
    part, do = _ACTS[asked]
    form = part(forms)
    if not all([form.validate(), _hides(application, token, forms, form)]):  # all that is wrong is told at once
        return _again(application, token, forms, form), 422
    try:
        do(application, form, id)
    except Refusal as refusal:
        return _again(application, token, forms, form, sentence_of(refusal)), refusal.status
    left = forms.but(form)
    return _again(application, token, left, done=True) if left.typed else _to_the_page(token, form)


def _hides(application: Application, token: str, forms: MeetingForms, form: HouseForm) -> bool:
    """Whether what somebody under a code name has written surely leads to nobody, or they mean it. Where its part is not on
    the page any more, that is what they are told."""
    if not application.protected or not isinstance(form, (WishForm, ReferenceForm)):
        return True
    page = _page(application, token, forms)
    if not page["wishing" if isinstance(form, WishForm) else "naming"]:
        return True
    hidden = [form.hides(form[name]) for name in form.told]  # every field says what is in it
    return all([*hidden, not isinstance(form, ReferenceForm) or form.asks_of_them()])


def _to_the_page(token: str, done: HouseForm | None = None) -> AnyResponse:
    if isinstance(done, ReferenceForm):
        flash(gettext("Referensen är sparad."), "saved reference")
        return redirect(url_for("interviews.meeting", token=token, _anchor="sparat"), 303)
    return redirect(url_for("interviews.meeting", token=token), 303)


def _again(
    application: Application, token: str, forms: MeetingForms, sent: HouseForm | None = None, fault: str = "",
    *, done: bool = False,
) -> str:  # fmt: skip
    """The page with what is filled in. ``sent`` is the part that could not be done, ``fault`` why; ``done`` that one was."""
    page = _page(application, token, forms)
    return render_template("interviews/meeting.html", **page, sent=sent, fault=fault, done=done)


def _book(application: Application, form: BookForm, _id: str) -> None:
    application_id, offered = application.id, offered_to(db.session, application)
    with unit_of_work() as session:
        services.book_time(
            session, application_id=application_id, offered=offered, slot_id=form.slot_id, at=arrived_at()
        )


def _decline(application: Application, form: WishForm, _id: str) -> None:
    application_id, offered = application.id, offered_to(db.session, application)
    with unit_of_work() as session:
        services.decline_times(
            session, application_id=application_id, offered=offered, text=form.wish.data or "", at=arrived_at()
        )


def _give_reference(application: Application, form: ReferenceForm, _id: str) -> None:
    texts = {name: form[name].data or "" for name in ("name", "contact", "relation")}
    application_id = application.id
    with unit_of_work() as session:
        services.give_reference(session, application_id=application_id, **texts, at=arrived_at())


def _take_reference_back(application: Application, _form: PressForm, id: str) -> None:
    try:
        reference_id, application_id = UUID(id), application.id
    except ValueError:
        return
    with unit_of_work() as session:
        services.take_reference_back(session, application_id=application_id, reference_id=reference_id, at=arrived_at())


_ACTS: dict[str, tuple[Callable[[MeetingForms], HouseForm], Callable[..., None]]] = {
    "book": (lambda forms: forms.book, _book),
    "decline": (lambda forms: forms.wish, _decline),
    "name": (lambda forms: forms.reference, _give_reference),
    "unname": (lambda _: PressForm(), _take_reference_back),
}


def _page(application: Application, token: str, forms: MeetingForms) -> dict[str, Any]:
    """The page as it is now, with what is filled in; what has lost its place on it is shown to be copied."""
    at, offered = clock.now(), offered_to(db.session, application)
    booking = booking_of(db.session, application.id)
    wish = wishes_of(db.session, [application.id]).get(application.id)
    named = references_of(db.session, application)
    forms.book.offer([(str(one.id), words_of(one)) for one in offered.free if may_be_booked(one.starts_at, at)])
    asked, own = is_asked(application), offered.own
    over, may_move = own is not None and own.starts_at <= at, own is None or may_be_moved(own.starts_at, at)
    choosing = asked and not over and may_move
    wishing = choosing and bool(forms.book.slot.choices or own)
    naming = asked and (len(named) < MOST or forms.reference.typed)
    return {
        "ad": head(published_ad(application)),
        "step": 0,
        "token": token,
        "own_words": words_of(own) if own else "",
        "in_calendar": booking is not None and (own is not None or booking.sequence > 0),
        "may_move": may_move,
        "asked": asked,
        "protected": application.protected,
        "by_mail": application.email_sealed is not None,
        "told_it_waits": hears_that_something_waits(db.session, application),
        "over": over,
        "wish": wish_text(db.session, wish) if wish else "",
        "form": forms.book,
        "wish_form": forms.wish,
        "reference_form": forms.reference,
        "references": named,
        "kept": application.controller_id == application.authority_id,
        "choosing": choosing and bool(forms.book.slot.choices),
        "wishing": wishing,
        "naming": naming,
        "homeless": _written(*_homeless(forms, wishing=wishing, naming=naming)),
    }


def _homeless(forms: MeetingForms, *, wishing: bool, naming: bool) -> list[Field]:
    reference = forms.reference
    named = [reference.name, reference.contact, reference.relation]
    return [*([] if wishing else [forms.wish.wish]), *([] if naming else named)]


def _written(*fields: Field) -> list[tuple[str, list[str]]]:
    return [(str(field.label.text), field.data.splitlines()) for field in fields if field.data]


def words_of(slot: Slot) -> str:
    """ "torsdag 17 december kl. 10.00–10.45, Partikansliet", in the reader's language."""
    until = slot.starts_at + timedelta(minutes=slot.minutes)
    joint = " at " if language() == "en" else f" kl.{NBSP}"
    return f"{weekday_short(slot.starts_at)}{joint}{clock_time(slot.starts_at)}–{clock_time(until)}, {slot.place}"
