"""What the register does when told that a recruitment has ended, an application is erased, or a record is asked for."""

from datetime import datetime

from portal.applications.services.withdrawing import ERASED
from portal.db import db, unit_of_work
from portal.decisions.services.releasing import ENDED
from portal.disclosure.services.closing import enter_what_was_made, forget_what_was_made
from portal.disclosure.services.looking import COVERED, note_suggestions, suggested_for, to_look_at
from portal.jobs.models import Event
from portal.jobs.services import handles


@handles(ENDED)
def enter_when_ended(event: Event, at: datetime) -> None:
    """The formal assessments of the authority's case, and the minutes, become records."""
    if event.subject_id is not None:
        with unit_of_work() as session:
            enter_what_was_made(session, ad_id=event.subject_id, at=at)


@handles(ERASED)
def forget_when_erased(event: Event, at: datetime) -> None:
    """What an assessment said goes with the application."""
    with unit_of_work() as session:
        if event.subject_id is not None:
            forget_what_was_made(session, application_id=event.subject_id)


@handles(COVERED)
def look_when_covered(event: Event, at: datetime) -> None:
    """The machine looks for what may have to be masked. Raises Busy while no child is free."""
    found = to_look_at(db.session, event.subject_id) if event.subject_id is not None else None
    if found is None:
        return
    pages = suggested_for(found)
    with unit_of_work() as session:
        note_suggestions(session, record_id=found.record_id, pages=pages)
