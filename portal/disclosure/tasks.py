"""What the register does when told that a recruitment has ended, an application is erased, or a record is asked for."""

from datetime import datetime

from flask import Flask

from portal import clock
from portal.applications.models import Application
from portal.applications.services.sweeping import each_party
from portal.applications.services.withdrawing import ERASED
from portal.db import db, unit_of_work
from portal.decisions.services.releasing import ENDED
from portal.disclosure.services.closing import (
    complete_what_was_numbered,
    enter_what_was_made,
    forget_what_was_made,
    forget_what_was_marked,
)
from portal.disclosure.services.looking import COVERED, note_suggestions, suggested_for, to_look_at
from portal.jobs.engines import claim_hour
from portal.jobs.models import Event
from portal.jobs.services import handles
from portal.jobs.tasks import each_minute

FROM_MINUTE = 37


@each_minute
def complete_each_hour(app: Flask) -> None:
    """In the first round of the hour's later part, however late it comes; it is safe to repeat."""
    at = clock.now()
    if at.minute >= FROM_MINUTE and claim_hour(app.extensions["queue"], "made records", at):
        with app.app_context():
            for own in each_party():
                with unit_of_work(own) as session:
                    complete_what_was_numbered(session, at=at)


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
        application = session.get(Application, event.subject_id)
        authority_id = None if application is None else application.authority_id
    if authority_id is not None and event.subject_id is not None:
        forget_what_was_marked(authority_id, event.subject_id)


@handles(COVERED)
def look_when_covered(event: Event, at: datetime) -> None:
    """The machine looks for what may have to be masked. Raises Busy while no child is free."""
    found = to_look_at(db.session, event.subject_id) if event.subject_id is not None else None
    if found is None:
        return
    pages = suggested_for(found)
    with unit_of_work() as session:
        note_suggestions(session, record_id=found.record_id, pages=pages, says=found.says)
