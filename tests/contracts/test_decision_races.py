"""The same decision written down by two at once: one row, and the last of two that differ is a correction."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID

from sqlalchemy import select

from portal import scope
from portal.contracts.decision.models import EmploymentDecision
from portal.contracts.decision.services.appealing import confirm_no_appeal, note_appeal
from portal.contracts.decision.services.writing import write_decision
from portal.refusal import Refusal
from tests.contracts.deciding import Clock, about, announced, decision, employed, verbs, written
from tests.world import World

Press = Callable[[], object]


def at_once(presses: Sequence[Press]) -> list[Refusal]:
    """All press at the same instant. What those who were refused read."""
    together = Barrier(len(presses))

    def one(press: Press) -> Refusal | None:
        together.wait()
        try:
            press()
        except Refusal as no:
            return no
        return None

    with ThreadPoolExecutor(len(presses)) as hands:
        return [no for no in hands.map(one, presses) if no is not None]


def writing(world: World, id: UUID, who: str) -> Press:
    """Somebody in the office saves the decision."""

    def press() -> None:
        with world.writing(scope.party(world.party)) as session:
            write_decision(session, decision=decision(who=who), **about(world, id))

    return press


def test_two_who_write_a_decision_down_at_the_same_instant_make_one_row(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    assert at_once([writing(world, id, "Gunnel Sundvall"), writing(world, id, "Elof Rehnström")]) == []
    with world.acting(scope.party(world.party)) as session:
        (who,) = session.scalars(select(EmploymentDecision.who))
    assert who in ("Gunnel Sundvall", "Elof Rehnström")
    assert verbs(world) == ["recorded", "corrected"]


def test_a_confirmation_and_an_appeal_at_the_same_instant_never_both_stand(world: World, set_clock: Clock) -> None:
    id = announced(world, set_clock)
    set_clock("2027-02-05T09:00")

    def confirm() -> None:
        with world.writing(scope.party(world.party)) as session:
            confirm_no_appeal(session, **about(world, id))

    def appeal() -> None:
        with world.writing(scope.party(world.party)) as session:
            more = about(world, id)
            note_appeal(session, came=more["on"], case_number="", **more)

    at_once([confirm, appeal])
    row = written(world, id)
    assert (row.appealed_on is not None, row.final_on) == (True, None)
