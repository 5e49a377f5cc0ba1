"""The worker's round for applications: once an hour it sweeps what nobody will come back to."""

from flask import Flask

from portal import clock
from portal.applications.services.sweeping import sweep
from portal.jobs.tasks import each_minute

SWEEPS_AT_MINUTE = 17


@each_minute
def sweep_each_hour(app: Flask) -> None:
    """Sweep at one minute of the hour; each step is safe to repeat and to run twice at once."""
    at = clock.now()
    if at.minute == SWEEPS_AT_MINUTE:
        with app.app_context():
            sweep(at)
