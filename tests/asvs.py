"""What OWASP's ASVS asks for and what answers it: read from ``docs/asvs.toml``, made into ``docs/asvs.md`` by
``python -m tests.asvs``, and looked up in the tree."""

import ast
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
DATA, PAGE = ROOT / "docs" / "asvs.toml", ROOT / "docs" / "asvs.md"
ANSWERS = {"test": "test", "place": "place", "why_not": "not applicable", "open": "**open**"}
_HEAD = """# ASVS 5.0: each row and its answer

Made by `python -m tests.asvs` from [asvs.toml](asvs.toml), never by hand; `tests/test_asvs.py` holds that each named test
and place is there. It is what OWASP's Application Security Verification Standard 5.0 asks for at levels 1 and 2, without
V10 (OAuth and OIDC) and V17 (WebRTC), of which the portal has nothing, and some rows of level 3. The words are our own: what
a row comes to here. The standard's are at <https://github.com/OWASP/ASVS>.

"""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its id, its level, what it means here, which of `ANSWERS` it has, and that answer."""

    id: str
    level: int
    means: str
    kind: str
    answer: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """The rows of one chapter, with its letter and number and our name for it."""

    id: str
    title: str
    rows: tuple[Row, ...]


def chapters(text: str) -> tuple[Chapter, ...]:
    """Everything that the data says. Raises ValueError for a row with no answer, or two, or words that nobody knows."""
    told: dict[str, dict[str, Any]] = tomllib.loads(text)
    return tuple(
        Chapter(id_, about["title"], tuple(_row(name, one) for name, one in about.items() if name != "title"))
        for id_, about in told.items()
    )


def _row(name: str, told: dict[str, Any]) -> Row:
    answers = told.keys() & ANSWERS.keys()
    if len(answers) != 1 or told.keys() != {"level", "means", *answers}:
        raise ValueError(f"{name} has {sorted(told)}")
    (kind,) = answers
    return Row(name, told["level"], told["means"], kind, told[kind])


def page(told: tuple[Chapter, ...]) -> str:
    """The page as Markdown: how many have which answer, what is open, and a table for each chapter."""
    rows = [row for chapter in told for row in chapter.rows]
    levels = sorted({row.level for row in rows})
    counts = ["| | " + " | ".join(f"level {level}" for level in levels) + " |", "|---" * (len(levels) + 1) + "|"]
    for kind, word in ANSWERS.items():
        numbers = (sum(row.kind == kind and row.level == level for row in rows) for level in levels)
        counts.append(f"| {word} | " + " | ".join(map(str, numbers)) + " |")
    left = [f"- {row.id} (level {row.level}), {row.means}: {row.answer}." for row in rows if row.kind == "open"]
    parts = ("\n".join(counts) + "\n", "## What is open\n\n" + "\n".join(left) + "\n", *map(_table, told))
    return _HEAD + "\n".join(parts)


def _table(chapter: Chapter) -> str:
    lines = [f"## {chapter.id} {chapter.title}\n", "| | level | what it means here | answer |", "|---|---|---|---|"]
    for row in chapter.rows:
        answer = f"`{row.answer}`" if row.kind in ("test", "place") else f"{ANSWERS[row.kind]}: {row.answer}"
        lines.append(f"| {row.id} | {row.level} | {row.means} | {answer} |")
    return "\n".join(lines) + "\n"


def is_there(answer: str) -> bool:
    """Whether a test or place can be found: a file, a name at the top of it (``::``), or a heading in it (``#``)."""
    path, _, name = answer.partition("::")
    path, _, heading = path.partition("#")
    file = ROOT / path
    if not file.is_file():
        return False
    return (not name or name in _names_in(file)) and (not heading or heading in _headings_in(file))


@cache
def _names_in(file: Path) -> frozenset[str]:
    found: set[str] = set()
    for node in ast.parse(file.read_text()).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Assign):
            found |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    return frozenset(found)


@cache
def _headings_in(file: Path) -> frozenset[str]:
    headings = re.findall(r"^#+ (.+)$", file.read_text(), flags=re.M)
    return frozenset(re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings)


if __name__ == "__main__":
    PAGE.write_text(page(chapters(DATA.read_text())))
