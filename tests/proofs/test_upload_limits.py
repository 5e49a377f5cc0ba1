"""Bodies beyond every limit: each gets its page, what was saved stays, nothing lies on disk, and nobody else waits."""

import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from threading import Event

import pytest

from portal.applications.consent import VERSION
from portal.config import Settings
from portal.web.body_places import WAIT_SECONDS
from tests.documents import hostile
from tests.proofs.living import Living, living
from tests.proofs.misbehaving import Paper, Watch, answer_on, chunked, memory_mb, processes_under, slowly
from tests.proofs.plugin import Proof
from tests.proofs.visitor import Visitor
from tests.world import World, publish_ad

MB = 1024 * 1024
KEPT = "Jag kan tillträda genast"
CV = {"cv": ("cv.pdf", hostile.plain())}
BIG = hostile.plain() + b"\n%" + b"x" * (7 * MB)


@pytest.fixture
def portal(settings: Settings, world: World, tmp_path: Path) -> Iterator[Living]:
    """One web process, with a folder of its own for whatever it might spool."""
    (tmp_path / "passing").mkdir()
    with living(settings, log=tmp_path / "log", TMPDIR=str(tmp_path / "passing")) as made:
        made.start_web(workers=1)
        yield made


def begin(portal: Living, reference: str) -> Paper:
    """A begun application, its page two open and one field of it saved."""
    visitor, way = Visitor(portal.address, timeout=90), f"/annonser/{reference}/ansok"
    visitor.get(way)
    visitor.post(
        way,
        {"name": "Alma Ek", "email": "alma@example.se", "phone": "070-174 06 21", "consent": "y", "wording": VERSION},
    )
    visitor.get(f"{way}/handlingar")
    visitor.post(f"{way}/handlingar", {"start": KEPT, "save": "cv"}, CV)
    visitor.get(f"{way}/handlingar")
    return Paper(visitor, f"{way}/handlingar")


def pids(portal: Living) -> list[int]:
    return processes_under(process.pid for process in portal.running.values())


def measured(body: bytes, kind: str, length: int | None = None) -> dict[str, str]:
    return {"Content-Type": kind, "Content-Length": str(len(body) if length is None else length)}


