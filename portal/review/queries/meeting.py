"""The meeting's rows, and what one person may see of them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.ads.queries import criteria_of
from portal.applications.models import Application
from portal.organisations.access import Role
from portal.organisations.models import Membership
from portal.organisations.queries import belongs
from portal.review.access import Standing, judges, may_see_listed
from portal.review.joint import Board
from portal.review.meeting.agenda import Point
from portal.review.meeting.models import (
    JointText,
    Meeting,
    MeetingBallot,
    MeetingEvent,
    MeetingPlace,
    MeetingPoint,
    MeetingPresence,
    MeetingVote,
)
from portal.review.meeting.voting import Choice
from portal.review.models import ConflictAnswer, PanelMember
from portal.review.own_order import Groups, groups_of
from portal.review.phases import Phase
from portal.review.queries.board import board_of
from portal.review.queries.case import Case, Listed
from portal.review.queries.listed import LISTED, listed
from portal.review.queries.person import has_applied, is_in
from portal.review.queries.scores import Visible, handed_in_of, seen_scores
from portal.vault.services import ApplicationKey, open_application_keys

TEXT = "joint_text"  # the place under which the texts are sealed


@dataclass(frozen=True, slots=True)
class Leading:
    """Whether somebody leads the panel now, and for whom they have jäv."""

    present: bool
    conflicts: frozenset[UUID]

    def of(self, application_id: UUID) -> bool:
        """Whether somebody leads who may deal with this candidate."""
        return self.present and application_id not in self.conflicts

    @property
    def of_all(self) -> bool:
        """Whether somebody leads who has jäv for nobody."""
        return self.present and not self.conflicts


class Colleague(NamedTuple):
    """One who may be at the meeting."""

    id: UUID
    name: str
    assesses: bool


class Attended(NamedTuple):
    """One who was there: each stay from when, and until when; none is that it is not over."""

    id: UUID
    name: str
    stays: tuple[tuple[datetime, datetime | None], ...]

    @property
    def is_there(self) -> bool:
        """Whether one has not left."""
        return self.stays[-1][1] is None


class Voted(NamedTuple):
    """A vote with its ballots, by panel member."""

    first: UUID
    second: UUID
    at: datetime
    ballots: Mapping[UUID, Choice]


def meeting_of(session: Session, ad_id: UUID, *, lock: bool = False) -> Meeting | None:
    """The recruitment's meeting, where one has begun."""
    rows = select(Meeting).where(Meeting.ad_id == ad_id)
    return session.scalars(rows.with_for_update() if lock else rows).one_or_none()


def leading(session: Session, case: Case) -> Leading:
    """Who leads: a member of the panel who leads, is still one of the party's people, has not applied themself, for whom the
    case is not there, and has not jäv for all who count, to whom the meeting is shut."""
    rows = session.execute(
        select(Person.email, ConflictAnswer.application_id)
        .select_from(PanelMember)
        .join(Person, Person.id == PanelMember.person_id)
        .outerjoin(ConflictAnswer, (ConflictAnswer.panel_member_id == PanelMember.id) & ConflictAnswer.has_conflict)
        .where(PanelMember.ad_id == case.ad.id, PanelMember.leads, is_in())
    ).all()
    counting = {row.id: row.address_print for row in case.applications}
    if rows and has_applied(session, case.ad.controller_id, rows[0].email, counting.values()):
        return Leading(present=False, conflicts=frozenset())
    conflicts = frozenset(row.application_id for row in rows if row.application_id in counting)
    if counting and len(conflicts) == len(counting):
        return Leading(present=False, conflicts=frozenset())
    return Leading(bool(rows), conflicts)


def is_out_of_all(case: Case) -> bool:
    """Whether somebody of the panel has jäv for all who count: the meeting is shut to them, whatever they hand in."""
    ids = {row.id for row in case.applications}
    return case.standing.named and bool(ids) and ids <= case.standing.conflicts


def attended(case: Case, applications: Iterable[Listed] | None = None) -> list[Listed]:
    """The applications that a person takes part in at the meeting: those they may see, and of what an assessor judges
    only what their handing in covers, for the others' scores of the rest are not theirs to see yet."""
    rows = case.applications if applications is None else applications
    shown = [row for row in rows if may_see_listed(case.standing, row.id)]
    return [row for row in shown if case.is_handed_in(row) or not judges(case.standing, row.id)]


def attended_since(session: Session, case: Case, ids: Iterable[UUID]) -> tuple[Case, list[Listed]]:
    """The same with those of ``ids`` that do not count any more; and the case as its person sees those too."""
    former = gone(session, case, ids)
    once_masked = case.standing.approved | {row.id for row in former if row.masked_at is not None}
    reader = replace(case, standing=replace(case.standing, approved=once_masked))
    return reader, attended(reader, [*case.applications, *former])


def whole_board(session: Session, case: Case, at: datetime) -> tuple[Board, Visible]:
    """All that has been handed in, whoever asks: what the agenda is made from. Never shown as it is. The joint view of the
    office has after the last minute what is not handed in as well; the agenda is everybody's, and has not.

    Equal candidates stand in the order of what the panel calls them: in a blind review not even an order tells a name.
    """
    everybody = replace(case, member=None, standing=Standing(office=True))
    seen = handed_in_of(everybody, seen_scores(session, everybody, at))
    ids = frozenset(row.id for row in case.applications)
    panel = replace(case.standing, named=True, has_applied=False, conflicts=frozenset(), clear=ids, called_for=None)
    named = replace(everybody, standing=replace(panel, phase=Phase.OPEN, approved=ids))
    return board_of(session, named, seen, list(criteria_of(session, case.ad.id))), seen


