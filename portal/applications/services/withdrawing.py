"""Taking an application back. An authority keeps what it was sent, as a public record; a party erases it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import scope
from portal.applications import emails
from portal.applications.models import Application
from portal.applications.queries import answers_of, identities_of, masked_texts_of, word_to
from portal.applications.services.drafting import SEALED, address_of
from portal.applications.states import CAN_BE_WITHDRAWN, COUNTS, ENDED, State
from portal.audit.services import CANDIDATE, record
from portal.db import unit_of_work
from portal.documents.queries import documents_of
from portal.documents.services import remove_document
from portal.jobs.services import announce
from portal.links.models import Purpose
from portal.links.services import end_link
from portal.mail.models import OutgoingMail
from portal.vault.services import the_vault


def is_erased_when_ended(application: Application) -> bool:
    """True where a party is controller: with the consent gone, the application goes (GDPR art. 17.1 b)."""
    return application.controller_id == application.party_id


def withdraw_application(session: Session, *, application_id: UUID, at: datetime) -> Application:
    """Mark the application as taken back, and tell. Doing it twice changes nothing. `finish_erasure` comes after."""
    application = session.get_one(Application, application_id, with_for_update=True)
    if application.state not in CAN_BE_WITHDRAWN:
        return application
    counted = application.state in COUNTS
    to = address_of(application)
    erased = is_erased_when_ended(application)
    end_application(session, application, State.WITHDRAWN, at=at)
    record(
        session,
        chain=application.party_id,
        at=at,
        actor=CANDIDATE,
        verb="application.withdrawn",
        object_id=application_id,
    )
    if counted:
        announce_withdrawn(session, application, at)
    if counted and to:
        emails.post_withdrawn(session, application, to=to, erased=erased, at=at)
    return application


def announce_withdrawn(session: Session, application: Application, at: datetime) -> None:
    """The news that an application counts no more, told in the party's scope."""
    party = scope.party(application.party_id)
    announce(session, "application.withdrawn", subject_id=application.id, at=at, scope=party)


def end_application(session: Session, application: Application, state: State, *, at: datetime) -> None:
    """Mark it as ended, end the links that are of no more use, and let go of its mails where it is to be erased."""
    application.state = state
    if state in (State.WITHDRAWN, State.DECLINED):
        application.withdrawn_at = at
    application.changed_at = at
    closed: Iterable[Purpose] = (Purpose.DRAFT, Purpose.PROPOSAL)
    if is_erased_when_ended(application):
        closed = (*closed, Purpose.APPLICATION)
        _let_go_of_mails(session, application.id, at)
    for purpose in closed:
        end_link(session, purpose=purpose, subject_id=application.id, at=at)
    session.flush()


def _let_go_of_mails(session: Session, application_id: UUID, at: datetime) -> None:
    for row in session.scalars(select(OutgoingMail).where(OutgoingMail.once.endswith(f":{application_id}"))):
        row.sealed = None
        if row.sent_at is None:
            row.given_up_at = row.given_up_at or at


def finish_erasure(application_id: UUID, session: Session | None = None) -> None:
    """Erase what `end_application` marked: the key first, so that no backup can be read, then files, answers and texts.

    Opens its own unit of work, in the session's scope; safe to repeat. Does nothing to what an authority was sent.
    """
    with unit_of_work(session) as work:
        application = work.get(Application, application_id)
        if application is None or application.state not in ENDED or not is_erased_when_ended(application):
            return
        keys = [application_id, *(one.id for one in identities_of(work, application_id))]
    for key_id in keys:
        the_vault().key_store.destroy(key_id)
    with unit_of_work(session) as work:
        empty_application(work, work.get_one(Application, application_id, with_for_update=True))


def empty_application(session: Session, application: Application) -> None:
    """Remove documents, answers and the word of the outcome; empty every sealed column. The row stays: others count on
    its id."""
    for document in documents_of(session, application.id):
        remove_document(session, document)
    for identity in identities_of(session, application.id):
        session.delete(identity)
    for typed in (*answers_of(session, application.id), *masked_texts_of(session, application.id)):
        session.delete(typed)
    if (word := word_to(session, application.id)) is not None:
        session.delete(word)
    for name in SEALED:
        setattr(application, f"{name}_sealed", None)
    application.address_print = None
    session.flush()
