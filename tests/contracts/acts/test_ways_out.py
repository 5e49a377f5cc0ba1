"""A refusal names the act that is meant, and what was undone is not told of."""

from datetime import date

from tests.contracts.acts.changing import BACK, EXTEND, NOTICE, OFF, change, employ, go_by, shown, stored
from tests.contracts.written.contracting import offer, recorded, save
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
