"""The unit of work, reading at one moment, and engines that keep to the file they opened."""

import os
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, Timer

import pytest
from flask import Flask
from sqlalchemy import Column, Integer, MetaData, Table, create_engine, func, insert, select, text
from sqlalchemy.exc import OperationalError

from portal import clock, scope, sqlite
from portal.accounts.models import Person
from portal.audit.models import AuditLine
from portal.audit.services import PLATFORM_CHAIN, SYSTEM, record
from portal.config import Settings
from portal.db import (
    after_commit,
    create_tables,
    db,
    engine_options,
    open_engine,
    read_at_one_moment,
    unit_of_work,
    writing_to,
)
from portal.sqlite import let_others_write_first
from tests.database import POSTGRESQL
from tests.world import World

metadata = MetaData()
number = Table("number", metadata, Column("id", Integer, primary_key=True))


def test_a_file_that_was_put_in_anothers_place_is_read_at_the_next_question(tmp_path: Path) -> None:
    old, new = open_engine(f"sqlite:///{tmp_path}/one.db"), open_engine(f"sqlite:///{tmp_path}/two.db")
    for engine, value in ((old, 1), (new, 2)):
        create_tables(engine, metadata)
        with engine.begin() as connection:
            connection.execute(insert(number).values(id=value))
    new.dispose()
    for path in tmp_path.glob("one.db*"):
        path.unlink()
    for path in tmp_path.glob("two.db*"):
        path.rename(path.with_name(path.name.replace("two", "one")))
    with old.connect() as connection:
        assert connection.scalars(select(number.c.id)).all() == [2]


