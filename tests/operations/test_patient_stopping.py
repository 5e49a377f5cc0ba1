"""A web server that is told to stop takes in whoever has come, and lets nobody wait for what will not be: a proxy is refused
at once, and goes to another server with what it has."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.operations.test_patient_worker import AT_WORK, SECONDS, Line, _listens, _until
from tests.proofs.living import free_port


@dataclass(frozen=True, slots=True)
class Server:
    """One that is told to stop. What asks for ``/slow`` holds it up until there is ``enough``."""

    process: subprocess.Popen[bytes]
    port: int
    place: Path

    def stop(self) -> None:
        """Tell it, and not wait."""
        self.process.send_signal(signal.SIGTERM)

    def hold_up(self) -> Line:
        """A request that is being answered."""
        line = Line(self.port)
        line.ask("/slow")
        _until((self.place / "slow").exists, "the slow one was never begun")
        return line

    def at_work(self) -> int:
        """The process that answers."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        _until(lambda: children.read_text().split() != [], "nobody answers")
        return int(children.read_text().split()[0])


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    port = free_port()
    here = {name: value for name, value in os.environ.items() if name != "PORTAL_NOW"}
    process = subprocess.Popen([sys.executable, "-c", AT_WORK, str(tmp_path), str(port)], env=here)
    try:
        _until(lambda: _listens(port), "the server never came")
        first = Line(port)
        first.ask("/made")
        assert first.answer()[2] == b"made", "a worker that has just begun to be does not hear that it is to stop"
        yield Server(process, port, tmp_path)
        (tmp_path / "enough").touch()
        process.terminate()
        process.wait(timeout=SECONDS)
    finally:
        process.kill()


def test_nobody_more_is_let_in_while_the_last_answer_is_made(server: Server) -> None:
    last = server.hold_up()
    server.stop()
    _until(lambda: not _listens(server.port), "it lets people in that it will not answer")
    (server.place / "enough").touch()
    assert last.answer()[0] == b"HTTP/1.1 200 OK\r\n"


def test_whoever_stood_at_the_door_is_answered(server: Server) -> None:
    os.kill(server.at_work(), signal.SIGSTOP)
    waiting = [Line(server.port) for _ in range(5)]
    for line in waiting:
        line.ask("/made", "POST", "Content-Length: 0\r\n")
    server.stop()
    os.kill(server.at_work(), signal.SIGCONT)
    assert [line.answer()[2] for line in waiting] == [b"made"] * 5


@pytest.mark.parametrize("begun", ["", "POST /made HTTP/1.1\r\nHost: portal"])
def test_whoever_was_let_in_is_given_a_moment_to_say_what_they_want(server: Server, begun: str) -> None:
    last, line = server.hold_up(), Line(server.port)
    line.socket.sendall(begun.encode())
    server.stop()
    _until(lambda: not _listens(server.port), "it lets people in that it will not answer")
    rest = "POST /made HTTP/1.1\r\nHost: portal.example\r\nContent-Length: 0\r\n\r\n"
    line.socket.sendall(rest.removeprefix(begun).encode())
    assert line.answer()[2] == b"made"
    (server.place / "enough").touch()
    assert last.answer()[2] == b"slow"


def test_whoever_says_nothing_does_not_hold_it_up(server: Server) -> None:
    silent = [Line(server.port) for _ in range(3)]
    silent[0].socket.sendall(b"GET /made HT")
    server.stop()
    assert server.process.wait(timeout=SECONDS / 2) == 0
    assert silent[1].ended()
