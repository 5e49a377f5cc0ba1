"""A step of the first days that a colleague has taken away while the page was open."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.contracts.onboarding_lists import add, begin, posted
from tests.contracts.written.contracting import Recorded, recorded
from tests.world import World

Clock = Callable[[str], datetime]
GONE = "Steget är borttaget sedan du öppnade sidan."


@pytest.fixture
def north(world: World, set_clock: Clock) -> Recorded:
    """An employment from 1 February 2027 in a region that goes by Västernorrland's rules."""
    return recorded(world, set_clock, rules="region-vasternorrland")


@pytest.mark.parametrize(
    ("tail", "fields", "shown_again"),
    [
        ("galler-inte", {"reason": "Har redan <b>nycklar</b>."}, "Har redan &lt;b&gt;nycklar&lt;/b&gt;."),
        ("galler-inte", {"reason": ""}, ""),
        ("dag", {"due": "2027-02-03"}, "2027-02-03"),
        ("dag", {"due": "i morgon"}, "i morgon"),
        ("klart", {"done_on": "2026-12-13"}, "2026-12-13"),
        ("angra", {}, ""),
        ("ta-bort", {}, ""),
    ],
)
def test_a_step_that_a_colleague_has_taken_away_is_told_of_with_the_list_and_what_was_typed(
    world: World, north: Recorded, tail: str, fields: dict[str, str], shown_again: str
) -> None:
    begin(world, north.employment)
    own = add(world, north.employment)
    assert posted(world, north.employment, f"/{own}/ta-bort").status_code == 303
    told = posted(world, north.employment, f"/{own}/{tail}", marks="", **fields)
    page = told.get_data(as_text=True)
    assert told.status_code == 409
    assert GONE in page and "Bocka av" in page, "with the list"
    assert shown_again in page
    assert ("Det du fyllde i är inte sparat" in page) is bool(shown_again)
