"""LAS 5 a §: what the register and its files say of an employment that does not end with its last day on paper."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from portal import scope
from portal.contracts.listing.lines import Showing, shown
from portal.contracts.models import Employment
from tests.contracts.acts.changing import OFF, change, employ
from tests.contracts.test_register import line, sheet, table
from tests.contracts.test_renewal import renew_them
from tests.privacy.candidates import Clock
from tests.world import World

GOES_ON = "tar inte slut av sig själv: tillsvidareanställning från 1 september 2026"


@pytest.fixture
def lasting(world: World, set_clock: Clock) -> UUID:
    """Permanent from 1 September 2026, with 31 December 2026 as its last day on paper."""
    set_clock("2026-11-23T10:00")
    return employ(world, employer="party", decided=date(2025, 8, 20), starts=date(2025, 9, 1))


def test_a_renewal_that_was_called_off_is_said_to_last_by_nobody(world: World, lasting: UUID) -> None:
    assert renew_them(world, [lasting]) == 1
    with world.acting(scope.party(world.party)) as session:
        renewal = session.scalars(select(Employment.id).where(Employment.renews_id == lasting)).one()
    assert change(world, renewal, OFF, decided="2026-11-23").status_code == 303
    assert table(world).count(GOES_ON) == 1, "of the former alone"
    of_renewal = next(part for part in table(world).split("<tbody") if "börjar aldrig" in part)
    assert "slut av sig själv" not in of_renewal


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_says_what_the_page_says_of_its_last_day(
    world: World, set_clock: Clock, lasting: UUID, kind: str
) -> None:
    assert GOES_ON in table(world)
    assert sheet(world, kind)[1][7] == GOES_ON
    set_clock("2027-01-05T10:00")
    assert sheet(world, kind)[1][7] == GOES_ON.replace("tar", "tog")


def test_whoever_does_not_leave_is_none_of_those_who_end_within_six_months(world: World, lasting: UUID) -> None:
    assert "Per Vikman" not in table(world, "slutar") and len(sheet(world, "csv", showing="slutar")) == 1
    assert "Per Vikman" in table(world, "lopande")


def test_what_a_renewal_goes_on_from_ends_as_before() -> None:
    renewed = line(renewed=True, lasts_from=date(2026, 9, 1))
    assert shown([renewed], Showing.SOON, on=date(2026, 11, 23)) == [renewed]
    assert (renewed.goes_on, renewed.end_words(date(2026, 11, 23))) == (False, "")
