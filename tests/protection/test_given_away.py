"""Whoever applies under a code name and signs with their own name is told so before anybody reads it."""

import pytest
from flask.testing import FlaskClient

from portal.protection.given_away import tells_who, ways_to_reach
from tests.documents import hostile
from tests.door import own_browser
from tests.forms import submit_page
from tests.protection.applying import NAME, PAPER, TYPED, apply, identities, name_as_reader, way_in
from tests.world import Published, World, publish_ad

ANYWAY = "Det som står där visar inte vem jag är. Skicka ändå."


@pytest.fixture
def ad(world: World) -> Published:
    """An ad with a reader."""
    name_as_reader(world, world.kansli)
    return publish_ad(world)


@pytest.mark.parametrize(
    ("field", "text", "found"),
    [
        ("letter", f"Jag skriver väl.\n\nHälsningar\n{NAME}", NAME),
        ("background", "Mitt namn är Hemligström och jag har utrett.", "Hemligström"),
        ("letter", "Ring mig på 070-174 06 77.", "070-174 06 77"),
        ("background", "Nås på g.hemlig@example.org.", "g.hemlig@example.org"),
        ("När kan du börja?", "Fråga Gralarka", "Gralarka"),
    ],
)
def test_who_writes_their_name_in_what_everybody_reads_is_asked_first(
    world: World, ad: Published, field: str, text: str, found: str
) -> None:
    answer = apply(own_browser(world), ad, **{field: text})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and f"Här står {found}, och alla som bedömer läser det." in page
    assert text.splitlines()[-1] in page and ANYWAY in page
    assert identities(world) == []


@pytest.mark.parametrize(
    ("reached", "found"),
    [
        ({"contact": "Signal @ugglan85"}, "ugglan85"),
        ({"address": "ugglan85@example.org"}, "ugglan85"),
        ({"contact": "Signal 70 174 06 77"}, "70 174 06 77"),
    ],
)
def test_who_writes_openly_how_they_are_reached_is_asked_too(
    world: World, ad: Published, reached: dict[str, str], found: str
) -> None:
    answer = apply(own_browser(world), ad, **reached, background=f"Jag driver kontot {found} på Mastodon.")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and f"Här står {found}, och alla som bedömer läser det." in page
    assert identities(world) == []


def test_what_tells_nothing_is_sent_all_the_same(world: World, ad: Published) -> None:
    browser = own_browser(world)
    assert ANYWAY not in browser.get(way_in(ad)).get_data(as_text=True)
    asked = apply(browser, ad, letter="Jag har läst Hemligströms Bokhandels katalog: www.example.org.")
    assert asked.status_code == 422
    assert send_again(browser, ad, asked, {ANYWAY: True}).status_code == 303
    assert len(identities(world)) == 1


def test_the_name_taken_away_the_application_goes(world: World, ad: Published) -> None:
    browser = own_browser(world)
    asked = apply(browser, ad, letter=f"Hälsningar {NAME}")
    assert send_again(browser, ad, asked, {"letter": TYPED["letter"]}).status_code == 303


def send_again(browser: FlaskClient, ad: Published, page: object, changes: dict[str, object]) -> object:
    return submit_page(browser, page, way_in(ad), changes, "Skicka ansökan", {"paper": (hostile.plain(), PAPER)})


@pytest.mark.parametrize("text", ["", "Tio år som utredare.", "Jag ledde 12 personer i Region Skåne 2019-2024."])
def test_what_tells_of_nobody_is_let_through(text: str) -> None:
    assert tells_who(text, name=NAME) == []


def test_a_name_within_an_address_is_not_told_twice() -> None:
    text = "Jag heter Alma Ekdalen och nås på alma.ekdalen@example.com."
    assert tells_who(text, name="Alma Ekdalen") == ["Alma Ekdalen", "alma.ekdalen@example.com"]
    assert tells_who("ALMA, Alma", name="Alma Ekdalen") == ["ALMA", "Alma"]


def test_no_more_than_five_places_are_told() -> None:
    assert len(tells_who(" ".join(f"a{n}@example.org" for n in range(40)), name=NAME)) == 5


def test_the_ways_to_reach_somebody_are_read_out_of_what_they_tell() -> None:
    told = "umeaflickan85@example.se\nRing 070-174 06 77 eller 46 90 123 45, signal @kvisten_8, eller gå till a@b.example.se"
    ways = ("umeaflickan85@example.se", "a@b.example.se", "kvisten_8@", "070-174 06 77", "46 90 123 45")
    assert ways_to_reach(told) == ways and ways_to_reach("") == ()
