"""What a letterbox holds, opened, with what became of each message; and what waits for the office, and who reads it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.applications.emails import names_of_mails
from portal.applications.models import Application
from portal.applications.services.sending import private_token
from portal.applications.states import COUNTS
from portal.audit.queries import last_read_by_candidates
from portal.letterbox.models import Message
from portal.letterbox.receipts import Mailed, Sender, answered_at
from portal.mail.queries import statuses
from portal.mail.states import MailStatus
from portal.organisations.access import Role
from portal.organisations.models import Membership
from portal.organisations.queries import belongs
from portal.review.models import PanelMember, ReviewCase
from portal.review.queries.panel import is_called_in
from portal.review.queries.person import applied_to, is_in, with_conflict
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


class Letters(NamedTuple):
    """What waits for one of the office; and whether a letter waits that none of the office may read."""

    rows: list[Waiting]
    for_nobody: bool


def waiting_letters(session: Session, party_id: UUID, person_id: UUID) -> Letters:
    """In which of the party's recruitments, ended ones too, candidates wait for an answer that the person may give. No name,
    and nothing of a proposal that does not count."""
    rows = session.execute(
        select(Ad.id, Ad.title, Application.id.label("application_id"), func.min(Message.written_at).label("since"))
        .join(Application, Application.ad_id == Ad.id)
        .join(Message, Message.application_id == Application.id)
        .where(Application.state.in_(COUNTS), _waits())
        .group_by(Ad.id, Ad.title, Application.id)
        .order_by(func.min(Message.written_at), Application.id)
    ).all()
    shut = shut_to(session, person_id, [row.application_id for row in rows])
    by_ad: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        if row.application_id not in shut:
            by_ad[row.id].append(row)
    shown = [Waiting(id, found[0].title, len(found), found[0].since) for id, found in by_ad.items()]
    return Letters(shown, bool(shut and shut_to_all(session, party_id, shut)))


def shut_to_all(
    session: Session, party_id: UUID, applications: Collection[UUID], *, but: UUID | None = None
) -> set[UUID]:
    """Of these letterboxes, those that none of the party's office may read; ``but`` leaves out one of them. Whoever has not
    answered about jäv yet may."""
    left = set(applications)
    if not left:
        return left
    office = Membership.party_id == party_id, Membership.role == Role.KANSLI.value, belongs()
    for person_id in session.scalars(select(Membership.person_id).join(Membership.person).where(*office)).all():
        if left and person_id != but:
            left = shut_to(session, person_id, left)
    return left


def shut_to(session: Session, person_id: UUID, applications: Collection[UUID]) -> set[UUID]:
    """Of these letterboxes, those that one of the office may not read: where they have applied themselves, for to them the
    case does not exist; of whom they have jäv for; and of whom they assess without the name. See
    `access.may_read_letterbox`."""
    if not applications:
        return set()
    shut = or_(with_conflict(person_id), _without_name(person_id))
    rows = session.execute(
        select(Application.id, Application.ad_id, Application.controller_id, shut.label("shut"))
        .join(Ad, Ad.id == Application.ad_id)
        .where(Application.id.in_(applications))
    ).all()
    own = applied_to(session, person_id, {row.ad_id: row.controller_id for row in rows})
    return {row.id for row in rows if row.shut or row.ad_id in own}


def _without_name(person_id: UUID) -> ColumnElement[bool]:
    """Whether one of the office knows an `Application` of an `Ad` by its code name: until its candidate is called, or the
    recruitment is over."""
    blind = select(ReviewCase.id).where(ReviewCase.ad_id == Ad.id, ReviewCase.blind)
    assesses = select(PanelMember.id).where(
        PanelMember.ad_id == Ad.id, PanelMember.person_id == person_id, is_in(), is_called_in()
    )
    untold = aliased(Application)
    someone = select(untold.id).where(untold.ad_id == Ad.id, untold.state.in_(COUNTS), untold.decided_as == "")
    over = or_(Ad.state == AdState.ENDED, and_(Ad.state == AdState.WITHDRAWN, ~someone.correlate(Ad).exists()))
    return and_(Application.called_at.is_(None), ~over, blind.correlate(Ad).exists(), assesses.correlate(Ad).exists())
