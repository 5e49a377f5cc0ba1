"""Those who are employed already, taken over from a table: all rows or none, each looked at once more in its turn."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.audit.services import Entry, person_actor, record_all
from portal.contracts.lasting.services import hold_what_lasts
from portal.contracts.models import Employment
from portal.contracts.pictures import turned_on
from portal.contracts.queries import Employed, employments_of
from portal.contracts.recording.faults import Fault, NothingRecorded
from portal.contracts.recording.services import RECORDED, employment_row, party_of, walls_by
from portal.contracts.taking_over.secretaries import Secretary, same_name, twice_in
from portal.contracts.terms import Answer, answer_for
from portal.organisations.access import Actor
from portal.posts.employer_model import Employer
from portal.posts.services.claiming import Part, claim_for_many, one_at_a_time
from portal.posts.services.turns import room_by_turn
from portal.refusal import N_, Refusal
from portal.swedish_dates import swedish_day

THERE = N_("%(name)s finns redan i registret med samma uppgifter. Ta bort raden.")
THERE_OTHERWISE = N_(
    "%(name)s finns redan i registret med samma dagar, men där står %(there)s. Är det fel där, rätta det på anställningens "
    "sida. Ta bort raden."
)
SAME_ROW = N_("Samma uppgifter står på rad %(row)s. Ta bort den ena.")
TWICE_HERE = N_("%(name)s står också på rad %(row)s.")
TWICE_THERE = N_("%(name)s finns redan i registret: %(title)s från %(starts)s.")
BEGUN_BEFORE = N_("%(name)s började %(starts)s, före beslutet %(decided)s.")
UNTICKED = N_("Kryssa för att det är rätt, eller ta bort raden.")


@dataclass(frozen=True, slots=True)
class Checked:
    """One row with what the limit says of it, what stands against it, and what has to be ticked."""

    secretary: Secretary
    answer: Answer | None
    fault: Fault | None = None
    warning: str = ""
    is_there: bool = False


def take_over(
    session: Session,
    *,
    secretaries: Sequence[Secretary],
    ticked: Collection[int],
    actor: Actor,
    at: datetime,
    on: date,
) -> int | None:
    """Record every row as an employment of the actor's party, or none; the same once more changes nothing. How many.

    ``ticked`` are the rows whose warning somebody has answered for. None where the person belongs to no party. Raises
    NothingRecorded, with each row's fault by its number.
    """
    party = party_of(session, actor)
    if party is None:
        return None
    one_at_a_time(session, party.authority_id)
    checked = check(session, party.id, secretaries, on=on)
    if checked and all(one.is_there for one in checked):
        return len(checked)
    faults = {one.secretary.number: fault for one in checked if (fault := _against(one, ticked))}
    if faults or not checked:
        raise NothingRecorded(faults)
    made = [
        employment_row(
            session, walls_by(party, Employer(one.secretary.employer)), name=one.secretary.name,
            title=one.secretary.title, terms=one.secretary.terms(), answer=one.answer, person_id=actor.person_id,
            at=at, taken_over=True, stands_in=one.secretary.stands_in,
        )
        for one in checked if one.answer
    ]  # fmt: skip
    session.add_all(made)
    session.flush()
    _claim(session, made)
    who = person_actor(actor.person_id)
    record_all(session, chain=party.id, entries=[Entry(at, who, RECORDED, row.id) for row in made])
    return len(made)


def _claim(session: Session, made: Sequence[Employment]) -> None:
    claim_for_many(session, made)
    hold_what_lasts(session, *(row for row in made if turned_on(row) is not None))


def check(session: Session, party_id: UUID, secretaries: Sequence[Secretary], *, on: date) -> list[Checked]:
    """Each row against the limit, the register and, together with those before it, the ledger. Writes nothing."""
    present = employments_of(session)
    twice = {row.number: earlier for row, earlier in twice_in(tuple(secretaries))}
    checked = [_one(row, present, twice.get(row.number), on) for row in secretaries]
    free = [one for one in checked if one.fault is None and not one.is_there]
    parts = [Part(one.secretary.percent, one.secretary.starts, one.secretary.ends) for one in free]
    if not parts:
        return checked
    numbers = [one.secretary.number for one in free]
    lacks = dict(zip(numbers, room_by_turn(session, party_id, parts), strict=True))
    return [
        replace(one, fault=Fault(no.sentence, "percent")) if (no := lacks.get(one.secretary.number)) else one
        for one in checked
    ]


def _against(one: Checked, ticked: Collection[int]) -> Fault | None:
    if one.is_there:
        return one.fault or Fault(THERE % {"name": one.secretary.name}, "name")
    if one.fault is None and one.warning and one.secretary.number not in ticked:
        return Fault(f"{one.warning} {UNTICKED}", "name")
    return one.fault


def _one(row: Secretary, present: Sequence[Employed], earlier: Secretary | None, on: date) -> Checked:
    try:
        answer = answer_for(row.terms(), on=on)
    except Refusal as refusal:  # a rule that has changed since the preview
        return Checked(row, None, Fault(refusal.sentence, "starts"))
    if answer.objections:
        return Checked(row, answer, Fault(answer.objections[0].sentence, "ends"))
    known = [one for one in present if same_name(one.name) == same_name(row.name)]
    if any(_is_same(row, one) for one in known):
        return Checked(row, answer, Fault(THERE % {"name": row.name}, "name"), is_there=True)
    if differing := [words for one in known if (words := _otherwise(row, one))]:
        return Checked(row, answer, Fault(THERE_OTHERWISE % {"name": row.name, "there": differing[0]}, "name"))
    warnings: list[str] = []
    if earlier is not None and replace(earlier, number=row.number) == row:
        return Checked(row, answer, Fault(SAME_ROW % {"row": earlier.number}, "name"))
    if earlier is not None:
        warnings = [TWICE_HERE % {"name": row.name, "row": earlier.number}]
    elif known:
        told = {"name": row.name, "title": known[0].title, "starts": swedish_day(known[0].row.starts_on)}
        warnings = [TWICE_THERE % told]
    if row.starts < row.decided:
        told = {"name": row.name, "starts": swedish_day(row.starts), "decided": swedish_day(row.decided)}
        warnings.append(BEGUN_BEFORE % told)
    return Checked(row, answer, warning=" ".join(warnings))


def _is_same(row: Secretary, one: Employed) -> bool:
    return _has_same_days(row, one) and not _otherwise(row, one)


def _otherwise(row: Secretary, one: Employed) -> str:
    """What the register says of the same employment that the row does not; of an authority's the row says nothing of it."""
    there = one.row
    if not _has_same_days(row, one) or there.employer == Employer.AUTHORITY:
        return ""
    found = []
    if there.stands_in != row.stands_in:
        found.append("att det är ett vikariat" if there.stands_in else "inget om vikariat")
    if there.earlier_days != row.earlier_days:
        found.append(f"{there.earlier_days} tidigare dagar")
    return " och ".join(found)


def _has_same_days(row: Secretary, one: Employed) -> bool:
    there = one.row
    return (row.title, row.employer, row.percent, row.decided, row.starts, row.ends) == (
        one.title, there.employer, there.extent_percent, there.decided_on, there.starts_on, there.ends_on,
    )  # fmt: skip
