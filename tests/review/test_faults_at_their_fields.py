"""What is wrong is told of its field, which the summary leads to (WCAG 3.3.1): the scale, the reason, a vote."""

import re

import pytest

from tests.forms import submit
from tests.review.meetings import all_handed_in, disagreeing, start, there
from tests.review.panel import Panel, panel_of
from tests.world import World


@pytest.fixture
def panel(world: World, set_clock) -> Panel:  # type: ignore[no-untyped-def]
    return panel_of(world, set_clock, world.gunnel, world.elof)


def _tag(page: str, id: str) -> str:
    found = re.search(rf'<[^>]*\bid="{id}"[^>]*>', page)
    assert found is not None, id
    return found[0]


@pytest.mark.parametrize("criterion", [0, 4], ids=["scale", "presence"])
def test_nothing_chosen_is_said_of_the_choices(panel: Panel, criterion: int) -> None:
    panel.declare(panel.world.elof)
    elof, address = panel.world.browser(panel.world.elof), panel.score_url(panel.sent[0], criterion)
    untouched = elof.get(address).get_data(as_text=True)
    assert "step-error" not in untouched
    onward = re.search(r"<button[^>]*data-send[^>]*>(?:<span>)?([^<]+)", untouched)
    assert onward is not None
    page = submit(elof, address, {}, onward[1].strip()).get_data(as_text=True)
    assert 'href="#step-choices"' in page and 'id="step-error"' in page
    choices = _tag(page, "step-choices")
    assert choices.startswith("<fieldset") and 'aria-describedby="step-error"' in choices


def test_a_reason_that_is_missing_is_said_of_its_field(panel: Panel) -> None:
    panel.declare(panel.world.elof)
    panel.score_all(panel.world.elof)
    panel.hand_in(panel.world.elof)
    elof, address = panel.world.browser(panel.world.elof), panel.score_url(panel.sent[0])
    page = submit(elof, address, {"step": "3"}, "Spara").get_data(as_text=True)
    assert 'href="#reason"' in page and "step-error" not in page
    assert 'aria-invalid="true"' in _tag(page, "reason")


def test_a_vote_that_cannot_be_is_said_of_what_is_to_be_put_right(panel: Panel) -> None:
    all_handed_in(panel, disagreeing(panel))
    start(panel)
    there(panel, panel.world.gunnel, panel.world.elof)
    gunnel, address = panel.world.browser(panel.world.gunnel), f"{panel.url}/mote/omrostning"
    one, other = (str(sent.id) for sent in panel.sent[:2])
    page = submit(gunnel, address, {"first": "", "second": ""}).get_data(as_text=True)
    assert 'href="#first"' in page and 'aria-describedby="first-error"' in _tag(page, "first")
    page = submit(gunnel, address, {"first": one, "second": one}).get_data(as_text=True)
    assert 'href="#second"' in page and 'aria-describedby="second-error"' in _tag(page, "second")
    page = submit(gunnel, address, {"first": one, "second": other}).get_data(as_text=True)
    assert 'href="#ballots"' in page and 'aria-describedby="ballots-error"' in _tag(page, "ballots")
    assert "aria-invalid" not in _tag(page, "first")
