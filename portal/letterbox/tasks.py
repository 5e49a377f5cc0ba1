"""What the letterbox does when told: an erased application's messages go with it."""

from datetime import datetime

from portal.applications.models import Application
from portal.applications.services.withdrawing import ERASED, is_erased
from portal.db import unit_of_work
from portal.jobs.models import Event
from portal.jobs.services import handles
from portal.letterbox.services import let_go_of_messages


@handles("application.withdrawn")
@handles("application.declined")
def let_go(event: Event, _at: datetime) -> None:
    """With a party as controller they are erased; an authority keeps them as the records they are. What waits for its address
    again, or counts again by now, keeps them."""
    with unit_of_work() as session:
        application = session.get(Application, event.subject_id)
        if application is not None and is_erased(application):
            let_go_of_messages(session, application_id=application.id)


@handles(ERASED)
def forget_when_erased(event: Event, _at: datetime) -> None:
    """When an application's time is over its messages go with it, whoever is controller. Their numbers stay."""
    with unit_of_work() as session:
        if event.subject_id is not None:
            let_go_of_messages(session, application_id=event.subject_id)
