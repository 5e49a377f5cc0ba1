"""Moving on from phase to phase: by a person, by what somebody has done, or by a date. Never back."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.states import AdState
from portal.audit.services import SYSTEM, person_actor, record
from portal.jobs.services import announce
from portal.organisations.access import Actor
from portal.review.models import PhaseChange, PhasePlan
from portal.review.phases import (
    PLANNED,
    DecisionFirst,
    Phase,
    PhaseUnknown,
    PlanMoved,
    first_scoring,
    later,
    require_later,
)
from portal.review.queries.case import Case, arrived
from portal.review.queries.panel import members_of
from portal.review.queries.seats import seats_of
from portal.review.refusals import CaseOver, NotOpenYet
from portal.review.reminders import last_minute_of
from portal.review.services.naming import DUE, record_change, require_within_a_year, review_row, walls
from portal.seen import NOT_TOLD, Seen, text_of


def move_on(session: Session, *, case: Case, actor: Actor, to: Phase, at: datetime) -> None:
    """A person moves the recruitment on to a later phase. Raises a Refusal: a phase is never gone back to."""
    if not case.may_be_assessed(at):
        raise NotOpenYet
    if case.over:
        raise CaseOver
    review = review_row(session, case, at)
    require_later(Phase(review.phase), to, blind=review.blind)
    enter(session, case=case, to=to, by=actor.person_id, at=at)


def enter(session: Session, *, case: Case, to: Phase, by: UUID | None, at: datetime) -> bool:
    """Be in a phase from now on, as an event with time and name. False where the recruitment is that far already."""
    review = review_row(session, case, at)
    former = Phase(review.phase)
    if to not in later(former, blind=review.blind):
        return False
    review.phase = to
    session.add(
        PhaseChange(id=uuid4(), **walls(case), ad_id=case.ad.id, former=former, phase=to, changed_by=by, changed_at=at)
    )
    session.flush()
    who = person_actor(by) if by else SYSTEM
    record(session, chain=case.ad.party_id, at=at, actor=who, verb=f"phase.{to.value}", object_id=case.ad.id)
    announce(session, "review.phase", subject_id=case.ad.id, at=at)
    return True


def _is_out(case: Case) -> bool:
    return case.ad.state == AdState.PUBLISHED


def after_declaring(session: Session, *, case: Case, by: UUID, at: datetime) -> None:
    """The first assessor has answered about everybody: scoring begins, for those who have answered. A last minute that has
    passed by then opens nothing: what was to be judged blind is, until all have handed in."""
    if case.phase is Phase.CONFLICTS:
        blind = review_row(session, case, at).blind
        enter(session, case=case, to=first_scoring(blind=blind), by=by, at=at)


def open_when_all_are_in(session: Session, *, case: Case, by: UUID | None, at: datetime) -> None:
    """A blind phase ends when nobody is waited for any more: what everybody has handed in covers all that they judge. Two who
    end the wait wait for each other at the review's row, so that the second sees the first."""
    if case.review is None or case.phase is not Phase.BLIND or case.over:
        return
    review_row(session, case, at)
    members = members_of(session, case.ad.id)
    judged = any(member.handed_in_at is not None for member in members)
    if judged and not seats_of(session, case.ad.id, members).waiting_for(arrived(session, case.ad)):
        enter(session, case=case, to=Phase.OPEN, by=by, at=at)


def planned_texts(plans: Mapping[Phase, datetime]) -> dict[str, str]:
    """The dates as the texts by which a page tells which it showed."""
    return {phase.value: text_of(plans.get(phase)) for phase in PLANNED}


def plan_phases(
    session: Session, *, case: Case, actor: Actor, begins: Mapping[Phase, datetime | None], at: datetime,
    seen: Seen = NOT_TOLD,
) -> None:  # fmt: skip
    """Set when the phases that can be planned begin by themselves; None takes a date away. A date that stands as the page
    which was ``seen`` showed it is left as it is by now. Raises a Refusal."""
    if case.over:
        raise CaseOver
    review_row(session, case, at)  # two who plan at once wait for each other
    known = {row.phase: row for row in session.scalars(select(PhasePlan).where(PhasePlan.ad_id == case.ad.id))}
    for phase, begins_at in begins.items():
        row = known.get(phase)
        if phase not in PLANNED:
            raise PhaseUnknown
        stands = row.begins_at if row else None
        if begins_at == stands or (seen.version is not None and seen.shown(phase.value, text_of(begins_at))):
            continue
        if seen.version is not None and not seen.shown(phase.value, text_of(stands)):
            raise PlanMoved(field=phase.value)
        if begins_at is not None:
            require_within_a_year(case, begins_at, at, field=phase.value)
        former = row.begins_at if row else None
        record_change(session, case, actor, f"phase.{phase.value}_planned", (former, begins_at), at)
        if begins_at is None:
            session.delete(row)
            continue
        if row is None:
            row = PhasePlan(id=uuid4(), **walls(case), ad_id=case.ad.id, phase=phase)
            session.add(row)
        row.begins_at = begins_at
        announce(session, DUE, subject_id=case.ad.id, at=at, due_at=begins_at)
    session.flush()
    _require_in_order(session, case)


def _require_in_order(session: Session, case: Case) -> None:
    """Nobody decides before those who are called have been met, and no phase is gone back to: the day that was planned for
    interviews which have begun since says nothing. Raises DecisionFirst."""
    if Phase.INTERVIEWS not in later(case.phase, blind=case.blind):
        return
    plans = {
        row.phase: row.begins_at for row in session.scalars(select(PhasePlan).where(PhasePlan.ad_id == case.ad.id))
    }
    met, decided = plans.get(Phase.INTERVIEWS), plans.get(Phase.DECISION)
    if met is not None and decided is not None and decided <= met:
        raise DecisionFirst(field=Phase.DECISION.value)


def move_by_dates(session: Session, *, case: Case, at: datetime) -> None:
    """Move on to where the dates say that the recruitment is: a blind phase ends with its last minute. A date that an
    extended ad has left behind says nothing."""
    if case.review is None or case.over or not case.may_be_assessed(at):
        return
    review_row(session, case, at)  # held, and read anew: a date that is moved at this moment is waited for
    if case.phase is Phase.BLIND and case.hand_in_by is not None and at >= case.hand_in_by:
        enter(session, case=case, to=Phase.OPEN, by=None, at=at)
    plans = session.scalars(select(PhasePlan).where(PhasePlan.ad_id == case.ad.id, PhasePlan.begins_at <= at))
    come = [one for one in plans if last_minute_of(one.begins_at, closes_at=case.closes_at, is_out=_is_out(case))]
    for plan in sorted(come, key=lambda row: list(Phase).index(Phase(row.phase))):
        enter(session, case=case, to=Phase(plan.phase), by=None, at=at)
