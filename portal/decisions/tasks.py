"""What decisions do when told: a recruitment has ended, an application has been taken back; and each hour, whether a promised
day is near."""

from datetime import datetime
from uuid import UUID

from flask import Flask

from portal import clock
from portal.ads.queries import ad_of
from portal.applications.models import Application
from portal.applications.queries import taken_back
from portal.applications.services.withdrawing import ERASED
from portal.db import db, unit_of_work
from portal.decisions.promises import FROM_HOUR
from portal.decisions.queries.kept import CASE_NAME
from portal.decisions.services.answering import ANSWERED, note_own_answer, note_withdrawn
from portal.decisions.services.forgetting import forget_outcome_words
from portal.decisions.services.keeping import file_to_keep, keep_file, take_out_erased
from portal.decisions.services.promising import remind_of_promises
from portal.decisions.services.releasing import ENDED, end_of_withdrawn
from portal.documents.services import keep_filed_apart
from portal.jobs.engines import claim_hour
from portal.jobs.models import Event
from portal.jobs.services import handles
from portal.jobs.tasks import each_minute


@handles(ENDED)
def keep_when_ended(event: Event, at: datetime) -> None:
    """The file as it is now; while scores are sealed, where nobody was hired, without them."""
    if event.subject_id is not None:
        keep_now(event.subject_id, at)


def keep_now(ad_id: UUID, at: datetime) -> None:
    """Set, sealed, and then named by a row. Doing it twice keeps the first; but see `file_to_keep`."""
    with unit_of_work() as session:
        found = file_to_keep(session, ad_id, at=at)
    if found is None:
        return
    filed = keep_filed_apart(db.session, found.controller_id, found.data, name=CASE_NAME, kind="json", at=at)
    with unit_of_work() as session:
        keep_file(session, ad_id=ad_id, filed=filed, at=at, former_id=found.former_id)
    take_out_erased(ad_id, at)  # who was erased since the file was read


@handles(ERASED)
def forget_when_erased(event: Event, at: datetime) -> None:
    """Whoever is erased leaves no words of an outcome behind, and is taken out of the kept file."""
    with unit_of_work() as session:
        if event.subject_id is not None:
            forget_outcome_words(session, application_id=event.subject_id)
    take_out(event, at)


@handles(ANSWERED)
def note_answer(event: Event, at: datetime) -> None:
    """One who was offered the post has answered on their own page."""
    with unit_of_work() as session:
        application = session.get(Application, event.subject_id)
        if application is not None:
            note_own_answer(session, application=application, at=at)


@handles("application.withdrawn")
def free_the_post(event: Event, at: datetime) -> None:
    """One who was offered the post and takes the application back has declined it."""
    with unit_of_work() as session:
        application = taken_back(session, event.subject_id)
        if application is not None:
            note_withdrawn(session, application=application, at=at)


@handles("application.withdrawn")
def end_when_the_last_withdraws(event: Event, at: datetime) -> None:
    """Who was the last to have had no word, of an ad that was taken back, waits for none any more."""
    with unit_of_work() as session:
        application = taken_back(session, event.subject_id)
        ad = ad_of(session, application.ad_id, lock=True) if application is not None else None
        if ad is not None:
            end_of_withdrawn(session, ad, at=at)


@handles("ad.withdrawn")
def end_when_withdrawn(event: Event, at: datetime) -> None:
    """An ad that is taken back when everybody has their word is over with that."""
    with unit_of_work() as session:
        ad = ad_of(session, event.subject_id, lock=True) if event.subject_id is not None else None
        if ad is not None:
            end_of_withdrawn(session, ad, at=at)


@handles("application.withdrawn")
def take_out(event: Event, at: datetime) -> None:
    """Whoever has been erased, or is kept sealed and unread, is taken out of the kept file too."""
    with unit_of_work() as session:
        application = taken_back(session, event.subject_id)
        ad_id = application.ad_id if application is not None else None
    if ad_id is not None:
        take_out_erased(ad_id, at)


@each_minute
def remind_each_hour(app: Flask) -> None:
    """By day, in the first round of each hour: a day on which the worker rested is made good, and nobody is told twice."""
    at = clock.now()
    if at.astimezone(clock.STOCKHOLM).hour >= FROM_HOUR and claim_hour(app.extensions["queue"], "promises", at):
        with app.app_context():
            remind_of_promises(at)
