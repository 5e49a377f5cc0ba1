"""Whether it is a stand-in, written down wrong and put right while no contract is offered: the day on which it turns
permanent (LAS 5 a §) and the ledger follow."""

from typing import Final
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.audit.services import person_actor, record
from portal.contracts.acts.queries.corrected import STOOD_IN, stood_in_words
from portal.contracts.acts.refusals import CalledOff, ChangedSince, ContractSaysTheForm
from portal.contracts.acts.services.counting import Before, count_along, turn
from portal.contracts.acts.services.following import look_after_it_again
from portal.contracts.acts.services.holding import Pressed, held_for_an_act, require_before_its_end
from portal.contracts.acts.stand_in import StandIn
from portal.contracts.lasting.services import hold_what_lasts
from portal.contracts.models import Employment
from portal.contracts.terms import TermsRefused
from portal.contracts.written.queries import is_offered
from portal.posts.services.claiming import Marks, Part, claim_for_employment, marks_of, whose_post
from portal.refusal import N_
from portal.swedish_dates import swedish_day

STANDS_ALREADY: Final = N_("Det står redan så. Skriv det rätta.")
ITSELF: Final = N_("Ingen vikarierar för sig själv. Välj en annan.")
IN_A_RING: Final = N_(
    "Den du valde vikarierar redan för den här, direkt eller genom någon annan. Välj en annan, eller rätta det där först."
)


def stand_in_of(session: Session, row: Employment) -> StandIn:
    """What is written down of it; whom it stands in for only where that one claims a post still."""
    marks = marks_of(session, row.id) if row.stands_in else None
    return StandIn(row.stands_in, whose_post(session, marks.in_place_of) if marks and marks.in_place_of else None)


def correct_stand_in(session: Session, pressed: Pressed, wish: StandIn, *, was: StandIn | None) -> Employment | None:
    """The employment as it should have been recorded; ``was`` is what the page showed. The same again changes nothing. It may
    have had its last day, where it was only taken to have turned permanent by then.

    None where the scope has no such employment. Raises ContractSaysTheForm, CalledOff, ChangedSince, EmploymentEnded,
    TermsRefused, or NoRoom where it would take a post that there is not.
    """
    held = held_for_an_act(session, pressed.employment_id)
    if held is None:
        return None
    row, former = held.row, Before.of(held.row)
    stands = stand_in_of(session, row)
    if stands == wish != was:
        return row
    if stands != was:
        raise ChangedSince
    if row.never_began and row.ends_on:
        raise CalledOff(decided=swedish_day(row.ends_on))
    if held.standing.lasts is None:
        require_before_its_end(held, on=pressed.on)
    if is_offered(session, row.id):
        raise ContractSaysTheForm
    if against := _against(session, row, wish, was):
        raise TermsRefused(against, field="stands_in_for")
    row.stands_in = wish.is_one
    session.flush()
    turn(session, row)
    count_along(session, row, former, held.renewals, pressed)
    _claim(session, row, wish)
    look_after_it_again(session, row, on=pressed.on, at=pressed.at)
    record(
        session, chain=row.party_id, at=pressed.at, actor=person_actor(pressed.actor.person_id),
        verb=STOOD_IN, object_id=row.id, reason=stood_in_words(former.stands_in, row.stands_in),
    )  # fmt: skip
    return row


def _against(session: Session, row: Employment, wish: StandIn, was: StandIn | None) -> str:
    """Those of a ring would all take each other's post, and none be counted."""
    if wish == was:
        return STANDS_ALREADY
    if wish.in_place_of == row.id:
        return ITSELF
    seen, one = set[UUID](), wish.in_place_of
    while one is not None and one not in seen:
        seen.add(one)
        marks = marks_of(session, one)
        one = whose_post(session, marks.in_place_of) if marks and marks.in_place_of else None
    return IN_A_RING if row.id in seen else ""


def _claim(session: Session, row: Employment, wish: StandIn) -> None:
    """Its own mark stays, for whoever stands in for this one does so still."""
    own = marks_of(session, row.id)
    theirs = marks_of(session, wish.in_place_of) if wish.in_place_of else None
    claim_for_employment(
        session, of=row, employment_id=row.id, parts=[Part(row.extent_percent, row.starts_on, row.ends_on)],
        marks=Marks(own.post if own else uuid4(), theirs.post if theirs else None),
    )  # fmt: skip
    hold_what_lasts(session, row)
