"""A notice on an employment that is renewed: on which of the two it is to be written is said, and neither runs on unseen."""

from datetime import date
from uuid import UUID

import pytest

from tests.contracts.acts.changing import END, NOTICE, OFF, acts, change, employ, go_by, place, shown, stored
from tests.contracts.test_renewal import renew_them, renewals
from tests.forms import submit
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


def test_what_is_renewed_is_not_called_off_while_its_renewal_stands(world: World, set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")
    former = employ(world, decided=date(2026, 11, 20), starts=date(2026, 12, 1))
    assert renew_them(world, [former]) == 1
    told = change(world, former, OFF, decided="2026-11-23")
    assert told.status_code == 409 and "att förnyelsen inte blir av" in told.get_data(as_text=True)
    assert not stored(world, former).never_began
    assert change(world, renewals(world)[0].id, OFF, decided="2026-11-23").status_code == 303
    assert change(world, former, OFF, decided="2026-11-23").status_code == 303


def test_an_earlier_end_says_that_the_renewal_stands(world: World, renewed: tuple[UUID, UUID]) -> None:
    former, later = renewed
    browser = world.browser(world.kansli)
    link = f'href="/arbete/anstallningar/{later}"'
    assert "Den är förnyad från 1 januari 2027" in shown(world, former) and link in shown(world, former)
    fields = {"avsluta-decided": "2026-11-23", "avsluta-ends": "2026-11-30"}
    assert submit(browser, place(former), fields, END).status_code == 303
    page = browser.get(place(former)).get_data(as_text=True).replace("\xa0", " ")
    assert "Förnyelsen från 1 januari 2027 står kvar." in page and link in page


def test_of_a_renewal_that_was_called_off_no_page_says_that_it_stands(world: World, renewed: tuple[UUID, UUID]) -> None:
    former, later = renewed
    assert change(world, later, OFF, decided="2026-11-23").status_code == 303
    assert "Den är förnyad" not in shown(world, former)
