"""The rounds: base and portal started, tried and stopped in turn; which of the two goes first alternates."""

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from bench import applying, desk, pages
from bench.house import House, furnished
from bench.machine import memory_mb
from bench.report import line, write
from bench.rows import rows_for
from bench.servers import Running, base, portal
from bench.trials import Figure, Trial
from portal import clock

JOINT = 200
BASE: dict[Trial, tuple[str, ...]] = {
    pages.base_page: ("page",),
    pages.base_list: ("list",),
    applying.base_uploads: ("base.sent",),
    pages.base_start: ("base.start",),
}


def memory(running: Running) -> Iterator[Figure]:
    """After everything else of the round."""
    yield Figure("memory", memory_mb(*running.groups))


PORTAL: dict[Trial, tuple[str, ...]] = {
    pages.ad_page: ("ad",),
    pages.cold_browser: ("cold",),
    pages.lists: ("sokande", "din-bedomning", "joint"),
    pages.candidate: ("candidate", "score"),
    pages.contract: ("contract",),
    desk.next_candidate: ("next",),
    applying.sendings: ("sent",),
    applying.file_checks: ("check",),
    applying.burst: ("burst",),
    pages.start: ("start",),
    pages.ranking: ("ranking",),
    memory: ("memory",),
}
# In the first round alone: long, always the same, or (at the 31st candidate within an hour) asked for a code.
ONCE = (applying.burst, pages.ranking, desk.next_candidate)
NEEDS_BASE = {"page": ("ad",), "list": ("sokande", "din-bedomning"), "base.sent": ("sent",), "base.start": ("start",)}


def run(folder: Path, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """All rounds; the lines are written to ``docs`` where that is wished."""
    sizes = [int(size) for size in asked.candidates.split(",")]
    figures: dict[str, list[Figure]] = defaultdict(list)
    with furnished(folder / "house", sizes, JOINT) as house:
        for number in range(asked.rounds):
            sides = _sides(folder, number, house, asked.only)
            for start, trials in sides if number % 2 == 0 else reversed(sides):
                with start() as running:
                    for trial in trials:
                        if number and trial in ONCE:
                            continue
                        for figure in trial(running):
                            figures[figure.row].append(figure)
                            print(f"round {number + 1}: {figure.row} {figure.value:.4g}", flush=True)
    about = {"database": {"sqlite": "SQLite", "postgresql": "PostgreSQL"}[asked.database], "on": f"{clock.today()}"}
    told = rows_for(sizes)
    lines = [line(row, told[row], rounds, figures.get(told[row].base, []), **about) for row, rounds in figures.items()]
    if not asked.no_write:
        write(lines)
    return lines


Side = tuple[Callable[[], AbstractContextManager[Running]], list[Trial]]


def _sides(folder: Path, number: int, house: House, only: list[str]) -> list[Side]:
    return [
        (lambda: base(folder / f"base{number}"), _chosen(BASE, only, NEEDS_BASE)),
        (lambda: portal(house, folder / "portal.log"), _chosen(PORTAL, only, {})),
    ]


def _chosen(trials: dict[Trial, tuple[str, ...]], only: list[str], needed: dict[str, tuple[str, ...]]) -> list[Trial]:
    def wanted(name: str) -> bool:
        return any(name.startswith(word) or word.startswith(name) for word in only)

    return [
        trial
        for trial, names in trials.items()
        if not only or any(wanted(one) for name in names for one in (name, *needed.get(name, ())))
    ]
