"""Fixtures: a migrated database of its own for each test, on SQLite or (``PORTAL_TEST_DATABASE=postgresql``) PostgreSQL."""

import os
import shutil
import socket
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partialmethod
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from portal import clock
from portal.accounts import engines
from portal.config import Settings
from portal.db import db
from portal.documents.engines import keeper, places
from portal.documents.engines.stayer import Stayer
from portal.factory import create_app
from portal.vault.services import the_vault
from tests import once, steps
from tests.database import POSTGRESQL, Databases
from tests.decisions.judging import judged
from tests.interviews.meetings import Meetings, call_first
from tests.lock_order import watch_lock_order
from tests.memory import free_memory
from tests.one_connection import watch_connections
from tests.pages import CheckedClient
from tests.review.panel import CLOSED, Panel, panel_of
from tests.world import World, build_world

pytest_plugins = ["tests.proofs.plugin"]
watch_lock_order()
watch_connections()

MEMORY = Path("/dev/shm")
ROOM_IN_MEMORY = 1024 * 1024 * 1024
if os.access(MEMORY, os.W_OK) and min(shutil.disk_usage(MEMORY).free, free_memory()) > ROOM_IN_MEMORY:
    # The same files and the same syncing, on a disk that does not make a thousand small installations wait.
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))

# Hundreds of log-ins, each as costly as it should be, would take most of the time; the real cost has a test of its own.
REAL_HASHER, REAL_NOBODYS = engines._hasher, engines._NOBODYS
engines._hasher = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1)
engines._NOBODYS = engines._hasher.hash("nobody has this password")

OF_THE_DATABASE = {
    "test_backfill", "test_counts_at_once", "test_declared_schema", "test_guide_of_two", "test_locking",
    "test_migrations", "test_races", "test_races_for_the_last_place", "test_replacing", "test_scope",
    "test_two_of_an_office", "test_two_regions", "test_two_who_decide", "test_two_who_fill_in", "test_two_who_set",
    "test_walls",
}  # fmt: skip

# The longest of the long runs, so that none of them begins when all others have ended.
LONG = (
    "test_markup", "test_matrix", "test_foreign_ids", "test_every_page", "test_whole_story", "test_kills",
    "test_upgrade_killed", "test_log_of_staff", "test_backup", "test_blind", "test_two_years", "test_headers",
    "test_canary", "test_mail_to_minutes", "test_upgrade_rows", "test_nowhere", "test_several_processes",
)  # fmt: skip

SECRET = "only-for-tests-" + "s" * 32


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing but this machine may be called."""
    real = socket.socket.connect

    def connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test called {host}")
        real(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)


@pytest.fixture(autouse=True)
def places_are_each_tests_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder of locks lies in an installation that ended with its test: the next one begins without."""
    monkeypatch.setattr(places, "_shared", [])


_answers: dict[tuple[bytes, str, str, int, int], keeper.Answer] = {}


