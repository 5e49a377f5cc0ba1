"""The decision on an employment that was called off is written down and put right like any other."""

from datetime import date
from uuid import UUID

import pytest

from tests.contracts.acts.changing import BACK, OFF, change
from tests.contracts.deciding import BY_GROUP_LEADER, Clock, employed, shown, stored, write, written
from tests.world import World


@pytest.fixture
def called_off(world: World, set_clock: Clock) -> UUID:
    id = employed(world, set_clock)
    set_clock("2026-12-18T09:00")
    assert change(world, id, OFF, decided="2026-12-17").status_code == 303
    return id


def test_the_day_of_its_decision_is_put_right_and_the_calling_off_stands(world: World, called_off: UUID) -> None:
    id = called_off
    answer = write(world, id, **{**BY_GROUP_LEADER, "decided": "2026-12-11"})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    row = stored(world, id)
    assert (row.decided_on, row.never_began, row.ends_on) == (date(2026, 12, 11), True, date(2026, 12, 17))
    assert written(world, id).decided_on == date(2026, 12, 11)
    assert "11 december 2026" in shown(world, id)
    assert change(world, id, BACK).status_code == 303
    assert stored(world, id).ends_on == date(2027, 12, 31)


def test_kl_4_33_the_limit_holds_for_the_days_that_come_back_with_it(world: World, called_off: UUID) -> None:
    refused = write(world, called_off, **{**BY_GROUP_LEADER, "decided": "2026-09-01"})
    assert refused.status_code == 422 and "räcker anställningen längst till" in refused.get_data(as_text=True)
    assert stored(world, called_off).decided_on == date(2026, 12, 14)


def test_nothing_is_decided_after_it_was_called_off(world: World, called_off: UUID) -> None:
    refused = write(world, called_off, **{**BY_GROUP_LEADER, "decided": "2026-12-18"})
    assert refused.status_code == 422 and "17 december 2026" in refused.get_data(as_text=True)
    assert stored(world, called_off).decided_on == date(2026, 12, 14)
