"""What the authority decides about the parties' posts. A decision is written down once and may be taken back, not changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.organisations.models import Party
from portal.posts.allocation import Model
from portal.posts.ledger import NEXT
from portal.posts.models import MOST_HUNDREDTHS, NO_LONGER_IN, Quota
from portal.posts.queries import decision_rows, quota_rows
from portal.posts.services.claiming import one_at_a_time
from portal.refusal import N_, Refusal
from portal.swedish_dates import swedish_day


class NotDecidedYet(Refusal):
    """Nothing counts before it is decided."""

    field = "decided"
    text = N_("Beslutet kan inte vara fattat efter i dag. Skriv den dag då det fattades.")


class EndsBeforeStart(Refusal):
    """The period runs backwards."""

    field = "ends"
    text = N_("Sista dagen %(ends)s ligger före första dagen %(starts)s. Ändra den ena av dem.")


class TooMuch(Refusal):
    """More than the ledger can hold; a slip of the keyboard."""

    text = N_("Högst 1 000 heltider för ett parti. Räkna om: kanske står det kronor där det ska stå heltider.")


class NothingDecided(Refusal):
    """No party gets anything."""

    text = N_("Skriv vad minst ett parti får.")


class InAndOut(Refusal):
    """A party has left the coalition and come back within the period, and would need two lines."""

    text = N_(
        "Ett parti har lämnat %(coalition)s och kommit tillbaka under perioden. Skriv ett beslut för tiden före och ett för "
        "tiden efter."
    )


class NotAParty(Refusal):
    """A party that is not in this authority."""

    text = N_("Ett av partierna finns inte här. Tryck på Öppna sidan på nytt och se vilka som finns.")
    status = 409


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided what period when; paragraph and number as the minutes have them."""

    body: str
    on: date
    paragraph: str
    number: str
    starts: date
    ends: date


@dataclass(frozen=True, slots=True)
class Line:
    """What one party gets, in posts with two decimals, or in whole kronor a year that pay for them."""

    party_id: UUID
    posts: Decimal
    basis: str
    kronor: int | None = None
    kronor_per_post: int | None = None


def decide_quotas(
    session: Session,
    *,
    authority_id: UUID,
    decision: Decision,
    model: Model,
    lines: Sequence[Line],
    person_id: UUID,
    at: datetime,
    on: date,
    coalition: str = "",
) -> UUID:
    """Write a decision down; the same once more changes nothing. Returns its id. What is filled beyond it shows as over.

    With ``coalition`` each line is the pool that all its parties share; who shared a pool of that name and no longer
    does has none from then on. Raises a Refusal for a decision that cannot be.
    """
    _require(decision, lines, on)
    one_at_a_time(session, authority_id)
    home = set(session.scalars(select(Party.id).where(Party.authority_id == authority_id)))
    if not {line.party_id for line in lines} <= home:
        raise NotAParty
    known = quota_rows(session)
    coalition = _as_it_is_spelt(known, coalition)
    if (same := _written_already(known, decision, model, lines, coalition)) is not None:
        return same
    id, pool = uuid4(), uuid4() if coalition else None
    turn = (session.scalar(select(func.max(Quota.turn))) or 0) + 1
    common: dict[str, Any] = {"decision_id": id, "turn": turn, "model": model.value, "set_by": person_id, "set_at": at}
    session.add_all(_row(authority_id, decision, line, coalition, pool, common) for line in lines)
    for party_id, starts, ends in _left(known, decision, lines, coalition):
        line = Line(party_id, Decimal(0), NO_LONGER_IN.format(coalition=coalition))
        days = replace(decision, starts=starts, ends=ends)
        session.add(_row(authority_id, days, line, coalition, uuid4(), common))
    session.flush()
    _note(session, id, "quota.decided", person_id, at)
    return id


def _as_it_is_spelt(known: Sequence[Quota], coalition: str) -> str:
    """The name as the last decision has it, where they differ in case and blanks alone: it is one coalition all the same."""
    there = [row for row in known if _key(row.coalition_name) == _key(coalition)]
    return max(there, key=lambda row: row.turn).coalition_name if there else " ".join(coalition.split())