@pytest.fixture(autouse=True)
def a_known_file_is_not_read_again(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a child has said of a file, it says of the same bytes again: only the first of a run starts one.

    Not where children themselves are tested, nor in the long runs.
    """
    if "tests/documents/" in request.node.nodeid or request.node.get_closest_marker("slow"):
        return
    ask = keeper.ask

    def remembered(data: bytes, job: str, kind: str, first: int, last: int, **how: Any) -> keeper.Answer:
        key = (sha256(data).digest(), job, kind, first, last)
        if key in _answers:
            return _answers[key]
        answer = ask(data, job, kind, first, last, **how)
        if answer.ended:
            _answers[key] = answer
        return answer

    monkeypatch.setattr(keeper, "ask", remembered)
    monkeypatch.setattr(Stayer, "ask", partialmethod(_remembered_order, ask=Stayer.ask))


def _remembered_order(
    stayer: Stayer, order: bytes, *, until: float, ask: Callable[..., keeper.Answer]
) -> keeper.Answer:
    key = (sha256(order).digest(), "set", "", 0, 0)
    answer = _answers.get(key) or ask(stayer, order, until=until)
    if answer.ended:
        _answers[key] = answer
    return answer


@pytest.fixture
def set_clock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], datetime]:
    """Put the clock to an instant ("2026-11-23T10:00", Stockholm); it runs on from there, also where the same instant is
    asked for again: put back by the seconds that have passed, what was done first would lie in the future of the rest."""
    place = tmp_path / "now"
    monkeypatch.setenv("PORTAL_NOW", f"@{place}")

    def put(instant: str) -> datetime:
        if place.exists() and place.read_text() == instant:
            return clock.now()
        new = place.with_suffix(".new")
        new.write_text(instant)
        new.replace(place)  # at one stroke: a living server reads it at any moment
        return clock.now()

    put("2026-11-23T10:00")
    return put


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    """The migrated database that each test gets a copy of."""
    with Databases.prepared(tmp_path_factory.mktemp("database")) as prepared:
        yield prepared


@pytest.fixture
def settings(
    request: pytest.FixtureRequest, tmp_path: Path, databases: Databases, set_clock: Callable[[str], datetime]
) -> Iterator[Settings]:
    """Settings of an installation of its own."""
    keys = databases.keys
    instance = tmp_path / "instance"
    instance.mkdir()
    with databases.copy(instance, wished=request.fixturenames) as (url, owner_url):
        yield Settings.from_environment(
            {
                "PORTAL_DEMO": "1",
                "PORTAL_INSTANCE_PATH": str(instance),
                "PORTAL_SECRET_KEY": SECRET,
                "PORTAL_KEYS_FILE": str(keys),
                "PORTAL_DATABASE_URL": url,
                "PORTAL_DATABASE_OWNER_URL": owner_url,
                "PORTAL_BASE_URL": "http://localhost",
            }
        )


@pytest.fixture
def app(
    settings: Settings, databases: Databases, set_clock: Callable[[str], datetime], monkeypatch: pytest.MonkeyPatch
) -> Iterator[Flask]:
    """An application on that installation. Mails and events wait until a test runs `portal.jobs.tasks.run_rounds`."""
    made = create_app(replace(settings))
    made.testing = True
    made.test_client_class = CheckedClient
    made.jinja_env.bytecode_cache = once.templates
    made.extensions["wake"] = lambda *_: None
    with made.app_context():
        for engine in (db.engine, the_vault().key_store.engine):
            engine._compiled_cache = once.statements
    way = steps.Way(made, settings.instance_path, close_stores, set_clock, monkeypatch)
    steps.begin(way, known=settings.keys_file == databases.keys)
    yield made
    steps.end()
    with made.app_context():
        close_stores()


def close_stores() -> None:
    """Let go of every connection."""
    db.engine.dispose()
    the_vault().key_store.engine.dispose()


@pytest.fixture
def keep(app: Flask, databases: Databases, settings: Settings) -> Callable[[str, Callable[[], Any]], Any]:
    """What a test before this one built under a name of `STAGES`, or what is built now and kept for the next."""

    def kept(name: str, build: Callable[[], Any]) -> Any:
        given = databases.given(name, settings.instance_path)
        if given is not None:
            steps.furnished(databases.furnished(settings.instance_path))
            return given
        built = build()
        with app.app_context():
            close_stores()
        databases.keep(name, settings.instance_path, built)
        steps.furnished(name)
        return built

    return kept


@pytest.fixture
def world(app: Flask, keep: Callable[[str, Callable[[], World]], World]) -> World:
    """One region, two rival parties and their people."""
    kept = keep("world", lambda: build_world(app))
    return steps.in_world(replace(kept, app=app, memberships=dict(kept.memberships)))


@pytest.fixture
def panel_of_three(world: World, set_clock: Callable[[str], datetime], keep: Callable[..., Panel]) -> Panel:
    """Three applications, the ad closed, Gunnel (who leads) and Elof named and nothing done, on 14 December."""
    kept = keep("panel_of_three", lambda: panel_of(world, set_clock, world.gunnel, world.elof))
    set_clock(CLOSED)
    return replace(kept, world=world, set_clock=set_clock, sent=list(kept.sent), roles=dict(kept.roles))


@pytest.fixture
def judged_panel(panel_of_three: Panel, keep: Callable[..., None]) -> Panel:
    """Elof has jäv for the third; both have scored, ordered and handed in."""
    keep("judged_panel", lambda: judged(panel_of_three) or True)
    return panel_of_three


@pytest.fixture
def two_called(panel_of_three: Panel, keep: Callable[..., dict[UUID, str]]) -> Meetings:
    """Neither has jäv, and the first two are called; no times yet."""
    return Meetings(panel_of_three, dict(keep("two_called", lambda: call_first(panel_of_three, 2))))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser that nobody is logged in with. Every page it visits is checked as HTML."""
    return app.test_client()


def pytest_configure(config: pytest.Config) -> None:
    """Of the long runs each process gets one more only when it needs it: a handful ahead may be a quarter of an hour."""
    if "slow" in config.option.markexpr and getattr(config.option, "maxschedchunk", 0) is None:
        config.option.maxschedchunk = 1


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long runs only when asked for: ``-m slow``, ``-m ""`` or by name. On PostgreSQL only what has a database, and
    what is not the same on every one."""
    left_out = []
    if not (config.option.markexpr or os.environ.get("PORTAL_SLOW") == "1"):
        left_out = [item for item in items if item.get_closest_marker("slow")]
        if POSTGRESQL:
            left_out += [item for item in items if "databases" not in getattr(item, "fixturenames", ())]
            left_out += [item for item in items if item.get_closest_marker("counts")]
        if os.environ.get("PORTAL_TEST_SHORT") == "1":
            gone = set(left_out)
            left_out += _most_of([item for item in items if item not in gone])
    if left_out and len(left_out) < len(items):
        config.hook.pytest_deselected(items=left_out)
        gone = set(left_out)
        items[:] = [item for item in items if item not in gone]
    if "slow" in config.option.markexpr:
        items.sort(key=lambda item: LONG.index(item.path.stem) if item.path.stem in LONG else len(LONG))


def _most_of(items: list[pytest.Item]) -> list[pytest.Item]:
    """Of each sixty-four tests that a second database is not the point of, all but one: a short run leaves them out."""
    rest = [item for item in items if item.path.stem not in OF_THE_DATABASE and not _asks_which(item)]
    return [item for number, item in enumerate(rest) if number % 64]


def _asks_which(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and hasattr(item.module, "POSTGRESQL")


@pytest.fixture(scope="session", autouse=True)
def clean_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Leave nothing large behind."""
    yield
    shutil.rmtree(tmp_path_factory.getbasetemp(), ignore_errors=True)
