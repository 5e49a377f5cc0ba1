"""Text twice as large on a narrow telephone (WCAG 1.4.4): lines get longer, and no page is wider than the screen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from portal import scope
from tests.applicants import Sent, send_applications
from tests.decisions.recruiting import closed_recruitment
from tests.disclosure.asking import covering, note
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.privacy.candidates import link_of
from tests.world import World, publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page


def too_wide(page: "Page", path: str) -> int:
    """By how many pixels the page is wider than the screen."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(path)
    return int(
        page.evaluate(
            "() => { document.documentElement.style.fontSize = '200%';"
            " return document.documentElement.scrollWidth - document.documentElement.clientWidth }"
        )
    )


# The words of the main heading, and of whose ad it is, that stand on more than one line.
BROKEN_WORDS = """() => { document.documentElement.style.fontSize = '200%';
 const broken = [];
 for (const part of document.querySelectorAll('h1, .party-head')) {
  const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) for (const word of texts.currentNode.data.matchAll(/[^\\s-]+/g)) {
   const range = document.createRange();
   range.setStart(texts.currentNode, word.index);
   range.setEnd(texts.currentNode, word.index + word[0].length);
   if (new Set([...range.getClientRects()].map(line => line.top)).size > 1) broken.push(word[0]);
  }
 }
 return broken; }"""


@pytest.fixture
def sent(portal: Portal) -> Sent:
    return send_applications(portal.world, publish_ad(portal.world), 2)[0]


def asked(world: World, sent: Sent) -> str:
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
        covering(session, world, request, sent, "application", "cv", "letter")
    return f"/arbete/utlamnande/{request}"


def test_the_registrars_pages_are_no_wider_than_the_screen(
    portal: Portal, sent: Sent, open_browser: Callable[..., "Page"]
) -> None:
    request = asked(portal.world, sent)
    page = open_browser(portal.world.region)
    places = ["/arbete", "/arbete/inkomna", "/arbete/utlamnande", "/arbete/utlamnande/ny", request]
    places += [f"{request}/handlingar", f"{request}/beslut"]
    assert [(one, wide) for one in places if (wide := too_wide(page, one))] == []


def test_a_candidates_own_pages_are_no_wider_than_the_screen(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    page = open_browser()
    _ad, (sent,) = closed_recruitment(portal.world, portal.set_clock, 1)
    own = steps.let_in(page, portal, link_of(portal.world, sent))
    places = [own, f"{own}/mina-uppgifter", f"{own}/mina-uppgifter/kontakt", f"{own}/radera", f"{own}/ta-tillbaka"]
    assert [(one, wide) for one in places if (wide := too_wide(page, one))] == []


def test_the_pages_that_everybody_reads_are_no_wider_than_the_screen(
    portal: Portal, sent: Sent, open_browser: Callable[..., "Page"]
) -> None:
    page = open_browser()
    ad = page.request.get("/").text().split('href="/annonser/')[1].split('"')[0]
    places = ["/", f"/annonser/{ad}", "/sa-gar-det-till", "/personuppgifter", "/tillganglighet", "/kontakt"]
    assert [(one, wide) for one in places if (wide := too_wide(page, one))] == []


@pytest.mark.usefixtures("sent")
def test_no_word_of_a_main_heading_is_broken(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    page, office = open_browser(), open_browser(portal.world.kansli)
    ad = page.request.get("/").text().split('href="/annonser/')[1].split('"')[0]
    page.set_viewport_size({"width": 360, "height": 740})
    office.set_viewport_size({"width": 360, "height": 740})
    found = []
    for one, places in ((page, ["/", f"/annonser/{ad}", "/tillganglighet", "/personuppgifter"]), (office, ["/arbete"])):
        for path in places:
            one.goto(path)
            found += [(path, word) for word in one.evaluate(BROKEN_WORDS)]
    assert found == []
