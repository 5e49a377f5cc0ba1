"""A renewal has its first day put right at the instant at which the one before it is extended: no day is covered twice."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest

from portal import scope
from portal.contracts.acts.refusals import AlreadyRenewed
from portal.contracts.acts.rules import Extension, FirstDay
from portal.contracts.acts.services import correct_first_day, extend
from portal.contracts.terms import TermsRefused
from tests.at_once import second
from tests.contracts.acts.changing import pressed, stored
from tests.contracts.test_first_day import correct
from tests.contracts.test_renewal import renew_them
from tests.contracts.test_without_ad import employments
from tests.contracts.test_without_ad import fill as fill_without_ad
from tests.world import World

NEXT_DAY, MOVED = date(2027, 2, 1), date(2027, 1, 10)
LONGER = date(2027, 1, 20)  # past the day that the renewal is moved to, and not past the one it has


@pytest.fixture
def pair(world: World, set_clock: Callable[[str], datetime]) -> tuple[UUID, UUID]:
    """One until 31 December 2026 and its renewal from 1 February 2027."""
    set_clock("2026-09-10T10:00")
    fill_without_ad(world.browser(world.kansli), decided="2026-09-10", starts="2026-10-01", ends="2026-12-31")
    (former,) = employments(world)
    set_clock("2026-11-23T10:00")
    assert renew_them(world, [former.id]) == 1
    later = next(one for one in employments(world) if one.renews_id)
    assert correct(world, later.id, starts=NEXT_DAY.isoformat()).status_code == 303
    return former.id, later.id


def test_the_day_that_comes_second_sees_the_extension(world: World, pair: tuple[UUID, UUID]) -> None:
    former, later = pair

    def move() -> None:
        with world.writing(scope.party(world.party)) as session:
            correct_first_day(session, pressed(world, later), FirstDay(MOVED, date(2030, 12, 31)), was=NEXT_DAY)

    with second() as other:
        with world.writing(scope.party(world.party)) as session:
            assert extend(session, pressed(world, former), Extension(date(2026, 11, 23), LONGER)) is not None
            session.flush()
            other.begins(move)
        with pytest.raises(TermsRefused, match="kan börja tidigast 21 januari 2027"):
            other.ends()
    assert (stored(world, former).ends_on, stored(world, later).starts_on) == (LONGER, NEXT_DAY)


def test_the_extension_that_comes_second_sees_the_day(world: World, pair: tuple[UUID, UUID]) -> None:
    former, later = pair

    def go_on() -> None:
        with world.writing(scope.party(world.party)) as session:
            extend(session, pressed(world, former), Extension(date(2026, 11, 23), LONGER))

    with second() as other:
        with world.writing(scope.party(world.party)) as session:
            who, wish = pressed(world, later), FirstDay(MOVED, date(2030, 12, 31))
            assert correct_first_day(session, who, wish, was=NEXT_DAY) is not None
            session.flush()
            other.begins(go_on)
        with pytest.raises(AlreadyRenewed, match="förnyad från 10 januari 2027"):
            other.ends()
    assert (stored(world, former).ends_on, stored(world, later).starts_on) == (date(2026, 12, 31), MOVED)
