"""A refusal names the act that is meant, and what was undone is not told of."""

from datetime import date

import pytest

from tests.contracts.acts.changing import (
    BACK,
    END,
    EXTEND,
    NOTICE,
    OFF,
    acts,
    change,
    employ,
    go_by,
    post,
    shown,
    stored,
)
from tests.contracts.written.contracting import offer, recorded, save
from tests.forms import submit_page
from tests.privacy.candidates import Clock
from tests.world import World


def test_a_notice_that_runs_out_before_the_first_day_leads_to_calling_it_off(world: World) -> None:
    go_by(world, "region-varmland")
    id = employ(world, decided=date(2026, 11, 20), starts=date(2027, 6, 1), ends=date(2030, 12, 31))
    answer = change(world, id, NOTICE, by="employee", given="2026-11-23", released="no")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'name="uppsagning-last_day"' not in page
    assert "Skriv en senare dag." not in page
    assert "att anställningen inte blir av" in page


def test_a_last_day_typed_before_the_first_one_leads_to_calling_it_off_too(world: World) -> None:
    id = employ(world, decided=date(2026, 11, 20), starts=date(2027, 6, 1), ends=date(2030, 12, 31))
    answer = change(world, id, NOTICE, by="employee", given="2026-11-23", last_day="2026-12-23")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and 'name="uppsagning-last_day"' in page
    assert "Skriv en senare dag." not in page and "att anställningen inte blir av" in page


def test_an_end_before_the_first_day_leads_to_calling_it_off_or_to_the_first_day(world: World) -> None:
    id = employ(world, decided=date(2026, 11, 20), starts=date(2027, 6, 1), ends=date(2030, 12, 31))
    answer = change(world, id, END, decided="2026-11-23", ends="2027-05-01")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and "Skriv en senare dag." not in page
    assert "Blir den inte av, skriv in det i stället. Är första dagen fel, rätta den" in page
    assert OFF in page and "Rätta första dagen" in page, "both stand on the page that says so"


def test_an_end_before_a_first_day_that_was_long_ago_does_not_lead_to_calling_it_off(
    world: World, set_clock: Clock
) -> None:
    id = employ(world, decided=date(2026, 11, 20), starts=date(2027, 1, 1), ends=date(2030, 12, 31))
    set_clock("2027-02-01T09:00")
    answer = change(world, id, END, decided="2027-01-31", ends="2026-12-31")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and OFF not in page and "skriv in det i stället" not in page
    assert "Skriv den dagen eller en senare. Är första dagen fel, rätta den" in page


def test_of_what_was_called_off_neither_contract_nor_first_days_ask_for_anything_more(
    world: World, set_clock: Clock
) -> None:
    one = recorded(world, set_clock)
    browser = world.browser(world.kansli)
    old = browser.get(one.page)
    save(one)
    change(world, one.employment, OFF, decided="2026-12-14")
    page = browser.get(one.page).get_data(as_text=True)
    assert "det blir inget avtal" in page and "Det som var ifyllt i avtalet finns kvar" in page
    assert "skrivs på kansliet" not in page and 'name="pay"' not in page and "Erbjud avtalet" not in page
    assert "Radera utkastet" in page and "Steg 1 av 6" not in page, "no step of the way is taken any more"
    for pay in ("43500", "mycket"):
        told = submit_page(browser, old, one.page, {"pay": pay}, "Spara")
        text = told.get_data(as_text=True)
        assert told.status_code == 409 and "så det skrivs inget avtal" in text and f"<dd>{pay}</dd>" in text
    days = browser.get(f"/arbete/anstallningar/{one.employment}/introduktion").get_data(as_text=True)
    assert "Listan ändras inte efter det." in days and "Partiets kansli börjar den." not in days


def test_an_extension_that_was_taken_back_leaves_no_warning_on_the_contract(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, ends=date(2027, 12, 31))
    save(one)
    offer(one)
    change(world, one.employment, EXTEND, decided="2026-12-14", ends="2028-06-30")
    change(world, one.employment, BACK)
    assert "har ändrats sedan" not in world.browser(world.kansli).get(one.page).get_data(as_text=True)


def test_what_was_called_off_in_december_can_be_written_down_after_the_holidays(world: World, set_clock: Clock) -> None:
    id = employ(world, decided=date(2026, 11, 20), starts=date(2027, 1, 1), ends=date(2030, 12, 31))
    set_clock("2027-01-07T09:00")
    assert OFF in shown(world, id)
    assert change(world, id, OFF, decided="2026-12-22").status_code == 303
    assert stored(world, id).never_began


def test_what_has_run_for_more_than_a_month_was_not_called_off(world: World, set_clock: Clock) -> None:
    """The page offers it for a month after the first day; whoever still has it open gets the same answer."""
    id = employ(world, decided=date(2026, 11, 20), starts=date(2027, 1, 1), ends=date(2030, 12, 31))
    asked = {"installd-seen": "0", "installd-decided": "2026-12-22"}
    for day in ("2027-02-01", "2028-03-01"):
        set_clock(f"{day}T09:00")
        answer = post(world, id, "/stall-in", asked)
        page = answer.get_data(as_text=True).replace("\xa0", " ")
        assert answer.status_code == 422 and "Anställningen började 1 januari 2027" in page, day
    assert acts(world, id) == []


@pytest.mark.parametrize(("employer", "otherwise"), [("party", "en uppsägning"), ("authority", "ett avtalsbrott")])
def test_las_4_whoever_has_said_yes_is_bound_and_the_page_says_so(world: World, employer: str, otherwise: str) -> None:
    days = {"decided": date(2026, 11, 20), "starts": date(2027, 6, 1), "ends": date(2030, 12, 31)}
    page = " ".join(shown(world, employ(world, employer=employer, **days)).split())
    assert "tackat ja är ni båda bundna av det" in page and otherwise in page
    assert ("slutar tidigare för att båda är överens" in page) is (employer == "party"), "LAS 4 and 7 §§"
