"""The verbs of the letterbox: write, open, settle, and let go. A message that is written stands."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.services.asking import ask_candidate, finish_task
from portal.applications.states import COUNTS, State
from portal.audit.services import CANDIDATE, person_actor, record
from portal.letterbox.access import may_read_letterbox
from portal.letterbox.emails import post_you_have_a_message
from portal.letterbox.models import Message
from portal.letterbox.queries import messages_of, place_of
from portal.letterbox.receipts import Sender, needs_answer, waiting
from portal.letterbox.refusals import (
    LONGEST,
    LetterCame,
    LiesSealed,
    MessageMissing,
    NotAssessed,
    NotYours,
    TooManyWaiting,
)
from portal.links.services import SAME_CLICK
from portal.locking import HELD
from portal.organisations.access import Actor
from portal.refusal import N_
from portal.register.kinds import Kind
from portal.register.services import enter_in_register
from portal.review.queries.case import Case
from portal.vault.services import ApplicationKey, open_application_key

MOST_WAITING = 10
TASK, READ = "message", N_("Läs brevet du har fått")
MAY_WRITE = COUNTS | {State.PROPOSAL}  # to its writer a proposal is an application like every other


def write_to_office(session: Session, *, application_id: UUID, text: str, at: datetime) -> Message:
    """The candidate writes. The same again right after is the same message. Raises a Refusal."""
    application = session.get_one(Application, application_id, with_for_update=HELD)
    if application.state not in MAY_WRITE:
        raise LiesSealed if application.ran_out else NotAssessed
    key, written = _key(session, application), messages_of(session, application_id)
    if (same := _said_last(key, written, Sender.CANDIDATE, text, at)) is not None:
        return same
    if waiting(written) >= MOST_WAITING:
        raise TooManyWaiting
    return _write(session, application, key, Sender.CANDIDATE, text, None, _after(written, at))


def write_to_candidate(
    session: Session,
    *,
    case: Case,
    actor: Actor,
    application_id: UUID,
    text: str,
    at: datetime,
    seen: str | None = None,
) -> Message:
    """The office writes, and a mail tells that there is something to read. Twice is once. Raises a Refusal: LetterCame where
    the newest letter is another than the one that was ``seen``."""
    application = _of_office(session, case, application_id)
    key, written = _key(session, application), messages_of(session, application_id)
    if (same := _said_last(key, written, Sender.OFFICE, text, at)) is not None:
        return same
    _require_seen(written, seen)
    message = _write(session, application, key, Sender.OFFICE, text, actor.person_id, _after(written, at))
    ask_candidate(session, application=application, kind=TASK, endpoint="letterbox.own", text=READ, at=at)
    post_you_have_a_message(session, application, message, key=key, at=at)
    return message


def open_own_messages(session: Session, *, application_id: UUID, at: datetime) -> None:
    """The candidate opens all that is new. Twice changes nothing."""
    application = session.get_one(Application, application_id, with_for_update=HELD)
    note_opened(session, application_id=application_id, reader=Sender.CANDIDATE, at=at)
    finish_task(session, application=application, kind=TASK, at=at)


def note_opened(
    session: Session, *, application_id: UUID, reader: Sender, at: datetime, shown: Collection[UUID] | None = None
) -> None:
    """Note that one side has opened all that the other has written; where a page has ``shown`` letters, those alone: one that
    came while it was made is read by nobody yet."""
    unread = select(Message).where(
        Message.application_id == application_id, Message.sender != reader, Message.opened_at.is_(None)
    )
    if shown is not None:
        unread = unread.where(Message.id.in_(shown))
    new = session.scalars(unread.with_for_update()).all()
    for message in new:
        message.opened_at = max(at, message.written_at)
    session.flush()


def settle_messages(
    session: Session, *, case: Case, actor: Actor, application_id: UUID, at: datetime, seen: str | None = None
) -> None:
    """Say of what waits in a letterbox that it needs no answer. Twice changes nothing. Raises a Refusal, `LetterCame` where
    there is a letter that nobody had before them who says so."""
    _of_office(session, case, application_id)
    written = messages_of(session, application_id)
    _require_seen(written, seen)
    for message in written:
        if message.sender == Sender.CANDIDATE and message.settled_at is None:
            message.settled_at, message.settled_by = at, actor.person_id
    session.flush()
    who = person_actor(actor.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=who, verb="message.settled", object_id=application_id)


def bring_along(session: Session, *, first_id: UUID, to: UUID, at: datetime) -> None:
    """What somebody has asked the office in the first of two applications, and nobody has answered, is asked in the one that
    takes its place: in the first nobody would see it wait, and a party's is erased with it. With an authority the record is
    the letter as it came, which stays where it was with its number; here it has none."""
    first, second = (session.get_one(Application, id) for id in (first_id, to))
    written = messages_of(session, first_id)
    left = [one for place, one in enumerate(written) if needs_answer(written, place)]
    if not left:
        return
    former, key = _key(session, first), _key(session, second)
    for one in left:
        message = Message(
            id=uuid4(), party_id=second.party_id, authority_id=second.authority_id, controller_id=second.controller_id,
            with_authority=second.with_authority, application_id=to, sender=one.sender, written_at=one.written_at,
            opened_at=one.opened_at,
        )  # fmt: skip
        message.text_sealed = key.seal_text(place_of(message.id), former.open_text(place_of(one.id), one.text_sealed))
        session.add(message)
    session.flush()
    record(session, chain=second.party_id, at=at, actor=CANDIDATE, verb="message.brought_along", object_id=to)


def let_go_of_messages(session: Session, *, application_id: UUID) -> None:
    """Erase what was written. The key it was sealed under is gone already."""
    session.execute(delete(Message).where(Message.application_id == application_id))


def _of_office(session: Session, case: Case, application_id: UUID) -> Application:
    if case.application(application_id) is None or not may_read_letterbox(
        case.standing, application_id, over=case.over
    ):
        raise NotYours
    application = session.get_one(Application, application_id, with_for_update=HELD)
    if application.state not in COUNTS:  # taken back since the case was read
        raise NotYours
    return application


def _key(session: Session, application: Application) -> ApplicationKey:
    return open_application_key(session, application_id=application.id, controller_id=application.controller_id)


def newest(written: Sequence[Message]) -> str:
    """What a page says that it was opened with: the id of its newest letter; empty where there is none."""
    return written[-1].id.hex if written else ""


def _require_seen(written: Sequence[Message], seen: str | None) -> None:
    if seen is not None and seen != newest(written):
        raise LetterCame


def _after(written: Sequence[Message], at: datetime) -> datetime:
    """The instant, or just after the message before: two machines' clocks must not turn question and answer around."""
    return max(at, written[-1].written_at + timedelta(microseconds=1)) if written else at


