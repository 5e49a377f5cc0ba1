"""Until the shortlist no address gives the original: one name planted everywhere, every address asked by everybody."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from io import BytesIO
from uuid import UUID

import pytest
from flask import url_for
from flask.testing import FlaskClient
from pdfminer.high_level import extract_text

from portal.review.meeting.states import Step
from tests.crawl import Answer, crawl
from tests.proofs.plugin import Proof
from tests.review.blind import approve_all, code_name, machine_says, make_blind, work
from tests.review.meetings import hold_whole_meeting, step, there
from tests.review.panel import Panel, panel_of
from tests.review.planted import ORIGINAL, SECRET, heard_in, plant
from tests.stage import add_person
from tests.world import World

BY_POST = ("step", "person_id", "slot_id", "reference_id")  # of addresses that nothing is read at
QUERIES = ("visa=brev", "som=text", "visa=cv&som=text", "ordning=sokande")
BY_NAME = "/jav"  # bare names: in nobody's order but the reader's, and without any id (tests/review/test_blind_names)
MASKING = "/maskera"  # where the office covers what it sees


@dataclass
class Sweep:
    """What was asked and what was heard. ``shown`` are the code names and pictures met: an empty search finds nothing."""

    asked: int = 0
    people: set[str] = field(default_factory=set)
    hits: list[tuple[str, str, list[str]]] = field(default_factory=list)

    def go(self, panel: Panel, who: str, browser: FlaskClient, secrets: tuple[str, ...], *but: str) -> bytes:
        """Ask every address once, and follow every link; all that was answered."""
        self.people.add(who)
        answers = [one for one in told_to(panel, browser) if not one.path.startswith(but)]
        self.asked += len(answers)
        self.hits += [(who, one.path, found) for one in answers if (found := heard_in(said_in(one), secrets))]
        return b" ".join(map(said_in, answers))


def told_to(panel: Panel, browser: FlaskClient) -> list[Answer]:
    """Every address under the case with the ids it could be asked with, and whatever those lead to, each once."""
    starts = ["/arbete", panel.url, f"{panel.url}/bedom", *sorted(set(addresses(panel)))]
    return crawl(browser, starts, but=("/demo", "/konto", f"{panel.url}{BY_NAME}", *_alike(panel)))


def _alike(panel: Panel) -> Iterator[str]:
    """Score pages like others: all of the planted candidate are asked, one of another, none of the rest."""
    _, other, *rest = panel.sent
    yield from (f"{panel.url}/bedom/{other.id}/{criterion}" for criterion in panel.ad.criteria[1:])
    yield from (f"{panel.url}/bedom/{one.id}" for one in rest)


def said_in(answer: Answer) -> bytes:
    """Headers and body, and of a PDF its words."""
    _, _, body = answer.everything.partition(b"\n\n")
    return answer.everything + (_words_in(body) if body.startswith(b"%PDF-1.7\n%") else b"")


@lru_cache(maxsize=256)
def _words_in(pdf: bytes) -> bytes:
    """Many are given the same file."""
    return extract_text(BytesIO(pdf)).encode()


def addresses(panel: Panel) -> Iterator[str]:
    """Every address under the case with the planted candidate's ids and with another's, but jäv's bare names."""
    values = {"ad_id": panel.ad.id, "reference": panel.ad.reference, "criterion_id": panel.ad.criteria[0]}
    with panel.world.app.test_request_context():
        for rule in panel.world.app.url_map.iter_rules():
            if (
                "ad_id" not in rule.arguments
                or rule.endpoint == "review.conflicts"
                or "GET" not in (rule.methods or ())
            ):
                continue
            for one in panel.sent[:2]:
                for number in (1, 2):
                    given = {**values, "application_id": one.id, "document_id": one.document, "number": number}
                    assert rule.arguments <= {*given, *BY_POST}, rule
                    if rule.arguments <= given.keys():
                        url = url_for(rule.endpoint, **{name: given[name] for name in rule.arguments})
                        queries = QUERIES if rule.endpoint in ("review.score", "review.candidate") else ()
                        yield from (url, *(f"{url}?{query}" for query in queries))


