"""Looking at the processes that read files: the nursery of this process, and the children it has."""

import contextlib
import time
from pathlib import Path


def children(of="self"):
    """Limited children that are still there: the nursery's, which is a child of this process."""
    started = _started_by(of)
    return started if of != "self" else [child for nursery in started for child in _started_by(nursery)]


def nurseries():
    return [int(pid) for pid in _started_by("self")]


def _started_by(pid):
    """Children of every thread of ``pid``; a thread or a process that ends while we look has none."""
    found = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                found += (task / "children").read_text().split()
    return found


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
