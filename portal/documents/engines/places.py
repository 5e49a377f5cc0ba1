"""Places for children: so many on one installation at once, whichever of its processes starts them.

A child may take half a core and 300 MB. Were the places counted in each process, two web processes and a worker would
let in six. A place is a lock on a file of its own; the kernel gives it back when whoever held it is gone. Our own papers
have a place apart: somebody waits for them, and never for strangers' files.
"""

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from threading import BoundedSemaphore
from typing import IO

from portal import clock

if sys.platform != "win32":
    import fcntl

WAIT_FOR_CHILD = 3.0  # seconds, while somebody looks on
WAIT_IN_WORKER = 30.0  # seconds, where nobody does
_LOOK_AGAIN = 0.02  # seconds
_shared: list[Path] = []  # the folder of the locks; empty where this process is alone


class Room:
    """The places of one kind of work: so many in an installation."""

    def __init__(self, name: str, at_once: int) -> None:
        self.name, self.at_once = name, at_once
        self.here = BoundedSemaphore(at_once)  # those who wait in this process do not all go round asking for locks


READING, SETTING = Room("reading", 2), Room("setting", 1)


class NoChildFree(Exception):
    """Others were in the places for all of the time this one could wait."""


def share_places(folder: Path) -> None:
    """From here on the places are shared with all processes that name the same folder."""
    _shared[:] = [folder]


@contextlib.contextmanager
def place(until: float, patience: float | None = None, room: Room = READING) -> Iterator[None]:
    """A place for one child. Raises `NoChildFree` after `patience` seconds (default: three), or at `until`.

    `until` is an instant of `clock.monotonic`.
    """
    latest = min(until, clock.monotonic() + (WAIT_FOR_CHILD if patience is None else patience))
    left = latest - clock.monotonic()
    if left <= 0 or not room.here.acquire(timeout=left):
        raise NoChildFree
    try:
        with _locked(latest, room):
            yield
    finally:
        room.here.release()


@contextlib.contextmanager
def _locked(latest: float, room: Room) -> Iterator[None]:
    if sys.platform == "win32" or not _shared:
        yield
        return
    while (lock := _free_lock(_shared[0], room)) is None:
        if clock.monotonic() >= latest:
            raise NoChildFree
        time.sleep(_LOOK_AGAIN)
    with lock:
        yield


def _free_lock(folder: Path, room: Room) -> IO[bytes] | None:
    """The first of the files that nobody else holds, held; None where all are."""
    for number in range(1, room.at_once + 1):
        file = (folder / f"{room.name}-{number}.lock").open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
        else:
            return file
    return None
