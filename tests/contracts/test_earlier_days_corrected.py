"""LAS 5 a §: a number of earlier days that was written down wrong is put right whatever a paper says or has been changed."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tests.contracts.acts.changing import BACK, EXTEND, acts, change, place, shown, stored, verbs
from tests.contracts.test_without_ad import employments
from tests.contracts.test_without_ad import fill as fill_without_ad
from tests.contracts.written.contracting import offer, recorded, save
from tests.forms import submit, submit_page
from tests.world import World

Clock = Callable[[str], datetime]
DAYS, FIRST = "Rätta tidigare dagar", "Rätta första dagen"


def correct(world: World, id: UUID, number: object, button: str = DAYS) -> Any:
    return submit(world.browser(world.kansli), place(id), {"forsta-earlier_days": str(number)}, button)


def words(answer: Any) -> str:
    return " ".join(answer.get_data(as_text=True).replace("\xa0", " ").split())


def of_party(world: World, **fields: Any) -> UUID:
    given = fill_without_ad(world.browser(world.kansli), "parti", **fields)
    assert given.status_code == 303, words(given)
    return next(row.id for row in employments(world))


def test_under_a_paper_that_is_offered_the_days_are_put_right_and_the_first_day_is_not(
    world: World, set_clock: Clock
) -> None:
    one = recorded(world, set_clock, employer="party", earlier_days=40)
    save(one)
    offer(one)
    page = shown(world, one.employment)
    assert FIRST not in page and "också när ett avtal är erbjudet" in page
    told = world.browser(world.kansli)
    answer = submit(told, place(one.employment), {"forsta-earlier_days": "140"}, DAYS)
    assert answer.status_code == 303
    assert "Avtalet som är erbjudet säger det som stod förut." in words(told.get(place(one.employment)))
    now = stored(world, one.employment)
    assert (now.starts_on, now.earlier_days, now.permanent_on) == (date(2027, 2, 1), 140, date(2027, 9, 14))
    assert verbs(world)[-1] == ("earlier_days_corrected", "40 → 140")


def test_after_an_extension_the_days_are_put_right_with_what_is_stored_beside_it(
    world: World, set_clock: Clock
) -> None:
    set_clock("2026-11-23T10:00")
    id = of_party(world, ends="2027-06-30", earlier_days="40")
    assert change(world, id, EXTEND, decided="2026-11-23", ends="2027-09-30").status_code == 303
    assert FIRST not in shown(world, id)
    assert correct(world, id, 140).status_code == 303
    now = stored(world, id)
    assert (now.ends_on, now.earlier_days, now.permanent_on) == (date(2027, 9, 30), 140, date(2027, 8, 14))
    assert {act.permanent_on for act in acts(world, id)} == {date(2027, 8, 14)}
    assert change(world, id, BACK).status_code == 303
    assert correct(world, id, 20, FIRST).status_code == 303, "with the day, now that it is open again"


def test_what_is_wrong_is_said_beside_the_number(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, employer="party", earlier_days=40)
    save(one)
    offer(one)
    for number, said in ((40, "Det antalet står redan."), (1827, "rymmer 0 till 1826 dagar")):
        told = correct(world, one.employment, number)
        assert told.status_code == 422 and said in words(told) and f'value="{number}"' in words(told)
        assert 'id="forsta-earlier_days-error"' in words(told)
    assert stored(world, one.employment).earlier_days == 40


def test_a_stand_ins_number_is_put_right_too_and_counts_first_when_it_is_renewed(
    world: World, set_clock: Clock
) -> None:
    set_clock("2026-11-23T10:00")
    id = of_party(world, stands_in=True, earlier_days="40")
    assert "om vikariatet förnyas som något annat, men inte i de två åren som vikarie." in shown(world, id)
    assert correct(world, id, 140, FIRST).status_code == 303
    now = stored(world, id)
    assert (now.earlier_days, now.permanent_on) == (140, date(2028, 12, 31))


def test_what_had_turned_permanent_by_a_wrong_number_is_put_right_after_its_last_day(
    world: World, set_clock: Clock
) -> None:
    set_clock("2026-11-23T10:00")
    id = of_party(world, ends="2027-11-30", earlier_days="140")
    set_clock("2027-12-05T10:00")
    assert "tog inte slut då" in shown(world, id)
    assert correct(world, id, 4).status_code == 303
    assert "Anställningen slutade 30 november 2027" in shown(world, id) and DAYS not in shown(world, id)


def test_an_old_page_that_has_the_day_right_and_other_days_is_told_that_they_are_not_kept(
    world: World, set_clock: Clock
) -> None:
    """*Back* in the browser, or a colleague's page: the day stands, the days were never written down."""
    set_clock("2026-11-23T10:00")
    id = of_party(world, starts="2026-12-01", earlier_days="100")
    browser = world.browser(world.kansli)
    old = browser.get(place(id))
    moved = {"forsta-starts": "2027-01-01"}
    assert submit_page(browser, old, place(id), moved, FIRST).status_code == 303
    told = submit_page(browser, old, place(id), {**moved, "forsta-earlier_days": "250"}, FIRST)
    assert told.status_code == 409 and "Någon har ändrat anställningen" in words(told)
    assert 'value="250"' in words(told) and stored(world, id).earlier_days == 100
    assert submit_page(browser, old, place(id), moved, FIRST).status_code == 303, "the same once more"
