"""What the office sees of the letter that called a deputy in."""

from collections.abc import Callable
from datetime import datetime

from tests.review.panel import panel_of
from tests.stage import add_person
from tests.world import World


def test_the_office_sees_that_a_deputys_letter_has_left_been_opened_and_answered(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    panel = panel_of(world, set_clock)
    deputy, _email = add_person(world, "disa", "ledamot", party=world.party)
    panel.name(world.elof, world.gunnel, deputies=(deputy,))
    panel.declare(world.gunnel, panel.sent[0])
    place = f"{panel.url}/bedomare"
    before = world.browser(world.kansli).get(place).get_data(as_text=True)
    assert "Sidan är inte öppnad sedan dess" in before and "väntar på att skickas" in before
    world.browser(deputy).get(f"{panel.url}/bedom")
    assert "Sidan öppnades" in world.browser(world.kansli).get(place).get_data(as_text=True)
    panel.declare(deputy)
    assert "Har svarat om jäv" in world.browser(world.kansli).get(place).get_data(as_text=True)
