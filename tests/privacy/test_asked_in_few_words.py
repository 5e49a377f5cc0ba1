"""A copy and an erasure are rights that need no reason: they are asked for by choosing them (GDPR art. 12.2, 15, 17)."""

from collections.abc import Callable
from typing import Any

import pytest

from portal.privacy.rights.kinds import ASKED, Kind
from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.forms import submit
from tests.privacy.candidates import Clock, link_of, requests_in, told
from tests.world import World

ASK = "Skicka begäran"
Recruiting = Callable[..., tuple[Any, list[Any]]]


@pytest.mark.parametrize("kind", ASKED)
def test_only_what_nobody_could_answer_without_words_asks_for_them(world: World, set_clock: Clock, kind: Kind) -> None:
    _ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    place = f"{link_of(world, one)}/mina-uppgifter"
    answer = submit(own_browser(world), place, {"kind": kind.value, "text": ""}, ASK)
    if kind in (Kind.COPY, Kind.ERASURE):
        assert (answer.status_code, [row.kind for row in requests_in(world)]) == (303, [kind])
        (row,) = requests_in(world)
        office = world.browser(world.kansli).get(f"/arbete/begaran/{row.id}")
        assert office.status_code == 200 and "Den sökande skriver" not in office.get_data(as_text=True)
    else:
        assert (answer.status_code, requests_in(world)) == (422, [])
        assert "Skriv vad du vill." in answer.get_data(as_text=True)


@pytest.mark.parametrize(("stage", "stops"), [(closed_recruitment, True), (told, False)])
def test_of_one_who_has_had_their_word_the_office_is_not_told_that_judging_stops(
    world: World, set_clock: Clock, stage: Recruiting, stops: bool
) -> None:
    _ad, sent = stage(world, set_clock, 2, employer="authority")
    place = f"{link_of(world, sent[-1])}/mina-uppgifter"
    assert submit(own_browser(world), place, {"kind": "erasure"}, ASK).status_code == 303
    (row,) = requests_in(world)
    page = world.browser(world.kansli).get(f"/arbete/begaran/{row.id}").get_data(as_text=True)
    assert "Begäran blir besvarad med det" in page
    assert ("Bedömningen slutar genast." in page) is stops
