"""A stand-in who is renewed goes on as one: in the place of the same person, and under the two years of LAS 5 a §."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from portal import scope
from portal.contracts.acts.queries.rows import acts_of
from portal.contracts.models import Employment
from tests.contracts.acts.changing import END, EXTEND, change, stored
from tests.contracts.test_mandate_pages import PAGE as CHANGE_OF_MANDATE
from tests.contracts.test_renewal import BUTTON, MANY, renewals, send
from tests.contracts.test_without_ad import employments, fill
from tests.forms import fields_of, submit, submit_page
from tests.posts.ledgers import claimed, give
from tests.world import World

AWAY = {"person": "Ada Lind", "starts": "2026-12-01", "ends": "2030-12-31", "extent_percent": "100"}
FOR_HER = {"person": "Bo Ek", "starts": "2026-12-01", "ends": "2026-12-31", "extent_percent": "100"}


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Callable[[str], datetime]) -> None:
    set_clock("2026-11-23T10:00")


def both(world: World, employer: str = "parti") -> tuple[UUID, UUID]:
    """Ada, who is away, and Bo, who stands in for her; the party has one post."""
    give(world, (world.party, "1.00"))
    browser = world.browser(world.kansli)
    assert fill(browser, employer, **AWAY).status_code == 303
    (ada,) = (row.id for row in employments(world))
    assert fill(browser, employer, **FOR_HER, stands_in_for=str(ada)).status_code == 303
    (bo,) = (row.id for row in employments(world) if row.id != ada)
    return ada, bo


def place(id: UUID) -> str:
    return f"/arbete/anstallningar/{id}/fornya"


def renew(world: World, id: UUID, **fields: Any) -> TestResponse:
    return submit(world.browser(world.kansli), place(id), fields, BUTTON)


def text(answer: TestResponse) -> str:
    return " ".join(answer.get_data(as_text=True).replace("\xa0", " ").split())


def test_it_takes_no_post_of_its_own_and_turns_permanent_after_two_years_in_all(world: World) -> None:
    ada, bo = both(world)
    browser = world.browser(world.kansli)
    page = browser.get(place(bo))
    asked = fields_of(page)
    assert asked["stands_in_for"] == [str(ada)] and asked["stands_in"] and asked["earlier_days"] == ["0"]
    assert "Tjänsteutrymmet" not in text(page)
    answer = submit_page(browser, page, place(bo), {"ends": "2028-06-30"}, BUTTON)
    assert answer.status_code == 303
    (row,) = renewals(world)
    assert (row.stands_in, row.permanent_on) == (True, date(2028, 11, 30)), "December was as a stand-in too"
    shown = text(world.browser(world.kansli).get(answer.headers["Location"]))
    assert "tillsvidareanställning" not in shown
    again = submit_page(browser, page, place(bo), {"ends": "2028-06-30"}, BUTTON)
    assert again.headers["Location"] == answer.headers["Location"], "pressed twice"
    other = submit_page(browser, page, place(bo), {"ends": "2028-06-30", "stands_in_for": ""}, BUTTON)
    assert other.status_code == 409 and "vikarierar för: Ada Lind" in text(other)


def test_an_authoritys_stand_in_goes_on_in_the_same_place(world: World) -> None:
    _, bo = both(world, "offentlig")
    assert renew(world, bo).status_code == 303
    (row,) = renewals(world)
    assert row.stands_in and row.permanent_on is None


def test_whoever_is_no_stand_in_any_more_takes_a_post_and_is_told_when_there_is_none(world: World) -> None:
    _, bo = both(world)
    told = renew(world, bo, ends="2028-06-30", stands_in=False, stands_in_for="")
    assert told.status_code == 422 and "Tjänsteutrymmet räcker inte" in text(told)
    give(world, (world.party, "2.00"))
    assert renew(world, bo, ends="2028-06-30", stands_in=False, stands_in_for="").status_code == 303
    (row,) = renewals(world)
    assert (row.stands_in, row.permanent_on) == (False, date(2028, 1, 1))
    assert claimed(world) == [("filled", 100)] * 3


def test_a_tick_taken_away_is_not_dropped_because_somebody_is_chosen_still(world: World) -> None:
    ada, bo = both(world)
    told = renew(world, bo, ends="2028-06-30", stands_in=False)
    assert told.status_code == 422 and 'id="stands_in-error"' in text(told) and "vikarierar för någon" in text(told)
    assert renewals(world) == []
    assert renew(world, bo, ends="2028-06-30", stands_in=True, stands_in_for=str(ada)).status_code == 303


@pytest.mark.parametrize("ends", ["2030-12-31", "2026-12-31"])
def test_at_the_change_of_mandate_renewing_a_stand_in_takes_no_post_of_its_own(world: World, ends: str) -> None:
    """Nor where she who is away leaves too, and is renewed: before the stand-in, or after."""
    give(world, (world.party, "1.00"))
    browser = world.browser(world.kansli)
    assert fill(browser, "parti", **{**AWAY, "ends": ends}).status_code == 303
    (ada,) = (row.id for row in employments(world))
    assert fill(browser, "parti", **FOR_HER, stands_in_for=str(ada)).status_code == 303
    assert "för mycket" not in text(browser.get(CHANGE_OF_MANDATE))
    if ends == "2026-12-31":
        assert send(world, [ada]).status_code == 303
        assert "för mycket" not in text(browser.get(CHANGE_OF_MANDATE))


def test_on_the_page_of_many_a_stand_in_is_sent_to_the_page_for_one(world: World) -> None:
    _, bo = both(world)
    page = text(world.browser(world.kansli).get(MANY))
    assert "Anställningen är ett vikariat." in page and "Förnya Bo Ek för sig" in page
    assert send(world, [bo]).status_code == 422
    assert renewals(world) == []


def test_the_stand_in_of_who_is_renewed_is_suggested_for_the_renewal(world: World) -> None:
    give(world, (world.party, "1.00"))
    browser = world.browser(world.kansli)
    assert fill(browser, "parti", **{**AWAY, "ends": "2026-12-31"}).status_code == 303
    (ada,) = (row.id for row in employments(world))
    assert fill(browser, "parti", **FOR_HER, stands_in_for=str(ada)).status_code == 303
    (bo,) = (row.id for row in employments(world) if row.id != ada)
    assert fields_of(browser.get(place(bo)))["stands_in_for"] == [""], "she has left by then"
    assert send(world, [ada]).status_code == 303
    (hers,) = renewals(world)
    assert fields_of(browser.get(place(bo)))["stands_in_for"] == [str(hers.id)]
    assert renew(world, bo, ends="2028-06-30").status_code == 303
    assert len(renewals(world)) == 2


def test_its_days_as_one_follow_the_former_when_that_is_moved(world: World) -> None:
    """LAS 5 a §: two years in all, so a renewal's day moves with the days of what it renews."""
    _, bo = both(world)
    assert renew(world, bo, starts="2027-02-01", ends="2028-06-30").status_code == 303
    (row,) = renewals(world)
    assert row.permanent_on == date(2028, 12, 31)
    assert change(world, bo, EXTEND, decided="2026-11-23", ends="2027-01-31").status_code == 303
    assert stored(world, row.id).permanent_on == date(2028, 11, 30)
    assert change(world, bo, END, decided="2026-11-23", ends="2026-12-31").status_code == 303
    assert stored(world, row.id).permanent_on == date(2028, 12, 31)


