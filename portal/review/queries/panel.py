"""The panel: its members, the party's people to choose from, and what each has got to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person
from portal.clock import STOCKHOLM
from portal.organisations.models import Membership
from portal.organisations.queries import belongs
from portal.review.models import ConflictAnswer, DeputyCall, PanelMember, ReviewCase, Score
from portal.review.panel_choices import PanelChoices
from portal.review.queries.case import Listed, is_covered
from portal.review.queries.falls import Span, spans_apart
from portal.review.queries.person import address_print, decider_is_in, is_in
from portal.review.visibility import USUAL, Sharing
from portal.review.workload import applications_left, minutes


@dataclass(frozen=True, slots=True)
class Progress:
    """How far one assessor has come, in counts: what the scores are is nobody else's business yet."""

    member: PanelMember
    criteria: int
    asked: int  # applications to judge, with jäv or not: all, or those a deputy is called in for
    unanswered: int  # questions of jäv; in a blind review a deputy too is asked about everybody
    unread: int  # applications to judge of which jäv is not answered yet
    conflicts: int
    scored: int
    to_score: int
    handed_in: bool  # and it covers all they judge
    has_applied: bool

    @property
    def has_left(self) -> bool:
        """Whether the assessor has something to do: a question of jäv, a score, or handing in."""
        return self.asked > 0 and (self.unanswered > 0 or (self.to_score > 0 and not self.handed_in))

    @property
    def applications_left(self) -> int:
        """How many applications are not judged through; a part of one is one."""
        return self.unread + applications_left(self.to_score - self.scored, self.criteria)

    @property
    def minutes_left(self) -> int:
        """About how long that takes."""
        return minutes(self.applications_left, self.criteria)

    @property
    def minutes(self) -> int:
        """About how long all of it takes."""
        return minutes(self.asked - self.conflicts, self.criteria)

    def nudged_on(self, at: datetime) -> bool:
        """Whether the office has reminded them on this day in Stockholm."""
        last = self.member.nudged_at
        return last is not None and last.astimezone(STOCKHOLM).date() == at.astimezone(STOCKHOLM).date()


def is_called_in() -> ColumnElement[bool]:
    """That a row of the panel assesses something: a deputy does so from the first call on."""
    call = select(DeputyCall.id).where(DeputyCall.panel_member_id == PanelMember.id)
    return or_(PanelMember.deputy.is_(False), call.exists())


def members_of(session: Session, ad_id: UUID) -> Sequence[PanelMember]:
    """Who assesses: the assessors in their order, then the deputies who have been called in."""
    return _rows(session, ad_id, is_called_in())


def conflicts_declared(session: Session, ad_id: UUID) -> Sequence[tuple[str, UUID]]:
    """Who has said of whom that they have jäv, by name and application: also whoever has left the panel or the party since,
    and also of those who count no more."""
    rows = (
        select(Person.name, ConflictAnswer.application_id)
        .join(PanelMember, PanelMember.id == ConflictAnswer.panel_member_id)
        .join(Person, Person.id == PanelMember.person_id)
        .where(PanelMember.ad_id == ad_id, ConflictAnswer.has_conflict)
        .order_by(PanelMember.deputy, PanelMember.position, PanelMember.id, ConflictAnswer.answered_at)
    )
    return [(name, id) for name, id in session.execute(rows)]


def everyone_of(session: Session, ad_id: UUID) -> Sequence[PanelMember]:
    """The assessors and all deputies, each in their order."""
    return _rows(session, ad_id)


def sitting_decider(session: Session, ad_id: UUID) -> UUID | None:
    """Whoever is named to decide and has been there ever since; None where nobody is. As `Case.decider_id`, asked anew."""
    return session.scalar(select(ReviewCase.decider_id).where(ReviewCase.ad_id == ad_id, decider_is_in()))


def saved_choices(everyone: Sequence[PanelMember], review: ReviewCase | None, *, decider: UUID | None) -> PanelChoices:
    """What the panel's page has saved, of `everyone_of`, the case's row and whoever decides as it stands by now: whoever has
    left is chosen no more, decider as assessor. None where nobody has saved anything."""
    return PanelChoices(
        people=tuple(row.person_id for row in everyone if not row.deputy),
        leader=next((row.person_id for row in everyone if row.leads), None),
        deputies=tuple(row.person_id for row in everyone if row.deputy),
        decider=decider,
        hand_in_by=review.hand_in_by if review else None,
        sharing=Sharing(review.scores_wait_for_all, review.notes_wait_for_all) if review else USUAL,
        blind=review is not None and review.blind,
    )


def _rows(session: Session, ad_id: UUID, *more: ColumnElement[bool]) -> Sequence[PanelMember]:
    rows = select(PanelMember).where(PanelMember.ad_id == ad_id, is_in(), *more)
    ordered = rows.order_by(PanelMember.deputy, PanelMember.position, PanelMember.id)
    return session.scalars(ordered.options(joinedload(PanelMember.person))).all()


