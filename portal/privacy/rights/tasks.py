"""The worker's round for what is kept sealed: once an hour it erases what has been kept for as long as it may."""

from flask import Flask

from portal import clock
from portal.jobs.engines import claim_hour
from portal.jobs.tasks import each_minute
from portal.privacy.rights.services.leaving import end_restrictions

FROM_MINUTE = 27


@each_minute
def end_restrictions_each_hour(app: Flask) -> None:
    """In the first round of the hour's later part, however late it comes; each step is safe to repeat."""
    at = clock.now()
    if at.minute >= FROM_MINUTE and claim_hour(app.extensions["queue"], "restrictions", at):
        with app.app_context():
            end_restrictions(at)
