"""The walls a child builds around itself before it touches a stranger's bytes. Linux; elsewhere only the wall clock."""

import contextlib
import os
import sys

MB = 1024 * 1024
CPU_SECONDS = 8
FILE_BYTES = 0  # what a stranger sent reaches no disk from here, whoever ends the process and when
OPEN_FILES = 32
NURSERY_FILES = 256
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
_SIGKILL = 9
_M_MMAP_THRESHOLD, _M_TRIM_THRESHOLD, _M_ARENA_MAX = -3, -1, -8


def close_in(memory_mb: int) -> None:
    """Limits memory, CPU and open files, writes no file and no core dump; gives up the network where the kernel lets us;
    yields to the web."""
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


def end_with(parent: int) -> None:
    """Ask to die with the parent, the nursery, which ends its children when the web process is gone. The first thing a
    child does: one whose parent died before it could ask has nobody left to end it, and ends itself."""
    ask_the_kernel(_PR_SET_PDEATHSIG, _SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def close_to_others() -> None:
    """For the nursery: no process of the same user reads its memory, and it can have few files open."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (NURSERY_FILES, NURSERY_FILES))
        ask_the_kernel(_PR_SET_DUMPABLE, 0)


def ask_the_kernel(what: int, value: object) -> None:
    """One ``prctl`` that is good to have; a kernel without it is no fault."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(what, value, 0, 0, 0)


def _ask_the_kernel() -> None:
    """What Python 3.11 has no words for; a kernel that refuses one of these still gives the limits above."""
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.mallopt(_M_ARENA_MAX, 1)  # further arenas reserve 64 MB of address space each
        libc.mallopt(_M_MMAP_THRESHOLD, 32 * MB)  # one page's picture where the last one's was: to be given such memory
        libc.mallopt(_M_TRIM_THRESHOLD, 256 * MB)  # anew by the kernel each time took a fifth of a child's time
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # a network of its own, with nothing in it
        libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
