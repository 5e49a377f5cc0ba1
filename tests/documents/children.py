"""Looking at the processes that read files: the nursery of this process, and the children it has."""

import contextlib
import time
from pathlib import Path


def children(of="self"):
    """Limited children that are still there: the nursery's, which is a child of this process."""
    found = []
    for task in Path(f"/proc/{of}/task").iterdir():
        with contextlib.suppress(FileNotFoundError):  # a thread that has just ended
            started = (task / "children").read_text().split()
            found += started if of != "self" else [child for nursery in started for child in _children_of(nursery)]
    return found


def _children_of(nursery):
    with contextlib.suppress(FileNotFoundError):
        return children(nursery)
    return []


def nurseries():
    return [int(pid) for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]


def parent_of(pid):
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def is_alive(pid):
    """A child that has ended and whom nobody has waited for yet is not."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


def wait_until(true, what):
    until = time.monotonic() + 30
    while not true():
        assert time.monotonic() < until, what
        time.sleep(0.02)
