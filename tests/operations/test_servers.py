"""`portal check` asks PostgreSQL's servers what they write in their own logs, and how many they let in."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.pool import QueuePool

from portal.db import db, open_engine
from portal.operations.servers import (
    OF_THE_COUNTS,
    OF_THE_KEYS,
    OF_THE_PORTAL,
    OF_THE_QUEUE,
    servers_told_of,
    tables_in,
    told_of_log,
    wanted_of,
)
from portal.operations.services import findings
from portal.web.rates import FEW
from tests.database import POSTGRESQL

HERE = make_url("postgresql+psycopg://portal_app@127.0.0.1/portal")
RUNNING = Path(__file__).parents[2] / "docs" / "running.md"
needs_a_server = pytest.mark.skipif(not POSTGRESQL, reason="asks a server")


def test_logs_that_are_tables_hold_the_whole_row_whatever_is_said_of_words() -> None:
    assert [tables_in(said) for said in ("stderr", "syslog", "stderr,csvlog", "jsonlog, csvlog")] == [
        [], [], ["csvlog"], ["jsonlog", "csvlog"],
    ]  # fmt: skip


def test_what_may_be_taken_is_the_sum_of_what_lies_on_the_same_server() -> None:
    taken = [
        (HERE, OF_THE_PORTAL), (make_url("postgresql+psycopg://keys@localhost:5432/portal_keys"), OF_THE_KEYS),
        (make_url("sqlite:////var/lib/portal/rates.db"), OF_THE_COUNTS), (HERE, OF_THE_QUEUE),
    ]  # fmt: skip
    assert wanted_of(HERE, taken) == 3 * (OF_THE_PORTAL + OF_THE_KEYS + OF_THE_QUEUE)
    assert wanted_of(HERE.set(host="keys.example"), taken) == 0


def test_the_pools_are_as_large_as_is_counted_here_and_in_the_documents() -> None:
    pool = open_engine(HERE.render_as_string()).pool
    assert isinstance(pool, QueuePool)
    assert pool.size() + pool._max_overflow == OF_THE_KEYS == OF_THE_PORTAL - 1
    assert sum(FEW.values()) == OF_THE_COUNTS
    assert f"at most {OF_THE_PORTAL + OF_THE_COUNTS + OF_THE_QUEUE}:" in RUNNING.read_text(encoding="utf-8")


def test_sqlite_is_asked_nothing(app: Flask) -> None:
    if POSTGRESQL:
        return
    with app.app_context():
        assert list(servers_told_of(app.config["SETTINGS"])) == []


@needs_a_server
def test_a_server_whose_log_holds_refused_rows_or_that_lets_in_too_few_is_told_of(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        url = db.engine.url
        assert [said for said in findings(app) if "logg" in said or "max_connections" in said] == []
        monkeypatch.setattr("portal.operations.servers.OF_THE_PORTAL", 400)
        (told,) = (said for said in findings(app) if "max_connections" in said)
    assert "två webbprocesser och en arbetare" in told
    owner = create_engine(app.config["SETTINGS"].database_owner_url)
    with owner.connect() as connection:
        assert list(told_of_log(connection, "portal")) == []
    server = create_engine(url.set(username="postgres", password=None), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text("set log_error_verbosity = 'default'"))
        (told,) = told_of_log(connection, "portal")
    assert told.endswith("alter database portal set log_error_verbosity = 'terse'")
