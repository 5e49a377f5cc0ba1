"""Every route has a guard and a line in the table. Who gets what is tried, cell by cell, by ``proofs/test_matrix.py``."""

from collections.abc import Callable

from flask import Flask

from tests.permission_table import TABLE


def test_every_route_has_a_guard_and_a_line_and_every_line_a_route(app: Flask) -> None:
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules()}
    guards = {name: getattr(app.view_functions[name], "__guard__", None) for name in endpoints}
    assert [name for name, guard in guards.items() if guard is None] == []
    found = {name: (guard.kind, _named(guard.predicate)) for name, guard in guards.items() if guard}
    assert found == {name: (line.kind, line.predicate) for name, line in TABLE.items()}


def test_every_method_of_every_route_is_tried(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        methods, line = rule.methods or set(), TABLE[rule.endpoint]
        assert methods <= {"GET", "HEAD", "OPTIONS", "POST"}, rule
        assert bool(line.pages) == ("GET" in methods), rule
        assert bool(line.posts) == ("POST" in methods), rule


def _named(predicate: Callable[..., bool] | None) -> str | None:
    return f"{predicate.__module__}.{predicate.__qualname__}".removeprefix("portal.") if predicate else None
