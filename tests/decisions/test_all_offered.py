"""A recruitment in which everybody has been offered the post is not over by that: somebody ends it, and until then every page
leads there. One whose ad was taken back nobody ends: it is over when the last has their word."""

from collections.abc import Callable
from datetime import datetime

import pytest

from portal import scope
from portal.ads.models import Ad
from portal.decisions.queries.kept import kept_of
from portal.jobs.tasks import run_rounds
from tests.applicants import Sent
from tests.decisions.offering import OFFER, say
from tests.decisions.recruiting import HIRED, address, closed_recruitment, decide, proofread, release
from tests.decisions.test_room_of_withdrawn import withdraw
from tests.forms import submit
from tests.privacy.test_before_the_word import take_back
from tests.world import Published, World

Clock = Callable[[str], datetime]
END = "Avsluta rekryteringen"


def text(world: World, published: Published, tail: str = "utfall") -> str:
    return " ".join(world.browser(world.kansli).get(address(published, tail)).get_data(as_text=True).split())


def offered_to_all(
    world: World, set_clock: Clock, n: int = 1, *, taken_back: bool = False
) -> tuple[Published, list[Sent]]:
    """All ``n`` who have applied to as many posts are offered them; the ad was ``taken_back`` before, where asked."""
    published, sent = closed_recruitment(world, set_clock, n, posts=n)
    if taken_back:
        withdraw(world, published)
    decide(world, published, sent, HIRED)
    proofread(world, published)
    assert submit(world.browser(world.kansli), address(published, "beslut/erbjud"), button=OFFER).status_code == 303
    return published, sent


def is_kept(world: World, published: Published) -> bool:
    for _ in range(2):  # what is told in the first round is heard in the next
        run_rounds(world.app)
    with world.acting(scope.party(world.party)) as session:
        return kept_of(session, published.id) is not None


@pytest.mark.parametrize("n", [1, 2])
def test_when_all_who_are_offered_the_post_have_said_yes_the_pages_lead_to_the_end(
    world: World, set_clock: Clock, n: int
) -> None:
    published, sent = offered_to_all(world, set_clock, n)
    assert f'href="{address(published, "beslut/avsluta")}"' in text(world, published, "beslut")
    assert "innan rekryteringen kan avslutas." in text(world, published, "beslut"), "an answer is awaited"
    office = world.browser(world.kansli)
    for one in sent:
        say(office, published, one, "tackat_ja")
    outcomes, checked = text(world, published), text(world, published, "beslut")
    assert "Efter beslutet" not in outcomes and f'href="{address(published, "beslut")}"' in outcomes
    assert "Alla har fått besked. Du kan avsluta rekryteringen." in checked
    assert f'href="{address(published, "beslut/avsluta")}"' in checked
    assert "alla har fått besked" in office.get("/arbete").get_data(as_text=True)
    assert submit(office, address(published, "beslut/avsluta"), button=END).status_code == 303
    with world.acting(scope.party(world.party)) as session:
        assert session.get_one(Ad, published.id).state == "ended"
    assert "Rekryteringen är avslutad." in office.get(address(published, "beslut")).get_data(as_text=True)
    assert is_kept(world, published)


def test_the_others_having_withdrawn_the_pages_lead_to_the_end_too(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    decide(world, published, sent[:1], HIRED)
    decide(world, published, sent[1:])
    proofread(world, published)
    release(world, published, offer=True)
    take_back(world, sent[1])
    say(world.browser(world.kansli), published, sent[0], "tackat_ja")
    assert f'href="{address(published, "beslut/avsluta")}"' in text(world, published, "beslut")


def test_of_an_ad_that_was_taken_back_the_last_offer_is_the_end(world: World, set_clock: Clock) -> None:
    published, _sent = offered_to_all(world, set_clock, taken_back=True)
    assert "Efter beslutet" in text(world, published)
    assert is_kept(world, published)


def test_an_ad_that_is_taken_back_when_all_have_their_word_is_over_then(world: World, set_clock: Clock) -> None:
    published, _sent = offered_to_all(world, set_clock)
    assert not is_kept(world, published)
    withdraw(world, published)
    assert is_kept(world, published)


def test_an_ad_that_was_taken_back_is_over_when_the_last_without_a_word_withdraws(
    world: World, set_clock: Clock
) -> None:
    published, sent = closed_recruitment(world, set_clock, 2)
    withdraw(world, published)
    decide(world, published, sent[:1], HIRED)
    decide(world, published, sent[1:])
    proofread(world, published)
    release(world, published, offer=True)
    assert not is_kept(world, published)
    take_back(world, sent[1])
    assert is_kept(world, published)
