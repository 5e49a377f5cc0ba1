"""That something was saved, said once on the page one comes to, where the button stood. It takes the focus."""

from uuid import UUID

from flask import flash, request
from flask_babel import gettext

from portal import clock
from portal.applications.forms import FILES
from portal.applications.models import Application
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


def tell_saved(place: str) -> None:
    """Say it at this part of the page; ``application`` is the private page itself."""
    if request.form.get("remove"):
        said = gettext("Filen är borttagen.")
    elif place == "application":
        said = gettext("Ändringarna är sparade.")
    else:
        said = gettext("Sparat kl. %(time)s", time=clock_time(clock.now()))
    flash(said, f"saved {place}")
