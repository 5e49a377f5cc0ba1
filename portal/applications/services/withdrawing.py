"""Taking an application back. An authority keeps what it was sent, as a public record; a party erases it, or keeps it
sealed and unread until its day where that was chosen or told beforehand."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import scope
from portal.applications import emails
from portal.applications.models import Application
from portal.applications.queries import (
    TO_BE_ERASED,
    answers_of,
    changes_of,
    identities_of,
    later_consent_of,
    masked_texts_of,
    requests_of,
    word_to,
)
from portal.applications.services.drafting import SEALED, address_of
from portal.applications.services.questioning import announce_freed
from portal.applications.states import CAN_BE_WITHDRAWN, COUNTS, ENDED, State
from portal.audit.services import CANDIDATE, record
from portal.db import after_commit, unit_of_work
from portal.documents.queries import all_documents_of, masked_pages_of
from portal.documents.services import delete_blobs, remove_document
from portal.jobs.services import announce
from portal.links.models import Link, Purpose
from portal.links.services import end_link
from portal.mail.models import OutgoingMail
from portal.vault.services import the_vault

SOON_OVER, OUTLIVES = timedelta(days=31), timedelta(days=366)  # of a private link
ERASED = "application.erased"  # the event: nothing of it is left, and later features follow


def is_erased_when_ended(application: Application) -> bool:
    """True where a party is controller: with the consent gone, the application goes (GDPR art. 17.1 b), unless it is kept
    restricted (art. 18)."""
    return application.controller_id == application.party_id and application.restricted_at is None


def withdraw_application(
    session: Session, *, application_id: UUID, at: datetime, actor: str = CANDIDATE
) -> Application:
    """Mark the application as taken back, and tell. Doing it twice changes nothing. `finish_erasure` comes after."""
    application = session.get_one(Application, application_id, with_for_update=True)
    if application.state in CAN_BE_WITHDRAWN:
        kept = "record" if application.copies_erased_at is None else "record_alone"
        left = "erased" if is_erased_when_ended(application) else kept
        _withdraw(session, application, left=left, at=at, actor=actor)
    return application


def withdraw_and_restrict(
    session: Session, *, application_id: UUID, until: date, at: datetime, actor: str = CANDIDATE
) -> Application:
    """The same where a party is controller, but nothing is erased: up to and with ``until`` it lies sealed, and no page of
    the staff's reaches it. Its candidate still does, by the private link. Doing it twice changes nothing."""
    application = session.get_one(Application, application_id, with_for_update=True)
    if application.state in CAN_BE_WITHDRAWN:
        _withdraw(session, application, left="kept", at=at, actor=actor, until=until)
    return application


def _withdraw(
    session: Session, application: Application, *, left: str, at: datetime, actor: str, until: date | None = None
) -> None:
    counted = application.state in COUNTS
    to = address_of(application)
    if until is not None:
        application.restricted_at, application.restricted_until = at, until
    end_application(session, application, State.WITHDRAWN, at=at)
    chain, verb = application.party_id, "application.withdrawn"
    record(session, chain=chain, at=at, actor=actor, verb=verb, object_id=application.id)
    if counted:
        announce_withdrawn(session, application, at)
        announce_freed(session, application, at)
    if counted and to:
        emails.post_withdrawn(session, application, to=to, left=left, until=until, at=at)


def lift_restriction(session: Session, application: Application, *, at: datetime) -> None:
    """What was kept sealed is kept no more: it is marked as every other that was taken back. `finish_erasure` comes after."""
    application.restricted_at = application.restricted_until = None
    _let_go(session, application, at)
    announce_withdrawn(session, application, at)


def let_go_of_copies(session: Session, *, application_id: UUID, at: datetime) -> None:
    """What an authority need not keep of an application that is taken back: the covered copies made for a blind review, and
    the mails. What was sent is a public record, and nobody may erase it because its candidate asks (arkivlagen 10 §)."""
    session.get_one(Application, application_id, with_for_update=True).copies_erased_at = at
    let_go_of_mails(session, application_id, at)
    let_go_of_covered_copies(session, application_id=application_id)


def let_go_of_covered_copies(session: Session, *, application_id: UUID) -> None:
    """The copies that were made for a blind review. Twice changes nothing."""
    documents = [row.id for row in all_documents_of(session, application_id)]
    blobs: list[str] = []
    for page in masked_pages_of(session, documents):
        blobs += [name for name in (page.blob, page.text_blob) if name]
        session.delete(page)
    for typed in masked_texts_of(session, application_id):
        session.delete(typed)
    session.flush()
    after_commit(session, lambda: delete_blobs(blobs))


