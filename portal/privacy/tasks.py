"""The daily round over what has had its time, over what is counted no time and over what nobody may answer: once an hour, so
that a day on which the worker rested is made good."""

from flask import Flask

from portal import clock
from portal.jobs.engines import claim_hour
from portal.jobs.tasks import each_minute
from portal.privacy.rights.services.calling_in import call_in_colleagues
from portal.privacy.services.disposing import carry_out_due
from portal.privacy.services.reminding import remind_of_standing
from portal.privacy.standing import FROM_HOUR

FROM_MINUTE = 23  # after the sweeping of what was cut short


@each_minute
def carry_out_each_hour(app: Flask) -> None:
    """In the first round of the hour's later part, however late it comes; each step is safe to repeat."""
    at = clock.now()
    if at.minute >= FROM_MINUTE and claim_hour(app.extensions["queue"], "retention", at):
        with app.app_context():
            carry_out_due(at)
            if at.astimezone(clock.STOCKHOLM).hour >= FROM_HOUR:
                remind_of_standing(at)
                call_in_colleagues(at)
