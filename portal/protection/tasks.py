"""What protected identity does when told: something waits for the candidate, who may have asked for a mail about it."""

from contextlib import suppress
from datetime import datetime

from portal.applications.models import Application
from portal.applications.services.asking import WAITS
from portal.db import unit_of_work
from portal.jobs.models import Event
from portal.jobs.services import handles
from portal.protection.emails import post_something_waits
from portal.vault.keystore import KeyGone


@handles(WAITS)
def mail_that_something_waits(event: Event, at: datetime) -> None:
    """Once for each piece of news."""
    with suppress(KeyGone), unit_of_work() as session:
        application = session.get(Application, event.subject_id)
        if application is not None:
            post_something_waits(session, application, once=f"waits:{event.id}", at=at)
