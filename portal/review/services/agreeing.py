"""What the meeting agrees upon: a joint text for each candidate, the order, and votes between two."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.audit.services import person_actor, record
from portal.organisations.access import Actor
from portal.review.meeting.access import may_attend, may_record_vote, may_set_order, may_write_joint_text
from portal.review.meeting.models import JointText, Meeting, MeetingBallot, MeetingPlace, MeetingVote
from portal.review.meeting.refusals import (
    BallotsMissing,
    BasisUnknown,
    LeaderRecords,
    OrderStale,
    PairUnfit,
    TextStale,
    VoterCompetes,
    VoterConflicted,
    VoterNotCalled,
)
from portal.review.meeting.unseen import with_unseen
from portal.review.meeting.voting import Choice
from portal.review.own_order import Groups, places_of
from portal.review.queries.case import Case, Listed
from portal.review.queries.meeting import TEXT, attended, leading, order_in, text_of
from portal.review.queries.panel import members_of
from portal.review.queries.person import has_applied
from portal.review.queries.seats import seats_of
from portal.review.refusals import NotOpenToYou
from portal.review.services.meeting import require_case_on, writable
from portal.review.services.naming import walls
from portal.scope import walls_of
from portal.vault.services import open_application_key

LONGEST_TEXT = 2000
BASES = {"enad": "Vi är eniga", "rostad": "Vi har röstat"}


def save_joint_text(
    session: Session, *, case: Case, actor: Actor, application_id: UUID, text: str, version: int, at: datetime
) -> int:
    """Keep what the panel says of one candidate; the new version. ``version`` is the one the writer began from.

    Raises TextStale, with what another has saved since, where it is not the present one; the same text again is no fault.
    """
    application = _attended(case, application_id)
    led = leading(session, case).of(application_id)
    if not may_write_joint_text(case.standing, application_id, led=led):
        raise NotOpenToYou
    require_case_on(case)
    meeting = writable(session, case)
    row = text_of(session, meeting, application_id)
    key = open_application_key(session, application_id=application.id, controller_id=application.controller_id)
    present = key.open_text(TEXT, row.text_sealed) if row else ""
    if present == text:
        return row.version if row else 0
    if version != (row.version if row else 0):
        assert row is not None or version
        by = session.get_one(Person, row.written_by).name if row else ""
        raise TextStale(present=present, version=row.version if row else 0, by=by)
    if row is None:
        row = JointText(
            id=uuid4(),
            **walls_of(application, with_authority=False),
            meeting_id=meeting.id,
            application_id=application.id,
            version=0,
        )
        session.add(row)
    row.text_sealed, row.version = key.seal_text(TEXT, text), row.version + 1
    row.written_by, row.written_at = actor.person_id, at
    session.flush()
    return row.version


def save_meeting_order(session: Session, *, case: Case, groups: Groups, version: int, basis: str) -> int:
    """Keep the order the meeting has set; the new version. Those the writer may not see keep their places.

    Raises OrderStale where another has saved another order since ``version``.
    """
    if not may_set_order(case.standing, led=leading(session, case).of_all):
        raise NotOpenToYou
    require_case_on(case)
    meeting = writable(session, case)
    if basis not in BASES:
        raise BasisUnknown
    seen = {row.id for row in attended(case) if not row.fallen}
    fallen = {row.id for row in case.applications if row.fallen}  # set apart since: their place is nobody's
    before = tuple(
        left for group in order_in(session, meeting) if (left := tuple(one for one in group if one not in fallen))
    )
    shown = tuple(kept for group in groups if (kept := tuple(one for one in group if one in seen)))
    order = with_unseen(before, shown, seen)
    places = places_of(order)
    if places == places_of(before) and meeting.basis == basis:
        return meeting.order_version
    if version != meeting.order_version:
        raise OrderStale
    _keep_places(session, case, meeting, places)
    meeting.basis, meeting.order_version = basis, meeting.order_version + 1
    session.flush()
    return meeting.order_version


def _keep_places(session: Session, case: Case, meeting: Meeting, places: Mapping[UUID, int]) -> None:
    rows = session.scalars(select(MeetingPlace).where(MeetingPlace.meeting_id == meeting.id))
    present = {row.application_id: row for row in rows}
    for application, place in places.items():
        row = present.pop(application, None)
        if row is None:
            row = MeetingPlace(id=uuid4(), **walls(case), meeting_id=meeting.id, application_id=application)
            session.add(row)
        row.place = place
    for row in present.values():
        session.delete(row)


def record_vote(
    session: Session,
    *,
    case: Case,
    actor: Actor,
    first: UUID,
    second: UUID,
    ballots: Mapping[UUID, Choice],
    at: datetime,
) -> None:
    """Record who stands before whom by vote, with how each member voted; the same pair anew replaces what was.

    Nothing follows from it by itself. Raises PairUnfit, BallotsMissing, VoterConflicted, VoterCompetes and others.
    """
    lead = leading(session, case)
    if not may_record_vote(case.standing, led=lead.of(first) and lead.of(second)):
        if may_attend(case.standing) and not lead.of_all:
            raise LeaderRecords
        raise NotOpenToYou
    require_case_on(case)
    meeting = writable(session, case)
    if first == second:
        raise PairUnfit
    for one in (first, second):
        if _attended(case, one).fallen:
            raise PairUnfit
    _require_voters(session, case, (first, second), ballots)
    _forget_pair(session, meeting, first, second)
    vote = MeetingVote(id=uuid4(), **walls(case), meeting_id=meeting.id, first_id=first, second_id=second, at=at)
    session.add(vote)
    session.flush()
    session.add_all(
        MeetingBallot(id=uuid4(), **walls(case), vote_id=vote.id, panel_member_id=member, choice=choice)
        for member, choice in ballots.items()
    )
    session.flush()
    actor_text = person_actor(actor.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=actor_text, verb="meeting.voted", object_id=vote.id)


def _require_voters(session: Session, case: Case, pair: tuple[UUID, UUID], ballots: Mapping[UUID, Choice]) -> None:
    there = members_of(session, case.ad.id)
    members, seats = {member.id: member.person.name for member in there}, seats_of(session, case.ad.id, there)
    if not ballots.keys() <= members.keys():
        raise NotOpenToYou
    if all(choice is Choice.ABSTAINED for choice in ballots.values()):
        raise BallotsMissing
    prints = [row.address_print for row in case.applications]
    for member in there:
        if member.id in ballots and has_applied(session, member.controller_id, member.person.email, prints):
            raise VoterCompetes(name=members[member.id])
        if member.id in ballots and not all(seats.asks(member, one) for one in pair):
            raise VoterNotCalled(name=members[member.id])
        if member.id in ballots and not all(seats.judges(member, one) for one in pair):
            raise VoterConflicted(name=members[member.id])


def _forget_pair(session: Session, meeting: Meeting, first: UUID, second: UUID) -> None:
    either_way = or_(
        (MeetingVote.first_id == first) & (MeetingVote.second_id == second),
        (MeetingVote.first_id == second) & (MeetingVote.second_id == first),
    )
    for vote in session.scalars(select(MeetingVote).where(MeetingVote.meeting_id == meeting.id, either_way)).all():
        for ballot in session.scalars(select(MeetingBallot).where(MeetingBallot.vote_id == vote.id)).all():
            session.delete(ballot)
        session.flush()
        session.delete(vote)
    session.flush()


def _attended(case: Case, application_id: UUID) -> Listed:
    found = next((row for row in attended(case) if row.id == application_id), None)
    if found is None:
        raise NotOpenToYou
    return found
