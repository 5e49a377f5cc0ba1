"""That something was saved, said once on the page one comes to, where the button stood. It takes the focus."""

from typing import Any
from uuid import UUID

from flask import Response, flash, jsonify, request, session, url_for
from flask_babel import gettext

from portal import clock
from portal.ads.models import PublishedAd
from portal.applications.forms import FILES, DocumentsForm
from portal.applications.meanwhile import Meanwhile
from portal.applications.models import Application
from portal.applications.routes.beside import goes_on_from
from portal.db import db
from portal.documents.queries import documents_of
from portal.web.filters import clock_time

ANCHOR = "sparat"


def place_pressed(application: Application) -> str:
    """The part of page two whose button was pressed, as it stands before anything is saved; empty for the last button."""
    removed = request.form.get("remove", type=UUID)
    for document in documents_of(db.session, application.id) if removed else ():
        if document.id == removed:
            return document.slot
    pressed = request.form.get("save", "")
    return pressed if pressed in FILES else ""


def by_itself() -> bool:
    """Whether the page saves while one writes, and shows the answer itself."""
    return request.method == "POST" and request.accept_mimetypes.best == "application/json"


def told_quietly(application: Application, form: DocumentsForm, beside: Meanwhile) -> Response:
    """The answer to a page that saves by itself: when it was saved and what it goes on from; or what was not, and why.

    Where the other window has written too, the page goes on from what it was opened with, so that pressing asks of it.
    """
    if beside:
        return _answer(409, fault=gettext("Ej sparat: en annan flik eller enhet har också skrivit."))
    faults = [str(field.errors[0]) for field in form if field.errors]
    known = goes_on_from(application, beside)
    if faults:
        return _answer(422, fault=_all_but(faults), **known)
    return _answer(200, saved=_at_the_hour(), **known)


def told_that_it_is_over(ad: PublishedAd) -> Response:
    """The answer to a page that saves by itself a draft that has been sent meanwhile: to stop, and where it is now."""
    return _answer(
        410,
        fault=gettext("Ansökan är redan skickad från en annan flik eller enhet. Det du skriver här följer inte med."),
        over=gettext("Till kvittot"),
        at=url_for("applications.receipt", reference=ad.reference),
    )


def told_that_it_is_closed(ad: PublishedAd, sentence: str) -> Response:
    """The same where the time is over: to stop, and where what is saved can be read."""
    return _answer(
        410,
        fault=sentence,
        over=gettext("Visa det som är sparat"),
        at=url_for("applications.apply_documents", reference=ad.reference),
    )


def told_that_none_is_here() -> Response:
    """The same where this browser has no draft any more: the button gives back what was typed."""
    return _answer(409, fault=gettext("Ej sparat: utkastet finns inte längre i den här webbläsaren."))


def _answer(status: int, **told: Any) -> Response:
    answer = jsonify(told)
    answer.status_code = status
    return answer


def _all_but(faults: list[str]) -> str:
    """What is at fault is not kept, all else is: said at the field one writes in, which may be another."""
    said = gettext("%(saved)s, utom ett fält. %(fault)s", saved=_at_the_hour(), fault=faults[0])
    if len(faults) > 1:
        said = gettext(
            "%(saved)s, utom %(number)s fält. Det första: %(fault)s",
            saved=_at_the_hour(), number=len(faults), fault=faults[0],
        )  # fmt: skip
    return str(said)


def _at_the_hour() -> str:
    return str(gettext("Sparat %(time)s", time=clock_time(clock.now())))


def tell_saved(place: str) -> None:
    """Say it at this part of the page, and nothing of what was to be said before it: of two presses the page that comes
    tells of the second. ``application`` is the private page itself."""
    session["_flashes"] = [one for one in session.get("_flashes", []) if not one[0].startswith("saved ")]
    if request.form.get("remove"):
        said = gettext("Filen är borttagen.")
    elif place == "application":
        said = gettext("Ändringarna är sparade.")
    elif (sent := request.files.get(FILES.get(place, ""))) and sent.filename:
        said = gettext("Filen är sparad.")  # its card says when
    else:
        said = _at_the_hour()
    flash(said, f"saved {place}")
