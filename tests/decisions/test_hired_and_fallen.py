"""Nobody is both employed and set apart by a decision that they lack a krav: whoever reads the file would find both."""

import pytest

from portal.decisions.outcomes import NotReady, Result
from tests.decisions.recruiting import HIRED, address, decide, proofread, release
from tests.review.panel import AFTER_LAST_MINUTE, Panel
from tests.world import World


@pytest.mark.parametrize("fell_first", [True, False])
@pytest.mark.parametrize("offer", [True, False])
def test_whoever_is_to_be_employed_and_has_fallen_is_told_nothing_until_one_of_the_two_is_put_right(
    world: World, panel: Panel, fell_first: bool, offer: bool
) -> None:
    one, others = panel.sent[0], panel.sent[1:]
    if fell_first:
        panel.drop(world.kansli, one)
    decide(world, panel.ad, [one], HIRED)
    if not fell_first:
        panel.drop(world.kansli, one)
    decide(world, panel.ad, others)
    proofread(world, panel.ad)
    with pytest.raises(NotReady, match="har fallit på ett krav"):
        release(world, panel.ad, offer=offer)
    page = world.browser(world.kansli).get(address(panel.ad, "beslut")).get_data(as_text=True)
    assert f'href="{panel.url}/krav"' in page and "Ingen som ska anställas har fallit på ett krav" in page
    panel.take_back(world.kansli, one)
    panel.set_clock(AFTER_LAST_MINUTE)  # who is judged again is handed in again, or that minute passes
    assert release(world, panel.ad, offer=offer) == (1 if offer else 3)


def test_whoever_has_fallen_and_does_not_go_further_stops_nobody(world: World, panel: Panel) -> None:
    panel.drop(world.kansli, panel.sent[0])
    decide(world, panel.ad, panel.sent[:1], Result.NOT_FURTHER)
    decide(world, panel.ad, panel.sent[1:2], HIRED)
    decide(world, panel.ad, panel.sent[2:])
    proofread(world, panel.ad)
    assert "har fallit på ett krav" not in world.browser(world.kansli).get(address(panel.ad, "beslut")).get_data(
        as_text=True
    )
    assert release(world, panel.ad) == 3
