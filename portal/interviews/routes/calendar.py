"""The meeting as a file for a calendar: the candidate's tells nothing of what it is, the panel's has initials only."""

from typing import Final
from urllib.parse import urlsplit

from flask import Response, abort, current_app
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from portal.applications.models import Application
from portal.db import db
from portal.interviews.ical import Meeting, calendar_of, initials
from portal.interviews.models import InterviewBooking
from portal.interviews.queries.slots import Slot, booking_of, offered_to, slot_of
from portal.interviews.routes.blueprint import ONE, OWN, interviews, of_called, of_own_link
from portal.links.models import Purpose
from portal.links.services import token_of
from portal.review.queries.case import Case, Listed
from portal.review.queries.papers import names_of
from portal.web.addresses import absolute
from portal.web.language import language
from portal.web.readings import reads, reads_own

NAME: Final = "mote.ics"


@interviews.get(f"{OWN}/{NAME}")
@of_own_link
@reads_own("interview.calendar_read")
def own_calendar(application: Application, token: str) -> ResponseReturnValue:
    """The candidate's: *Möte*, the place and the private link."""
    slot = offered_to(db.session, application).own
    booking = booking_of(db.session, application.id)
    if booking is None:
        abort(404)
    own = token_of(db.session, purpose=Purpose.APPLICATION, subject_id=application.id) or token  # not the handle
    link = absolute("interviews.meeting", language=language(), token=own)
    return _file(booking, slot, who="c", title=gettext("Möte"), description=link, address=link)


@interviews.get(f"{ONE}/{NAME}")
@of_called
@reads("interview.calendar_read", of="application_id")
def calendar(case: Case, application: Listed) -> ResponseReturnValue:
    """The panel's: whose interview it is, in initials."""
    booking = booking_of(db.session, application.id)
    if booking is None:
        abort(404)
    name = names_of(db.session, [application]).get(application.id, "")
    link = absolute("interviews.card", ad_id=case.ad.id, application_id=application.id)
    title = f"Intervju {initials(name)}".strip()
    return _file(booking, slot_of(db.session, booking.slot_id), who="p", title=title, description="", address=link)


def _file(
    booking: InterviewBooking, slot: Slot | None, *, who: str, title: str, description: str, address: str
) -> Response:
    settings = current_app.config["SETTINGS"]
    meeting = Meeting(
        uid=f"{booking.id.hex}-{who}@{urlsplit(settings.base_url).hostname}",
        sequence=booking.sequence,
        changed_at=booking.changed_at,
        organizer=settings.mail_from,
        title=title,
        starts_at=slot.starts_at if slot else None,
        minutes=slot.minutes if slot else 0,
        place=slot.place if slot else "",
        description=description,
        address=address,
    )
    answer = Response(calendar_of(meeting), content_type="text/calendar; charset=utf-8")
    answer.headers.set("Content-Disposition", "attachment", filename=NAME)
    return answer
