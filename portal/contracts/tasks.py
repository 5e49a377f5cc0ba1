"""What employments do when told: a morning has come on which the first days' checklist is looked at, or somebody who was to
be employed is erased."""

from datetime import datetime

from portal.applications.services.withdrawing import ERASED
from portal.contracts.leaving.services import forget_never_employed
from portal.contracts.onboarding.services.reminding import look_and_remind
from portal.contracts.onboarding.services.rows import LOOK
from portal.db import unit_of_work
from portal.jobs.models import Event
from portal.jobs.services import handles


@handles(LOOK)
def look_at_onboarding(event: Event, at: datetime) -> None:
    """Remind the office of what is due soon or late. Each mail is posted once, so twice changes nothing."""
    with unit_of_work() as session:
        if event.subject_id is not None:
            look_and_remind(session, onboarding_id=event.subject_id, at=at)


@handles(ERASED)
def forget_when_erased(event: Event, _at: datetime) -> None:
    """Whoever was called off and is erased is named by no employment of a party's."""
    with unit_of_work() as session:
        if event.subject_id is not None:
            forget_never_employed(session, application_id=event.subject_id)
