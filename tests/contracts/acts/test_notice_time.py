"""LAS 11 §: where a party gives notice, the contract's months are the least. A later last day is typed, and asked for where
the time that the portal knows of gives a longer one."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from portal import scope
from portal.contracts.acts.las import least_months
from portal.contracts.acts.queries.notice import months_by_law
from portal.contracts.models import Employment
from tests.contracts.acts.changing import NOTICE, acts, change, employ, go_by, shown, stored
from tests.contracts.test_renewal import renew_them
from tests.contracts.written.contracting import Recorded, offer, recorded, save
from tests.privacy.candidates import Clock
from tests.world import World


def a_month(world: World, set_clock: Clock) -> Recorded:
    """A party's from 1 February 2027, with one month in its contract."""
    one = recorded(world, set_clock, employer="party")
    save(one, notice_months=1)
    offer(one)
    return one


def given(world: World, one: Recorded, day: str, **fields: Any) -> Any:
    return change(world, one.employment, NOTICE, **{"by": "employer", "given": day, **fields})


@pytest.mark.parametrize(
    ("given_on", "months"),
    [
        (date(2028, 2, 29), 1), (date(2029, 2, 28), 2), (date(2031, 2, 28), 3), (date(2033, 2, 28), 4),
        (date(2035, 2, 28), 5), (date(2037, 2, 27), 5), (date(2037, 2, 28), 6),
    ],
)  # fmt: skip
def test_las_11_the_months_grow_with_the_time_at_the_employer(given_on: date, months: int) -> None:
    assert least_months(date(2027, 2, 28), given_on) == months


def test_las_11_the_longer_time_of_the_law_is_asked_for(world: World, set_clock: Clock) -> None:
    one = a_month(world, set_clock)
    set_clock("2029-03-01T09:00")
    told = given(world, one, "2029-03-01")
    page = told.get_data(as_text=True).replace("\xa0", " ")
    assert told.status_code == 422 and 'name="uppsagning-last_day"' in page
    assert "minst två månader, till och med 1 maj 2029" in page and acts(world, one.employment) == []
    assert given(world, one, "2029-03-01", last_day="2029-05-01").status_code == 303
    act = acts(world, one.employment)[-1]
    assert (act.ends_on, act.notice_months) == (date(2029, 5, 1), None)


def test_las_11_the_earlier_days_that_were_told_count(world: World, set_clock: Clock) -> None:
    one = a_month(world, set_clock)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Employment, one.employment).earlier_days = 700
    set_clock("2027-06-01T09:00")
    told = given(world, one, "2027-06-01")
    page = told.get_data(as_text=True).replace("\xa0", " ")
    assert told.status_code == 422 and "minst två månader, till och med 1 augusti 2027" in page
    assert given(world, one, "2027-06-01", last_day="2027-08-01").status_code == 303


def test_las_11_the_earlier_days_of_a_renewal_hold_the_formers_already(world: World) -> None:
    """A former of 100 days that began after 500 others, and a renewal that says 600: 600 in all before it."""
    id = employ(world, employer="party", starts=date(2026, 9, 23), ends=date(2026, 12, 31))
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Employment, id).earlier_days = 500
    assert renew_them(world, [id]) == 1
    with world.acting(scope.party(world.party)) as session:
        renewal = session.scalars(select(Employment).where(Employment.renews_id == id)).one()
        assert renewal.earlier_days == 600
        turns = renewal.starts_on - timedelta(days=600)
        two_years = turns.replace(year=turns.year + 2)
        months = [months_by_law(session, renewal, two_years + timedelta(days=more)) for more in (-1, 0)]
        assert months == [1, 2]


def test_a_last_day_before_the_contracts_months_are_over_is_no_notice(world: World, set_clock: Clock) -> None:
    one = a_month(world, set_clock)
    set_clock("2027-06-01T09:00")
    told = given(world, one, "2027-06-01", last_day="2027-06-15")
    page = told.get_data(as_text=True).replace("\xa0", " ")
    assert told.status_code == 422 and "till och med 1 juli 2027" in page
    assert given(world, one, "2027-06-01").status_code == 303, (
        "in the first two years the month of the contract is enough"
    )
    assert acts(world, one.employment)[-1].notice_months == 1
    assert stored(world, one.employment).ends_on == date(2027, 7, 1)


def test_whoever_resigns_goes_by_the_contract(world: World, set_clock: Clock) -> None:
    one = a_month(world, set_clock)
    set_clock("2029-03-01T09:00")
    assert given(world, one, "2029-03-01", by="employee").status_code == 303
    assert stored(world, one.employment).ends_on == date(2029, 4, 1)


def test_kl_4_33_an_authoritys_notice_goes_by_its_months_alone(world: World) -> None:
    go_by(world, "region-varmland")
    id = employ(world, decided=date(2026, 10, 1), ends=date(2030, 12, 31))
    assert 'name="uppsagning-last_day"' not in shown(world, id)
