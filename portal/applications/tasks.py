"""The worker's round for applications: once an hour it sweeps what nobody will come back to."""

from flask import Flask

from portal import clock
from portal.applications.services.sweeping import sweep
from portal.jobs.engines import claim_hour
from portal.jobs.tasks import each_minute

SWEEPS_FROM_MINUTE = 17


@each_minute
def sweep_each_hour(app: Flask) -> None:
    """Sweep in the first round of the hour's later part, however late it comes; each step is safe to repeat."""
    at = clock.now()
    if at.minute >= SWEEPS_FROM_MINUTE and claim_hour(app.extensions["queue"], "sweep", at):
        with app.app_context():
            sweep(at)
