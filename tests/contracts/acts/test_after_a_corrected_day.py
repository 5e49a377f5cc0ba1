"""A first day was put right: what was counted and said with the former one is counted and said with the right one."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from portal import scope
from portal.contracts.acts.rules import FirstDay
from portal.contracts.acts.services import correct_first_day
from portal.contracts.models import Employment
from tests.at_once import second
from tests.contracts.acts.changing import BACK, END, EXTEND, acts, change, post, pressed, shown, stored, verbs
from tests.contracts.test_first_day import confirm, correct
from tests.contracts.test_renewal import renew_them
from tests.contracts.test_without_ad import employments
from tests.contracts.test_without_ad import fill as fill_without_ad
from tests.world import World

Clock = Callable[[str], datetime]
FIX = "Rätta första dagen"


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")


def recorded(world: World, employer: str = "offentlig", **fields: Any) -> Employment:
    """An employment without an ad, from 1 October 2026, whose work began before the decision."""
    browser = world.browser(world.kansli)
    days = {"starts": "2026-10-01", "ends": "2026-12-31", **fields}
    assert confirm(browser, fill_without_ad(browser, employer, **days)).status_code == 303
    (row,) = employments(world)
    return row


def renewal_of(world: World, former: Employment) -> Employment:
    assert renew_them(world, [former.id]) == 1
    return next(one for one in employments(world) if one.renews_id == former.id)


def move(world: World, id: Any, starts: str, **fields: Any) -> None:
    """Put the first day right, to one that lies before the decision too."""
    browser: FlaskClient = world.browser(world.kansli)
    answer = confirm(browser, correct(world, id, browser, starts=starts, **fields), "forsta-", FIX)
    assert answer.status_code == 303, answer.get_data(as_text=True)


def own_page(world: World, id: Any) -> str:
    page = world.browser(world.kansli).get(f"/arbete/anstallningar/{id}").get_data(as_text=True)
    return " ".join(page.replace("\xa0", " ").split())


def test_las_5_a_a_renewal_counts_the_days_of_the_one_before_it_as_they_are_put_right(world: World) -> None:
    former = recorded(world, "parti")
    renewal = renewal_of(world, former)
    assert (renewal.earlier_days, renewal.permanent_on) == (92, date(2027, 10, 1))
    assert "1 oktober 2027 blir det en tillsvidareanställning" in own_page(world, renewal.id)
    move(world, former.id, "2026-04-01")
    now = stored(world, renewal.id)
    assert (now.earlier_days, now.permanent_on) == (275, date(2027, 4, 1))
    assert "1 april 2027 blir det en tillsvidareanställning" in own_page(world, renewal.id)
    assert ("earlier_days_counted", "92 → 275") in verbs(world)


def test_las_5_a_the_renewal_after_that_counts_them_along(world: World, set_clock: Clock) -> None:
    former = recorded(world, "parti")
    renewal = renewal_of(world, former)
    assert change(world, renewal.id, END, decided="2026-11-23", ends="2027-01-31").status_code == 303
    last = renewal_of(world, stored(world, renewal.id))
    assert (last.starts_on, last.earlier_days) == (date(2027, 2, 1), 92 + 31)
    move(world, former.id, "2026-04-01")
    now = stored(world, last.id)
    assert (now.earlier_days, now.permanent_on) == (275 + 31, date(2027, 4, 1))
    assert [act.permanent_on for act in acts(world, renewal.id)] == 2 * [date(2027, 4, 1)]


def test_las_5_a_an_end_that_is_moved_after_the_renewal_is_counted_along(world: World) -> None:
    """The gap before the renewal is noticed and filled: the day on which that turns permanent comes sooner."""
    former = recorded(world, "parti", starts="2026-06-01", ends="2026-11-30")
    renewal = renewal_of(world, former)
    assert (renewal.earlier_days, renewal.permanent_on) == (183, date(2027, 7, 2))
    assert change(world, former.id, EXTEND, decided="2026-11-23", ends="2026-12-31").status_code == 303
    now = stored(world, renewal.id)
    assert (now.earlier_days, now.permanent_on) == (214, date(2027, 6, 1))
    assert ("earlier_days_counted", "183 → 214") in verbs(world)
    assert "men dagarna räknas om i den" in shown(world, former.id)
    assert change(world, former.id, BACK).status_code == 303
    assert (stored(world, renewal.id).earlier_days, stored(world, renewal.id).permanent_on) == (183, date(2027, 7, 2))


def test_las_5_a_an_early_end_that_is_taken_back_is_counted_along_in_the_renewal(world: World) -> None:
    former = recorded(world, "parti", starts="2026-06-01", ends="2026-12-31")
    assert change(world, former.id, END, decided="2026-11-23", ends="2026-11-30").status_code == 303
    renewal = renewal_of(world, former)
    assert renewal.earlier_days == 183
    assert change(world, former.id, BACK).status_code == 303
    now = stored(world, renewal.id)
    assert (now.earlier_days, now.permanent_on) == (214, date(2027, 6, 1))


def test_las_5_a_a_number_that_was_typed_for_the_renewal_itself_is_nobody_s_to_count_anew(world: World) -> None:
    former = recorded(world, "parti")
    renewal = renewal_of(world, former)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Employment, renewal.id).earlier_days = 120
    move(world, former.id, "2026-04-01")
    assert stored(world, renewal.id).earlier_days == 120


def test_las_5_a_the_earlier_days_that_were_typed_are_asked_about_with_the_day(world: World) -> None:
    row = recorded(world, "parti", ends="2030-12-31", earlier_days="100")
    page = shown(world, row.id)
    assert 'name="forsta-earlier_days"' in page and 'value="100"' in page
    far = correct(world, row.id, starts="2027-01-01", earlier_days="1827")
    assert far.status_code == 422 and "rymmer 0 till 1826 dagar" in far.get_data(as_text=True)
    assert 'id="forsta-earlier_days-error"' in far.get_data(as_text=True)
    assert correct(world, row.id, starts="2027-01-01", earlier_days="192").status_code == 303
    now = stored(world, row.id)
    assert (now.earlier_days, now.permanent_on) == (192, date(2027, 6, 23))


def test_las_5_a_earlier_days_that_were_typed_wrong_are_put_right_with_the_day_as_it_stands(world: World) -> None:
    row = recorded(world, "parti")
    renewal = renewal_of(world, row)
    page = shown(world, row.id)
    assert "med 0 tidigare dagar hos partiet" in page
    assert correct(world, row.id, earlier_days="200").status_code == 303, "nobody asks again if the work had begun"
    now = stored(world, row.id)
    assert (now.starts_on, now.earlier_days, now.permanent_on) == (date(2026, 10, 1), 200, date(2027, 3, 15))
    assert (stored(world, renewal.id).earlier_days, verbs(world)[-1]) == (292, ("earlier_days_corrected", "0 → 200"))
    assert "Tidigare dagar hos partiet rättades 23 november 2026: 0 → 200." in own_page(world, row.id)
    fields = {f"forsta-{name}": "2026-10-01" for name in ("was", "starts")} | {
        "forsta-seen": "0",
        "forsta-counted": "0",
    }
    again = post(world, row.id, "/forsta-dagen", {**fields, "forsta-earlier_days": "200"})
    other = post(world, row.id, "/forsta-dagen", {**fields, "forsta-earlier_days": "300"})
    assert (again.status_code, other.status_code) == (303, 409), "pressed twice; and somebody who had not seen it"
    assert [verb for verb, _ in verbs(world)].count("earlier_days_corrected") == 1


def test_an_authority_s_is_not_asked_about_earlier_days(world: World) -> None:
    row = recorded(world)
    assert 'name="forsta-earlier_days"' not in shown(world, row.id)
    assert "inräknade" not in shown(world, row.id)


def test_the_pages_say_that_the_day_was_put_right_and_by_which_the_former_lines_were_written(world: World) -> None:
    row = recorded(world, ends="2030-12-31")
    assert change(world, row.id, END, decided="2026-11-23", ends="2029-12-31").status_code == 303
    assert change(world, row.id, BACK).status_code == 303
    before = own_page(world, row.id)
    assert "utom när en första dag som skrevs fel rättas" in before and "Första dagen rättades" not in before
    assert correct(world, row.id, starts="2027-01-01").status_code == 303
    for page in (own_page(world, row.id), shown(world, row.id)):
        assert page.count("Skrevs in när första dagen stod som 1 oktober 2026.") == 2
        assert "Första dagen rättades 23 november 2026: 1 oktober 2026 → 1 januari 2027." in page


def test_what_was_only_put_right_is_not_said_to_be_unchanged(world: World) -> None:
    row = recorded(world, starts="2022-01-01", ends="")
    assert correct(world, row.id, starts="2027-01-01", ends="").status_code == 303
    page = shown(world, row.id)
    assert "Ingenting har ändrats" not in page
    assert "1 januari 2022 → 1 januari 2027. Slutdatum 31 december 2022 → 31 december 2030." in page


def test_who_puts_both_days_right_at_once_waits_for_the_other(world: World) -> None:
    """The renewal first, then what it renews: whichever of the two is put right."""
    former = recorded(world, "parti")
    renewal = renewal_of(world, former)

    def move_renewal() -> None:
        with world.writing(scope.party(world.party)) as session:
            wish = FirstDay(date(2027, 2, 1), date(2030, 12, 31))
            correct_first_day(session, pressed(world, renewal.id), wish, was=date(2027, 1, 1))

    with second() as other:
        with world.writing(scope.party(world.party)) as session:
            wish = FirstDay(date(2026, 12, 1), date(2026, 12, 31))
            assert correct_first_day(session, pressed(world, former.id), wish, was=date(2026, 10, 1)) is not None
            session.flush()
            other.begins(move_renewal)
        other.ends()
    now = stored(world, renewal.id)
    assert (now.starts_on, now.earlier_days, now.permanent_on) == (date(2027, 2, 1), 31, date(2028, 1, 1))