def _quick_answers(paper: Paper, parts: int) -> dict[str, tuple[int, str]]:
    """What is answered at once, by what was sent."""
    many, kind = paper.body({f"field{number}": "x" for number in range(parts)}, {})
    many_parts, many_kind = paper.body({f"field{number}": "x" for number in range(parts)}, CV)
    field, field_kind = paper.body({"letter": "x" * (50 * MB)}, CV)
    some, some_kind = paper.body({"letter": "x" * (30 * MB)}, CV)
    huge, huge_kind = paper.body({}, {"cv": ("cv.pdf", b"x" * (50 * MB))})
    large, large_kind = paper.body({}, {"cv": ("cv.pdf", b"%PDF-1.5\n" + b"x" * (13 * MB))})
    both, both_kind = paper.body({}, {"cv": ("a.pdf", BIG), "letter_file": ("b.pdf", BIG)})
    good, good_kind = paper.body({"save": "cv"}, CV)
    coded = {"Transfer-Encoding": "chunked"}

    def ended(line: socket.socket) -> None:
        line.shutdown(socket.SHUT_WR)

    sent = {
        "ten thousand fields": paper.send([many], more=measured(many, kind)),
        "ten thousand parts": paper.send([many_parts], more=measured(many_parts, many_kind)),
        "a field of 50 MB": paper.send([field], more=measured(field, field_kind)),
        "a field of 30 MB": paper.send([some], more=measured(some, some_kind)),
        "a file of 50 MB": paper.send([huge], more=measured(huge, huge_kind)),
        "a file of 50 MB in chunks": paper.send(chunked(huge), more={"Content-Type": huge_kind, **coded}),
        "a file of 13 MB": paper.send([large], more=measured(large, large_kind)),
        "two of 7 MB": paper.send([both], more=measured(both, both_kind)),
        "chunks": paper.send(chunked(good), more={"Content-Type": good_kind, **coded}),
        "broken chunks": paper.send([b"5\r\nhej"b"\r\nZZ\r\n"], more={"Content-Type": good_kind, **coded}),
        "fewer bytes than said": paper.send([good[:-200]], more=measured(good, good_kind), then=ended),
        "more bytes than said": paper.send([good], more=measured(good, good_kind, len(good) // 2)),
        "a head without end": paper.send([], more={f"X-{number}": "x" * 4000 for number in range(200)}),
        "a long address": Paper(paper.visitor, "/" + "a" * 20_000).send([], more={}),
    }  # fmt: skip
    return {what: (answer.status, answer.body.decode()) for what, answer in sent.items()}


def _as_told(paper: Paper, body: bytes, kind: str) -> tuple[int, str]:
    """Whoever finds every place taken is told when to come back, and comes back then, once."""
    answer = paper.send([body], more=measured(body, kind))
    if answer.status == 503:
        assert "Vänta en halv minut" in answer.body.decode()
        time.sleep(int(answer.headers["Retry-After"]))
        answer = paper.send([body], more=measured(body, kind))
    return answer.status, ""


EXPECTED = {
    "ten thousand fields": (413, "Det var för mycket på en gång"),
    "ten thousand parts": (413, "Det var för mycket på en gång"),
    "a field of 50 MB": (413, "Det var för mycket på en gång"),
    "a field of 30 MB": (413, "Det var för mycket på en gång"),
    "a file of 50 MB": (413, "Det var för mycket på en gång"),
    "a file of 50 MB in chunks": (413, "Det var för mycket på en gång"),
    "a file of 13 MB": (422, "större än 10 MB"),
    "two of 7 MB": (422, "för stora tillsammans"),
    "chunks": (303, ""),
    "broken chunks": (400, ""),
    "fewer bytes than said": (400, ""),
    "more bytes than said": (400, ""),
    "a head without end": (431, ""),
    "a long address": (414, ""),
}


@pytest.mark.proof(
    "För mycket, för långsamt eller avbrutet: sidan säger vad man gör, och det sparade finns kvar.",
    how="bodies and heads beyond each limit, of false lengths, broken and dropped, sent to a living web server",
    short={"parts": 10_000, "dropped": 5},
    full={"parts": 10_000, "dropped": 100},
)
def test_whatever_is_sent_gets_its_answer_and_the_draft_stays(
    proof: Proof, world: World, portal: Living, tmp_path: Path
) -> None:
    paper = begin(portal, publish_ad(world).reference)
    with Watch(portal.address, lambda: pids(portal), tmp_path / "passing") as watch:
        answers = _quick_answers(paper, proof.size("parts"))
        good, kind = paper.body({}, {"cv": ("cv.pdf", BIG)})
        for number in range(proof.size("dropped")):
            with suppress(OSError, HTTPException):
                paper.send([good[: 400_000 + number]], more=measured(good, kind), then=lambda line: line.close())
        answers["after those that left"] = _as_told(paper, good, kind)
    wrong = {
        what: answers[what][0]
        for what, (status, words) in {**EXPECTED, "after those that left": (303, "")}.items()
        if answers[what][0] != status or words not in answers[what][1]
    }
    paper.visitor.close()  # kept alive, but not for that long
    saved = paper.visitor.get(paper.path).body.decode()
    log = (tmp_path / "log").read_text()
    proof.came_to(sent=len(answers), wrong=str(wrong or "none"), faults_at_ours=log.count("unforeseen"),
                  page_p95_seconds=watch.p95, bytes_on_disk=watch.spooled)  # fmt: skip
    assert wrong == {}
    assert KEPT in saved
    assert "unforeseen" not in log
    assert watch.faults == []
    assert watch.spooled == 0


@pytest.mark.proof(
    "Den som skickar långsamt håller ingen annan uppe.",
    how="slow uploads at once to one web process: the fourth is read on, the fifth waits and is asked to return,"
    " one of a byte a second gives up its place, heads of a byte a second too, others ask for pages meanwhile",
    short={"senders": 60},
    full={"senders": 200},
)
def test_slow_senders_hold_up_nobody(proof: Proof, world: World, portal: Living, tmp_path: Path) -> None:
    paper = begin(portal, publish_ad(world).reference)
    body, kind = paper.body({}, {"cv": ("cv.pdf", BIG)})
    small, small_kind = paper.body({"letter": "x" * 200_000}, CV)
    before = memory_of_all(portal)
    over = Event()

    def hold() -> int:
        pieces = slowly(body[:-100], a_second=20_000, until=over, piece=4000)
        with suppress(OSError, HTTPException):
            return paper.send(pieces, more=measured(body, kind), then=lambda line: line.shutdown(socket.SHUT_WR)).status
        return 0

    def timed(pieces: Iterator[bytes], said: dict[str, str]) -> tuple[int, str, float, str]:
        begun = time.monotonic()
        answer = paper.send(pieces, more=said)
        return answer.status, answer.headers.get("Retry-After", ""), time.monotonic() - begun, answer.body.decode()

    with ThreadPoolExecutor(proof.size("senders") + 20) as hands, Watch(portal.address, lambda: pids(portal)) as watch:
        holding = [hands.submit(hold) for _ in range(4)]
        time.sleep(2)
        fifth = hands.submit(timed, iter([body]), measured(body, kind))
        creeping = hands.submit(timed, _until_answered(small, over), measured(small, small_kind))
        heads = [hands.submit(creep_head, portal.port, over) for _ in range(20)]
        status, retry, seconds, words = fifth.result()
        crowd = [hands.submit(hold) for _ in range(proof.size("senders"))]
        crept = creeping.result()
        answered_heads = [head.result() for head in heads]
        over.set()
        held = [one.result() for one in holding]
        in_crowd = [one.result() for one in crowd]
    time.sleep(3)
    after = memory_of_all(portal)
    proof.came_to(senders=proof.size("senders"), fifth_told_after_seconds=round(seconds, 1),
                  byte_a_second_told_after_seconds=round(crept[2], 1), page_p95_seconds=watch.p95,
                  memory_before_mb=round(before), memory_after_mb=round(after), bytes_on_disk=watch.spooled,
                  turned_away=sum(1 for one in in_crowd if one == 503))  # fmt: skip
    assert (status, retry) == (503, "10")
    assert "Vänta en halv minut" in words
    assert WAIT_SECONDS - 1 < seconds < WAIT_SECONDS + 10
    assert crept[0] == 408
    assert "för långsam" in crept[3]
    assert crept[2] < 40
    assert set(answered_heads) == {408}
    assert set(held) <= {400}
    assert set(in_crowd) <= {400, 503}
    assert watch.faults == []
    assert watch.spooled == 0
    assert after - before < 30
    assert paper.send([body], more=measured(body, kind)).status == 303
    assert "unforeseen" not in (tmp_path / "log").read_text()


def memory_of_all(portal: Living) -> float:
    return sum(memory_mb(pid) for pid in pids(portal))


def _until_answered(body: bytes, over: Event) -> Iterator[bytes]:
    """A byte a second, for as long as anybody could wait."""
    yield from slowly(body[:40], a_second=1, until=over)


def creep_head(port: int, over: Event) -> int:
    """A head of a byte a second; what it is answered."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        with suppress(BrokenPipeError, ConnectionResetError):
            for byte in slowly(b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: " + b"x" * 60, a_second=2, until=over):
                line.sendall(byte)
                if not over.is_set() and _has_answer(line):
                    break
        return answer_on(line).status


def _has_answer(line: socket.socket) -> bool:
    try:
        return bool(line.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    except BlockingIOError:
        return False
