"""Counts that begin anew in the same instant: none waits for what another holds."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from datetime import datetime
from threading import Barrier, BrokenBarrierError
from typing import Any

import pytest
from sqlalchemy import Engine, Table, event, func, select

from portal.config import Settings
from portal.web.rates import RateStore, gathered, rate
from tests.database import POSTGRESQL

OVER, LATER = "2026-11-23T10:16", "2026-11-23T10:33"
WINDOW = 15 * 60
TOGETHER = 10 if POSTGRESQL else 0.5  # seconds; on SQLite the second is not let in before the first has ended

Count = Callable[[RateStore, str], Any]


@pytest.fixture
def store(settings: Settings) -> Iterator[RateStore]:
    """A store on the test's own database."""
    made = RateStore(settings.database_owner_url)
    made.create_tables()
    yield made
    made.engine.dispose()


def tried(store: RateStore, whose: str) -> int:
    return store.incr(whose, WINDOW)


def kept(store: RateStore, whose: str) -> bool:
    return store.gather(whose, "one", most=3, expiry=WINDOW)


@contextmanager
def both_before_they_clean(engine: Engine) -> Iterator[None]:
    """Each has written its own row before either deletes what is over."""
    together = Barrier(2)

    def wait(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith("DELETE"):
            with suppress(BrokenBarrierError):
                together.wait(TOGETHER)

    event.listen(engine, "before_cursor_execute", wait)
    yield
    event.remove(engine, "before_cursor_execute", wait)


def rows(store: RateStore, table: Table) -> int:
    with store.engine.connect() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


@pytest.mark.parametrize(("count", "table"), [(tried, rate), (kept, gathered)], ids=["tries", "things"])
def test_two_whose_windows_are_over_begin_anew_at_once(
    store: RateStore, set_clock: Callable[[str], datetime], count: Count, table: Table
) -> None:
    both = [whose + "'s" for whose in ("alma", "birger")]
    for whose in (*both, "cecilia's"):
        count(store, whose)
    set_clock(OVER)
    with both_before_they_clean(store.engine), ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda whose: count(store, whose), both)) == [1, 1]
    assert rows(store, table) == 2, "what neither began anew is gone"
    set_clock(LATER)
    count(store, "david's")
    assert rows(store, table) == 1
