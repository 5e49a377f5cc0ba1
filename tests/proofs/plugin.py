"""The mark ``proof`` and the fixture of the same name: what is promised, how large the trial is, what it came to.

::

    @pytest.mark.proof("Ingen kvitterad ansökan går förlorad.", how="kill -9 …", short={"rounds": 10}, full={"rounds": 200})
    def test_…(proof: Proof, …) -> None:
        for _ in range(proof.size("rounds")):
            …
        proof.came_to(rounds=…, lost=len(lost))
        assert lost == []

Every proof is slow. ``PORTAL_PROOF=full`` chooses the full size, and leaves the figures of each in ``docs/figures``.
"""

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from portal import clock
from tests.database import POSTGRESQL

FULL = os.environ.get("PORTAL_PROOF") == "full"
FIGURES = Path(__file__).parents[2] / "docs" / "figures"
DATABASE = "PostgreSQL" if POSTGRESQL else "SQLite"

Figure = int | float | str


@dataclass
class Proof:
    """One trial: its promise, its size, and the figures it came to."""

    name: str
    promise: str
    how: str
    sizes: dict[str, int]
    figures: dict[str, Figure] = field(default_factory=dict)
    begun: float = field(default_factory=time.monotonic)

    def size(self, what: str) -> int:
        """How many of something this run tries."""
        return self.sizes[what]

    def came_to(self, **figures: Figure) -> None:
        """The figures, told before anything is asserted of them: a broken promise is written down too."""
        self.figures |= figures

    def as_json(self, *, held: bool) -> dict[str, Any]:
        """What `docs/figures` keeps."""
        return {
            "proof": self.name,
            "promise": self.promise,
            "how": self.how,
            "database": DATABASE,
            "held": held,
            "figures": self.figures,
            "seconds": round(time.monotonic() - self.begun),
            "on": clock.today().isoformat(),
        }


def pytest_configure(config: pytest.Config) -> None:
    """Make the mark known."""
    config.addinivalue_line("markers", "proof(promise, how, short, full): ends in a figure that is kept; always slow")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every proof is slow."""
    for item in items:
        if item.get_closest_marker("proof"):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def proof(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Proof]:
    """The trial of the present test. Its figures are printed, and kept where the full size was asked for."""
    mark = request.node.get_closest_marker("proof")
    assert mark is not None, "a proof says what it promises: @pytest.mark.proof(...)"
    (promise,), told = mark.args, mark.kwargs
    name = re.sub(r"\W+", "_", request.node.name.removeprefix("test_")).strip("_")
    trial = Proof(name, promise, told["how"], dict(told["full" if FULL else "short"]))
    yield trial
    report = request.node.stash.get(_CALLED, None)
    monkeypatch.delenv("PORTAL_NOW", raising=False)  # the figures carry the real day
    kept = trial.as_json(held=report is not None and report.passed)
    print(json.dumps(kept, ensure_ascii=False))
    if FULL:
        FIGURES.mkdir(parents=True, exist_ok=True)
        path = FIGURES / f"{name}.{DATABASE.lower()}.json"
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=2) + "\n")


_CALLED = pytest.StashKey[pytest.TestReport]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
    """Leave the verdict where the fixture's end finds it."""
    report = yield
    if call.when == "call":
        item.stash[_CALLED] = report  # type: ignore[assignment]
    return report  # type: ignore[return-value]