def calls_in(session: Session, members: Sequence[PanelMember]) -> dict[UUID, dict[UUID, datetime]]:
    """What each deputy of these members has been called in for, and when; assessors are not in it."""
    found: dict[UUID, dict[UUID, datetime]] = {member.id: {} for member in members if member.deputy}
    if found:
        rows = select(DeputyCall.panel_member_id, DeputyCall.application_id, DeputyCall.called_at)
        for member_id, application_id, at in session.execute(rows.where(DeputyCall.panel_member_id.in_(found))):
            found[member_id][application_id] = at
    return found


def call_rows(session: Session, members: Sequence[PanelMember]) -> Sequence[DeputyCall]:
    """The calls of those of these members who are deputies, the first called first."""
    ids = [member.id for member in members if member.deputy]
    rows = select(DeputyCall).where(DeputyCall.panel_member_id.in_(ids)).order_by(DeputyCall.called_at, DeputyCall.id)
    return session.scalars(rows).all() if ids else ()


@dataclass(frozen=True, slots=True)
class Nameable:
    """One of the party's people: their name, and their title in this party."""

    id: UUID
    name: str
    title: str

    @property
    def called(self) -> str:
        """Name and title."""
        return f"{self.name}, {self.title}" if self.title else self.name


def people_of(session: Session, party_id: UUID) -> list[Nameable]:
    """The people who can be named: the party's accepted members, in order of name."""
    rows = (
        select(Person.id, Person.name, Membership.title)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.party_id == party_id, belongs())
        .order_by(Person.name, Person.id)
    )
    return [Nameable(*row) for row in session.execute(rows)]


def progress_of(
    session: Session, members: Sequence[PanelMember], applications: Sequence[Listed], criteria: int, *, blind: bool
) -> list[Progress]:
    """What each member has done, for the office: counts alone. In a ``blind`` review nothing can be scored before it is
    masked, and who has been called in as a deputy is asked about jäv for everybody."""
    ids = [member.id for member in members]
    answers = session.scalars(select(ConflictAnswer).where(ConflictAnswer.panel_member_id.in_(ids))).all()
    rows = select(Score.panel_member_id, Score.application_id).where(Score.panel_member_id.in_(ids))
    scored = [(row.panel_member_id, row.application_id) for row in session.execute(rows)]
    calls, apart = calls_in(session, members), spans_apart(session, applications)
    found = []
    for member in members:
        called = calls.get(member.id)
        given = [row for row in applications if called is None or row.id in called]
        own = {row.application_id: row for row in answers if row.panel_member_id == member.id}
        mine = [application for owner, application in scored if owner == member.id]
        applied = _has_applied(session, member, applications)
        work = _Work(given, applications if blind and given else given, called or {}, apart, blind)
        found.append(_progress(member, work, criteria, own, mine, applied))
    return found


@dataclass(frozen=True, slots=True)
class _Work:
    """What a member is given to judge, and whom they are asked about."""

    given: Sequence[Listed]
    asked: Sequence[Listed]
    called: Mapping[UUID, datetime]  # of a deputy: when
    apart: Mapping[UUID, Sequence[Span]]  # who had fallen: when
    blind: bool

    def opens(self, row: Listed) -> bool:
        """Whether there is something to read: of a blind review only what is masked."""
        return not self.blind or row.masked_at is not None or row.called_at is not None


def _has_applied(session: Session, member: PanelMember, applications: Sequence[Listed]) -> bool:
    address = address_print(session, member.controller_id, member.person.email) if applications else b""
    return any(row.address_print == address for row in applications)


def _progress(
    member: PanelMember,
    work: _Work,
    criteria: int,
    answers: Mapping[UUID, ConflictAnswer],
    scored: Sequence[UUID],
    has_applied: bool,
) -> Progress:
    known = [row for row in work.given if row.id in answers]
    clear = [row for row in known if not answers[row.id].has_conflict]
    open_rows = [row for row in clear if work.opens(row)]
    left = {row.id for row in open_rows if not row.fallen}
    unanswered = sum(row.id not in answers for row in work.asked)
    return Progress(
        member=member,
        criteria=criteria,
        asked=len(work.given),
        unanswered=unanswered,
        unread=len(work.given) - len(known),
        conflicts=len(known) - len(clear),
        scored=sum(1 for application in scored if application in left),
        to_score=len(left) * criteria,
        handed_in=member.handed_in_at is not None
        and not unanswered
        and all(
            is_covered(
                row,
                member.handed_in_at,
                answers[row.id].answered_at,
                work.called.get(row.id),
                work.apart.get(row.id, ()),
            )
            for row in open_rows
            if not row.fallen
        ),
        has_applied=has_applied,
    )