def test_an_extension_counts_the_days_as_one_in_what_it_renews_and_says_that_it_does(world: World) -> None:
    """LAS 5 a §: the day that is stored with the extension is that of the whole, as it is where the days are moved."""
    _, bo = both(world)
    assert renew(world, bo, ends="2027-12-31").status_code == 303
    (row,) = renewals(world)
    page = text(world.browser(world.kansli).get(f"/arbete/anstallningar/{row.id}/andra"))
    assert "30 november 2028 blir det en tillsvidareanställning" in page
    assert "i det som förnyas eller förlängs är inräknade" in page
    assert change(world, row.id, EXTEND, decided="2026-11-23", ends="2029-06-30").status_code == 303
    with world.acting(scope.party(world.party)) as session:
        assert {act.permanent_on for act in acts_of(session, row.id)} == {date(2028, 11, 30)}


def test_its_own_first_day_put_right_keeps_the_days_before_it(world: World) -> None:
    _, bo = both(world)
    assert renew(world, bo, ends="2028-06-30").status_code == 303
    (row,) = renewals(world)
    moved = {"forsta-starts": "2027-01-04"}
    where = f"/arbete/anstallningar/{row.id}/andra"
    assert submit(world.browser(world.kansli), where, moved, "Rätta första dagen").status_code == 303
    assert stored(world, row.id).permanent_on == date(2028, 12, 3)


def test_what_is_renewed_as_a_stand_in_after_another_work_counts_no_day_of_that(world: World) -> None:
    give(world, (world.party, "1.00"))
    browser = world.browser(world.kansli)
    assert fill(browser, "parti", **{**FOR_HER, "person": "Ove"}).status_code == 303
    (ove,) = employments(world)
    assert renew(world, ove.id, stands_in=True).status_code == 303
    (row,) = renewals(world)
    assert (row.stands_in, row.permanent_on, row.earlier_days) == (True, date(2028, 12, 31), 31)


def test_what_was_stored_of_a_stand_in_before_is_still_told_after_two_years(world: World) -> None:
    _, bo = both(world)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Employment, bo).permanent_on = date(2026, 12, 20)
    assert "tillsvidareanställning" not in text(world.browser(world.kansli).get(f"/arbete/anstallningar/{bo}"))
