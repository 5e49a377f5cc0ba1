"""The pages of a renewal, only opened: what stands against what is suggested is noted, what cannot be done is not there."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from tests.contracts.test_earlier_days_corrected import words
from tests.contracts.test_employments import employ
from tests.contracts.test_renewal import BUTTON, Clock, renew_them
from tests.forms import submit_page
from tests.posts.ledgers import give
from tests.world import World


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2026-11-23T10:00", "Tjänsteutrymmet räcker inte"),
        ("2026-08-20T10:00", "kan inte beslutas före valdagen"),
    ],
)
def test_opened_it_has_a_note_and_no_fault_until_something_is_sent(
    world: World, set_clock: Callable[[str], datetime], on: str, said: str
) -> None:
    set_clock("2026-11-23T10:00")
    give(world, (world.party, "0"))
    id = employ(world, "Åsa", ends=date(2026, 12, 31))
    set_clock(on)
    browser, where = world.browser(world.kansli), f"/arbete/anstallningar/{id}/fornya"
    opened = browser.get(where)
    page = words(opened)
    assert opened.status_code == 200 and page.count(said) == 1
    assert "att rätta" not in page and "-error" not in page and "Det du fyllde i" not in page
    sent = submit_page(browser, opened, where, {}, BUTTON)
    assert sent.status_code == 422 and "En sak att rätta" in words(sent)


def test_what_goes_over_into_its_renewal_has_nothing_to_extend(world: World, set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")
    id = employ(world, "Åsa")
    page, form = f"/arbete/anstallningar/{id}/andra", "Skriv in en förlängning"
    assert form in world.browser(world.kansli).get(page).get_data(as_text=True)
    assert renew_them(world, [id]) == 1
    shown = world.browser(world.kansli).get(page).get_data(as_text=True)
    assert "så här finns inget att förlänga" in shown and form not in shown
