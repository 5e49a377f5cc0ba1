"""A log-in that its owner ends is dead at once: while its use is being noted, and where a link set a new password."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock
from portal.accounts import session as sessions
from portal.accounts.models import LoginSession
from portal.db import db, unit_of_work
from portal.sqlite import writing
from tests.accounts.people import give_account, letters, link_in
from tests.forms import submit
from tests.world import World


def test_a_log_in_that_is_ended_while_its_use_is_noted_is_dead(
    world: World, monkeypatch: pytest.MonkeyPatch, set_clock: Any
) -> None:
    thief = world.browser(world.kansli)
    assert thief.get("/konto").status_code == 200
    set_clock((clock.now() + timedelta(minutes=6)).isoformat())

    @contextmanager
    def after_the_owner() -> Iterator[Any]:
        """The writer's turn is the owner's first, who ends it."""
        with db.sessionmaker() as other:
            for row in other.scalars(select(LoginSession)):
                row.ended_at = clock.now()
            token = writing.set(True)
            try:
                other.commit()
            finally:
                writing.reset(token)
        with unit_of_work() as work:
            yield work

    monkeypatch.setattr(sessions, "unit_of_work", after_the_owner)
    once_more = thief.get("/konto").status_code
    monkeypatch.undo()
    assert thief.get("/konto").status_code == 303, "it was ended, and that is kept"
    assert once_more == 303


def test_a_new_password_by_a_link_ends_the_log_in_that_the_browser_had(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.gunnel)
    submit(client, "/losenord", {"E-post": email})
    path = link_in(letters(world)[-1])
    browser, copied = world.browser(world.kansli), world.app.test_client()
    held = browser.get_cookie("portal")
    assert held is not None
    copied.set_cookie("portal", held.value)
    assert copied.get("/konto").status_code == 200
    assert submit(browser, path, {"Nytt lösenord": "sjutton gröna hattar"}).status_code == 303
    assert browser.get("/konto").status_code == 303
    assert copied.get("/konto").status_code == 303
