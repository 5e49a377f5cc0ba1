"""What a lower feature asks of a higher one, which it may not import: by a name that is told once, and is missed out loud."""

import ast
from collections.abc import Iterator
from pathlib import Path

from portal.applications.queries import REGISTERED

ROOT = Path(__file__).resolve().parent.parent
MODULES = {path: ast.parse(path.read_text()) for path in sorted((ROOT / "portal").rglob("*.py"))}


def _name(node: ast.expr) -> str:
    return REGISTERED if ast.unparse(node) == "REGISTERED" else str(getattr(node, "value", ""))


def _of_extensions(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr == "extensions"


def _indexed(tree: ast.AST, how: type[ast.expr_context]) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and _of_extensions(node.value) and isinstance(node.ctx, how):
            yield _name(node.slice)


def _told() -> set[str]:
    """The names that a blueprint, or who knows the person, puts there for those below it."""
    tells = [
        node
        for tree in MODULES.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and (
            node.name == "init_identity" or any(ast.unparse(by).endswith(".record_once") for by in node.decorator_list)
        )
    ]
    return {name for node in tells for name in _indexed(node, ast.Store)}


def test_what_is_told_upwards_is_asked_for_without_a_default_so_that_a_name_that_is_wrong_is_loud() -> None:
    told = _told()
    assert len(told) > 8
    soft = [
        f"{path.relative_to(ROOT)}:{node.lineno} {_name(node.args[0])}"
        for path, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("get", "setdefault", "pop")
        and _of_extensions(node.func.value)
        and _name(node.args[0]) in told
    ]
    assert soft == []


def test_what_is_told_upwards_is_asked_for_under_the_same_name() -> None:
    asked = {name for tree in MODULES.values() for name in _indexed(tree, ast.Load)}
    assert _told() - asked == set()


def test_the_readme_names_what_is_told_upwards() -> None:
    sentence = (
        (ROOT / "README.md").read_text().split("What a lower feature asks of a higher one", 1)[-1].split("\n\n")[0]
    )
    assert {name for name in _told() if f"`{name}`" not in sentence} == set()
