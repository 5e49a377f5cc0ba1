"""Every page, as those who meet it: axe finds nothing, nothing scrolls sideways, no script and no policy complains."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from flask import Flask
from playwright.sync_api import expect

from tests.decisions.recruiting import knows_nobody
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.crawl import crawl
from tests.journeys.well_filled import (
    a_draft_and_an_application,
    fill_further,
    fill_portal,
    further_places_of,
    places_of,
)
from tests.proofs.plugin import FULL

if TYPE_CHECKING:
    from playwright.sync_api import Page

NARROWEST = 320
EACH = 2 if FULL else 1  # pages looked at of each address with an id in it
LEAST = {"anonymous": 25, "kansli": 48, "gunnel": 27, "region": 7, "drift": 7}
FURTHER = ("anonymous", "kansli", "gunnel")  # who come to a meeting, interviews or a blind review
RUN = "rules => axe.run(document, {resultTypes: ['violations'], ...rules}).then(found => found.violations)"
EVERY_RULE: dict[str, Any] = {}
OF_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block"]}  # all that another scheme can change
BROKEN_DATES = r"""() => {
    const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode())
        for (const day of node.data.matchAll(/(\d{1,2}–)?\d{1,2}\u00a0\p{L}+\u00a0\d{4}/gu)) {
            range.setStart(node, day.index);
            range.setEnd(node, day.index + day[0].length);
            if (new Set([...range.getClientRects()].map(one => one.top)).size > 1) found.push(day[0]);
        }
    return found;
}"""
Look = tuple[int, str, dict[str, Any]]
LOOKS: list[Look] = [(360, "light", EVERY_RULE), (1280, "dark", OF_COLOUR)]
LOOKS += [(360, "dark", OF_COLOUR), (1280, "light", EVERY_RULE)] if FULL else []
# The short form looks at each page of a crawl once, by every rule, and at every second one in the dark.
IN_TURN: list[list[Look]] = [LOOKS] if FULL else [[LOOKS[0]], [(1280, "dark", EVERY_RULE)]]


def _look_at(page: "Page", place: str, looks: list[Look]) -> list[str]:
    """Load a page once; look at it in these widths and schemes."""
    answer = page.goto(place)
    assert answer is not None
    faults = [] if answer.status == 200 else [f"status {answer.status}"]
    return [f"{place}: {fault}" for fault in [*faults, *_faults_of(page, looks)]]


def _faults_of(page: "Page", looks: list[Look] = LOOKS) -> list[str]:
    """What is wrong with the page that stands there, in these widths and schemes."""
    faults = []
    page.evaluate(Axe().axe_script)
    for width, scheme, rules in looks:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found: list[dict[str, Any]] = page.evaluate(RUN, rules)
        faults += [f"{width} {scheme}: {rule['id']}: {_where(rule)}" for rule in found]
        faults += _days_broken(page, width)
    page.set_viewport_size({"width": NARROWEST, "height": 800})
    if wide := steps.scrolls_sideways(page):
        faults.append(f"{wide} px wider than {NARROWEST} px")
    return faults + _days_broken(page, NARROWEST)


def _days_broken(page: "Page", width: int) -> list[str]:
    return [f"{day} is broken at {width} px" for day in page.evaluate(BROKEN_DATES)]


def _where(rule: dict[str, Any]) -> str:
    return "; ".join(f"{node['target']} {node['html'][:120]}" for node in rule["nodes"][:3])


def _look_at_all(page: "Page", places: list[str]) -> list[str]:
    said: list[str] = []
    page.on("console", lambda line: said.append(f"{page.url}: {line.text}") if line.type == "error" else None)
    page.on("pageerror", lambda error: said.append(f"{page.url}: {error}"))
    page.emulate_media(reduced_motion="reduce")
    looks = [IN_TURN[number % len(IN_TURN)] for number in range(len(places))]
    return [fault for place, each in zip(places, looks, strict=True) for fault in _look_at(page, place, each)] + said


def test_the_look_at_a_page_sees_what_is_wrong_with_it(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    page = open_browser()
    page.goto("/")
    assert _faults_of(page) == []
    page.locator("h1").evaluate("""e => {
        e.style.color = 'Canvas';
        e.style.inlineSize = '500px';
        const day = document.createElement('p');
        day.textContent = '14\\u00a0december\\u00a02026';
        day.style.inlineSize = '4rem';
        e.after(day);
    }""")
    found = " ".join(_faults_of(page))
    assert found.count("color-contrast") >= 2 and "px wider than 320 px" in found
    assert "14\u00a0december\u00a02026 is broken" in found


def _is_public(app: Flask, endpoint: str) -> bool:
    view: Any = app.view_functions[endpoint.removesuffix(", English")]
    return bool(view.__guard__.kind == "public")


@pytest.mark.parametrize("who", ["anonymous", "kansli", "gunnel", "region", "drift"])
def test_every_page_is_for_everybody(who: str, portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    portal.stop_worker()  # what waits for it has its pages too
    start, world = places_of(fill_portal(portal))[who], portal.world
    page = open_browser(None if who == "anonymous" else getattr(world, who))
    if who in FURTHER:
        further = fill_further(portal)
        start += further_places_of(further)[who]
        for token in further.interviews.tokens.values() if who == "anonymous" else ():
            steps.let_in(page, portal, f"/ansokan/{token}")
    found = crawl(world.app, page.context.request, portal.address, start, EACH)
    assert len(found.pages) >= LEAST[who], sorted(found.pages.values())
    assert found.faults == []
    # a page for everybody is the same for whoever is logged in, and looked at as nobody's
    own = [
        place for place, endpoint in found.pages.items() if who == "anonymous" or not _is_public(world.app, endpoint)
    ]
    assert _look_at_all(page, own) == []


def test_a_page_that_refuses_is_for_everybody(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    filled = fill_portal(portal)
    world, case = portal.world, filled.going.url
    knows_nobody(world, filled.going.ad)
    refusals = {
        None: [("/logga-in", "Fortsätt"), (f"/annonser/{filled.open.reference}/ansok", "Fortsätt")],
        world.kansli: [(f"{case}/bedomare", "Spara bedömarna"), (f"{case}/utfall", "Spara utfallet")],
        world.elof: [(f"{case}/jav", "Spara och gå vidare")],
    }
    faults = []
    for person, pages in refusals.items():
        page = open_browser(person)
        for place, button in pages:
            page.goto(place)
            for box in page.locator("main input[type=checkbox]").all():
                box.set_checked("/jav" in place)
            page.get_by_role("button", name=button, exact=True).last.click()
            if person == world.elof:
                page.get_by_role("button", name=button, exact=True).last.click()  # on the page of grounds, none chosen
            expect(page.get_by_role("alert").first).to_be_visible()
            faults += [f"{place}: {fault}" for fault in _faults_of(page)]
        assert (found := page.goto("/finns-inte")) and found.status == 404
        faults += _faults_of(page)
    assert faults == []


def test_the_candidates_pages_are_for_everybody(portal: Portal, open_browser: Callable[..., "Page"]) -> None:
    filled = fill_portal(portal)
    page = open_browser()
    places = a_draft_and_an_application(page, filled)
    faults = _look_at_all(page, [place + language for place in places for language in ("", "?lang=en")])
    page.goto(places[-1])
    steps.send(page)
    private = page.get_by_role("link", name="Öppna din privata sida").get_attribute("href")
    own = steps.let_in(page, portal, str(private))
    sent = [f"{places[0]}/kvitto", f"{places[0]}/kvitto/adress", str(private), own, f"{own}/ta-tillbaka"]
    assert faults + _look_at_all(page, [place + language for place in sent for language in ("", "?lang=en")]) == []
