"""What a letterbox holds, opened, with what became of each message; and what waits for the office."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.applications.emails import names_of_mails
from portal.applications.models import Application
from portal.applications.services.sending import private_token
from portal.applications.states import COUNTS
from portal.audit.queries import last_read_by_candidates
from portal.letterbox.models import Message
from portal.letterbox.receipts import Mailed, Sender, answered_at
from portal.mail.queries import statuses
from portal.mail.states import MailStatus
from portal.review.queries.person import applied_to, with_conflict
from portal.vault.services import ApplicationKey


@dataclass(frozen=True, slots=True)
class Opened:
    """One message as a page shows it. ``by`` is the colleague who wrote it; ``mailed`` is None where no mail was due."""

    id: UUID
    sender: str
    text: str
    by: str
    written_at: datetime
    opened_at: datetime | None
    settled_at: datetime | None
    answered_at: datetime | None
    mailed: Mailed | None

    @property
    def waits(self) -> bool:
        """Whether it is the candidate's, and the office has neither answered it nor said that it needs no answer."""
        return self.sender == Sender.CANDIDATE and self.answered_at is None and self.settled_at is None


class Told(NamedTuple):
    """A mail to the candidate that the portal has written by itself, and what became of it."""

    what: str
    status: MailStatus
    opened_at: datetime | None


def told_by_mail(session: Session, application: Application) -> list[Told]:
    """The receipt and what was told of each step, in the order they were written. Opened is when the private page was."""
    names = names_of_mails(application.id, private_token(session, application))
    found = sorted(statuses(session, list(names)).values(), key=lambda one: one.written_at)
    read = last_read_by_candidates(session, application.party_id, "application.read", [application.id]).get(
        application.id
    )
    return [Told(names[one.once], one, one.since(read)) for one in found]


class Box(NamedTuple):
    """How many messages one candidate's letterbox has, and how many of them the office has not read, or not seen to."""

    application_id: UUID
    newest_at: datetime
    unread: int
    waiting: int


def place_of(message_id: UUID) -> str:
    """Where a message's text is sealed for."""
    return f"message.{message_id}"


def mail_name(message_id: UUID, application_id: UUID) -> str:
    """Under which name the mail about a message goes out; an erasure finds it by its end."""
    return f"message:{message_id}:{application_id}"


def messages_of(session: Session, application_id: UUID) -> Sequence[Message]:
    """The messages of one application, the oldest first."""
    rows = select(Message).where(Message.application_id == application_id)
    return session.scalars(rows.order_by(Message.written_at, Message.id)).all()


def opened(session: Session, key: ApplicationKey, messages: Sequence[Message]) -> list[Opened]:
    """The messages in clear, in their order."""
    names = {mail_name(one.id, one.application_id): one.id for one in messages if one.sender == Sender.OFFICE}
    mails = {names[name]: Mailed(one.sent_at, one.given_up_at) for name, one in statuses(session, list(names)).items()}
    writers = _names(session, {one.written_by for one in messages if one.written_by})
    return [
        Opened(
            id=one.id, sender=one.sender, text=key.open_text(place_of(one.id), one.text_sealed),
            by=writers.get(one.written_by, "") if one.written_by else "", written_at=one.written_at,
            opened_at=one.opened_at, settled_at=one.settled_at, answered_at=answered_at(messages, place),
            mailed=mails.get(one.id),
        )
        for place, one in enumerate(messages)
    ]  # fmt: skip


def _names(session: Session, ids: Collection[UUID]) -> dict[UUID, str]:
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids))) if ids else ()
    return {row.id: row.name for row in rows}


def _waits() -> ColumnElement[bool]:
    answer = aliased(Message)
    later = (answer.application_id == Message.application_id) & (answer.written_at > Message.written_at)
    answered = exists().where(later, answer.sender == Sender.OFFICE).correlate(Message)
    return and_(Message.sender == Sender.CANDIDATE, Message.settled_at.is_(None), ~answered)


def boxes_in(session: Session, ad_id: UUID) -> list[Box]:
    """The letterboxes of a recruitment that have anything in them: what waits first, then the newest."""
    waits = func.count().filter(_waits())
    unread = func.count().filter(Message.sender == Sender.CANDIDATE, Message.opened_at.is_(None))
    newest = func.max(Message.written_at)
    rows = (
        select(Message.application_id, newest, unread, waits)
        .join(Application, Application.id == Message.application_id)
        .where(Application.ad_id == ad_id, Application.state.in_(COUNTS))
        .group_by(Message.application_id)
        .order_by(newest.desc(), Message.application_id)
    )
    return sorted((Box(*row) for row in session.execute(rows)), key=lambda box: box.waiting == 0)


SILENT_FOR = timedelta(days=30)


def silent_in(session: Session, ad_id: UUID, *, told: Sequence[datetime | None], at: datetime) -> dict[UUID, int]:
    """Who of a recruitment has had no word for thirty days or more, and for how many days; the longest first. A word is the
    receipt, a call, a letter from the office, and what all were ``told``: that the ad closed, or was taken back. Whoever has
    the last word waits for none."""
    letter = func.max(Message.written_at).filter(Message.sender == Sender.OFFICE)
    rows = (
        select(Application.id, Application.submitted_at, Application.called_at, letter)
        .outerjoin(Message, Message.application_id == Application.id)
        .where(Application.ad_id == ad_id, Application.state.in_(COUNTS), Application.decided_at.is_(None))
        .group_by(Application.id, Application.submitted_at, Application.called_at)
    )
    of_all = [one for one in told if one is not None and one <= at]
    words = {id: max(one for one in (*times, *of_all) if one is not None) for id, *times in session.execute(rows)}
    silent = {id: (at - word).days for id, word in words.items() if at - word >= SILENT_FOR}
    return dict(sorted(silent.items(), key=lambda item: (-item[1], item[0])))


class Waiting(NamedTuple):
    """What waits for the office in one recruitment: how many candidates have written, and the first of them when."""

    ad_id: UUID
    title: str
    candidates: int
    since: datetime


def waiting_by_ad(session: Session, person_id: UUID) -> list[Waiting]:
    """In which of the party's recruitments, ended ones too, candidates wait for an answer; not where the person has applied
    themselves, for to them the case does not exist, nor candidates they have jäv for. No name, and nothing of a proposal that
    does not count."""
    rows = session.execute(
        select(
            Ad.id,
            Ad.title,
            func.count(Message.application_id.distinct()),
            func.min(Message.written_at),
            Ad.controller_id,
        )
        .join(Application, Application.ad_id == Ad.id)
        .join(Message, Message.application_id == Application.id)
        .where(Application.state.in_(COUNTS), ~with_conflict(person_id), _waits())
        .group_by(Ad.id, Ad.title, Ad.controller_id)
        .order_by(func.min(Message.written_at))
    ).all()
    own = applied_to(session, person_id, {row.id: row.controller_id for row in rows})
    return [Waiting(*row[:4]) for row in rows if row.id not in own]
