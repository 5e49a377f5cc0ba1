"""The start of a process: loading the program makes a few hundred thousand things that stay, and nothing to throw away."""

import ctypes
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from time import sleep

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8  # glibc's names and numbers, from its malloc.h
HEAPS = 2
GIVEN_BACK = 1024 * 1024  # bytes: an uploaded file, a long page
GIVEN_BACK_EACH = 60.0  # seconds


@contextmanager
def looking_for_no_garbage() -> Iterator[None]:
    """Load and make without stopping again and again to look through what has just been made. What is there on leaving is
    set apart for good: later looks pass it by, and a server's processes go on sharing it."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if wanted:
            gc.enable()


def share_heaps() -> None:
    """Let the threads of this process, and of those it forks, take memory from the same few heaps, and give large pieces
    back at once. Without glibc nothing is changed.

    As it comes, glibc gives a heap to almost every thread, and each keeps what its longest page needed; Python's threads
    take memory one at a time anyhow. And having once held a large file it would keep as much ready for the next one.
    """
    with suppress(OSError, AttributeError):
        mallopt = ctypes.CDLL(None).mallopt
        mallopt(M_ARENA_MAX, HEAPS)
        mallopt(M_MMAP_THRESHOLD, GIVEN_BACK)


def give_back_again_and_again() -> None:
    """Give the system back each minute what this process has freed: in a thread of its own, which holds no other up. Without
    glibc nothing is changed.

    As it comes, glibc gives back what lies free at the end of a heap, and keeps what lies free between two things that stay.
    """
    with suppress(OSError, AttributeError):
        give_back = ctypes.CDLL(None).malloc_trim
        Thread(target=_each_minute, args=(give_back,), name="give back", daemon=True).start()


def _each_minute(give_back: Callable[[int], int]) -> None:
    while True:
        sleep(GIVEN_BACK_EACH)
        give_back(0)
