"""Senders that do not behave: slow ones, ones that lie about lengths, ones that leave; and what a server takes meanwhile."""

import http.client
import os
import socket
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread
from urllib.parse import urlsplit

from portal.documents.engines.nursery import NAME
from tests.proofs.visitor import Answer, Visitor, encoded

Pieces = Iterable[bytes]


@dataclass
class Paper:
    """Page two of one begun application: where it is sent, and the head that a sender of it has."""

    visitor: Visitor
    path: str

    def body(self, fields: dict[str, object], files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
        """A well-formed body with the form's token first, and its content type."""
        return encoded({"csrf_token": self.visitor.token, **fields}, files)

    def send(
        self, pieces: Pieces, *, more: dict[str, str], then: Callable[[socket.socket], None] | None = None
    ) -> Answer:
        """Send these bytes as they are, whatever the head says of them; the answer, also one that comes early.

        Raises `OSError` or `http.client.HTTPException` where none comes.
        """
        host, port = urlsplit(self.visitor.address).netloc.split(":")
        cookies = self.visitor._cookie_for(self.path)
        head = {"Host": f"{host}:{port}", "Cookie": cookies, "Connection": "close", **more}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        with socket.create_connection(("127.0.0.1", int(port)), timeout=90) as line:
            with suppress(BrokenPipeError, ConnectionResetError):  # an early answer
                line.sendall(f"POST {self.path} HTTP/1.1\r\n{lines}\r\n".encode())
                for piece in pieces:
                    line.sendall(piece)
                if then is not None:
                    then(line)
            return answer_on(line)


def answer_on(line: socket.socket) -> Answer:
    """What the server says on this line."""
    response = http.client.HTTPResponse(line)
    response.begin()
    return Answer(response.status, response.headers, response.read())


def chunked(body: bytes, size: int = 50_000) -> Pieces:
    """The body in chunks (RFC 9112, 7.1)."""
    for start in range(0, len(body), size):
        piece = body[start : start + size]
        yield b"%x\r\n%s\r\n" % (len(piece), piece)
    yield b"0\r\n\r\n"


def slowly(body: bytes, *, a_second: float, until: Event | None = None, piece: int = 1) -> Pieces:
    """The body at so many bytes a second, until it is over or the event comes."""
    for start in range(0, len(body), piece):
        if until is not None and until.wait(piece / a_second):
            return
        if until is None:
            time.sleep(piece / a_second)
        yield body[start : start + piece]


@dataclass
class Watch:
    """Asks for a page each tenth of a second and keeps what the portal's processes take, until it is left."""

    address: str
    pids: Callable[[], list[int]]
    folder: Path | None = None
    times: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    most_memory_mb: float = 0
    most_of_a_child_mb: float = 0
    spooled: int = 0
    _over: Event = field(default_factory=Event)

    def __enter__(self) -> "Watch":
        self._threads = [Thread(target=self._ask), Thread(target=self._measure)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    @property
    def p95(self) -> float:
        """Seconds within which 95 of 100 pages came."""
        return round(quantiles(self.times, n=20)[-1], 3) if len(self.times) > 1 else 0.0

    def _ask(self) -> None:
        while not self._over.wait(0.1):
            begun = time.monotonic()
            visitor = Visitor(self.address)
            try:
                status = visitor.get("/").status
            except (OSError, http.client.HTTPException) as fault:
                status = 0
                self.faults.append(repr(fault))
            finally:
                visitor.close()
            if status != 200:
                self.faults.append(str(status))
            self.times.append(time.monotonic() - begun)

    def _measure(self) -> None:
        while not self._over.wait(0.2):
            ours = self.pids()
            sizes = {pid: (is_child(pid), memory_mb(pid)) for pid in ours}
            self.most_memory_mb = max(self.most_memory_mb, sum(size for child, size in sizes.values() if not child))
            self.most_of_a_child_mb = max([self.most_of_a_child_mb, *(size for child, size in sizes.values() if child)])
            self.spooled = max(self.spooled, on_disk(self.folder, ours))


def processes_under(roots: Iterable[int]) -> list[int]:
    """These processes and all that they started, theirs too."""
    found, parents = list(roots), {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parents[int(status.parent.name)] = int(status.read_text().rpartition(")")[2].split()[1])
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def is_child(pid: int) -> bool:
    """Whether this is a limited child. The nursery that it comes from is not."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/comm").read_bytes().strip() == NAME
    return False


def memory_mb(pid: int) -> float:
    """PSS in MB (its own memory and its share of what it shares); 0 where it is gone."""
    with suppress(OSError, ValueError, IndexError):
        return int(Path(f"/proc/{pid}/smaps_rollup").read_text().partition("\nPss:")[2].split()[0]) / 1024
    return 0.0


def on_disk(folder: Path | None, pids: Iterable[int]) -> int:
    """Bytes in the folder for passing files, and in files that are open though their name is gone."""
    size = 0
    if folder is not None:
        for path in folder.rglob("*"):
            with suppress(OSError):
                size += path.stat().st_size if path.is_file() else 0
    for pid in pids:
        for place in Path(f"/proc/{pid}/fd").glob("*"):
            with suppress(OSError):
                if os.readlink(place).startswith("/") and os.readlink(place).endswith(" (deleted)"):
                    size += place.stat().st_size
    return size
