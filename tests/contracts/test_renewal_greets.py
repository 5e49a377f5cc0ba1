"""The page that renews one, only opened, notes what stands against what it suggests: nobody has done anything wrong yet."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from tests.contracts.test_earlier_days_corrected import words
from tests.contracts.test_employments import employ
from tests.contracts.test_renewal import BUTTON
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
