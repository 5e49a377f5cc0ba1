"""Starts a limited child, feeds it one file, stops it in time, and leaves nothing of it behind."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from portal import clock
from portal.documents.engines import frames

MAX_ANSWER = 24 * 1024 * 1024
_needed = {name: os.environ[name] for name in ("SYSTEMROOT",) if name in os.environ}  # Windows cannot start without
_PROGRAM = [sys.executable, "-I", "-m", "portal.documents.engines.child"]


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
    raw = _run([*_PROGRAM, job, kind, str(first), str(last)], data, until, stop or threading.Event())
    whole = tuple(frames.whole_frames(raw))
    return Answer(whole, ended=bool(whole) and whole[-1][0] == frames.END)


def _run(command: list[str], data: bytes, until: float, stop: threading.Event) -> bytes:
    with (
        tempfile.TemporaryDirectory(prefix="document-", ignore_cleanup_errors=True) as folder,
        _child(command, folder) as child,
    ):
        assert child.stdin is not None
        assert child.stdout is not None
        chunks: list[bytes] = []
        feeder = threading.Thread(target=_feed, args=(child.stdin, data), daemon=True)
        listener = threading.Thread(target=_listen, args=(child.stdout, chunks), daemon=True)
        feeder.start()
        listener.start()
        while listener.is_alive() and not stop.is_set() and (left := until - clock.monotonic()) > 0:
            listener.join(min(left, 0.1))
        _kill(child)
        for thread, pipe in ((listener, child.stdout), (feeder, child.stdin)):
            thread.join(1.0)
            if not thread.is_alive():  # closing a pipe that is being read would wait for the reader
                with contextlib.suppress(OSError):
                    pipe.close()
        return b"".join(chunks)


@contextlib.contextmanager
def _child(command: list[str], folder: str) -> Iterator["subprocess.Popen[bytes]"]:
    # The child asks to die with the thread that started it: that thread is the one that waits for it here.
    child = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={"HOME": folder, **_needed},  # without a home the list of users would be opened to look for one
        start_new_session=True,
    )
    try:
        yield child
    finally:
        _kill(child)
        child.wait()


def _kill(child: "subprocess.Popen[bytes]") -> None:
    """Ends the child and whatever it started. Its number is not used again before `wait` has fetched it."""
    if child.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if sys.platform == "win32":
            child.kill()
        else:
            os.killpg(child.pid, signal.SIGKILL)


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
