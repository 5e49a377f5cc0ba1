"""A post that one who was asked has declined: until another is to have it, whoever would end the recruitment is told."""

from tests.applicants import Sent
from tests.decisions.offering import say
from tests.decisions.recruiting import HIRED, address, decide
from tests.world import Published, World

EMPTY = "Tjänsten är inte tillsatt"


def text_of(world: World, path: str) -> str:
    return " ".join(world.browser(world.kansli).get(path).get_data(as_text=True).split())


def test_the_start_page_asks_for_another_when_one_has_declined(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    assert "Välj vem som ska erbjudas tjänsten" not in text_of(world, "/arbete")
    assert say(world.browser(world.kansli), published, sent[0], "tackat_nej").status_code == 303
    assert "Välj vem som ska erbjudas tjänsten" in text_of(world, "/arbete")
    decide(world, published, sent[1:2], HIRED)
    assert "Välj vem som ska erbjudas tjänsten" not in text_of(world, "/arbete")


def test_the_pages_that_end_it_say_that_a_declined_post_is_left_empty(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    pages = [address(published, tail) for tail in ("beslut", "beslut/avsluta")]
    assert not any(EMPTY in text_of(world, page) for page in pages)
    assert say(world.browser(world.kansli), published, sent[0], "tackat_nej").status_code == 303
    for page in pages:
        assert f"{EMPTY}: den som skulle anställas har tackat nej." in text_of(world, page)
    assert "Avsluta rekryteringen</button>" in text_of(world, pages[1]), "to leave it empty is theirs to decide"
    decide(world, published, sent[1:2], HIRED)
    assert not any(EMPTY in text_of(world, page) for page in pages)