@pytest.fixture
def panel(world: World, set_clock: Callable[[str], datetime]) -> Panel:
    """Three applications to an ad that has closed, and Gunnel, who leads, and Elof named."""
    return panel_of(world, set_clock, world.gunnel, world.elof)


@pytest.fixture
def deputies(world: World) -> tuple[UUID, UUID]:
    """Two who stand in, and of whom one is called in."""
    disa, egil = (add_person(world, name, "ledamot", party=world.party)[0] for name in ("disa", "egil"))
    return disa, egil


@pytest.fixture
def planted(panel: Panel, deputies: tuple[UUID, UUID], monkeypatch: pytest.MonkeyPatch) -> tuple[Panel, UUID]:
    """Blind: Gunnel leads, Elof and one of the office assess, and a deputy is called in for the planted candidate. And
    another of the office, who does not assess."""
    world, first = panel.world, panel.sent[0]
    world.app.test_client_class = FlaskClient  # the pages are checked as HTML by their own tests
    plant(panel, first)
    office, _ = add_person(world, "osvald", "kansli", party=world.party)
    sven, _ = add_person(world, "sven", "ledamot", party=world.party)
    panel.name(world.gunnel, world.elof, world.kansli, sven, deputies=deputies)
    machine_says(monkeypatch)
    make_blind(panel)
    work(panel)
    for person in panel.people:
        panel.declare(person, *([first] if person == sven else []))
    panel.declare(deputies[0])
    approve_all(panel)
    return panel, office


@pytest.mark.proof(
    "Fram till kallelsen ger ingen adress någon bedömare namnet eller originalet.",
    how="a name in fifteen forms in all that one candidate sent; every address and link, asked by each, while scoring and "
    "after the meeting: headers, pages, pictures, files; the office meets originals on the masking pages alone",
    short={},
    full={},
)
def test_until_the_shortlist_no_address_gives_the_original(
    proof: Proof, planted: tuple[Panel, UUID], deputies: tuple[UUID, UUID]
) -> None:
    panel, office = planted
    world, sweep, mask = panel.world, Sweep(), f"{panel.url}{MASKING}"
    people = {
        "lead": world.gunnel, "assessor": world.elof, "assessor of the office": world.kansli, "deputy": deputies[0],
        "deputy not called in": deputies[1], "rival office": world.rival_kansli, "operator": world.drift,
    }  # fmt: skip
    browsers = {who: world.browser(person) for who, person in people.items()}
    browsers["nobody logged in"] = world.app.test_client()
    heard = {who: sweep.go(panel, who, browser, SECRET, mask) for who, browser in browsers.items()}
    sweep.go(panel, "office", world.browser(office), ORIGINAL, mask)
    code = code_name(panel, panel.sent[0]).encode()
    for person in (*panel.people, deputies[0]):
        panel.score_all(person)
        panel.hand_in(person)
    hold_whole_meeting(panel)
    there(panel, panel.world.gunnel)
    step(panel, Step.END)
    heard["lead"] += sweep.go(panel, "lead", browsers["lead"], SECRET, mask)
    heard["assessor of the office"] += sweep.go(
        panel, "assessor of the office", browsers["assessor of the office"], SECRET, mask
    )
    sweep.go(panel, "office", world.browser(office), ORIGINAL, mask)
    proof.came_to(answers=sweep.asked, roles=len(sweep.people), forms=len(SECRET), hits=len(sweep.hits))
    assert sweep.hits == []
    met = {who for who, answers in heard.items() if code in answers and b"\x89PNG" in answers}
    assert met == {"lead", "assessor", "assessor of the office", "deputy"}


@pytest.mark.slow
def test_the_same_search_finds_every_form_where_the_review_is_open(panel: Panel) -> None:
    plant(panel, panel.sent[0])
    for person in panel.people:
        panel.declare(person)
    sweep = Sweep()
    told = sweep.go(panel, "lead", panel.world.browser(panel.people[0]), SECRET)
    assert sweep.hits and heard_in(told, SECRET) == list(SECRET)
