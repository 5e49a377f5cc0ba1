"""Applications: the base's upload, the sending of a finished draft, the check of a file, and a burst of a hundred.

The PDF is of 195 KB and two pages. What a candidate does before the button (two pages, and the file check) is done
before the sending is timed; the sending opens every stored file once more, seals the letter, and commits row, arrival
number, audit line, link, event and receipt together.
"""

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Lock
from typing import TypeVar

from sqlalchemy import func, select

from bench.curriculum import cv
from bench.machine import Spent, spent
from bench.servers import Running
from bench.trials import Figure
from portal import scope
from portal.applications.consent import VERSION
from portal.applications.models import Application
from portal.applications.states import State
from portal.documents.models import Document, PagePicture
from tests.proofs.visitor import Candidacy, Visitor, encoded, go_to_check_page, send

CHECKS, SENDINGS, BURST = 24, {4: 64, 16: 64}, 100
WARMING = 16  # sendings of a portal just started, as the base's first uploads
UPLOADS_EACH, BURST_SECONDS = 3, 120


@dataclass
class Timed:
    """How long each took in milliseconds, how many went wrong, and what it cost."""

    each: list[float] = field(default_factory=list)
    errors: int = 0
    took: Spent = field(default_factory=Spent)

    def __iadd__(self, other: "Timed") -> "Timed":
        """One more go of the same."""
        self.each += other.each
        self.errors += other.errors
        self.took.seconds += other.took.seconds
        self.took.server += other.took.server
        self.took.others_percent = other.took.others_percent
        return self

    @property
    def rate(self) -> float:
        """How many a second went well."""
        return len(self.each) / self.took.seconds

    def percentile(self, share: int) -> float:
        """The time that so many of a hundred stayed under."""
        return statistics.quantiles(self.each, n=100, method="inclusive")[share - 1]


T = TypeVar("T")


def many(things: Sequence[T], act: Callable[[T], bool], clients: int, *groups: int) -> Timed:
    """Do ``act`` to each by so many clients at once; it says whether it went well."""
    timed, lock = Timed(), Lock()

    def one(thing: T) -> None:
        begun = time.perf_counter()
        try:
            well = act(thing)
        except Exception as fault:
            well = False
            print(f"a client failed: {type(fault).__name__} {str(fault)[:300]}", file=sys.stderr)
        took = 1000 * (time.perf_counter() - begun)
        with lock:
            if well:
                timed.each.append(took)
            else:
                timed.errors += 1

    with spent(*groups) as timed.took, ThreadPoolExecutor(clients) as hands:
        list(hands.map(one, things))
    return timed


def base_uploads(base: Running) -> Iterator[Figure]:
    """The same PDF posted to the base, by 4 and by 16 clients."""
    body, kind = encoded({"name": "Alma Ek"}, {"cv": ("cv.pdf", cv())})
    for clients, count in SENDINGS.items():
        visitors = [Visitor(base.address) for _ in range(count)]

        def post(visitor: Visitor) -> bool:
            return visitor.open("POST", "/apply", body, {"Content-Type": kind}).status == 303

        many(visitors, post, clients)
        timed = Timed(took=Spent())
        for _ in range(UPLOADS_EACH):
            timed += many(visitors, post, clients, *base.groups)
        for visitor in visitors:
            visitor.close()
        yield Figure.of(f"base.sent.{clients}", timed.rate, timed.took, len(timed.each))


def sendings(portal: Running) -> Iterator[Figure]:
    """Finished drafts, sent at once by 4 and by 16 clients. Then the file check alone, by 4."""
    assert portal.house is not None
    reference, number = portal.house.open.reference, iter(range(10_000))
    mark = time.time_ns()

    def prepare(visitor: Visitor) -> bool:
        who = Candidacy("Alma Ek", f"alma{mark}.{next(number)}@example.se", file)
        ready = go_to_check_page(visitor, reference, who).status == 200
        visitor.close()  # the server would, before the last one is ready
        return ready

    file = cv()
    first = [Visitor(portal.address) for _ in range(WARMING)]
    many(first, prepare, 4)
    many(first, lambda one: send(one, reference).status == 303, 4)
    for clients, count in SENDINGS.items():
        visitors = [Visitor(portal.address) for _ in range(count)]
        whole = many(visitors, prepare, 4, *portal.groups)
        timed = many(visitors, lambda one: send(one, reference).status == 303, clients, *portal.groups)
        for visitor in visitors:
            visitor.close()
        yield Figure.of(f"sent.{clients}", timed.rate, timed.took, len(timed.each))
        yield Figure.of(f"sent.{clients}.p50", timed.percentile(50), timed.took, len(timed.each))
        yield Figure(f"sent.{clients}.errors", timed.errors + whole.errors)


