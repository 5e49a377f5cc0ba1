"""What a registration does when told: with an erased application its signed form goes too."""

from datetime import datetime

from portal.applications.models import Application
from portal.applications.services.withdrawing import ERASED, is_erased
from portal.db import unit_of_work
from portal.intake.services import let_go_of_form
from portal.jobs.models import Event
from portal.jobs.services import handles


@handles("application.withdrawn")
@handles("application.declined")
def let_go(event: Event, _at: datetime) -> None:
    """With a party as controller how it came is forgotten along with the rest, where that is."""
    with unit_of_work() as session:
        application = session.get(Application, event.subject_id)
        if application is not None and is_erased(application):
            let_go_of_form(session, application_id=application.id)


@handles(ERASED)
def forget_when_erased(event: Event, _at: datetime) -> None:
    """When its time is over how it came is forgotten too, whoever is controller."""
    with unit_of_work() as session:
        if event.subject_id is not None:
            let_go_of_form(session, application_id=event.subject_id)
