"""What lies ready is answered by the server's loop itself; everything else by a thread, as it was asked."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.proofs.living import free_port

AT_WORK = """
import sys, time
from datetime import UTC, datetime
from pathlib import Path
from portal import clock
from portal.operations import engines
from portal.web.arrival import ARRIVED, ArrivalStamp
from portal.web.bodies import BodyGate
from portal.web.ready_answers import _REPEATED, ReadyAnswers

place, engines.THREADS = Path(sys.argv[1]), 2
BODIES = {"/ready": b"ready", "/large": bytes(range(256)) * 32_768, "/made": b"made", "/slow": b"slow"}

def made(environ, start_response):
    path = environ["PATH_INFO"]
    if path == "/slow":
        with (place / "slow").open("a") as log:
            log.write(".")
    while path == "/slow" and not (place / "enough").exists():
        time.sleep(0.01)
    with (place / "made").open("a") as log:
        log.write(path + " ")
    if path in ("/ready", "/large"):
        environ[_REPEATED] = (time.monotonic(), datetime.max.replace(tzinfo=UTC))
    waited = (clock.now() - environ[ARRIVED]).total_seconds()
    body = str(waited).encode() if path == "/waited" else BODIES[path]
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else body]

app = ArrivalStamp(BodyGate(ReadyAnswers(made, seconds=3600)))
engines.WebServer(app, host="127.0.0.1", port=int(sys.argv[2]), workers=1).run()
"""
SECONDS = 20


class Line:
    """One connection to the server."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SECONDS)
        self.heard = self.socket.makefile("rb")

    def ask(self, path: str, method: str = "GET", more: str = "") -> None:
        """Send a request and do not wait."""
        self.socket.sendall(f"{method} {path} HTTP/1.1\r\nHost: portal.example\r\n{more}\r\n".encode())

    def answer(self, *, body: bool = True) -> tuple[bytes, list[bytes], bytes]:
        """The next answer: its first line, its header fields without the time, its body."""
        status, fields = self.heard.readline(), []
        while (field := self.heard.readline()) not in (b"\r\n", b""):
            fields.append(field)
        length = next((int(field.split()[1]) for field in fields if field.startswith(b"Content-Length")), 0)
        return status, [f for f in fields if not f.startswith(b"Date")], self.heard.read(length if body else 0)

    def ended(self) -> bool:
        """Whether the server has ended the connection."""
        return self.heard.read(1) == b""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """A server with two threads, and its folder."""
    chosen, place = free_port(), tmp_path_factory.mktemp("server")
    here = {name: value for name, value in os.environ.items() if name != "PORTAL_NOW"}  # the clock goes there
    command = [sys.executable, "-c", AT_WORK, str(place), str(chosen)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, env=here)
    try:
        _until(lambda: _listens(chosen), "the server never came")
        yield chosen, place
        process.terminate()
        said = process.communicate(timeout=20)[1].decode().splitlines()
        assert [line for line in said if not line.endswith("Invalid request.")] == []
    finally:
        process.kill()


@pytest.fixture
def port(server: tuple[int, Path]) -> Iterator[int]:
    """The server's port, and what it makes is noted anew."""
    (server[1] / "made").write_text("")
    (server[1] / "slow").write_text("")
    (server[1] / "enough").unlink(missing_ok=True)
    yield server[0]
    (server[1] / "enough").touch()
    last = Line(server[0])
    last.ask("/made?last")  # behind whatever waits for a thread: nothing is left that the next test could meet
    last.answer()
    _until(lambda: made(server).count("/slow") == slow_ones(server), "a thread stays taken")


def _listens(port: int) -> bool:
    with socket.socket() as line:
        return line.connect_ex(("127.0.0.1", port)) == 0


def _until(true: Callable[[], bool], otherwise: str) -> None:
    until = time.monotonic() + SECONDS
    while not true():
        assert time.monotonic() < until, otherwise
        time.sleep(0.01)


def take_every_thread(port: int, server: tuple[int, Path]) -> list[Line]:
    """The lines of as many as there are threads: each has one, until it is enough."""
    busy = [Line(port), Line(port)]
    for one in busy:
        one.ask("/slow")
    _until(lambda: slow_ones(server) == len(busy), "the threads were never taken")
    return busy


def slow_ones(server: tuple[int, Path]) -> int:
    """How many slow answers a thread has begun."""
    return len((server[1] / "slow").read_text())


def made(server: tuple[int, Path]) -> list[str]:
    """The paths for which an answer had to be made."""
    return (server[1] / "made").read_text().split()


def test_what_lies_ready_comes_also_when_every_thread_is_taken(port: int, server: tuple[int, Path]) -> None:
    line = Line(port)
    line.ask("/ready?full")
    line.answer()
    busy = take_every_thread(port, server)
    waits = Line(port)
    waits.ask("/made")
    for _ in range(3):
        line.ask("/ready?full")
        assert line.answer()[2] == b"ready"
    assert made(server) == ["/ready"], "a thread was free"
    (server[1] / "enough").touch()
    assert [one.answer()[2] for one in (*busy, waits)] == [b"slow", b"slow", b"made"]


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_it_is_the_answer_of_a_thread_to_the_byte(port: int, server: tuple[int, Path], method: str) -> None:
    line, body = Line(port), method == "GET"
    answers = []
    for _ in range(3):
        line.ask("/ready?bytes", method)
        answers.append(line.answer(body=body))
    assert answers == [answers[0]] * 3 and answers[0][0] == b"HTTP/1.1 200 OK\r\n"
    assert made(server) == ["/ready"]


