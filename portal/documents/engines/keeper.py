"""Has a limited child made, feeds it one file, stops it in time, and leaves nothing of it behind."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

import structlog

from portal import clock
from portal.documents.engines import frames
from portal.documents.engines.nursery import GONE, MESSAGE_BYTES, NUMBER
from portal.documents.engines.places import NoChildFree

MAX_ANSWER = 24 * 1024 * 1024
STARTING_SECONDS = 20.0  # a machine with much to do has started Python by then
_PROGRAM = [sys.executable, "-I", "-m", "portal.documents.engines.nursery"]
_log = structlog.get_logger("documents")


@dataclass(frozen=True)
class Answer:
    """The whole frames a child sent, and whether it came to its own end."""

    frames: tuple[tuple[bytes, bytes], ...]
    ended: bool


def ask(
    data: bytes, job: str, kind: str, first: int, last: int, *, until: float, stop: threading.Event | None = None
) -> Answer:
    """Runs one child, in a `place` that the caller has taken. `until` is an instant of `clock.monotonic`.

    `stop` ends it early, with the frames that came. Raises `NoChildFree` where none can be started in time.
    """
    raw = _run([job, kind, str(first), str(last)], data, until, stop or threading.Event())
    whole = tuple(frames.whole_frames(raw))
    return Answer(whole, ended=bool(whole) and whole[-1][0] == frames.END)


def _run(arguments: list[str], data: bytes, until: float, stop: threading.Event) -> bytes:
    with child_at_work(arguments, until) as (to_child, from_child, control):
        chunks: list[bytes] = []
        feeder = threading.Thread(target=_feed, args=(to_child, data), daemon=True)
        listener = threading.Thread(target=_listen, args=(from_child, chunks), daemon=True)
        feeder.start()
        listener.start()
        while listener.is_alive() and not stop.is_set() and (left := until - clock.monotonic()) > 0:
            listener.join(min(left, 0.1))
        control.end()
        for thread, pipe in ((listener, from_child), (feeder, to_child)):
            thread.join(1.0)
            if not thread.is_alive():  # closing a pipe that is being read would wait for the reader
                with contextlib.suppress(OSError):
                    pipe.close()
        return b"".join(chunks)


class Nursery:
    """The process that forks the children: started when a file comes, replaced when it takes no more."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._asks: socket.socket | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._started: list[str] = []

    def start_child(self, message: list[str], reads: int, writes: int, until: float) -> "Control":
        """Have a child started. Raises `NoChildFree` where none can be, or not before ``until``."""
        whole = json.dumps(message).encode()
        if len(whole) > MESSAGE_BYTES:
            raise ValueError("a job is told in fewer words")
        for _ in range(3):  # it may have ended, or taken its last job, since the last file
            left = until - clock.monotonic()
            if left <= 0:
                break
            control, its_control = socket.socketpair()
            control.settimeout(min(STARTING_SECONDS, left))
            with its_control:
                nursery = self._send(whole.ljust(MESSAGE_BYTES), [reads, writes, its_control.fileno()])
            if pid := self._number(control, nursery):
                return Control(control, pid, nursery)
            control.close()
        _log.warning("no_child", reason="the nursery did not begin one")
        raise NoChildFree

    def _send(self, whole: bytes, ends: list[int]) -> "subprocess.Popen[bytes]":
        with self._guard:
            asks, process = self._open()
            try:
                socket.send_fds(asks, [whole], ends)
            except OSError:  # it has ended, or takes no more: the next try has another
                self._close()
            return process

    def _number(self, control: socket.socket, nursery: "subprocess.Popen[bytes]") -> int:
        """The number of the child that has begun; 0 where none has. One that hangs is ended: it serves nobody."""
        try:
            told = control.recv(NUMBER.size)
        except TimeoutError:
            nursery.kill()
            return 0
        except OSError:
            return 0
        return int(NUMBER.unpack(told)[0]) if len(told) == NUMBER.size else 0

    def _open(self) -> "tuple[socket.socket, subprocess.Popen[bytes]]":
        if self._asks is None or self._process is None or self._started != _PROGRAM:
            self._close()
            self._asks, its_end = socket.socketpair()
            with its_end:
                self._process = subprocess.Popen(
                    _PROGRAM,
                    stdin=its_end.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    cwd="/",
                    env={"HOME": "/"},  # without a home the list of users would be opened to look for one
                    start_new_session=True,
                )
            threading.Thread(target=self._process.wait, daemon=True).start()
            self._started = list(_PROGRAM)
        return self._asks, self._process

    def _close(self) -> None:
        """Ask no more of this one. It ends when those at work have."""
        if self._asks is not None:
            self._asks.close()
            self._asks = None


_nursery = Nursery()


class Control:
    """By which a child is ended."""

    def __init__(self, line: socket.socket, pid: int, nursery: "subprocess.Popen[bytes]") -> None:
        self._line, self._pid, self._nursery, self._over = line, pid, nursery, False

    def end(self) -> None:
        """End the child and whatever it started: they are gone when this returns. Twice is no fault."""
        if self._over:
            return
        self._over = True
        said = b""
        with self._line, contextlib.suppress(OSError):
            self._line.settimeout(STARTING_SECONDS)
            self._line.shutdown(socket.SHUT_WR)
            said = self._line.recv(1)
        if (
            said != GONE
        ):  # its nursery has died or hangs, so nobody has waited for the child: its number is still its own
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._pid, signal.SIGKILL)
            self._nursery.kill()


@contextlib.contextmanager
def child_at_work(message: list[str], until: float) -> Iterator[tuple[BinaryIO, BinaryIO, Control]]:
    """A child at work: what it reads, what it writes, and the control by which it is ended."""
    with contextlib.ExitStack() as opened:
        its_input, to_child = _pipe(opened)
        from_child, its_output = _pipe(opened)
        control = _nursery.start_child(message, its_input, its_output, until)
        opened.pop_all()
    os.close(its_input)
    os.close(its_output)
    try:
        yield os.fdopen(to_child, "wb"), os.fdopen(from_child, "rb"), control
    finally:
        control.end()


def _pipe(opened: contextlib.ExitStack) -> tuple[int, int]:
    ends = os.pipe()
    for end in ends:
        opened.callback(os.close, end)
    return ends


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