def _key(coalition: str) -> str:
    """What two spellings of one coalition's name have in common."""
    return " ".join(coalition.split()).casefold()


def take_back(session: Session, *, decision_id: UUID, person_id: UUID, at: datetime) -> bool:
    """A decision that was written down by mistake: the former one holds again. Whom a later one of a coalition leaves out is
    worked out anew, from what stands before that by now. False where there is none to take back."""
    for authority_id in {row.authority_id for row in decision_rows(session, decision_id)}:
        one_at_a_time(session, authority_id)
    rows = decision_rows(session, decision_id, lock=True)
    for row in rows:
        row.taken_back_by, row.taken_back_at = person_id, at
    session.flush()
    for row in rows:
        _record(session, row.party_id, decision_id, "quota.taken_back", person_id, at)
    for turn in sorted({row.turn for row in quota_rows(session) if rows and row.turn > rows[0].turn}):
        _leave_out_anew(session, turn, person_id, at)
    return bool(rows)


def _leave_out_anew(session: Session, turn: int, person_id: UUID, at: datetime) -> None:
    """Whom a coalition's decision leaves out is no word of its own, but follows from who was in the coalition before it."""
    standing = quota_rows(session)
    rows = [row for row in standing if row.turn == turn and row.coalition_name]
    within = [row for row in rows if not row.is_of_one_who_left]
    if not within:
        return
    first, before = within[0], [row for row in standing if row.turn < turn]
    lines = [Line(row.party_id, Decimal(row.hundredths), row.basis) for row in within]
    try:
        out = {one[0]: one[1:] for one in _left(before, _decision_of(first), lines, first.coalition_name)}
    except InAndOut:
        return  # a decision has one line for each party: it stays as it was written down
    for row in rows:
        if row.is_of_one_who_left and out.get(row.party_id) != (row.starts_on, row.ends_on):
            row.taken_back_by, row.taken_back_at = person_id, at
            _record(session, row.party_id, row.decision_id, "quota.taken_back", person_id, at)
    session.flush()
    told = {row.party_id for row in rows if row.taken_back_at is None}
    for party_id in sorted(out.keys() - told):
        _leave_out(session, first, party_id, out[party_id], person_id, at)


def _leave_out(
    session: Session, of: Quota, party_id: UUID, days: tuple[date, date], person_id: UUID, at: datetime
) -> None:
    """A decision's line for one it leaves out: the row that was taken back, where there is one, for its key is taken."""
    rows = select(Quota).where(Quota.decision_id == of.decision_id, Quota.party_id == party_id)
    row = session.scalars(rows).one_or_none()
    if row is None:
        common = {"decision_id": of.decision_id, "turn": of.turn, "model": of.model, "set_by": person_id, "set_at": at}
        line = Line(party_id, Decimal(0), NO_LONGER_IN.format(coalition=of.coalition_name))
        row = _row(of.authority_id, _decision_of(of), line, of.coalition_name, uuid4(), common)
        session.add(row)
    row.starts_on, row.ends_on = days
    row.taken_back_by = row.taken_back_at = None
    session.flush()
    _record(session, party_id, of.decision_id, "quota.decided", person_id, at)


def _decision_of(row: Quota) -> Decision:
    """The decision that a line is of; its days are those of whom it does not leave out."""
    return Decision(
        row.decision_body, row.decided_on, row.decision_paragraph, row.decision_number, row.starts_on, row.ends_on
    )


def _require(decision: Decision, lines: Sequence[Line], on: date) -> None:
    if decision.on > on:
        raise NotDecidedYet
    if decision.ends < decision.starts:
        raise EndsBeforeStart(starts=swedish_day(decision.starts), ends=swedish_day(decision.ends))
    if not lines:
        raise NothingDecided
    if any(line.posts * 100 > MOST_HUNDREDTHS for line in lines):
        raise TooMuch


