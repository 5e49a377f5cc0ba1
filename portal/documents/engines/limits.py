"""The walls a child builds around itself before it touches a stranger's bytes. Linux; elsewhere only the wall clock."""

import contextlib
import os
import sys

MB = 1024 * 1024
CPU_SECONDS = 8
FILE_BYTES = 16 * MB
OPEN_FILES = 32
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_SIGKILL = 9
_M_ARENA_MAX = -8


def close_in(memory_mb: int) -> None:
    """Limits memory, CPU, files and core dumps; gives up the network where the kernel lets us; yields to the web.

    Also asks to die with the parent thread, so that nothing is left behind when the web process is killed.
    """
    os.environ["RAYON_NUM_THREADS"] = "1"  # each thread would take its share of the address space
    if sys.platform == "linux":
        import resource

        for what, most in (
            (resource.RLIMIT_AS, memory_mb * MB),
            (resource.RLIMIT_CPU, CPU_SECONDS),
            (resource.RLIMIT_FSIZE, FILE_BYTES),
            (resource.RLIMIT_NOFILE, OPEN_FILES),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))
        os.nice(5)
        _ask_the_kernel()


def _ask_the_kernel() -> None:
    """What Python 3.11 has no words for; a kernel that refuses one of these still gives the limits above."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_PDEATHSIG, _SIGKILL, 0, 0, 0)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.mallopt(_M_ARENA_MAX, 1)  # further arenas reserve 64 MB of address space each
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # a network of its own, with nothing in it
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
