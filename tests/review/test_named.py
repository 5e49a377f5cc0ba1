"""In a blind review whoever writes is asked before a name is saved where somebody reads by code name, the office too."""

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.forms import submit, submit_page
from tests.review.meetings import page_of, posted, start
from tests.review.panel import Panel
from tests.review.test_stumbled_on import blind
from tests.world import World

Clock = Callable[[str], datetime]


@pytest.fixture
def covered(world: World, set_clock: Clock) -> Panel:
    """Two candidates, masked and approved; Gunnel leads and has answered, Elof has not."""
    return blind(world, set_clock)


def test_the_office_that_writes_in_the_leaders_place_is_asked_as_an_assessor_is(world: World, set_clock: Clock) -> None:
    panel = blind(world, set_clock)
    one, other = panel.sent
    panel.declare(world.gunnel, one)
    panel.declare(world.elof)
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)
    start(panel)
    page, text = f"/sokande/{one.id}", f"{one.name} skriver bäst."
    asked = posted(panel, world.kansli, page, text=text, version="0")
    said = asked.get_data(as_text=True)
    assert asked.status_code == 409 and f"Texten nämner {one.name}" in said and "Spara ändå" in said
    assert one.name not in page_of(panel, world.elof, f"mote{page}")
    assert posted(panel, world.kansli, page, text=text, version="0", anyway="1").status_code == 303
    assert other.name not in page_of(panel, world.elof, f"mote{page}")


def test_the_office_is_asked_before_a_krav_is_decided_with_a_name(covered: Panel) -> None:
    world, one = covered.world, covered.sent[0]
    office, url = world.browser(world.kansli), covered.krav_url(one)
    typed = {"result": "faller", "reason": f"{one.name} saknar körkort."}
    asked = submit(office, url, typed, "Spara beslutet")
    assert asked.status_code == 409 and f"Skälet nämner {one.name}" in asked.get_data(as_text=True)
    assert typed["reason"] in asked.get_data(as_text=True), "what was typed stands there"
    assert one.name not in page_of(covered, world.gunnel, f"krav/{one.id}/{covered.ad.criteria[2]}")
    assert submit_page(office, asked, url, {}, "Spara ändå").status_code == 303
    back = submit(office, url, {"reason": f"{one.name} visade upp det."}, "Ta tillbaka beslutet")
    assert back.status_code == 409 and f"Skälet nämner {one.name}" in back.get_data(as_text=True)
    assert submit_page(office, back, url, {"reason": "Det visades upp."}, "Ta tillbaka beslutet").status_code == 303


def test_where_names_are_open_a_krav_is_decided_without_a_question(panel: Panel) -> None:
    office, one = panel.world.browser(panel.world.kansli), panel.sent[0]
    typed = {"result": "faller", "reason": f"{one.name} saknar körkort."}
    assert submit(office, panel.krav_url(one), typed, "Spara beslutet").status_code == 303
