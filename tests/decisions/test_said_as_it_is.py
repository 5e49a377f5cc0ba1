"""The pages of the outcome say how many posts are left to decide on, and who has not been told yet when some have."""

from collections.abc import Callable
from datetime import datetime

from tests.decisions.offering import say
from tests.decisions.recruiting import HIRED, address, closed_recruitment, decide, proofread, release
from tests.world import World

Clock = Callable[[str], datetime]


def test_the_outcome_page_says_how_many_posts_are_left_and_the_checklist_who_is_still_to_be_told(
    world: World, set_clock: Clock
) -> None:
    published, sent = closed_recruitment(world, set_clock, 3, posts=2)
    office = world.browser(world.kansli)

    def page(tail: str = "utfall") -> str:
        return office.get(address(published, tail)).get_data(as_text=True)

    assert "Annonsen gäller två tjänster. Båda är kvar att besluta om." in page()
    decide(world, published, sent[:1], HIRED)
    assert "Annonsen gäller två tjänster. En är kvar att besluta om." in page()
    decide(world, published, sent[1:2], HIRED)
    assert "Annonsen gäller två tjänster. Ingen är kvar." in page()
    decide(world, published, sent[2:])
    proofread(world, published)
    assert "Ingen får veta något förrän du har sett vem som får veta vad." in page("beslut")
    release(world, published, offer=True)
    for one in sent[:2]:
        say(office, published, one, "tackat_ja")
    told = page("beslut")
    assert "Ingen får veta något" not in told and "De som inte har fått besked får veta det först" in told


def test_of_one_post_nothing_is_counted(world: World, set_clock: Clock) -> None:
    published, _sent = closed_recruitment(world, set_clock, 1)
    page = world.browser(world.kansli).get(address(published)).get_data(as_text=True)
    assert "Annonsen gäller" not in page
