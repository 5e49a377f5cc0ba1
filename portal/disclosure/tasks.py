"""What the register does when told that a recruitment has ended, or that an application is erased."""

from datetime import datetime

from portal.applications.services.withdrawing import ERASED
from portal.db import unit_of_work
from portal.decisions.services.releasing import ENDED
from portal.disclosure.services.closing import enter_what_was_made, forget_what_was_made
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
