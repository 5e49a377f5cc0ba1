"""What must never be in the first days' list is refused by the database itself, and of two who press at once one is heard."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.contracts.onboarding.models import Onboarding, OnboardingStep
from portal.contracts.onboarding.queries import onboarding_of
from tests.contracts.onboarding_lists import one_of_each, steps
from tests.contracts.written.contracting import Recorded, recorded
from tests.world import World

Clock = Callable[[str], datetime]


@pytest.fixture
def one(world: World, set_clock: Clock) -> Recorded:
    """An employment with a list of three steps: one done, one that does not apply, one left."""
    found = recorded(world, set_clock)
    one_of_each(world, found.employment)
    return found


@pytest.mark.parametrize(
    ("number", "changes", "name"),
    [
        (2, {"days": 366}, "within_a_year_of_the_start"),
        (2, {"rule_days": 3}, "no_rule_of_an_own_step"),
        (2, {"done_on": date(2027, 1, 2)}, "done_by_somebody"),
        (0, {"done_by": None}, "done_by_somebody"),
        (1, {"reason_sealed": None}, "left_out_for_a_reason"),
        (2, {"position": 0}, "numbered_from_one"),
        (2, {"position": 1}, "onboarding_step"),
    ],
)
def test_a_step_that_cannot_be_is_not_stored(
    world: World, one: Recorded, number: int, changes: dict[str, Any], name: str
) -> None:
    id = steps(world, one.employment)[number].row.id
    with pytest.raises(IntegrityError, match=name), world.writing(scope.party(world.party)) as session:
        row = session.get_one(OnboardingStep, id)
        for column, value in changes.items():
            setattr(row, column, value)


def test_a_step_is_never_both_done_and_left_out(world: World, one: Recorded) -> None:
    id = steps(world, one.employment)[1].row.id
    with pytest.raises(IntegrityError, match="done_or_left_out"), world.writing(scope.party(world.party)) as session:
        row = session.get_one(OnboardingStep, id)
        row.done_on, row.done_by, row.done_at = date(2027, 1, 2), world.kansli, clock.now()


def test_an_employment_has_one_list(world: World, one: Recorded) -> None:
    with pytest.raises(IntegrityError), world.writing(scope.party(world.party)) as session:
        head = onboarding_of(session, one.employment)
        assert head is not None
        walls = {name: getattr(head, name) for name in ("party_id", "authority_id", "controller_id", "with_authority")}
        session.add(
            Onboarding(
                **walls, id=uuid4(), employment_id=one.employment, begun_by=world.kansli, begun_at=clock.now()
            )
        )  # fmt: skip


def test_a_rival_finds_no_row_of_it(world: World, one: Recorded) -> None:
    for model in (Onboarding, OnboardingStep):
        with world.acting(scope.party(world.party)) as session:
            assert session.scalars(select(model)).all()
        with world.acting(scope.party(world.rival)) as session:
            assert session.scalars(select(model)).all() == []
