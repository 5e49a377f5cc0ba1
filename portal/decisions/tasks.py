"""What decisions do when told: a recruitment has ended, an application has been taken back."""

from datetime import datetime
from uuid import UUID

from portal.applications.queries import taken_back
from portal.applications.services.withdrawing import ERASED
from portal.db import db, unit_of_work
from portal.decisions.queries.kept import CASE_NAME
from portal.decisions.services.answering import note_withdrawn
from portal.decisions.services.destroying import destroy_private_notes
from portal.decisions.services.forgetting import forget_outcome_words
from portal.decisions.services.keeping import file_to_keep, keep_file, take_out_erased
from portal.decisions.services.releasing import ENDED
from portal.documents.services import keep_filed_apart
from portal.jobs.models import Event
from portal.jobs.services import handles


@handles(ENDED)
def destroy_notes_when_ended(event: Event, at: datetime) -> None:
    """Before the file is kept: what nobody handed in is not in it."""
    if event.subject_id is not None:
        with unit_of_work() as session:
            destroy_private_notes(session, ad_id=event.subject_id, at=at)


@handles(ENDED)
def keep_when_ended(event: Event, at: datetime) -> None:
    """The file as it is now; while scores are sealed, where nobody was hired, without them."""
    if event.subject_id is not None:
        keep_now(event.subject_id, at)


def keep_now(ad_id: UUID, at: datetime) -> None:
    """Set, sealed, and then named by a row. Doing it twice keeps the first."""
    with unit_of_work() as session:
        found = file_to_keep(session, ad_id, at=at)
    if found is None:
        return
    controller_id, data = found
    filed = keep_filed_apart(db.session, controller_id, data, name=CASE_NAME, kind="json", at=at)
    with unit_of_work() as session:
        keep_file(session, ad_id=ad_id, filed=filed, at=at)


@handles(ERASED)
def forget_when_erased(event: Event, at: datetime) -> None:
    """Whoever is erased leaves no words of an outcome behind, and is taken out of the kept file."""
    with unit_of_work() as session:
        if event.subject_id is not None:
            forget_outcome_words(session, application_id=event.subject_id)
    take_out(event, at)


@handles("application.withdrawn")
def free_the_post(event: Event, at: datetime) -> None:
    """One who was offered the post and takes the application back has declined it."""
    with unit_of_work() as session:
        application = taken_back(session, event.subject_id)
        if application is not None:
            note_withdrawn(session, application=application, at=at)


@handles("application.withdrawn")
def take_out(event: Event, at: datetime) -> None:
    """Whoever has been erased, or is kept sealed and unread, is taken out of the kept file too."""
    with unit_of_work() as session:
        application = taken_back(session, event.subject_id)
        ad_id = application.ad_id if application is not None else None
    if ad_id is not None:
        take_out_erased(ad_id, at)
