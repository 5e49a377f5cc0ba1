"""Naming the panel and inviting it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.ads.models import Ad, AdCriterion
from portal.audit.services import person_actor, record
from portal.clock import STOCKHOLM
from portal.jobs.services import announce
from portal.locking import HELD
from portal.organisations.access import Actor
from portal.review.deciding.queries import decider_outside
from portal.review.deciding.services import take_answers_along
from portal.review.emails import post_decider_invitation, post_invitation
from portal.review.models import PanelMember, ReviewCase
from portal.review.panel_faults import faults_of
from portal.review.phases import Phase
from portal.review.queries.case import Case
from portal.review.queries.opened import opened_members
from portal.review.queries.panel import everyone_of, members_of, people_of
from portal.review.queries.person import applied_themselves
from portal.review.refusals import (
    CaseOver,
    DeciderOutside,
    DeputyTwice,
    LastMinuteStands,
    LastMinuteTooEarly,
    LastMinuteTooLate,
    PanelSize,
    SeatStands,
)
from portal.review.services.reminding import announce_reminders
from portal.review.services.standing_in import call_deputies
from portal.scope import walls_of
from portal.swedish_dates import swedish_day, swedish_weekday_day

DUE = "review.phase_due"  # the event of a date at which the review may move on
MOST_DEPUTIES = 3
LONGEST = timedelta(days=365)


def name_panel(
    session: Session,
    *,
    case: Case,
    actor: Actor,
    people: Sequence[UUID],
    leader: UUID | None,
    hand_in_by: datetime,
    at: datetime,
    deputies: Sequence[UUID] = (),
    decider: UUID | None = None,
) -> None:
    """The panel is these people from now on: new ones come in, those left out go. Scores of who goes do not count.

    ``deputies`` stand in their order; without a ``decider`` whoever leads decides. Raises CaseOver, PanelSize,
    LeaderOutside, DeputyTwice, DeciderOutside, LastMinuteTooEarly, LastMinuteTooLate, LastMinuteStands and SeatStands.
    Whoever is new, or has a new last minute, gets a mail once the ad has closed; a deputy when called in, which happens
    here where somebody with jäv has waited for one.
    """
    if case.over:
        raise CaseOver
    known = {person.id for person in people_of(session, case.ad.party_id)}
    chosen = [person for person in dict.fromkeys(people) if person in known]
    if len(chosen) != len(set(people)):
        raise PanelSize
    _require_seats(chosen, leader, deputies, known)
    assert leader is not None  # one of those chosen
    if decider is not None and decider not in known:
        raise DeciderOutside
    seating = _Seating(chosen, deputies, leader)
    hold_panel(session, case.ad.id)
    review_row(session, case, at)  # held: two who name at once see each other
    _require_nothing_shut(session, case, hand_in_by, seating, opened_members(session, case, at), at)
    _set_case(session, case, actor, hand_in_by, decider, at)
    _set_members(session, case, actor, seating, at)
    if case.may_be_assessed(at):
        call_deputies(session, case=case, hand_in_by=hand_in_by, at=at)
        invite_panel(session, ad_id=case.ad.id, applications=len(case.applications), hand_in_by=hand_in_by, at=at)


@dataclass(frozen=True, slots=True)
class _Seating:
    assessors: Sequence[UUID]
    deputies: Sequence[UUID]
    leader: UUID

    def __iter__(self) -> Iterator[tuple[UUID, int, bool]]:
        """Person, place among their like from 1, and whether a deputy."""
        for deputy, people in ((False, self.assessors), (True, self.deputies)):
            for position, person in enumerate(people, 1):
                yield person, position, deputy


def _require_seats(chosen: Sequence[UUID], leader: UUID | None, deputies: Sequence[UUID], known: set[UUID]) -> None:
    for refusal in faults_of(chosen, leader, deputies):
        raise refusal
    if len(deputies) > MOST_DEPUTIES or not known.issuperset(deputies):
        raise DeputyTwice


def _require_nothing_shut(
    session: Session, case: Case, hand_in_by: datetime, seating: _Seating, opened: Sequence[PanelMember], at: datetime
) -> None:
    """The last minute is ahead, and stands where it has opened something; and so does the seat of whose scores are open, but
    not of whoever has applied: they compete (KL 6:28), and have no page on which to say that they have jäv."""
    former = case.hand_in_by
    if former is None or at < former or not opened:
        require_within_a_year(case, hand_in_by, at)
    elif hand_in_by != former:
        raise LastMinuteStands
    competes = applied_themselves(session, case.ad.id, case.ad.controller_id)
    for row in opened:
        stays = row.person_id in (seating.deputies if row.deputy else seating.assessors)
        if not stays and not competes(row.person.email):
            raise SeatStands(name=row.person.name)


def require_within_a_year(case: Case, planned: datetime, at: datetime, *, field: str = "day") -> None:
    """An instant of the review that is planned is ahead, after the ad has closed, and within a year of that.

    Raises LastMinuteTooEarly and LastMinuteTooLate, at the field that it was typed in.
    """
    earliest = max(at, case.closes_at or at).astimezone(STOCKHOLM)
    if planned <= earliest:
        raise LastMinuteTooEarly(field=field, after=f"{swedish_weekday_day(earliest.date())} kl. {earliest:%H.%M}")
    if planned > earliest + LONGEST:
        raise LastMinuteTooLate(field=field, latest=swedish_day((earliest + LONGEST).date()))


def _set_case(
    session: Session, case: Case, actor: Actor, hand_in_by: datetime, decider: UUID | None, at: datetime
) -> None:
    review = review_row(session, case, at)
    if review.hand_in_by != hand_in_by:
        record_change(session, case, actor, "review.last_minute", (review.hand_in_by, hand_in_by), at)
        review.hand_in_by = hand_in_by
        announce(session, DUE, subject_id=case.ad.id, at=at, due_at=hand_in_by)
        announce_reminders(session, ad_id=case.ad.id, last_minute=hand_in_by, at=at)
    if (review.decider_id, case.decider_id) != (decider, decider):  # another, or named anew
        record_change(session, case, actor, "review.decider", (case.decider_id, decider), at)
        review.decider_id, review.decider_named_at = decider, at if decider else None
    session.flush()


def record_change(
    session: Session,
    case: Case,
    actor: Actor,
    verb: str,
    values: tuple[datetime | UUID | None, datetime | UUID | None],
    at: datetime,
) -> None:
    """A line of what somebody has set anew, with what it was and what it is: instants in UTC, people by id."""
    was, now = (
        value.astimezone(UTC).isoformat(timespec="minutes") if isinstance(value, datetime) else str(value or "-")
        for value in values
    )
    who = person_actor(actor.person_id)
    record(session, chain=case.ad.party_id, at=at, actor=who, verb=verb, object_id=case.ad.id, reason=f"{was} -> {now}")


def review_row(session: Session, case: Case, at: datetime) -> ReviewCase:
    """The row that tells where the review stands, held and as it is now; made the first time that something is to be told.

    Two who make it at once are kept apart by the ad's row.
    """
    review = _held(session, case)
    if review is None:
        session.get_one(Ad, case.ad.id, with_for_update=HELD)
        review = _held(session, case)
    if review is None:
        review = ReviewCase(
            id=uuid4(), **walls(case), ad_id=case.ad.id, phase=Phase.CONFLICTS, blind=False, created_at=at
        )
        session.add(review)
        session.flush()
    return review


def hold_panel(session: Session, ad_id: UUID) -> None:
    """Hold every seat, as each assessor holds their own: before the row that tells where the review stands, as they do. The
    other way round one who names a panel and one who answers at that moment would wait for each other."""
    rows = select(PanelMember).where(PanelMember.ad_id == ad_id).order_by(PanelMember.id)
    session.scalars(rows.with_for_update(key_share=True)).all()


def _held(session: Session, case: Case) -> ReviewCase | None:
    return session.scalars(select(ReviewCase).where(ReviewCase.ad_id == case.ad.id).with_for_update()).one_or_none()


def _set_members(session: Session, case: Case, actor: Actor, seating: _Seating, at: datetime) -> None:
    rows = select(PanelMember).where(PanelMember.ad_id == case.ad.id).with_for_update(key_share=True)
    present = {row.person_id: row for row in session.scalars(rows)}
    sitting = {row.id for row in everyone_of(session, case.ad.id)}
    led = next((row.person_id for row in present.values() if row.leads and row.removed_at is None), None)
    if led != seating.leader:
        record_change(session, case, actor, "panel.led", (led, seating.leader), at)
    for row in present.values():
        row.leads = False
    session.flush()  # nobody leads before the next one does: the database has at most one
    for person, position, deputy in seating:
        row = _let_in(session, case, present.pop(person, None), sitting, person, deputy, actor, at)
        row.position, row.leads = position, person == seating.leader
    for row in present.values():
        if row.removed_at is None:
            row.removed_at = at
            _record(session, case, actor, "panel.removed", row, at)
    session.flush()


def _let_in(
    session: Session,
    case: Case,
    row: PanelMember | None,
    sitting: Collection[UUID],
    person: UUID,
    deputy: bool,
    actor: Actor,
    at: datetime,
) -> PanelMember:
    if row is not None and row.id in sitting and row.deputy == deputy:
        return row
    if row is None:
        row = PanelMember(id=uuid4(), **walls(case), ad_id=case.ad.id, person_id=person, position=0, added_at=at)
        session.add(row)
    if row.deputy and not deputy:
        row.handed_in_at = None  # of what they were called in for alone: from now on all are theirs to judge
    if row.id not in sitting:
        row.added_at = at  # from now on, also where they have left the party and come back
    row.removed_at, row.deputy = None, deputy
    session.flush()
    take_answers_along(session, case=case, member=row)
    _record(session, case, actor, "panel.deputy_named" if deputy else "panel.named", row, at)
    return row


def _record(session: Session, case: Case, actor: Actor, verb: str, row: PanelMember, at: datetime) -> None:
    record(session, chain=case.ad.party_id, at=at, actor=person_actor(actor.person_id), verb=verb, object_id=row.id)


def invite_panel(session: Session, *, ad_id: UUID, applications: int, hand_in_by: datetime, at: datetime) -> None:
    """A mail to each assessor with how many, how long and until when, and to whoever decides without being one; not to who
    has applied. Posting it again does nothing. A deputy's mail comes with the call."""
    members = members_of(session, ad_id)
    has_applied = applied_themselves(session, ad_id, session.get_one(Ad, ad_id).controller_id)
    criteria = session.scalar(select(func.count()).select_from(AdCriterion).where(AdCriterion.ad_id == ad_id)) or 0
    for member in (one for one in members if not one.deputy and not has_applied(one.person.email)):
        post_invitation(session, member, applications=applications, criteria=criteria, hand_in_by=hand_in_by, at=at)
    named = session.scalar(select(ReviewCase.decider_id).where(ReviewCase.ad_id == ad_id))
    decider = decider_outside(session, ad_id, named, [member.person_id for member in members])
    if decider is not None and not has_applied(decider.email):
        post_decider_invitation(session, decider, ad_id=ad_id, applications=applications, hand_in_by=hand_in_by, at=at)


def walls(case: Case) -> dict[str, object]:
    """Whose a row of this case is. Never the authority's to see."""
    return walls_of(case.ad, with_authority=False)
