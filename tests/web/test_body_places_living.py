"""Slow senders hold a place for as long as nobody waits for it, and no longer: asked of the real server, on real lines."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.operations.test_patient_worker import SECONDS, Line, _listens, _until
from tests.proofs.living import free_port

AT_WORK = """
import sys
from pathlib import Path
from werkzeug.exceptions import HTTPException, ServiceUnavailable
from werkzeug.middleware.proxy_fix import ProxyFix
from portal.operations import engines
from portal.web import bodies, body_places

place = Path(sys.argv[1])
bodies.BODIES_AT_ONCE, bodies.BODIES_WAITING = 4, 8
body_places.HELD_SECONDS, body_places.HELD_BY_MANY, body_places.LOOK_AGAIN = 0.4, 0.2, 0.05
body_places.FAST_BYTES_PER_SECOND = 10**12  # whoever has not sent all is slow

def reads(environ, start_response):
    if environ.get("portal.no_place"):
        return ServiceUnavailable()(environ, start_response)
    with (place / "begun").open("a") as log:
        log.write(".")
    try:
        length = len(environ["wsgi.input"].read())
    except HTTPException as refused:
        return refused(environ, start_response)
    start_response("200 OK", [("Content-Length", str(len(str(length))))])
    return [str(length).encode()]

app = ProxyFix(bodies.BodyGate(reads), x_for=1)
engines.WebServer(app, host="127.0.0.1", port=int(sys.argv[2]), workers=1).run()
"""
LENGTH = 300_000  # a large one
ONE, ANOTHER = "192.0.2.1", "198.51.100.7"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Path]]:
    """A server with four places for large bodies, and its folder."""
    port, place = free_port(), tmp_path_factory.mktemp("server")
    here = {name: value for name, value in os.environ.items() if name != "PORTAL_NOW"}
    process = subprocess.Popen([sys.executable, "-c", AT_WORK, str(place), str(port)], env=here)
    try:
        _until(lambda: _listens(port), "the server never came")
        yield port, place
    finally:
        process.terminate()
        process.wait(SECONDS)


class Sender:
    """Somebody who sends a large body, in two halves, through the proxy."""

    def __init__(self, server: tuple[int, Path], network: str, *, invented: str = "") -> None:
        self.line, self.place = Line(server[0]), server[1]
        told = ", ".join(filter(None, (invented, network)))
        self.line.ask("/", "POST", f"Content-Length: {LENGTH}\r\nX-Forwarded-For: {told}\r\n")

    def half(self) -> None:
        self.line.socket.sendall(b"x" * (LENGTH // 2))

    def answer(self) -> bytes:
        return self.line.answer()[0].split()[1]


@pytest.fixture
def begun(server: tuple[int, Path]) -> Path:
    """Where each body that has got a place leaves a mark."""
    (server[1] / "begun").write_text("")
    return server[1] / "begun"


def hold(server: tuple[int, Path], begun: Path, *networks: str, invented: str = "") -> list[Sender]:
    """Senders who have got a place each, and half of whose body has come."""
    before, senders = len(begun.read_text()), []
    for number, network in enumerate(networks):
        senders.append(Sender(server, network, invented=invented and f"{invented}.{number}"))
        senders[-1].half()
        inside = before + len(senders)
        _until(lambda inside=inside: len(begun.read_text()) == inside, "no place")
    return senders


def finish(*senders: Sender) -> list[bytes]:
    """What each is answered when it has sent the other half as well."""
    for one in senders:
        with suppress(OSError):  # it is refused already
            one.half()
    return sorted(one.answer() for one in senders)


def test_slow_senders_keep_their_places_while_nobody_waits(server: tuple[int, Path], begun: Path) -> None:
    slow = hold(server, begun, ONE, ONE, ONE, ONE)
    time.sleep(1)  # beyond all that is allowed while somebody waits
    assert finish(*slow) == [b"200"] * 4


@pytest.mark.parametrize("network", [ONE, ANOTHER])
def test_whoever_waits_gets_the_place_of_one_slow_sender_and_the_others_go_on(
    server: tuple[int, Path], begun: Path, network: str
) -> None:
    slow, waits = hold(server, begun, ONE, ONE, ONE, ONE), Sender(server, network)
    waits.half()
    assert finish(waits) == [b"200"]
    assert finish(*slow) == [b"200"] * 3 + [b"408"]


def test_a_network_that_holds_most_places_takes_none_from_another(server: tuple[int, Path], begun: Path) -> None:
    phone, *slow = hold(server, begun, ANOTHER, ONE, ONE, ONE)
    more = hold(server, begun, ONE, ONE, ONE, invented="198.51.100")
    assert finish(*slow) == [b"408"] * 3
    assert finish(phone, *more) == [b"200"] * 4
