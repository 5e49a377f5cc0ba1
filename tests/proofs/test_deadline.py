"""The last second is the same for everybody: judged by the first byte, however slowly the rest comes."""

import http.client
import random
import re
import socket
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.consent import VERSION
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.config import Settings
from tests.documents import hostile
from tests.proofs.living import living
from tests.proofs.plugin import Proof
from tests.proofs.visitor import (
    Candidacy,
    Visitor,
    encoded,
    fill_in_details,
    filled,
    look_it_over,
    write_letter,
)
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
EDGE = datetime(2026, 12, 12, 0, 15, tzinfo=clock.STOCKHOLM)  # the last day's end, and fifteen minutes' grace
BEFORE, NEAR = "2026-12-11T23:30", "2026-12-12T00:14:50"
AROUND = 3.0  # seconds on either side of the edge in which the first bytes are sent
BAND = timedelta(seconds=1)  # a first byte so shortly before the edge may be on its way when the edge comes
HELD_BACK = (1.5, 2.5)  # seconds from the first bytes to the rest of the head: longer than what is forgiven
TOGETHER = 40
PATIENCE = 120


@dataclass
class Post:
    """One request, ready to be sent in pieces; and then when its first bytes left, and what became of it."""

    kind: str
    visitor: Visitor
    path: str
    body: bytes
    content_type: str
    email: str
    begun: datetime = EDGE
    out: datetime = EDGE
    verdict: str = ""

    def deliver(self, at: datetime, chance: random.Random) -> None:
        """Send the request line at ``at``, the rest in pieces over some seconds."""
        host = self.visitor.address.removeprefix("http://")
        cookies = "; ".join(f"{name}={value}" for name, (_, value) in self.visitor.cookies.items())
        head = (
            f"POST {self.path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\nCookie: {cookies}\r\n"
            f"Content-Type: {self.content_type}\r\nContent-Length: {len(self.body)}\r\n\r\n"
        ).encode()
        name, _, port = host.partition(":")
        time.sleep(max(0.0, (at - clock.now()).total_seconds()))
        with socket.create_connection((name, int(port)), timeout=PATIENCE) as line:
            self.begun = clock.now()
            line.sendall(head[:20])
            self.out = clock.now()
            time.sleep(chance.uniform(*HELD_BACK))
            for piece in (head[20:], *_pieces(self.body, 4)):
                line.sendall(piece)
                time.sleep(chance.uniform(0.3, 0.9))
            answer = http.client.HTTPResponse(line, method="POST")
            answer.begin()
            self.verdict = _verdict(answer.status, answer.read())


def _pieces(body: bytes, count: int) -> list[bytes]:
    step = len(body) // count + 1
    return [body[place : place + step] for place in range(0, len(body), step)]


def _verdict(status: int, page: bytes) -> str:
    if status == 303:
        return "accepted"
    return "refused" if "Ansökningstiden har gått ut".encode() in page else f"answered {status}"


@pytest.mark.proof(
    "Sista ansökningsdagen gäller lika för alla: det är första byten som räknas, hur långsamt resten än kommer.",
    how="posts whose first bytes leave within three seconds of the last instant, 40 at a time to one process, "
    "each sent in pieces over seconds: sendings to an authority and to a party, uploads, first pages",
    short={"posts": 40},
    full={"posts": 520},
)
def test_each_post_around_the_last_second_is_judged_by_its_first_byte(
    proof: Proof, world: World, settings: Settings, set_clock: Clock
) -> None:
    seed, posts = random.randrange(10**6), []
    print(f"seed {seed}")
    chance = random.Random(seed)
    with living(settings) as portal:
        set_clock(BEFORE)
        ads = _ads(world)
        portal.start_web(workers=1)
        for first in range(0, proof.size("posts"), TOGETHER):
            set_clock(BEFORE)
            ready = [_prepare(portal.address, ads, number) for number in range(first, first + TOGETHER)]
            set_clock(NEAR)
            moments = [EDGE + timedelta(seconds=chance.uniform(-AROUND, AROUND)) for _ in ready]
            with ThreadPoolExecutor(TOGETHER) as hands:
                list(hands.map(lambda post, at: post.deliver(at, random.Random(at.timestamp())), ready, moments))
            posts += ready
    arrived = _arrived(world)
    wrong = [found for post in posts if (found := _wrong(post, arrived.get(post.email)))]
    verdicts = Counter(f"{post.kind} {post.verdict}".replace(" ", "_") for post in posts)
    proof.came_to(
        seed=seed, posts=len(posts), wrong=len(wrong), **dict(sorted(verdicts.items())),
        within_a_second_before=sum(EDGE - BAND <= post.out < EDGE for post in posts),
        most_milliseconds_to_the_stamp=max(_delay(post, arrived) for post in posts),
    )  # fmt: skip
    assert wrong == []
    assert max(_delay(post, arrived) for post in posts) < 1000 * HELD_BACK[0], (
        "stamped by the first bytes, not by the head"
    )
    assert {post.verdict for post in posts} == {"accepted", "refused"}


