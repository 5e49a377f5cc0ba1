"""Pages: the ad under load, and each list by one client. By wrk, and what each asks of the database by the application."""

import random
import time
from collections.abc import Iterator
from uuid import UUID

from bench.house import House
from bench.servers import Running, cold_start
from bench.trials import Figure
from bench.wrk import load
from portal.review.ranking import schulze
from tests.counting import statements
from tests.proofs.visitor import Visitor
from tests.web.cold_browser import Fetched, visit
from tests.world import Published

CLIENTS, SECONDS, WARMING = 16, 3, 3
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}

Page = tuple[str, str, UUID]  # the name of its row, its path, who asks for it


def base_page(base: Running) -> Iterator[Figure]:
    """The base's page under load."""
    yield from _under_load("page", base.address + "/", base, {})


def base_list(base: Running) -> Iterator[Figure]:
    """The base's list by one client."""
    yield from _by_one("list", base.address + "/list", base, {})


def base_start(base: Running) -> Iterator[Figure]:
    """One more base, from nothing to its first page."""
    yield from _start("base.start", base)


def ad_page(portal: Running) -> Iterator[Figure]:
    """One open ad's page under load, as a browser asks for it."""
    house = _house(portal)
    yield from _under_load("ad", f"{portal.address}/annonser/{house.open.reference}", portal, BROWSER)


def cold_browser(portal: Running) -> Iterator[Figure]:
    """Everything a browser without a cache fetches of the ad's page: requests, bytes with headers, other hosts."""
    visitor = Visitor(portal.address, headers=BROWSER)

    def fetch(path: str) -> Fetched:
        answer = visitor.get(path)
        return Fetched(answer.headers, answer.body)

    seen = visit(fetch, f"/annonser/{_house(portal).open.reference}")
    visitor.close()
    yield Figure("cold.requests", len(seen.paths))
    yield Figure("cold.kilobytes", seen.bytes / 1000)
    yield Figure("cold.hosts", len(seen.hosts))


def lists(portal: Running) -> Iterator[Figure]:
    """Each list of each size, by one client who is logged in."""
    for row, path, person in list_pages(_house(portal)):
        yield from _staff_page(row, portal, path, person)


def candidate(portal: Running) -> Iterator[Figure]:
    """One candidate with pictures and criteria, as the office reads and as an assessor scores."""
    for row, path, person in candidate_pages(_house(portal)):
        yield from _staff_page(row, portal, path, person)


def contract(portal: Running) -> Iterator[Figure]:
    """A contract's draft as tagged PDF, set anew each time, by one client of the office."""
    house = _house(portal)
    if house.employment is not None:
        url = f"{portal.address}/arbete/anstallningar/{house.employment}/avtal/utkast.pdf"
        yield from _by_one("contract", url, portal, house.cookie(house.world.kansli))


def start(portal: Running) -> Iterator[Figure]:
    """From nothing to the first page."""
    yield from _start("start", portal)


def ranking(_portal: Running) -> Iterator[Figure]:
    """Nine orders of a thousand joined, without a page around them."""
    chance, known = random.Random(9), list(range(1000))
    orders = []
    for _ in range(9):
        order = known[:]
        chance.shuffle(order)
        orders.append([[one] for one in order])
    begun = time.perf_counter()
    schulze(orders, known)
    yield Figure("ranking.1000", 1000 * (time.perf_counter() - begun))


def _start(row: str, running: Running) -> Iterator[Figure]:
    seconds, processor = cold_start(running)
    yield Figure(row, seconds, 1000 * processor)


def _house(portal: Running) -> House:
    assert portal.house is not None
    return portal.house


def _under_load(row: str, url: str, server: Running, headers: dict[str, str]) -> Iterator[Figure]:
    load(url, *server.groups, clients=CLIENTS, seconds=WARMING, headers=headers)
    came = load(url, *server.groups, clients=CLIENTS, seconds=SECONDS, headers=headers)
    yield Figure.of(f"{row}.rate", came.rate, came.took, came.requests)
    yield Figure.of(f"{row}.p50", came.p50, came.took, came.requests)
    yield Figure.of(f"{row}.p99", came.p99, came.took, came.requests)


def _by_one(row: str, url: str, server: Running, headers: dict[str, str]) -> Iterator[Figure]:
    load(url, *server.groups, seconds=WARMING, headers=headers)
    came = load(url, *server.groups, seconds=SECONDS, headers=headers)
    yield Figure.of(f"{row}.p50", came.p50, came.took, came.requests)


def list_pages(house: House) -> Iterator[Page]:
    """The lists that are timed, each by whoever reads it."""
    world = house.world
    for size, ad in house.cases.items():
        for page, person in (("sokande", world.kansli), ("din-bedomning", world.gunnel)):
            yield f"{page}.{size}", _within(ad, page), person
    if house.joint is not None:
        yield "joint.200", _within(house.joint, "gemensam"), world.gunnel


def candidate_pages(house: House) -> Iterator[Page]:
    """The pages of one candidate that are timed, each by whoever reads it."""
    ad, world = house.joint, house.world
    if ad is not None:
        yield "candidate", _within(ad, f"sokande/{house.read}"), world.kansli
        yield "score", _within(ad, f"bedom/{house.read}/{ad.criteria[0]}"), world.gunnel


def _within(ad: Published, page: str) -> str:
    return f"/arbete/rekryteringar/{ad.id}/{page}"


def _staff_page(row: str, portal: Running, path: str, person: UUID) -> Iterator[Figure]:
    house = _house(portal)
    yield from _by_one(row, portal.address + path, portal, house.cookie(person))
    browser = house.world.browser(person)
    browser.get(path)
    with statements(house.app) as asked:
        browser.get(path)
    yield Figure(f"{row}.statements", asked.count)
