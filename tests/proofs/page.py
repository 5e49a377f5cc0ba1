"""The page that tells of every promise: how it is tried, and what it last came to. Made from ``docs/figures`` alone."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.proofs.plugin import FIGURES

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


def write_page() -> None:
    """Write the page anew."""
    PAGE.write_text(page(kept_figures()))