def _ads(world: World) -> dict[str, Published]:
    """What each kind of post goes to. The pages are all opened before the last day ends, the first ones too."""
    closing = {"deadline": date(2026, 12, 11), "documents": ["letter", "salary"]}
    return {
        "sending to an authority": publish_ad(world, employer="authority", **closing),
        "sending to a party": publish_ad(world, employer="party", **closing),
        "upload to a party": publish_ad(world, employer="party", **closing | {"documents": ["cv", "letter", "salary"]}),
        "first page to a party": publish_ad(world, employer="party", **closing),
    }


def _prepare(address: str, ads: dict[str, Published], number: int) -> Post:
    kind = list(ads)[number % len(ads)]
    way, email = f"/annonser/{ads[kind].reference}/ansok", f"s{number}@example.se"
    visitor, who = Visitor(address), Candidacy("Alma Ek", email, hostile.plain() + b"%" * 60_000)
    if kind.startswith("first page"):
        page = visitor.get(way).body
        fields: dict[str, object] = {
            "name": who.name,
            "email": email,
            "phone": "070-174 06 21",
            "consent": "y",
            "wording": VERSION,
        }
        opened = re.search(rb'name="opened"[^>]*value="([^"]+)"', page)
        assert opened is not None
        fields["opened"] = opened[1].decode()
        return _post(kind, visitor, way, fields, email)
    fill_in_details(visitor, ads[kind].reference, who)
    if kind.startswith("upload"):
        fields = filled(visitor.get(f"{way}/handlingar").body, who)
        body, content_type = encoded({"csrf_token": visitor.token, **fields}, {"cv": (who.filename, who.cv)})
        visitor.close()
        return Post(kind, visitor, f"{way}/handlingar", body, content_type, email)
    write_letter(visitor, ads[kind].reference, who)
    look_it_over(visitor, ads[kind].reference)
    return _post(kind, visitor, f"{way}/kontrollera", {}, email)


def _post(kind: str, visitor: Visitor, path: str, fields: dict[str, object], email: str) -> Post:
    visitor.close()
    body, content_type = encoded({"csrf_token": visitor.token, **fields})
    return Post(kind, visitor, path, body, content_type, email)


def _arrived(world: World) -> dict[str, tuple[str, datetime]]:
    """State and stamped instant of what was sent, by address."""
    with world.acting(scope.party(world.party)) as session:
        rows = session.scalars(select(Application).where(Application.submitted_at.is_not(None))).all()
        return {
            key_of(row).open_text("application.email", row.email_sealed or b""): (row.state, row.submitted_at)
            for row in rows
            if row.submitted_at is not None
        }


def _wrong(post: Post, arrived: tuple[str, datetime] | None) -> str:
    """What was judged otherwise than its first byte says; empty where it was judged rightly."""
    in_time, surely_before = post.begun < EDGE, post.out + BAND < EDGE
    told = f"{post.kind}, begun {post.begun - EDGE} from the edge: {post.verdict}, {arrived}"
    if post.kind == "sending to an authority":
        if arrived is None or post.verdict != "accepted":
            return told
        state, at = arrived
        rightly = state == ("sent" if at < EDGE else "late") and at >= post.begun - timedelta(milliseconds=20)
        return "" if rightly and (in_time or state == "late") and (not surely_before or state == "sent") else told
    if post.verdict not in ("accepted", "refused") or (post.verdict == "accepted" and not in_time):
        return told
    return told if surely_before and post.verdict == "refused" else ""


def _delay(post: Post, arrived: dict[str, tuple[str, datetime]]) -> int:
    """Milliseconds from the first bytes to the stamp, where one was kept."""
    _, at = arrived.get(post.email, ("", post.begun))
    return round((at - post.begun).total_seconds() * 1000)
