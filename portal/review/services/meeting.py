"""The meeting's own verbs: begin, pause, go on, end, open again, and who is there."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.organisations.access import Actor
from portal.review.joint import Arrangement
from portal.review.meeting.access import may_lead_meeting
from portal.review.meeting.agenda import Point, newcomers, points_of
from portal.review.meeting.models import Meeting, MeetingEvent, MeetingPoint, MeetingPresence
from portal.review.meeting.refusals import (
    HandInBeforeMeeting,
    MeetingNotOn,
    MeetingNotOpen,
    MeetingOver,
    MeetingTooEarly,
    NobodyThere,
    NobodyThereAtPause,
    ReopeningReasonNeeded,
    StepUnfit,
)
from portal.review.meeting.sitting import Sitting, sitting_of
from portal.review.meeting.states import STEPS, State, Step, already, may_step
from portal.review.meeting.ticks import Ticks
from portal.review.models import ReviewCase
from portal.review.phases import meets_from
from portal.review.queries.case import Case
from portal.review.queries.meeting import (
    attended,
    colleagues_of,
    is_out_of_all,
    leading,
    meeting_of,
    points_in,
    whole_board,
)
from portal.review.refusals import CaseOver, NotOpenToYou
from portal.review.services.naming import walls
from portal.review.services.scoring import LONGEST_REASON
from portal.vault.services import seal_for_controller

NOTHING_MISSED = timedelta(minutes=1)  # away for less is a tick too many
NO_TICKS = Ticks()  # the page had no boxes


def start_meeting(session: Session, *, case: Case, actor: Actor, at: datetime) -> Meeting:
    """Begin, with an agenda made from the disagreements as they stand now. Twice is no fault. Raises a Refusal."""
    require_leader(session, case)
    session.scalars(select(ReviewCase).where(ReviewCase.ad_id == case.ad.id).with_for_update()).all()
    meeting = meeting_of(session, case.ad.id, lock=True)
    if meeting is not None:
        return meeting
    board, seen = whole_board(session, case, at)
    if phase := meets_from(case.phase):
        raise MeetingTooEarly(phase=phase)
    if not seen.open:
        raise MeetingNotOpen
    if must_hand_in_first(case):
        raise HandInBeforeMeeting
    meeting = Meeting(id=uuid4(), **walls(case), ad_id=case.ad.id, state=State.OPEN, started_at=at, order_version=0)
    session.add(meeting)
    session.flush()
    _add_points(session, case, meeting, points_of(board), 1)
    _note(session, case, meeting, actor, Step.START, at)
    return meeting


def must_hand_in_first(case: Case) -> bool:
    """Whether the meeting would be shut to the person themself: they assess, and nothing of theirs is handed in."""
    return case.standing.named and bool(case.to_judge) and not attended(case)


def take_step(
    session: Session, *, case: Case, actor: Actor, step: Step, reason: str = "", ticks: Ticks = NO_TICKS, at: datetime
) -> None:
    """Pause, go on, end or open again. Opening again takes a line of reason; who is ticked when it is paused or ended is
    noted first. Raises a Refusal."""
    require_leader(session, case)
    meeting = meeting_of(session, case.ad.id, lock=True)
    state = State(meeting.state) if meeting else None
    if meeting is None or not (may_step(state, step) or already(state, step)):
        raise StepUnfit
    if step in (Step.PAUSE, Step.END):
        _note_ticks(session, case, meeting, ticks, at)
    if already(state, step):
        return
    words = " ".join(reason.split())
    if step is Step.REOPEN and not 0 < len(words) <= LONGEST_REASON:
        raise ReopeningReasonNeeded
    if step is Step.END and not _sitting(session, meeting).anybody:
        raise NobodyThere if state is State.OPEN else NobodyThereAtPause
    if step is Step.REOPEN:
        _close_stays(session, meeting)
    meeting.state = STEPS[step][1]
    meeting.ended_at = at if step is Step.END else None
    if step in (Step.CONTINUE, Step.REOPEN):
        _add_newcomers(session, case, meeting, at)
    _note(session, case, meeting, actor, step, at, words)


def _close_stays(session: Session, meeting: Meeting) -> None:
    """Whoever was there when it ended left then: who is there when it is opened again is noted anew."""
    for row in _presences(session, meeting):
        row.left_at = row.left_at or meeting.ended_at


def note_presence(session: Session, *, case: Case, ticks: Ticks, at: datetime) -> None:
    """Note who has come and who has left since the page was opened; who comes back begins another stay. Raises a Refusal."""
    require_leader(session, case)
    _note_ticks(session, case, writable(session, case), ticks, at)


def _note_ticks(session: Session, case: Case, meeting: Meeting, ticks: Ticks, at: datetime) -> None:
    """The first who are noted have been there since it began: a meeting is not without people until somebody thinks of the
    boxes. Where nothing changes nothing is refused: a second click on what has ended. Raises MeetingNotOn, MeetingOver."""
    last = {row.person_id: row for row in _presences(session, meeting)}
    there = {person for person, row in last.items() if row.left_at is None}
    ticked = ticks.over(there)
    known = {colleague.id for colleague in colleagues_of(session, case)}
    coming, leaving = known.intersection(ticked) - there, there - ticked
    if not coming and not leaving:
        return
    require_on(meeting)
    sitting = _sitting(session, meeting)
    for person in leaving:
        last[person].left_at = at
    for person in coming:
        row = last.get(person)
        if row is not None and row.left_at is not None and at - row.left_at < NOTHING_MISSED:
            row.left_at = None  # a tick that was put right at once
        else:
            _add_stay(session, case, meeting, person, at if sitting.anybody else sitting.since)
    session.flush()


def _add_stay(session: Session, case: Case, meeting: Meeting, person: UUID, since: datetime) -> None:
    place = {**walls(case), "meeting_id": meeting.id, "person_id": person}
    session.add(MeetingPresence(id=uuid4(), **place, came_at=since, left_at=None))


def require_leader(session: Session, case: Case) -> None:
    """Raises NotOpenToYou for whoever does not lead or has jäv for all, CaseOver once the outcome is recorded."""
    if is_out_of_all(case) or not may_lead_meeting(case.standing, led=leading(session, case).present):
        raise NotOpenToYou
    require_case_on(case)


def require_case_on(case: Case) -> None:
    """Raises CaseOver once the outcome is recorded."""
    if case.over:
        raise CaseOver


def writable(session: Session, case: Case) -> Meeting:
    """The meeting, locked, where it is on. Raises MeetingNotOn or MeetingOver."""
    meeting = meeting_of(session, case.ad.id, lock=True)
    if meeting is None:
        raise MeetingNotOn
    require_on(meeting)
    return meeting


def require_on(meeting: Meeting) -> None:
    """Raises MeetingOver where it has ended, MeetingNotOn where it is paused."""
    if meeting.state == State.ENDED:
        raise MeetingOver
    if meeting.state != State.OPEN:
        raise MeetingNotOn


def _sitting(session: Session, meeting: Meeting) -> Sitting:
    reopened = select(MeetingEvent.at).where(MeetingEvent.meeting_id == meeting.id, MeetingEvent.step == Step.REOPEN)
    left = (row.left_at for row in _presences(session, meeting))
    return sitting_of(meeting.started_at, session.scalars(reopened), left)


def _presences(session: Session, meeting: Meeting) -> list[MeetingPresence]:
    """Every stay, the oldest first."""
    rows = select(MeetingPresence).where(MeetingPresence.meeting_id == meeting.id)
    return list(session.scalars(rows.order_by(MeetingPresence.came_at, MeetingPresence.id)))


def _add_newcomers(session: Session, case: Case, meeting: Meeting, at: datetime) -> None:
    board, _seen = whole_board(session, case, at)
    points = points_in(session, meeting)
    _add_points(session, case, meeting, newcomers(points, board.arranged(Arrangement.JOINT)), len(points) + 1)


def _add_points(session: Session, case: Case, meeting: Meeting, points: Collection[Point], first: int) -> None:
    session.add_all(
        MeetingPoint(id=uuid4(), **walls(case), meeting_id=meeting.id, position=position, **point._asdict())
        for position, point in enumerate(points, first)
    )
    session.flush()


def _note(
    session: Session, case: Case, meeting: Meeting, actor: Actor, step: Step, at: datetime, reason: str = ""
) -> None:
    event = MeetingEvent(id=uuid4(), **walls(case), meeting_id=meeting.id, step=step, person_id=actor.person_id, at=at)
    if reason:
        place = f"meeting_event.{event.id}"
        event.reason_sealed = seal_for_controller(session, case.ad.controller_id, reason, place=place)
    session.add(event)
    session.flush()
    record(
        session, chain=case.ad.party_id, at=at, actor=person_actor(actor.person_id), verb=f"meeting.{step.name.lower()}",
        object_id=meeting.id,
    )  # fmt: skip
