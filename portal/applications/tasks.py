"""What the worker does for applications: sweeps each hour what nobody will come back to, and tells who is assessed."""

from datetime import datetime

from flask import Flask

from portal import clock
from portal.applications.services.sweeping import sweep
from portal.applications.services.telling import tell_when_closed
from portal.db import unit_of_work
from portal.jobs.engines import claim_hour
from portal.jobs.models import Event
from portal.jobs.services import handles
from portal.jobs.tasks import each_minute

SWEEPS_FROM_MINUTE = 17


@each_minute
def sweep_each_hour(app: Flask) -> None:
    """Sweep in the first round of the hour's later part, however late it comes; each step is safe to repeat."""
    at = clock.now()
    if at.minute >= SWEEPS_FROM_MINUTE and claim_hour(app.extensions["queue"], "sweep", at):
        with app.app_context():
            sweep(at)


@handles("ad.closed")
def tell_who_is_assessed(event: Event, at: datetime) -> None:
    """Each mail is posted once, so twice changes nothing."""
    with unit_of_work() as session:
        if event.subject_id is not None:
            tell_when_closed(session, ad_id=event.subject_id, at=at)
