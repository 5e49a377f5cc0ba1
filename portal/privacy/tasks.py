"""The daily round over what has had its time, over what is counted no time and over what nobody may answer: once an hour, so
that a day on which the worker rested is made good. And what goes when a recruitment has ended."""

from datetime import datetime

from flask import Flask

from portal import clock
from portal.db import db, unit_of_work
from portal.decisions.services.releasing import ENDED
from portal.jobs.engines import claim_hour
from portal.jobs.models import Event
from portal.jobs.services import handles
from portal.jobs.tasks import each_minute
from portal.privacy.rights.services.calling_in import call_in_colleagues
from portal.privacy.services.destroying import destroy_private_notes
from portal.privacy.services.disposing import carry_out_due
from portal.privacy.services.holding import LIFTED
from portal.privacy.services.reminding import remind_of_standing
from portal.privacy.standing import FROM_HOUR
from portal.review.queries.case import case_of

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


@handles(ENDED)
def destroy_notes_when_ended(event: Event, at: datetime) -> None:
    """What nobody handed in, unless a legal hold keeps it."""
    _destroy_notes(event, at)


@handles(LIFTED)
def destroy_notes_of_a_lifted_hold(event: Event, at: datetime) -> None:
    """The same once no hold has stood for two weeks. While the matter goes on they are written still, and its end is waited
    for."""
    case = case_of(db.session, event.subject_id) if event.subject_id is not None else None
    if case is not None and case.over:
        _destroy_notes(event, at)


def _destroy_notes(event: Event, at: datetime) -> None:
    if event.subject_id is not None:
        with unit_of_work() as session:
            destroy_private_notes(session, ad_id=event.subject_id, at=at)
