"""What the machine spends: processor time and memory of a group of processes, and what everybody else takes meanwhile."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")
_GROUP, _TIMES = 2, slice(11, 15)  # places in /proc/<pid>/stat after the name: pgrp; own and reaped children's times


def processes_of(*groups: int) -> list[int]:
    """The processes of these process groups."""
    found = []
    for path in Path("/proc").glob("[0-9]*"):
        fields = _stat(path)
        if fields and int(fields[_GROUP]) in groups:
            found.append(int(path.name))
    return found


def processor_seconds(*groups: int) -> float:
    """Processor time that the groups have used so far, children that have ended included."""
    used = 0
    for pid in processes_of(*groups):
        used += sum(map(int, _stat(Path(f"/proc/{pid}"))[_TIMES]))
    return used / _TICK


def memory_mb(*groups: int) -> float:
    """Memory of the groups in MB (PSS: what is shared is divided among those who share it)."""
    whole = 0
    for pid in processes_of(*groups):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                whole += int(line.split()[1])
    return whole / 1024


@dataclass
class Spent:
    """What one trial took: wall and server seconds, and the share of the machine that others used."""

    seconds: float = 0
    server: float = 0
    others_percent: float = 0


@contextmanager
def spent(*groups: int, client: bool = True) -> Iterator[Spent]:
    """Measure the block. This process and its children count as the client, not as others."""
    told, begun = Spent(), time.perf_counter()
    server, busy, own = processor_seconds(*groups), _busy(), _own()
    yield told
    told.seconds = time.perf_counter() - begun
    told.server = processor_seconds(*groups) - server
    others = _busy() - busy - told.server - (_own() - own)
    told.others_percent = round(max(0.0, 100 * others / (told.seconds * (os.cpu_count() or 1))), 1)


def _stat(path: Path) -> list[str]:
    try:
        return (path / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _busy() -> float:
    user, nice, system, _idle, _wait, hard, soft, steal = map(int, Path("/proc/stat").read_text().split()[1:9])
    return (user + nice + system + hard + soft + steal) / _TICK


def _own() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system