def colleagues_of(session: Session, case: Case) -> list[Colleague]:
    """The panel and the office, in order of name."""
    rows = session.execute(
        select(Person.id, Person.name, Membership.role, PanelMember.id)
        .join(Membership, Membership.person_id == Person.id)
        .outerjoin(
            PanelMember,
            (PanelMember.person_id == Person.id) & (PanelMember.ad_id == case.ad.id) & is_in(),
        )
        .where(Membership.party_id == case.ad.party_id, belongs())
        .order_by(Person.name, Person.id)
    )
    found = [
        Colleague(id, name, member is not None)
        for id, name, role, member in rows
        if member is not None or role == Role.KANSLI
    ]
    return list(dict.fromkeys(found))


def points_in(session: Session, meeting: Meeting) -> list[Point]:
    """The agenda in its order."""
    rows = session.scalars(
        select(MeetingPoint).where(MeetingPoint.meeting_id == meeting.id).order_by(MeetingPoint.position)
    )
    return [Point(row.application_id, row.criterion_id, row.steps) for row in rows]


def order_in(session: Session, meeting: Meeting) -> Groups:
    """The order that the meeting has set; empty before it has."""
    rows = session.scalars(select(MeetingPlace).where(MeetingPlace.meeting_id == meeting.id).order_by(MeetingPlace.id))
    return groups_of({row.application_id: row.place for row in rows})


def texts_in(session: Session, meeting: Meeting) -> dict[UUID, JointText]:
    """The joint texts as they are kept, by application."""
    rows = session.scalars(select(JointText).where(JointText.meeting_id == meeting.id))
    return {row.application_id: row for row in rows}


def text_of(session: Session, meeting: Meeting, application_id: UUID) -> JointText | None:
    """The joint text of one candidate, as it is kept."""
    rows = select(JointText).where(JointText.meeting_id == meeting.id, JointText.application_id == application_id)
    return session.scalars(rows).one_or_none()


def presences_in(session: Session, meeting: Meeting) -> list[Attended]:
    """Who was there, in the order they first came."""
    rows = session.execute(
        select(MeetingPresence, Person.name)
        .join(Person, Person.id == MeetingPresence.person_id)
        .where(MeetingPresence.meeting_id == meeting.id)
        .order_by(MeetingPresence.came_at, Person.name, MeetingPresence.id)
    )
    found: dict[UUID, Attended] = {}
    for row, name in rows:
        one = found.setdefault(row.person_id, Attended(row.person_id, name, ()))
        found[one.id] = one._replace(stays=(*one.stays, (row.came_at, row.left_at)))
    return list(found.values())


def events_in(session: Session, meeting: Meeting) -> list[tuple[MeetingEvent, str]]:
    """The meeting's steps with who took them, the oldest first."""
    rows = session.execute(
        select(MeetingEvent, Person.name)
        .join(Person, Person.id == MeetingEvent.person_id)
        .where(MeetingEvent.meeting_id == meeting.id)
        .order_by(MeetingEvent.at, MeetingEvent.id)
    )
    return [(row, name) for row, name in rows]


def votes_in(session: Session, meeting: Meeting) -> list[Voted]:
    """The votes with every ballot, the oldest first."""
    rows = session.execute(
        select(MeetingVote, MeetingBallot)
        .join(MeetingBallot, MeetingBallot.vote_id == MeetingVote.id)
        .where(MeetingVote.meeting_id == meeting.id)
        .order_by(MeetingVote.at, MeetingVote.id)
    ).all()
    found: dict[UUID, Voted] = {}
    for vote, ballot in rows:
        voted = found.setdefault(vote.id, Voted(vote.first_id, vote.second_id, vote.at, {}))
        found[vote.id] = voted._replace(ballots={**voted.ballots, ballot.panel_member_id: Choice(ballot.choice)})
    return list(found.values())


def gone(session: Session, case: Case, ids: Iterable[UUID]) -> list[Listed]:
    """Applications that the meeting dealt with and that do not count any more."""
    missing = set(ids) - {row.id for row in case.applications}
    if not missing:
        return []
    rows = LISTED.where(Application.id.in_(missing), Application.ad_id == case.ad.id)
    return listed(case.ad, session.execute(rows))


def keys_of(session: Session, applications: Iterable[Listed]) -> dict[UUID, ApplicationKey]:
    """The keys of those that still have one."""
    return open_application_keys(session, {row.id: row.controller_id for row in applications})


def name_of(session: Session, person_id: UUID) -> str:
    """A colleague's name."""
    return session.scalars(select(Person.name).where(Person.id == person_id)).one()


def names_by_id(session: Session, people: Iterable[UUID]) -> dict[UUID, str]:
    """Colleagues' names."""
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_(set(people))))
    return {row.id: row.name for row in rows}


def seated_names(session: Session, members: Collection[UUID]) -> dict[UUID, str]:
    """Who these seats of the panel are or were, by name: also of those who have left."""
    rows = select(PanelMember.id, Person.name).join(Person, Person.id == PanelMember.person_id)
    return {row.id: row.name for row in session.execute(rows.where(PanelMember.id.in_(members)))} if members else {}
