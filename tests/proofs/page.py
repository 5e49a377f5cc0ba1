"""What tells of every promise: how it is tried, and what it last came to. Made from ``docs/figures`` alone, as a page for
whoever reads the repository and as the paper on GDPR art. 32 in the product."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from portal.organisations.trials import PLACE, Promise, Trial
from tests.proofs.plugin import FIGURES
from tests.proofs.promised import INTEGRITY, PROMISED

PAGE = FIGURES.parent / "promises.md"
_HEAD = """# What is promised, how it is tested, last figure

Made by `python -m tests.proofs` from `docs/figures`, never by hand. A short form of each runs with `pytest -m slow`.

"""


def kept_figures(folder: Path = FIGURES) -> list[dict[str, Any]]:
    """Every figure that is kept, in the order of the page."""
    found = [json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))]
    return sorted(found, key=lambda one: (one["promise"], one["proof"], one["database"]))


def page(figures: Iterable[dict[str, Any]]) -> str:
    """The page as Markdown: one table row per proof and database."""
    rows = ["| promise | how it is tried | database | last figure | held | on |", "|---|---|---|---|---|---|"]
    for one in figures:
        told = ", ".join(f"{name.replace('_', ' ')}: {value}" for name, value in one["figures"].items())
        cells = (one["promise"], one["how"], one["database"], told, "yes" if one["held"] else "**no**", one["on"])
        rows.append("| " + " | ".join(str(cell).replace("|", "/").replace("\n", " ") for cell in cells) + " |")
    return _HEAD + "\n".join(rows) + "\n"


def told_in_the_product(figures: Iterable[dict[str, Any]]) -> str:
    """Every promise with its proofs, as the product keeps it; one whose proof has not run in full yet has none."""
    proofs: dict[str, list[Trial]] = {promise: [] for promise in PROMISED}
    for one in figures:
        trial = Trial(one["proof"], one["database"], one["on"], one["held"])
        proofs.setdefault(one["promise"], []).append(trial)
    made = []
    for promise, trials in proofs.items():
        point, english = PROMISED.get(promise, (INTEGRITY, promise))
        made.append(asdict(Promise(point, promise, english, tuple(trials))))
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def write_page() -> None:
    """Write both anew."""
    figures = kept_figures()
    PAGE.write_text(page(figures))
    PLACE.write_text(told_in_the_product(figures))
