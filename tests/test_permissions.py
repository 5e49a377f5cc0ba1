"""Every route has a guard and a line in the table; each person gets exactly what the table says, and changes nothing."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from portal.config import Settings
from portal.web.errors import not_found_page
from tests.database import Databases
from tests.doors import Values, address, browsers_of, csrf_token, places
from tests.everything import digest
from tests.permission_table import NOBODY_LOGGED_IN, PERSONS, TABLE
from tests.stage import Side, set_stage
from tests.world import World

Clock = Callable[[str], datetime]
# They would end what the next ones need, or answer 404 to a form without its field; each has its own test.
TRIED_APART = {"organisations.end", "accounts.end_log_in", "decisions.end", "organisations.take_up"}


@pytest.fixture
def stage(world: World, set_clock: Clock) -> Side:
    """The own party's side: the region employs, so that there is something for it to see."""
    world.app.test_client_class = FlaskClient  # the pages are checked as HTML by their own tests
    own, _rival = set_stage(world, set_clock, employer="authority")
    return own


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
        if line.kind == "staff":
            assert bool(line.posts) == ("POST" in methods), rule


@pytest.mark.slow
def test_each_person_gets_the_pages_that_the_table_gives_them(
    stage: Side, settings: Settings, databases: Databases
) -> None:
    browsers, values = _at_the_doors(stage)
    before = digest(settings, databases, but=("audit_line", "audit_head", "login_session"))
    wrong, tried = [], 0
    for rule, place, expected in _cells(stage.world.app, "GET"):
        otherwise = 303 if TABLE[rule.endpoint].kind == "staff" else 404
        for person, browser in browsers.items():
            url = address(stage, rule, values[person][place])
            wanted = expected.get(person, otherwise if person in NOBODY_LOGGED_IN else 404)
            for method in ("GET", "HEAD"):
                answer = browser.open(url, method=method)
                tried += 1
                if answer.status_code != wanted:
                    wrong.append((method, rule.endpoint, place, person, wanted, answer.status_code))
                if wanted == 303 and TABLE[rule.endpoint].kind == "staff" and person in NOBODY_LOGGED_IN:
                    assert answer.location.startswith("/logga-in"), (rule.endpoint, answer.location)
    assert not wrong, "\n".join(map(str, wrong))
    assert tried > 2500
    assert digest(settings, databases, but=("audit_line", "audit_head", "login_session")) == before


@pytest.mark.slow
def test_a_post_from_whoever_it_is_not_for_meets_a_page_that_is_not_there_and_changes_nothing(
    stage: Side, settings: Settings, databases: Databases
) -> None:
    app, (browsers, values) = stage.world.app, _at_the_doors(stage)
    tokens = {person: csrf_token(person, browser) for person, browser in browsers.items()}
    with app.app_context():
        nothing_there = not_found_page(app)
    before = digest(settings, databases)
    wrong, tried = [], 0
    for rule, place, for_whom in _cells(app, "POST"):
        for person in PERSONS:
            if person in for_whom:
                continue
            url = address(stage, rule, values[person][place])
            answer = browsers[person].post(url, data={"csrf_token": tokens[person]})
            tried += 1
            if person in NOBODY_LOGGED_IN:
                denied = answer.status_code == 401  # the form, kept to be sent again once logged in
            else:
                denied = (answer.status_code, answer.data) == (404, nothing_there)
            if not denied:
                wrong.append((rule.endpoint, place, person, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))
    assert tried > 500
    assert digest(settings, databases) == before


@pytest.mark.slow
def test_whoever_a_post_is_for_is_let_in(stage: Side) -> None:
    """The same requests from those they are for: none is a 404, so the ones above were denied for who sent them."""
    browsers, values = _at_the_doors(stage)
    wrong, tried = [], 0
    for rule, place, for_whom in _cells(stage.world.app, "POST"):
        for person in for_whom:
            if rule.endpoint in TRIED_APART:
                continue
            token = csrf_token(person, browsers[person])
            answer = browsers[person].post(address(stage, rule, values[person][place]), data={"csrf_token": token})
            tried += 1
            if answer.status_code not in (200, 303, 409, 422):
                wrong.append((rule.endpoint, place, person, answer.status_code))
    assert not wrong, "\n".join(map(str, wrong))
    assert tried > 60


def _at_the_doors(side: Side) -> tuple[dict[str, FlaskClient], dict[str, dict[str, Values]]]:
    return browsers_of(side), {person: places(side, person) for person in PERSONS}


def _cells(app: Flask, method: str) -> list[tuple[Rule, str, dict[str, int]]]:
    """Each rule with each of its places, and what the table expects there."""
    return [
        (rule, place, dict(expected))
        for rule in app.url_map.iter_rules()
        if method in (rule.methods or ())
        for line in [TABLE[rule.endpoint]]
        for place, expected in (line.pages if method == "GET" else line.posts).items()
    ]


def _named(predicate: Callable[..., bool] | None) -> str | None:
    return f"{predicate.__module__}.{predicate.__qualname__}".removeprefix("portal.") if predicate else None
