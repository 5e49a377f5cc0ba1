"""Places for children: so many on one installation at once, whichever of its processes starts them.

A child may take half a core and 300 MB. Were the places counted in each process, two web processes and a worker would
let in six. A place is a lock on a file of its own; the kernel gives it back when whoever held it is gone.
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

AT_ONCE = 2  # children of an installation
WAIT_FOR_CHILD = 3.0  # seconds, while somebody looks on
WAIT_IN_WORKER = 30.0  # seconds, where nobody does
_LOOK_AGAIN = 0.02  # seconds
_here = BoundedSemaphore(AT_ONCE)  # in this process: those who wait in it do not all go round asking for locks
_shared: list[Path] = []  # the folder of the locks; empty where this process is alone


class NoChildFree(Exception):
    """Other files were being read for all of the time this one could wait."""


def share_places(folder: Path) -> None:
    """From here on the places are shared with all processes that name the same folder."""
    _shared[:] = [folder]


@contextlib.contextmanager
def place(until: float, patience: float | None = None) -> Iterator[None]:
    """A place for one child. Raises `NoChildFree` after `patience` seconds (default: three), or at `until`.

    `until` is an instant of `clock.monotonic`.
    """
    latest = min(until, clock.monotonic() + (WAIT_FOR_CHILD if patience is None else patience))
    left = latest - clock.monotonic()
    if left <= 0 or not _here.acquire(timeout=left):
        raise NoChildFree
    try:
        with _locked(latest):
            yield
    finally:
        _here.release()


@contextlib.contextmanager
def _locked(latest: float) -> Iterator[None]:
    if sys.platform == "win32" or not _shared:
        yield
        return
    while (lock := _free_lock(_shared[0])) is None:
        if clock.monotonic() >= latest:
            raise NoChildFree
        time.sleep(_LOOK_AGAIN)
    with lock:
        yield


def _free_lock(folder: Path) -> IO[bytes] | None:
    """The first of the files that nobody else holds, held; None where all are."""
    for number in range(1, AT_ONCE + 1):
        file = (folder / f"reading-{number}.lock").open("ab")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
        else:
            return file
    return None
