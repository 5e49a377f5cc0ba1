"""The figures written down: a JSON line a row, and the tables that people read, made from the lines alone."""

import json
import math
import re
import statistics
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bench.rows import NOT_BUILT, Row
from bench.trials import Figure

DOCS = Path(__file__).parents[1] / "docs"
LINES, TABLE, README = DOCS / "bench.json", DOCS / "bench.md", DOCS.parent / "README.md"
FIRST = (  # what the README shows of SQLite's
    "ad.rate", "ad.p50", "ad.p99", "cold.requests", "cold.kilobytes", "sokande.1000.p50", "sokande.1000.statements",
    "din-bedomning.1000.p50", "din-bedomning.1000.statements", "joint.200.p50", "candidate.p50", "candidate.statements",
    "score.p50", "next.1000.p50", "sent.4", "sent.4.p50", "sent.16", "sent.16.errors", "check.p50", "check.p95",
    "burst.seconds", "start", "ranking.1000", "memory",
)  # fmt: skip
_FIRST_TABLE = re.compile(r"\| \| figure \| × base \| goal \| met \| on \|\n(\|.*\n)+")
_HEAD = """# How fast it is

Made by `python -m bench` from `docs/bench.json`, never by hand. Each figure is the median of its rounds; base and portal ran
in turn on the same machine. Trust the ratios: the machine's own speed drifts by a quarter, and under 1.3× is no
difference. The base is a bare Flask application under gunicorn (2 × 4 threads), without session, log-in or headers.

What is in a figure: *sending* is the POST of the last button (every stored file opened and compared, the letter sealed and
synced, row, arrival number, audit line, link, event and receipt committed); the pages before it and the file check are not.
*File check* is the POST that takes a PDF of 195 KB and two pages in, from its first byte to the answer: read by two
limited children, sealed, synced, committed. Of a *start* the server's milliseconds are those of all its processes until the
first 200; they drift less than the seconds do. Start and memory are of the environment the bench runs in: where the extras
`dev` and `services` are installed, libraries of ours find `rich` and `psycopg` and load them, 10 MB in each of the two
programs.
"""


def line(row: str, told: Row, rounds: list[Figure], base: list[Figure], **about: Any) -> dict[str, Any]:
    """One row's median, least and most, and its ratio to the base of the same round."""
    values = [one.value for one in rounds]
    ratios = [one.value / other.value for one, other in zip(rounds, base, strict=False)]
    ratio = statistics.median(ratios) if ratios else math.nan
    median = statistics.median(values)
    found = {"row": row, "what": told.what, "unit": told.unit, "median": _short(median)}
    found |= {"least": _short(min(values)), "most": _short(max(values)), "rounds": len(values)}
    if ratios:
        found["ratio"] = round(ratio, 2)
    for name in ("server_ms", "others_percent"):
        costs = [cost for one in rounds if (cost := getattr(one, name)) is not None]
        if costs:
            found[name] = round(statistics.median(costs), 3)
    if told.met is not None:
        found |= {"goal": told.goal, "met": told.met(median, ratio)}
    return found | about


def write(lines: Iterable[Mapping[str, Any]]) -> None:
    """Keep these lines beside the ones of other rows and databases, and make the tables anew."""
    kept = {(one["database"], one["row"]): one for one in _kept()}
    kept |= {(one["database"], one["row"]): dict(one) for one in lines}
    DOCS.mkdir(exist_ok=True)
    LINES.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in kept.values()))
    TABLE.write_text(table(list(kept.values())))
    README.write_text(_FIRST_TABLE.sub(lambda _: first_table(list(kept.values())), README.read_text()))


def first_table(lines: list[dict[str, Any]]) -> str:
    """The README's table: of the rows that tell most, the figure and whether the goal is met."""
    of_sqlite = {one["row"]: one for one in lines if one["database"] == "SQLite"}
    parts = ["| | figure | × base | goal | met | on |", "|---|---|---|---|---|---|"]
    for one in (of_sqlite[row] for row in FIRST if row in of_sqlite):
        cells = one["what"], _figure(one), one.get("ratio", ""), one.get("goal", ""), _met(one), one["on"]
        parts.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(parts) + "\n"


def table(lines: list[dict[str, Any]]) -> str:
    """The page as Markdown: a table for each database."""
    parts = [_HEAD]
    for database in sorted({one["database"] for one in lines}, reverse=True):
        parts.append(
            f"\n## {database}\n\n| | median | least – most | × base | goal | met | server ms | others % | on |"
        )
        parts.append("|---|---|---|---|---|---|---|---|---|")
        parts += [_cells(one) for one in lines if one["database"] == database]
    parts += ["\nNot there to be measured yet:\n", *(f"- {what}" for what in NOT_BUILT)]
    return "\n".join(parts) + "\n"


def _cells(one: dict[str, Any]) -> str:
    cells = (
        one["what"], _figure(one), f"{one['least']:,} – {one['most']:,}", one.get("ratio", ""), one.get("goal", ""),
        _met(one), one.get("server_ms", ""), one.get("others_percent", ""), one["on"],
    )  # fmt: skip
    return "| " + " | ".join(map(str, cells)) + " |"


def _figure(one: dict[str, Any]) -> str:
    return f"{one['median']:,} {one['unit']}".strip()


def _met(one: dict[str, Any]) -> str:
    return {True: "yes", False: "**no**", None: ""}[one.get("met")]


def _kept() -> list[dict[str, Any]]:
    return [json.loads(text) for text in LINES.read_text().splitlines()] if LINES.is_file() else []


def _short(value: float) -> float:
    return round(value) if value >= 100 else float(f"{value:.3g}")