def announce_withdrawn(session: Session, application: Application, at: datetime) -> None:
    """The news that an application counts no more, told in the party's scope."""
    party = scope.party(application.party_id)
    announce(session, "application.withdrawn", subject_id=application.id, at=at, scope=party)


def end_application(session: Session, application: Application, state: State, *, at: datetime) -> None:
    """Mark it as ended, end the links that are of no more use, and let go of its mails where it is to be erased. With it
    ends the consent to be kept and asked later."""
    application.state = state
    if (later := later_consent_of(session, application.id)) is not None:
        session.delete(later)
    if state in (State.WITHDRAWN, State.DECLINED):
        application.withdrawn_at = at
    application.changed_at = at
    _let_go(session, application, at)


def _let_go(session: Session, application: Application, at: datetime) -> None:
    closed: Iterable[Purpose] = (Purpose.DRAFT, Purpose.PROPOSAL)
    if is_erased(application):
        closed = (*closed, Purpose.APPLICATION)
        let_go_of_mails(session, application.id, at)
    for purpose in closed:
        end_link(session, purpose=purpose, subject_id=application.id, at=at)
    session.flush()


def keep_own_pages_open(session: Session, *, at: datetime) -> None:
    """Let the private link of everything that is still kept in this scope last longer than the keeping, whatever has made
    that longer since it was sent: its candidate may read and take back what is kept of them for as long as it is."""
    kept = select(Application.id).where(~TO_BE_ERASED)
    ending = select(Link).where(
        Link.purpose == Purpose.APPLICATION, Link.ended_at.is_(None), Link.expires_at < at + SOON_OVER,
        Link.subject_id.in_(kept),
    )  # fmt: skip
    for link in session.scalars(ending, execution_options={"hidden_too": True}):  # also of what lies sealed
        link.expires_at = at + OUTLIVES
    session.flush()


def is_erased(application: Application) -> bool:
    """Whether nothing of it may be left: its time is over, or it has ended and a party is controller."""
    if application.state == State.DISPOSED:
        return True
    return application.state in ENDED and is_erased_when_ended(application)


def let_go_of_mails(session: Session, application_id: UUID, at: datetime, *, to_candidate: bool = False) -> None:
    """Forget what the application's mails said and to whom; those that wait are never sent. ``to_candidate``: those alone
    that go to whoever has applied, which lie under the controller's key, and none that tells the staff of it."""
    wanted = select(OutgoingMail).where(OutgoingMail.about_id == application_id)
    if to_candidate:
        wanted = wanted.where(OutgoingMail.controller_id.is_not(None))
    for row in session.scalars(wanted):
        row.sealed = None
        if row.sent_at is None:
            row.given_up_at = row.given_up_at or at


def keys_of(session: Session, application_id: UUID) -> list[UUID]:
    """The names in the key store of its keys: its own, and that of who it is where it came under a code name."""
    return [application_id, *(one.id for one in identities_of(session, application_id))]


def finish_erasure(application_id: UUID, session: Session | None = None) -> None:
    """Erase what `end_application` marked: the key first, so that no backup can be read, then files, answers and texts.

    Opens its own unit of work, in the session's scope; safe to repeat, also after it was cut short. Does nothing to one
    whose row does not say that it is to be erased.
    """
    with unit_of_work(session) as work:
        application = work.get(Application, application_id)
        if application is None or not is_erased(application):
            return
        keys = keys_of(work, application_id)
    for key_id in keys:
        the_vault().key_store.destroy(key_id)
    with unit_of_work(session) as work:
        application = work.get_one(Application, application_id, with_for_update=True)
        if application.name_sealed is None:
            return
        empty_application(work, application)
        party = scope.party(application.party_id)
        announce(work, ERASED, subject_id=application_id, at=application.changed_at, scope=party)


def empty_application(session: Session, application: Application) -> None:
    """Remove documents, answers, the word of the outcome and what later features wrote of the candidate; empty every
    sealed column, of what was asked for too. The row stays, with its times and its state: others count on its id, and
    it is counted itself."""
    for document in all_documents_of(session, application.id):
        remove_document(session, document)
    for change in changes_of(session, application.id):
        change.former_sealed = None
    for identity in identities_of(session, application.id):
        session.delete(identity)
    for typed in (*answers_of(session, application.id), *masked_texts_of(session, application.id)):
        session.delete(typed)
    if (word := word_to(session, application.id)) is not None:
        session.delete(word)
    for asked in requests_of(session, application.id):
        asked.text_sealed = asked.extension_sealed = asked.answer_sealed = None
    for name in SEALED:
        setattr(application, f"{name}_sealed", None)
    application.address_print = None
    session.flush()