def test_no_file_is_made_in_the_place_of_a_missing_one(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/gone.db")
    with pytest.raises(OperationalError):
        engine.connect()
    assert list(tmp_path.iterdir()) == []
    create_tables(engine, metadata)
    assert oct((tmp_path / "gone.db").stat().st_mode)[-3:] == "600"


def test_processes_that_start_at_once_make_a_store_together(settings: Settings) -> None:
    url, starting, many = settings.made_by(settings.rates_url), Barrier(8), MetaData()
    for one in range(20):
        Table(f"made_together_{one}", many, Column("id", Integer, primary_key=True))

    def start(_process: int) -> None:
        engine = open_engine(url)
        starting.wait()
        create_tables(engine, many)
        engine.dispose()

    try:
        with ThreadPoolExecutor(8) as processes:
            assert list(processes.map(start, range(8))) == [None] * 8
    finally:
        with writing_to(open_engine(url)) as connection:
            many.drop_all(connection)


def test_a_new_file_that_another_reads_is_waited_for(tmp_path: Path) -> None:
    reader = sqlite3.connect(tmp_path / "new.db", isolation_level=None, check_same_thread=False)
    reader.executescript("CREATE TABLE number (id INTEGER PRIMARY KEY); BEGIN; SELECT * FROM number;")
    leaving = Timer(0.3, reader.close)
    leaving.start()
    engine = open_engine(f"sqlite:///{tmp_path}/new.db?timeout=0")  # where SQLite itself does not wait
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    leaving.join()


@pytest.mark.parametrize("lets_go_after", [0.4, 60.0])
def test_all_who_wait_for_the_writers_place_wait_at_once_not_one_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lets_go_after: float
) -> None:
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 2)
    engine = open_engine(f"sqlite:///{tmp_path}/one.db")
    create_tables(engine, metadata)
    other = sqlite3.connect(tmp_path / "one.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    leaving = Timer(lets_go_after, other.rollback)
    leaving.start()

    def write(value: int) -> bool:
        try:
            with writing_to(engine) as connection:
                connection.execute(insert(number).values(id=value))
        except OperationalError:
            return False
        return True

    begun = clock.monotonic()
    with ThreadPoolExecutor(6) as hands:
        came_through = list(hands.map(write, range(6)))
    assert came_through == [lets_go_after < 2] * 6
    assert clock.monotonic() - begun < 6  # six waits in a row would be twelve
    leaving.cancel()
    other.close()


def test_a_worker_looks_for_the_writers_place_more_seldom_than_those_who_answer_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/one.db")
    create_tables(engine, metadata)
    other = sqlite3.connect(tmp_path / "one.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    monkeypatch.setattr(sqlite, "WAIT_SECONDS", 0.1)
    monkeypatch.setattr(sqlite, "_looks", ["at once"])
    slept: list[float] = []
    monkeypatch.setattr(sqlite, "sleep", slept.append)
    for prepare in (lambda: None, let_others_write_first):
        prepare()
        with pytest.raises(OperationalError), writing_to(engine):
            pass
        slept.append(0)
    by_the_web, by_the_worker = slept[: slept.index(0)], slept[slept.index(0) + 1 : -1]
    assert max(by_the_web) <= 0.002 < 0.005 <= min(by_the_worker)
    other.close()


def test_a_fault_of_the_database_never_tells_what_was_written(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/one.db")
    (tmp_path / "one.db").touch()
    with engine.connect() as connection, pytest.raises(OperationalError) as fault:
        connection.execute(insert(number).values(id=1706))
    assert "1706" not in str(fault.value)


def test_postgresql_is_tried_before_it_is_used() -> None:
    options = engine_options("postgresql+psycopg://app@db/portal")
    assert options["pool_pre_ping"] is True
    assert options["connect_args"]["connect_timeout"] == 5


def test_the_end_of_a_request_starts_no_event_loop(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []
    monkeypatch.setattr(app, "async_to_sync", lambda end: begun.append(end) or (lambda _fault: None))
    with app.app_context():
        assert db.session.scalar(select(1)) == 1
        session = db.session
    assert not session.in_transaction()
    assert begun == []


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no server that could hang up")
def test_a_server_that_hangs_up_spoils_no_answer_that_is_made_already(app: Flask, settings: Settings) -> None:
    other = create_engine(settings.database_url)
    with app.app_context():
        mine = db.session.scalar(select(func.pg_backend_pid()))
        with other.connect() as connection:
            connection.scalar(select(func.pg_terminate_backend(mine)))
    with app.app_context():  # and the next one finds the server again
        assert db.session.scalar(select(func.pg_backend_pid())) != mine
    other.dispose()


@pytest.mark.skipif(not POSTGRESQL, reason="SQLite makes one plan for all values, and knows of no others")
def test_a_question_that_is_asked_again_and_again_is_planned_by_its_own_values(app: Flask) -> None:
    """From the eleventh time on the server would else take one plan for all parties."""
    with app.app_context():
        for _ in range(20):
            db.session.execute(select(Person.id).where(Person.email == "nobody@example.se")).all()
        plans = db.session.execute(
            text("SELECT custom_plans, generic_plans FROM pg_prepared_statements WHERE statement LIKE '%person.email%'")
        ).one()
    assert plans.custom_plans > 10
    assert plans.generic_plans == 0


def test_what_follows_a_commit_may_fail_without_taking_it_back_or_stopping_the_rest(app: Flask) -> None:
    done = []
    with app.app_context():
        scope.act_for(db.session, scope.PLATFORM)
        with unit_of_work() as session:
            after_commit(session, lambda: 1 / 0)
            after_commit(session, lambda: done.append("second"))
    assert done == ["second"]


def test_what_is_read_at_one_moment_does_not_change_while_others_write(world: World) -> None:
    lines = select(func.count()).select_from(AuditLine)
    with world.app.app_context(), db.sessionmaker() as own:
        connection = read_at_one_moment(own)
        before = connection.scalar(lines)
        with world.writing(scope.PLATFORM) as session:
            record(session, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb="test.meanwhile")
        assert connection.scalar(lines) == before
    with world.acting(scope.PLATFORM) as session:
        assert session.scalar(lines) == (before or 0) + 1


def test_a_process_made_by_fork_leaves_its_parents_connections_alone(world: World) -> None:
    with world.app.app_context():
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        assert db.engine.pool.checkedin() == 1  # type: ignore[attr-defined]
        child = os.fork()
        if not child:
            os._exit(db.engine.pool.checkedin())  # type: ignore[attr-defined]
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
        assert db.engine.pool.checkedin() == 1  # type: ignore[attr-defined]
