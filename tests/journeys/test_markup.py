"""Markup in every text that anybody has written, seen in a real browser on every page that shows it: it stays text."""

import re
from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import fromstring

import pytest
from sqlalchemy import select

from portal import scope
from portal.organisations.models import Authority, Party
from tests import canary
from tests.door import behind
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.journeys.crawl import crawl
from tests.journeys.payloads import PAYLOADS, all_beginning_with
from tests.proofs.plugin import FULL, Proof
from tests.stage import Side, set_stage
from tests.world import publish_ad

if TYPE_CHECKING:
    from playwright.sync_api import Page

WATCH = """
window.broken = [];
document.addEventListener('securitypolicyviolation', e => window.broken.push(e.violatedDirective + ' ' + e.blockedURI));
"""
STRANGE = """() => [
    ...[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))),
    ...document.querySelectorAll('iframe, object, embed, base, marquee, meta[http-equiv], [href^="javascript:"]'),
    ...document.querySelectorAll('script:not([src]):not([type="application/ld+json"])'),
].map(e => e.outerHTML.slice(0, 200)).concat(window.ran ? ['it ran'] : [], window.broken.map(b => 'policy: ' + b))"""

# A page that another has taken away, and the picture of a paper that is markup and no paper.
NOT_THERE = re.compile(r"404|/maskera/1/bild(\?lang=en)?: 409")


class Watched:
    """Pages as one person sees them, and everything that should not have happened on them."""

    def __init__(self, page: "Page", address: str) -> None:
        self.page, self.address, self.faults, self.seen, self.showing, self.requests = (
            page,
            address,
            list[str](),
            0,
            0,
            0,
        )
        page.add_init_script(WATCH)
        page.on("request", self._note)
        page.on("dialog", lambda dialog: self.faults.append(f"dialog on {page.url}: {dialog.message}"))

    def look(self, place: str) -> None:
        """Load a page, and look for what is not text."""
        self.page.goto(self.address + place)
        self.inspect()

    def inspect(self) -> None:
        """Look at the page that stands there."""
        self.seen += 1
        self.showing += "window.ran=1" in self.page.inner_text("body")
        self.faults += [f"{self.page.url}: {strange}" for strange in self.page.evaluate(STRANGE)]

    def _note(self, request: Any) -> None:
        self.requests += 1
        if not request.url.startswith(f"{self.address}/"):
            self.faults.append(f"request to {request.url}")


def plant(portal: Portal, side: Side, monkeypatch: pytest.MonkeyPatch, number: int) -> int:
    """Markup in every text column of the party, in the names of people, parties and the region, and in a published ad."""
    following = count(number)

    def text(*_column: str) -> str:
        return all_beginning_with(next(following))

    monkeypatch.setattr(canary, "word_of", text)
    monkeypatch.setattr(canary, "OF_PEOPLE", text())
    with portal.world.writing(scope.PLATFORM) as session:
        for row in (*session.scalars(select(Party)), *session.scalars(select(Authority))):
            row.name, row.controller_name = text(), text()
    publish_ad(
        side.world, employer="party", title=text(), intro=text(), tasks=[text(), text()], hours=text(), place=text(),
        salary_form=text(), timetable=[[text(), text()]], retention_rule=text(),
    )  # fmt: skip
    canary.plant(side)
    return next(following) - number


@pytest.mark.proof(
    "Det någon skriver visas som text och kan aldrig köras, på ingen sida.",
    how="sixty kinds of markup in every text field at once, each field beginning with another; every page in Chromium as "
    "each person; dialogs, broken policies, foreign requests and foreign elements counted",
    short={"rounds": 1, "of_each_page": 1},
    full={"rounds": 10, "of_each_page": 2},
)
def test_markup_stays_text(
    proof: Proof, portal: Portal, open_browser: Callable[..., "Page"], monkeypatch: pytest.MonkeyPatch
) -> None:
    side, _rival = set_stage(portal.world, portal.set_clock)
    world, fields, watched = portal.world, 0, list[Watched]()
    for number in range(proof.size("rounds")):
        fields = plant(portal, side, monkeypatch, number * 7)
        tokens = list(side.tokens.values())
        people = [
            world.kansli,
            world.gunnel,
            world.region,
            world.drift,
            *([world.elof] if FULL else []),
        ]  # elof assesses too
        starts = {
            None: ["/", *(f"{behind(world, token)}{more}" for token in tokens for more in ("", "/ta-tillbaka"))],
            **dict.fromkeys(people, ("/arbete", "/konto")),
        }
        for person, begin in starts.items():
            page = open_browser(person)
            for token in tokens if person is None else ():
                steps.let_in(page, portal, f"/ansokan/{token}")
            one = Watched(page, portal.address)
            watched.append(one)
            places = crawl(
                world.app, page.context.request, portal.address, list(begin), each=proof.size("of_each_page")
            )
            one.faults += [fault for fault in places.faults if not NOT_THERE.search(fault)]
            for place in places.pages:
                one.look(place)
            if person is None:
                one.look("/demo/brevlada")
                _type_it_wrong(one, side, number)
            page.context.close()
        _read_the_feed(portal)
    faults = [fault for one in watched for fault in one.faults]
    pages, showing = sum(one.seen for one in watched), sum(one.showing for one in watched)
    proof.came_to(
        payloads=len(PAYLOADS), fields=fields, pages=pages, showing_markup_as_text=showing,
        requests=sum(one.requests for one in watched), faults=len(faults),
    )  # fmt: skip
    assert faults == []
    assert showing >= 40 * proof.size("rounds")


def _type_it_wrong(one: Watched, side: Side, number: int) -> None:
    """Forms that are shown again with what was typed."""
    one.page.goto(f"{one.address}/annonser/{side.open.reference}/ansok")
    for label in ("Namn", "E-post", "Telefon"):
        one.page.get_by_label(label).fill(all_beginning_with(number))
    one.page.get_by_role("button", name="Fortsätt", exact=True).click()
    one.inspect()
    one.page.goto(f"{one.address}/logga-in?vidare={PAYLOADS[0]}")
    one.page.get_by_label("E-post").fill(all_beginning_with(number))
    one.page.locator("main form").get_by_role("button").first.click()
    one.inspect()


def _read_the_feed(portal: Portal) -> None:
    """The feed is read by other programs: its text must not become elements."""
    feed = fromstring(portal.world.app.test_client().get("/annonser.atom").data)
    names = {str(e.tag).rpartition("}")[2] for e in feed.iter()}
    assert names <= {
        "feed",
        "title",
        "id",
        "updated",
        "published",
        "link",
        "entry",
        "summary",
        "author",
        "name",
        "content",
    }