def file_checks(portal: Running) -> Iterator[Figure]:
    """A CV uploaded by its own button, from the first byte to the verdict on the page, with four at once."""
    assert portal.house is not None
    way, file = f"/annonser/{portal.house.open.reference}/ansok", cv()
    visitors = [Visitor(portal.address) for _ in range(CHECKS)]
    for n, visitor in enumerate(visitors):
        visitor.get(way)
        visitor.post(
            way,
            {
                "name": "Elis Berg",
                "email": f"elis{n}@example.se",
                "phone": "070-174 06 22",
                "consent": "y",
                "wording": VERSION,
            },
        )
        visitor.get(f"{way}/handlingar")
        visitor.close()

    def upload(visitor: Visitor) -> bool:
        return visitor.post(f"{way}/handlingar", {"save": "cv"}, {"cv": ("cv.pdf", file)}).status in (303, 422)

    timed = many(visitors, upload, 4, *portal.groups)
    for visitor in visitors:
        visitor.close()
    yield Figure.of("check.p50", timed.percentile(50), timed.took, len(timed.each))
    yield Figure.of("check.p95", timed.percentile(95), timed.took, len(timed.each))


def burst(portal: Running) -> Iterator[Figure]:
    """A hundred applications with a CV as fast as four clients can; then until every page has its picture."""
    assert portal.house is not None
    reference, file, mark = portal.house.open.reference, cv(), time.time_ns()
    visitors = [Visitor(portal.address) for _ in range(BURST)]
    seen: list[float] = []

    def whole(pair: tuple[int, Visitor]) -> bool:
        n, visitor = pair
        go_to_check_page(visitor, reference, Candidacy("Moa Lind", f"moa{mark}.{n}@example.se", file))
        return send(visitor, reference).status == 303

    with ThreadPoolExecutor(1) as onlooker:
        stop: list[bool] = []
        watching = onlooker.submit(_look_on, portal.address, stop, seen)
        timed = many(list(enumerate(visitors)), whole, 4, *portal.groups)
        last = time.perf_counter()
        while _undrawn(portal) and time.perf_counter() - last < BURST_SECONDS:
            time.sleep(0.2)
        stop.append(True)
        watching.result()
    yield Figure("burst.seconds", time.perf_counter() - last)
    yield Figure.of("burst.rate", timed.rate, timed.took, len(timed.each))
    yield Figure("burst.errors", timed.errors)
    yield Figure("burst.site_p95", statistics.quantiles(seen, n=20, method="inclusive")[18])


def _look_on(address: str, stop: list[bool], seen: list[float]) -> None:
    visitor = Visitor(address)
    while not stop:
        begun = time.perf_counter()
        visitor.get("/")
        seen.append(1000 * (time.perf_counter() - begun))
        time.sleep(0.1)
    visitor.close()


def _undrawn(portal: Running) -> int:
    """How many pages of what was sent to the open ad have no picture yet. A draft's are drawn when it is sent."""
    assert portal.house is not None
    world = portal.house.world
    with world.acting(scope.party(world.party)) as session:
        sent = select(Application.id).where(Application.ad_id == portal.house.open.id, Application.state == State.SENT)
        theirs = Document.application_id.in_(sent)
        pages = session.scalar(select(func.sum(Document.page_count)).where(theirs)) or 0
        waiting = session.scalar(select(func.count()).where(theirs, Document.state == "waiting")) or 0
        drawn = select(func.count(PagePicture.id)).where(PagePicture.application_id.in_(sent))
        return int(pages) - (session.scalar(drawn) or 0) + waiting
