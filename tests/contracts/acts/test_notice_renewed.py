"""A notice on an employment that is renewed: on which of the two it is to be written is said, and neither runs on unseen."""

from datetime import date
from uuid import UUID

import pytest

from tests.contracts.acts.changing import NOTICE, OFF, acts, change, employ, go_by, stored
from tests.contracts.test_renewal import renew_them, renewals
from tests.privacy.candidates import Clock
from tests.world import World

VARMLAND = "region-varmland"  # three months


@pytest.fixture
def renewed(world: World, set_clock: Clock) -> tuple[UUID, UUID]:
    """One that ends with the year, and its renewal from 1 January 2027."""
    set_clock("2026-09-10T09:00")
    former = employ(world)
    go_by(world, VARMLAND)
    set_clock("2026-11-23T10:00")
    assert renew_them(world, [former]) == 1
    return former, renewals(world)[0].id


def test_a_notice_that_lasts_into_the_renewal_is_led_to_it(world: World, renewed: tuple[UUID, UUID]) -> None:
    former, later = renewed
    told = change(world, former, NOTICE, by="employee", given="2026-11-23")
    page = told.get_data(as_text=True)
    assert told.status_code == 409 and "förnyad från 1 januari 2027" in page and "23 februari 2027" in page
    assert "Skriv in uppsägningen på förnyelsen" in page and acts(world, former) == []
    assert 'value="2026-11-23"' in page
    assert change(world, later, NOTICE, by="employee", given="2026-11-23").status_code == 303
    assert (stored(world, later).ends_on, stored(world, former).ends_on) == (date(2027, 2, 23), date(2026, 12, 31))


def test_a_notice_that_is_over_before_the_renewal_waits_until_that_is_called_off(
    world: World, renewed: tuple[UUID, UUID], set_clock: Clock
) -> None:
    former, later = renewed
    set_clock("2026-11-24T10:00")
    told = change(world, former, NOTICE, by="employee", given="2026-09-20")
    assert told.status_code == 409 and "att förnyelsen inte blir av" in told.get_data(as_text=True)
    assert change(world, later, OFF, decided="2026-11-23").status_code == 303
    assert change(world, former, NOTICE, by="employee", given="2026-09-20").status_code == 303
    assert stored(world, former).ends_on == date(2026, 12, 20)
