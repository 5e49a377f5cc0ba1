"""What protected identity does when told: something waits for the candidate, who may have asked for a mail about it."""

from contextlib import suppress
from datetime import datetime

from portal.applications.models import Application
from portal.applications.services.asking import WAITS
from portal.applications.states import ENDED
from portal.db import unit_of_work
from portal.jobs.models import Event
from portal.jobs.services import handles
from portal.locking import HELD
from portal.protection.emails import post_something_waits
from portal.vault.keystore import KeyGone


@handles(WAITS)
def mail_that_something_waits(event: Event, at: datetime) -> None:
    """Once for each piece of news; not to whoever has taken theirs back since, whose mails are let go of."""
    with suppress(KeyGone), unit_of_work() as session:
        sealed_too = {"hidden_too": True}  # what lies sealed is answered too
        application = session.get(Application, event.subject_id, with_for_update=HELD, execution_options=sealed_too)
        if application is not None and not _has_left_since(application, event.created_at):
            once = f"waits:{event.created_at:%Y%m%d%H%M%S%f}"
            post_something_waits(session, application, once=once, at=at)


def _has_left_since(application: Application, news: datetime) -> bool:
    left_at = application.withdrawn_at or application.restricted_at
    return application.state in ENDED and (left_at is None or left_at >= news)
