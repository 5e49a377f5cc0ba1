"""Has a limited child made, feeds it one file, stops it in time, and leaves nothing of it behind."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from portal import clock
from portal.documents.engines import frames
from portal.documents.engines.nursery import MESSAGE_BYTES
from portal.documents.engines.places import NoChildFree

MAX_ANSWER = 24 * 1024 * 1024
STARTING_SECONDS = 20.0  # a machine with much to do has started Python by then
_PROGRAM = [sys.executable, "-I", "-m", "portal.documents.engines.nursery"]


@dataclass(frozen=True)
class Answer:
    """The whole frames a child sent, and whether it came to its own end."""

    frames: tuple[tuple[bytes, bytes], ...]
    ended: bool


def ask(
    data: bytes, job: str, kind: str, first: int, last: int, *, until: float, stop: threading.Event | None = None
) -> Answer:
    """Runs one child, in a `place` that the caller has taken. `until` is an instant of `clock.monotonic`.

    `stop` ends it early, with the frames that came.
    """
    raw = _run([job, kind, str(first), str(last)], data, until, stop or threading.Event())
    whole = tuple(frames.whole_frames(raw))
    return Answer(whole, ended=bool(whole) and whole[-1][0] == frames.END)


def _run(arguments: list[str], data: bytes, until: float, stop: threading.Event) -> bytes:
    with (
        tempfile.TemporaryDirectory(prefix="document-", ignore_cleanup_errors=True) as folder,
        _child([folder, *arguments]) as (to_child, from_child, control),
    ):
        chunks: list[bytes] = []
        feeder = threading.Thread(target=_feed, args=(to_child, data), daemon=True)
        listener = threading.Thread(target=_listen, args=(from_child, chunks), daemon=True)
        feeder.start()
        listener.start()
        while listener.is_alive() and not stop.is_set() and (left := until - clock.monotonic()) > 0:
            listener.join(min(left, 0.1))
        _end(control)
        for thread, pipe in ((listener, from_child), (feeder, to_child)):
            thread.join(1.0)
            if not thread.is_alive():  # closing a pipe that is being read would wait for the reader
                with contextlib.suppress(OSError):
                    pipe.close()
        return b"".join(chunks)


class Nursery:
    """The process that forks the children: started when a file comes, and by itself ended when none has for a while."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._asks: socket.socket | None = None
        self._started: list[str] = []

    def begin(self, message: list[str], reads: int, writes: int) -> socket.socket:
        """Have a child started; the control to end it by. Raises `NoChildFree` where none can be."""
        whole = json.dumps(message).encode().ljust(MESSAGE_BYTES)
        for _ in range(2):  # it may have ended, or been ended, since the last file
            control, its_control = socket.socketpair()
            control.settimeout(STARTING_SECONDS)
            with self._guard:
                asked = self._open()
                with its_control, contextlib.suppress(OSError):
                    socket.send_fds(asked, [whole], [reads, writes, its_control.fileno()])
            with contextlib.suppress(OSError):
                if control.recv(1):
                    return control
            control.close()
            with self._guard:
                if self._asks is asked:
                    self._close()
        raise NoChildFree

    def _open(self) -> socket.socket:
        if self._asks is None or self._started != _PROGRAM:
            self._close()
            self._asks, its_end = socket.socketpair()
            with its_end:
                process = subprocess.Popen(
                    _PROGRAM,
                    stdin=its_end.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd="/",
                    env={"HOME": "/"},  # without a home the list of users would be opened to look for one
                    start_new_session=True,
                )
            threading.Thread(target=process.wait, daemon=True).start()
            self._started = list(_PROGRAM)
        return self._asks

    def _close(self) -> None:
        if self._asks is not None:
            self._asks.close()
            self._asks = None


_nursery = Nursery()


@contextlib.contextmanager
def _child(message: list[str]) -> Iterator[tuple[BinaryIO, BinaryIO, socket.socket]]:
    """A child at work: what it reads, what it writes, and the control by which it is ended."""
    its_input, to_child = os.pipe()
    from_child, its_output = os.pipe()
    try:
        control = _nursery.begin(message, its_input, its_output)
    except BaseException:
        os.close(to_child)
        os.close(from_child)
        raise
    finally:
        os.close(its_input)
        os.close(its_output)
    with control:
        try:
            yield os.fdopen(to_child, "wb"), os.fdopen(from_child, "rb"), control
        finally:
            _end(control)


def _end(control: socket.socket) -> None:
    """Ends the child and whatever it started; they are gone when this returns."""
    with contextlib.suppress(OSError):
        control.shutdown(socket.SHUT_WR)
        while control.recv(16):
            pass


def _feed(pipe: BinaryIO, data: bytes) -> None:
    with contextlib.suppress(OSError, ValueError):
        pipe.write(data)
        pipe.close()


def _listen(pipe: BinaryIO, chunks: list[bytes]) -> None:
    left = MAX_ANSWER
    with contextlib.suppress(OSError, ValueError):
        while left > 0 and (chunk := pipe.read1(min(left, 65536))):  # type: ignore[attr-defined]
            chunks.append(chunk)
            left -= len(chunk)
