"""Every route has a guard and a line in the table. Who gets what is tried, cell by cell, by ``proofs/test_matrix.py``."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from portal.organisations.access import may_run_recruitment
from portal.web.guards import public, staff
from tests.audit import test_readings
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


@pytest.mark.parametrize("guard", [None, public, staff(may_run_recruitment)], ids=["none", "public", "staff"])
def test_a_new_route_fails_until_it_has_a_guard_a_line_and_a_word_on_what_its_reading_leaves(
    app: Flask, guard: Callable[..., Any] | None
) -> None:
    """The crawls (matrix, foreign ids, canary) walk the address map: what has a line is walked by them too."""
    view = guard(lambda: "ny") if guard else lambda: "ny"
    app._got_first_request = False
    app.add_url_rule("/arbete/ny-sida", "desk.new_page", view)
    with pytest.raises(AssertionError):
        test_every_route_has_a_guard_and_a_line_and_every_line_a_route(app)
    with pytest.raises(KeyError, match=r"desk\.new_page"):
        test_every_method_of_every_route_is_tried(app)
    with pytest.raises(KeyError, match=r"desk\.new_page"):
        test_readings.test_each_page_either_leaves_a_line_or_shows_nobody(app)
