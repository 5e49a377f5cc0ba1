"""No request takes a second connection while it holds one: see `tests/one_connection.py`, which watches every test."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from portal import factory, scope
from portal.config import Settings
from portal.db import db, engine_options
from portal.vault.afresh import wrapped_now
from portal.vault.services import open_for_controller, seal_for_controller, the_vault
from portal.web.assets import HUES_ASKED_EACH_SECONDS
from tests.conftest import close_stores
from tests.doors import address, browsers_of, csrf_token, places
from tests.permission_table import TABLE
from tests.stage import set_stage
from tests.world import World

ENDS_WHAT_OTHERS_NEED = (
    "accounts.log_out",
    "accounts.end_log_in",
    "organisations.end",
    "privacy.erase",
    "privacy.withdraw",
)


def test_who_takes_a_second_connection_in_a_request_fails(app: Flask) -> None:
    with app.test_request_context():
        db.session.execute(text("SELECT 1"))
        with pytest.raises(AssertionError, match="holds a connection and takes another"):
            db.engine.connect()
        db.session.commit()
        db.engine.connect().close()


def test_a_key_wrapped_anew_in_another_process_is_asked_for_beside_the_pool(world: World) -> None:
    """What this process keeps of it is wrapped by a key that has been taken out of the file since."""
    with world.app.test_request_context():
        the_vault().wrapped[world.party, 1] = bytes(60)
        sealed = seal_for_controller(db.session, world.party, "text", place="tried")
        assert open_for_controller(db.session, world.party, sealed, place="tried") == "text"


def test_such_a_key_is_read_by_one_who_has_the_writers_place(world: World) -> None:
    """On SQLite there is one for all, and its own second connection would wait for the first for as long as anybody does."""
    with world.writing(scope.party(world.party)) as session:
        session.execute(text("SELECT 1"))
        assert wrapped_now(world.party, 1)


def test_as_many_as_there_are_threads_come_first_together_and_are_answered(
    settings: Settings, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each of them holds a connection when its page asks for the style sheet, which nobody has made yet."""
    few = {"pool_size": 2, "max_overflow": 0, "pool_timeout": 2}
    monkeypatch.setattr(factory, "engine_options", lambda url: engine_options(url) | few)
    fresh = factory.create_app(settings)
    browsers = [replace(world, app=fresh).browser(world.kansli) for _ in range(16)]
    fresh.extensions["assets"]._worn, together = None, Barrier(len(browsers))

    def come(browser: FlaskClient) -> int:
        together.wait()
        return browser.get("/konto").status_code

    with ThreadPoolExecutor(len(browsers)) as hands:
        assert list(hands.map(come, browsers)) == [200] * len(browsers)
    with fresh.app_context():
        close_stores()


def test_every_page_and_every_form_is_answered_with_one_connection(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    """Each door once by one of those it is for, and each time as the first that the process answers for a while."""
    world.app.test_client_class = FlaskClient
    side, _rival = set_stage(world, set_clock, employer="authority")
    browsers = browsers_of(side)
    tokens = {person: csrf_token(person, browser) for person, browser in browsers.items()}
    assets, vault = world.app.extensions["assets"], world.app.extensions["vault"]
    known = {person: places(side, person) for person in browsers}
    answered = set()
    for method, rule, place, person in _doors(world.app):
        assets._asked_at = -HUES_ASKED_EACH_SECONDS  # the hues are asked for anew
        vault.wrapped.clear()
        url = address(side, rule, known[person][place])
        data = None if method == "GET" else {"csrf_token": tokens[person]}
        answer = browsers[person].open(url, method=method, data=data, buffered=True)
        assert answer.status_code < 500, (url, answer.status_code)
        answered.add((method, rule.endpoint))
    assert len(answered) > 300


def _doors(app: Flask) -> Iterator[tuple[str, Any, str, str]]:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint not in ENDS_WHAT_OTHERS_NEED]
    for rule in rules:
        for place, persons in TABLE[rule.endpoint].pages.items():
            yield from (("GET", rule, place, person) for person in sorted(persons)[:1])
    for rule in rules:
        for place, persons in TABLE[rule.endpoint].posts.items():
            yield from (("POST", rule, place, person) for person in sorted(persons)[:1])
