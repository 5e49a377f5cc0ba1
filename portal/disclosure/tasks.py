"""What the register does when told that a recruitment has ended."""

from datetime import datetime

from portal.db import unit_of_work
from portal.decisions.services.releasing import ENDED
from portal.disclosure.services.closing import enter_assessments
from portal.jobs.models import Event
from portal.jobs.services import handles


@handles(ENDED)
def enter_when_ended(event: Event, at: datetime) -> None:
    """The formal assessments of the authority's case become records."""
    if event.subject_id is not None:
        with unit_of_work() as session:
            enter_assessments(session, ad_id=event.subject_id, at=at)