def test_a_request_that_is_not_ready_is_answered_as_it_was_asked(port: int) -> None:
    line = Line(port)
    for path in ("/made", "/ready", "/made", "/ready"):
        line.ask(path)
        assert line.answer()[2].decode() == path[1:]
    line.ask("/made", more="Connection: close\r\n")
    assert line.answer()[2] == b"made" and line.ended()


@pytest.mark.parametrize("more", ["Content-Length: 300000\r\n", "Transfer-Encoding: chunked\r\n"])
@pytest.mark.parametrize("path", ["/made", "/ready"])
def test_what_is_sent_along_with_a_question_is_waited_for_by_nobody(port: int, path: str, more: str) -> None:
    """More of them than there are threads; nothing of their bodies comes."""
    silent = [Line(port) for _ in range(6)]
    for one in silent:
        one.ask(path, more=more)
    assert [one.answer()[2].decode() for one in silent] == [path[1:]] * 6
    line = Line(port)
    line.ask("/made?meanwhile")
    assert line.answer()[2] == b"made", "a thread was free"
    assert all(one.ended() for one in silent), "where the next request begins nobody knows"


@pytest.mark.parametrize("size", [0, 65_535, 65_536, 300_000])
def test_the_answer_says_that_the_line_ends_where_the_form_is_too_long_to_be_thrown_away(port: int, size: int) -> None:
    line = Line(port)
    line.ask("/made", "POST", f"Content-Length: {size}\r\n")
    if size < 65_536:
        line.socket.sendall(b"x" * size)
    _status, fields, body = line.answer()
    assert body == b"made" and (b"Connection: close\r\n" in fields) == (size >= 65_536)
    if size >= 65_536:
        assert line.ended()
    else:
        line.ask("/made?next")
        assert line.answer()[2] == b"made"


@pytest.mark.parametrize("paths", [("ready", "ready"), ("ready", "made"), ("made", "ready"), ("made", "made")])
def test_two_requests_in_one_packet_have_two_answers(port: int, paths: tuple[str, str]) -> None:
    line = Line(port)
    line.ask("/ready")
    line.answer()
    line.socket.sendall("".join(f"GET /{path} HTTP/1.1\r\nHost: portal.example\r\n\r\n" for path in paths).encode())
    assert [line.answer()[2].decode() for _ in paths] == [*paths]
    line.ask("/ready", more="Connection: close\r\n")
    assert line.answer()[2] == b"ready" and line.ended(), "there were more answers than requests"


def test_a_beginning_that_comes_along_with_a_request_takes_no_thread(port: int) -> None:
    half = [Line(port) for _ in range(4)]  # twice as many as there are threads
    for one, path in zip(half, ["/made", "/ready"] * 2, strict=True):
        one.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: portal.example\r\n\r\nGET /ma".encode())
        assert one.answer()[2].decode() == path[1:]
    line = Line(port)
    line.ask("/made?meanwhile")
    assert line.answer()[2] == b"made", "a thread was free"
    for one in half:
        one.socket.sendall(b"de HTTP/1.1\r\nHost: portal.example\r\n\r\n")
        assert one.answer()[2] == b"made"


def test_a_head_that_comes_after_such_a_beginning_is_the_rest_of_it(port: int) -> None:
    line, host = Line(port), "Host: portal.example\r\n"
    line.socket.sendall(f"GET /made HTTP/1.1\r\n{host}\r\nGET /made?second HTTP/1.1\r\n{host}X: ".encode())
    assert line.answer()[2] == b"made"
    line.socket.sendall(b"GET /ready HTTP/1.1\r\n\r\n")  # what the second says of X
    assert line.answer()[2] == b"made"
    line.ask("/ready", more="Connection: close\r\n")
    assert line.answer()[2] == b"ready" and line.ended(), "there were more answers than requests"


def test_who_waited_for_a_thread_came_when_the_first_byte_did(port: int, server: tuple[int, Path]) -> None:
    line = Line(port)
    take_every_thread(port, server)
    line.ask("/waited")
    time.sleep(0.4)
    (server[1] / "enough").touch()
    assert float(line.answer()[2]) >= 0.3


def test_connection_close_is_heeded_where_the_answer_lies_ready(port: int) -> None:
    for _ in range(2):
        line = Line(port)
        line.ask("/ready", more="Connection: close\r\n")
        assert line.answer()[2] == b"ready" and line.ended()


def test_a_head_that_is_none_is_refused(port: int) -> None:
    for head in ("GET /ready\r\n\r\n", "GET /ready HTTP/1.1\r\nHost : x\r\n\r\n", "GET /ready HTTP/1.1\r\n: x\r\n\r\n"):
        line = Line(port)
        line.ask("/ready")
        line.answer()
        line.socket.sendall(head.encode())
        assert line.answer()[0].startswith(b"HTTP/1.1 400"), head


def test_whoever_does_not_read_and_whoever_promises_a_body_are_waited_for_by_nobody_else(port: int) -> None:
    line = Line(port)
    for path in ("/ready", "/large"):
        line.ask(path)
        line.answer()
    promises, slow = Line(port), Line(port)
    promises.ask("/ready", more="Content-Length: 5\r\n")
    slow.ask("/large")
    begun = time.monotonic()
    for _ in range(20):
        line.ask("/ready")
        assert line.answer()[2] == b"ready"
    assert time.monotonic() - begun < 2, "the loop stood still"
    assert slow.answer()[2] == bytes(range(256)) * 32_768
    promises.socket.sendall(b"12345")
    assert promises.answer()[2] == b"ready"


def test_a_reader_who_is_gone_harms_nobody(port: int) -> None:
    line = Line(port)
    line.ask("/large")
    line.answer()
    for _ in range(5):
        gone = Line(port)
        gone.ask("/large")
        gone.socket.close()
    line.ask("/ready")
    assert line.answer()[2] == b"ready"
