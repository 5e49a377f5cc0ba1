"""The start of a process: loading the program makes a few hundred thousand things that stay, and nothing to throw away."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress

M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8  # glibc's names and numbers, from its malloc.h
HEAPS = 2
GIVEN_BACK = 1024 * 1024  # bytes: an uploaded file, a long page


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
