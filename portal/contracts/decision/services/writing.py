"""A decision written down, and when it was reported and announced: the one behind an employment or, with ``act``, the one of
that number among what has changed it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.contracts.acts.kinds import Kind, still_standing
from portal.contracts.acts.models import EmploymentAct
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.decision.announcing import Announcement, require_announcement
from portal.contracts.decision.appeal import appeal_time
from portal.contracts.decision.deciders import Decider, Seat
from portal.contracts.decision.deciders import decides_by_delegation as _delegated
from portal.contracts.decision.models import ActDecision, DecisionRow, EmploymentDecision
from portal.contracts.decision.queries import decision_of
from portal.contracts.decision.refusals import DecisionMoved
from portal.contracts.decision.rules import (
    ANOTHER_WAY,
    ChangedBeforeDecided,
    ContractStands,
    Decision,
    DecisionRefused,
    Stored,
    require_decision,
    require_limit_holds,
)
from portal.contracts.decision.services.rows import (
    decided_of,
    locked_decision,
    locked_employment,
    note,
    require_open,
)
from portal.contracts.decision.since import announcement_texts, decision_texts
from portal.contracts.models import Employment
from portal.contracts.terms import BEGUN_BEFORE
from portal.contracts.written.queries import is_offered
from portal.organisations.access import Actor
from portal.posts.employer_model import Employer
from portal.scope import walls_of
from portal.seen import NOT_TOLD, Seen, Texts, between
from portal.swedish_dates import swedish_day
from portal.swedish_holidays import holidays_from


def write_decision(
    session: Session, *, employment_id: UUID, decision: Decision, actor: Actor, at: datetime, on: date, act: int = 0,
    seen: Seen = NOT_TOLD, begun_before: bool = False,
) -> DecisionRow | None:  # fmt: skip
    """Write a decision down, or correct it. An employment's day goes along with it, while the limit stays as stored; an act
    has the day that it has, and its decision is taken on that.

    None where the scope has no such. Raises a Refusal where it cannot have been taken so, where the stored limit would not
    hold with its day, where its day comes to lie after the first one and nobody has said that the work had ``begun_before``
    it, where it is final or appealed, or where another has written it since the page was ``seen``.
    """
    employment = locked_employment(session, employment_id)
    of = decided_of(session, employment, act) if employment is not None else None
    if of is None:
        return None
    if isinstance(of, EmploymentAct):
        decision = replace(decision, decided=of.decided_on)
    present = decision_of(session, employment_id, act)
    if present is not None and written_of(present) == decision:
        return present
    if present is not None:
        require_open(present)
    _require_unmoved(seen, decision_texts(None if present is None else written_of(present)), decision_texts(decision))
    require_decision(decision, employer=Employer(of.employer), on=on)
    if present is not None:
        _require_what_became(present, decision, on)
        present.report_by = None  # it is set anew below, and must not be in the way of the day that goes along
        session.flush()
    moved = _move(session, of, decision.decided, begun_before) if isinstance(of, Employment) else ""
    row = present or _new(of, actor.person_id, at)
    _fill(row, decision)
    session.add(row)
    note(session, row, actor, at, "corrected" if present else "recorded", moved)
    return row


def _fill(row: DecisionRow, decision: Decision) -> None:
    row.decider, row.who, row.seat = decision.decider.value, decision.who, decision.seat and decision.seat.value
    row.delegation, row.number, row.report_by = decision.delegation, decision.number, decision.report_by
    row.decided_on = decision.decided


def write_announcement(
    session: Session, *, employment_id: UUID, said: Announcement, actor: Actor, at: datetime, on: date, act: int = 0,
    seen: Seen = NOT_TOLD,
) -> DecisionRow | None:  # fmt: skip
    """Write down when the decision was reported, or that it was minuted by itself, and when the justering of those
    minutes was announced; the last day of appeal is worked out then and stored. None and Refusals as `write_decision`.
    """
    row = locked_decision(session, employment_id, act)
    if row is None:
        return None
    if became_of(row) == said:
        return row
    if row.final_on is not None or row.announced_on is not None:
        require_open(row)  # an appeal may come before the announcement, which is then still to be written down
    _require_unmoved(seen, announcement_texts(became_of(row)), announcement_texts(said))
    require_announcement(said, decider=Decider(row.decider), decided=row.decided_on, on=on)
    row.reported_on, row.announced_on, row.minuted_apart = said.reported, said.announced, said.minuted_apart
    row.last_appeal_on = None
    if said.announced is not None:
        row.last_appeal_on = appeal_time(said.announced, holidays_from(said.announced)).last_day
    note(session, row, actor, at, "announced" if said.announced else "reported")
    return row


def _require_unmoved(seen: Seen, saved: Texts, written: Texts) -> None:
    moved = between(seen, saved, written)
    if moved.moved:
        raise DecisionMoved(written, asks=moved.asks)


def _require_what_became(present: DecisionRow, decision: Decision, on: date) -> None:
    """The days that are there must be possible with the decision as it is corrected."""
    became = became_of(present)
    if became != Announcement() and _delegated(decision.decider) is not _delegated(Decider(present.decider)):
        raise DecisionRefused(ANOTHER_WAY, field="decider")
    require_announcement(became, decider=decision.decider, decided=decision.decided, on=on)


def _move(session: Session, employment: Employment, day: date, begun_before: bool) -> str:
    """Let the employment have the decision's day, if its stored limit holds with it. The limit itself is never touched; the
    day it is said to be counted from goes along, but past the election that it rests on. Says what was moved, for the log."""
    former = employment.decided_on
    if day == former:
        return ""
    if is_offered(session, employment.id):
        raise ContractStands(former=swedish_day(former))
    acts = _done_since(session, employment.id)
    _require_before(acts, day)
    require_limit_holds(_stored(employment, acts), day)
    if former <= employment.starts_on < day and not begun_before and not employment.never_began:
        days = {"starts": swedish_day(employment.starts_on), "decided": swedish_day(day)}
        raise DecisionRefused(BEGUN_BEFORE, field="begun_before", **days)
    employment.decided_on = day
    counted_from = min(day, employment.starts_on)
    if counted_from <= employment.limit_election:
        employment.limit_reference = counted_from
    session.flush()  # the key lets a decision that is there go along
    return f"{former.isoformat()} → {day.isoformat()}"


def _done_since(session: Session, employment_id: UUID) -> list[EmploymentAct]:
    """The acts that stand, without how it was recorded."""
    acts = acts_of(session, employment_id)
    kept = {row.number for row in still_standing(acts) if row.kind != Kind.RECORDED}
    return [act for act in acts if act.number in kept]


def _require_before(acts: Sequence[EmploymentAct], day: date) -> None:
    changed = min((act.decided_on for act in acts), default=day)
    if changed < day:
        raise ChangedBeforeDecided(changed=swedish_day(changed), decided=swedish_day(day))


def _stored(row: Employment, acts: Sequence[EmploymentAct]) -> Stored:
    """An extension is a decision of its own: the time it gave is not this one's. What is called off covers no day, and would
    cover those from before that again."""
    ends = acts[-1].previous_ends_on if row.never_began and acts else row.ends_on
    if row.extended_latest_end is not None and ends is not None:
        ends = min(ends, row.limit_latest_end)
    return Stored(Employer(row.employer), row.starts_on, ends, row.limit_latest_end, bool(row.policy_lifted_reason))


def written_of(row: DecisionRow) -> Decision:
    """What is written down of the decision."""
    seat = Seat(row.seat) if row.seat else None
    return Decision(Decider(row.decider), row.who, row.decided_on, seat, row.delegation, row.number, row.report_by)


def became_of(row: DecisionRow) -> Announcement:
    """What is written down of how it was made known."""
    return Announcement(row.reported_on, row.announced_on, row.minuted_apart)


def _new(of: Employment | EmploymentAct, person_id: UUID, at: datetime) -> DecisionRow:
    first = {
        **walls_of(of),
        "id": uuid4(),
        "minuted_apart": False,
        "case_number": "",
        "recorded_by": person_id,
        "recorded_at": at,
    }
    if isinstance(of, EmploymentAct):
        return ActDecision(**first, employment_id=of.employment_id, act_number=of.number)
    return EmploymentDecision(**first, employment_id=of.id)
