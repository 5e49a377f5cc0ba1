"""What the portal says that it needs it does need: each library that is installed with it is imported somewhere."""

import ast
import re
import tomllib
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]


def _library(requirement: str) -> str:
    return re.split(r"[<>=;\[ ]", requirement)[0].lower().replace(".", "-")


def _imported() -> set[str]:
    """The libraries that hold what the portal imports, as they are called where libraries are fetched."""
    holders = metadata.packages_distributions()
    tops = set()
    for path in (ROOT / "portal").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                tops |= {one.name.split(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom):
                tops.add((node.module or "").split(".")[0])
    return {holder.lower().replace("_", "-").replace(".", "-") for top in tops for holder in holders.get(top, ())}


def test_every_library_that_is_asked_for_is_imported() -> None:
    asked = {_library(one) for one in PROJECT["dependencies"]}
    assert len(asked) > 20
    assert asked - _imported() == set()


def test_every_library_that_is_asked_for_has_a_version_that_is_tried() -> None:
    held = {_library(line) for line in (ROOT / "constraints.txt").read_text().splitlines()}
    assert {_library(one) for one in PROJECT["dependencies"]} - held == set()
