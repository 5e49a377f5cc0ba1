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
from portal.register.lines import as_text, case_place, made_place
from portal.register.models import CaseRecord, MadeRecord
from portal.vault.services import open_application_key, seal_for_controller
from tests import canary
from tests.disclosure.asking import review_anew
from tests.doors import people_of
from tests.journeys.conftest import Portal
from tests.journeys.crawl import crawl, endpoint_of
from tests.journeys.payloads import PAYLOADS, all_beginning_with
from tests.journeys.visits import come_in, pages_by_person
from tests.permission_table import TABLE
from tests.proofs.plugin import Proof
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

BEGIN = dict.fromkeys(("kansli", "leader", "region", "drift"), ("/arbete", "/konto"))
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
    """Markup in every text column of the party, in the names of people, parties and the region, in a published ad, and in
    what an authority that employs has made and written down."""
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
    with portal.world.writing(side.scope) as session:
        for made in session.scalars(select(MadeRecord)):
            key = open_application_key(session, application_id=made.application_id, controller_id=made.controller_id)
            made.lines_sealed = key.seal_text(
                made_place(made.entry_id), as_text([("heading", text()), ("row", text())])
            )
        for record in session.scalars(select(CaseRecord)):
            lines, place = as_text([("heading", text()), ("plain", text())]), case_place(record.id)
            record.lines_sealed = seal_for_controller(session, record.controller_id, lines, place=place)
    if side.asked is not None:
        review_anew(side.world, side.asked)
    return next(following) - number


@pytest.mark.proof(
    "Det någon skriver visas som text och kan aldrig köras, på ingen sida.",
    how="sixty kinds of markup in every text field at once, each field beginning with another, in a party that employs and "
    "in one for which its region does; every page that anybody has in Chromium, by somebody who has it; dialogs, broken "
    "policies, foreign requests and foreign elements counted",
    short={"rounds": 1, "of_each_page": 1},
    full={"rounds": 4, "of_each_page": 2},
)
def test_markup_stays_text(
    proof: Proof, portal: Portal, open_browser: Callable[..., "Page"], monkeypatch: pytest.MonkeyPatch
) -> None:
    sides, fields, watched = set_stage(portal.world, portal.set_clock, rivals="authority"), 0, list[Watched]()
    each, met, looked_at = proof.size("of_each_page"), set[str](), set[str]()
    for number in range(proof.size("rounds")):
        for place, side in enumerate(sides):
            fields += plant(portal, side, monkeypatch, number * 7 + place * 30)
        for side in sides:
            for person, pages in pages_by_person(side).items():
                page = open_browser(people_of(side).get(person))
                starts = come_in(page, portal, side) if person == "candidate" else list(BEGIN.get(person, ()))
                one = Watched(page, portal.address)
                watched.append(one)
                found = crawl(portal.world.app, page.context.request, portal.address, [*starts, *pages], each=each)
                one.faults += [fault for fault in found.faults if not NOT_THERE.search(fault)]
                met |= {*found.pages.values(), *(str(endpoint_of(portal.world.app, file)) for file in found.files)}
                for there, endpoint in found.pages.items():
                    if each == 1 and endpoint in looked_at:
                        continue  # the short form looks at each page in one of the two parties
                    if person == "candidate" or TABLE[endpoint.partition(",")[0]].kind == "staff":
                        looked_at.add(endpoint)
                        one.look(there)  # what is everybody's is looked at by one
                if person == "candidate":
                    one.look("/demo/brevlada")
                    _type_it_wrong(one, side, number)
                page.context.close()
        _read_the_feed(portal)
    faults = [fault for one in watched for fault in one.faults]
    pages, showing = sum(one.seen for one in watched), sum(one.showing for one in watched)
    proof.came_to(
        payloads=len(PAYLOADS), fields=fields, endpoints=len(met), pages=pages, showing_markup_as_text=showing,
        requests=sum(one.requests for one in watched), faults=len(faults),
    )  # fmt: skip
    assert faults == []
    assert showing >= 80 * proof.size("rounds")
    assert _has_a_page(portal) - met == set()


def _has_a_page(portal: Portal) -> set[str]:
    """Every endpoint that answers somebody on the stage with something."""
    rules = [rule for rule in portal.world.app.url_map.iter_rules() if "GET" in (rule.methods or ())]
    shown = {rule.endpoint for rule in rules if any(200 in who.values() for who in TABLE[rule.endpoint].pages.values())}
    return {one for one in shown if not one.startswith("demo.")}


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