def _written_already(
    known: Sequence[Quota], decision: Decision, model: Model, lines: Sequence[Line], coalition: str
) -> UUID | None:
    """The decision that says just this, of nobody more and nobody less, and is the last one on these days."""
    told = (decision.body, decision.on, decision.paragraph, decision.number, decision.starts, decision.ends)
    wanted = {(one.party_id, int(one.posts * 100), one.kronor, one.kronor_per_post, one.basis) for one in lines}
    newest = [row for row in known if row.turn == known[-1].turn and not row.is_of_one_who_left]
    if not newest:
        return None
    first = newest[0]
    stands = (
        first.decision_body, first.decided_on, first.decision_paragraph, first.decision_number, first.starts_on,
        first.ends_on,
    )  # fmt: skip
    held = {(row.party_id, row.hundredths, row.kronor, row.kronor_per_post, row.basis) for row in newest}
    same = (stands, first.model, first.coalition_name, held) == (told, model.value, coalition, wanted)
    return first.decision_id if same else None


def _left(
    known: Sequence[Quota], decision: Decision, lines: Sequence[Line], coalition: str
) -> Iterator[tuple[UUID, date, date]]:
    """Who is in the coalition on days of the period and not in this decision, and those days: whoever was decided into
    another since, or was left out before, is not. Raises InAndOut: a decision has one line for each party."""
    within = {line.party_id for line in lines}
    for party_id in {
        row.party_id for row in known if coalition and _key(row.coalition_name) == _key(coalition)
    } - within:
        pooled = [row for row in known if row.party_id == party_id and row.coalition_id is not None]
        inside = [
            (starts, ends) for starts, ends in _spans(pooled, decision) if _is_in(coalition, pooled, starts, ends)
        ]
        if any(later[0] != former[1] + NEXT for former, later in pairwise(inside)):
            raise InAndOut(coalition=coalition)
        if inside:
            yield party_id, inside[0][0], inside[-1][1]


def _is_in(coalition: str, pooled: Sequence[Quota], starts: date, ends: date) -> bool:
    """Whether the last decision on a pool that covers these days puts the party in this coalition."""
    last = next((row for row in reversed(pooled) if row.starts_on <= starts and ends <= row.ends_on), None)
    return last is not None and _key(last.coalition_name) == _key(coalition) and not last.is_of_one_who_left


def _spans(rows: Sequence[Quota], decision: Decision) -> Iterator[tuple[date, date]]:
    """The decision's days, in stretches on which no row begins or has ended."""
    first_days = {day for row in rows for day in (row.starts_on, row.ends_on + NEXT)}
    days = [decision.starts, *sorted(day for day in first_days if decision.starts < day <= decision.ends)]
    for starts, following in zip(days, [*days[1:], decision.ends + NEXT], strict=True):
        yield starts, following - NEXT


def _row(
    authority_id: UUID, decision: Decision, line: Line, coalition: str, pool: UUID | None, common: dict[str, Any]
) -> Quota:
    return Quota(
        party_id=line.party_id,
        authority_id=authority_id,
        controller_id=authority_id,
        with_authority=True,
        hundredths=int(line.posts * 100),
        kronor=line.kronor,
        kronor_per_post=line.kronor_per_post,
        basis=line.basis,
        coalition_id=pool,
        coalition_name=coalition,
        starts_on=decision.starts,
        ends_on=decision.ends,
        decision_body=decision.body,
        decided_on=decision.on,
        decision_paragraph=decision.paragraph,
        decision_number=decision.number,
        **common,
    )


def _note(session: Session, decision_id: UUID, verb: str, person_id: UUID, at: datetime) -> None:
    for row in decision_rows(session, decision_id):
        _record(session, row.party_id, decision_id, verb, person_id, at)


def _record(session: Session, party_id: UUID, decision_id: UUID, verb: str, person_id: UUID, at: datetime) -> None:
    record(session, chain=party_id, at=at, actor=person_actor(person_id), verb=verb, object_id=decision_id)