def _said_last(
    key: ApplicationKey, written: Sequence[Message], sender: Sender, text: str, at: datetime
) -> Message | None:
    """The message before, where the same side has written the same a moment ago: a button pressed twice. Later it is a
    reminder."""
    last = written[-1] if written else None
    if last is None or last.sender != sender or at - last.written_at >= SAME_CLICK:
        return None
    return last if key.open_text(place_of(last.id), last.text_sealed) == text else None


def _write(
    session: Session, application: Application, key: ApplicationKey, sender: Sender, text: str, by: UUID | None,
    at: datetime,
) -> Message:  # fmt: skip
    if not 0 < len(text) <= LONGEST:
        raise MessageMissing
    message = Message(
        id=uuid4(), party_id=application.party_id, authority_id=application.authority_id,
        controller_id=application.controller_id, with_authority=application.with_authority,
        application_id=application.id, sender=sender, written_by=by, written_at=at,
    )  # fmt: skip
    message.text_sealed = key.seal_text(place_of(message.id), text)
    if application.with_authority:  # a record as it arrives, or as it is sent out
        kind = Kind.MESSAGE_IN if sender == Sender.CANDIDATE else Kind.MESSAGE_OUT
        (entry,) = enter_in_register(session, owner=message, records=[(kind, message.id)], at=message.written_at)
        message.arrival_number = entry.register_number
    session.add(message)
    session.flush()
    who = CANDIDATE if by is None else person_actor(by)
    record(session, chain=application.party_id, at=at, actor=who, verb="message.written", object_id=message.id)
    return message
