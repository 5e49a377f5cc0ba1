"""Tries are counted together by everybody who counts, let go when their time is over, and tell no name."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from portal.config import Settings
from portal.web.rates import Rates, RateStore, rate, sender_network

LIMIT = "10 per 15 minutes"


@pytest.fixture
def store(settings: Settings) -> Iterator[RateStore]:
    """A store on the test's own database, SQLite or PostgreSQL."""
    made = RateStore(settings.database_owner_url)
    yield made
    made.engine.dispose()


def test_forty_at_once_get_ten(app: Flask, store: RateStore) -> None:
    store.create_tables()
    rates = Rates(store)

    def one_try(_n: int) -> int:
        with app.app_context():
            return rates.take(LIMIT, "password", "x@example.se")

    with ThreadPoolExecutor(8) as pool:
        waits = list(pool.map(one_try, range(40)))
    assert waits.count(0) == 10
    assert all(0 <= wait <= 900 for wait in waits)


def test_the_counts_take_few_connections_of_a_server_that_the_portal_takes_many_of() -> None:
    of_counts: Any = RateStore("postgresql://counts@localhost/none").engine.pool
    assert (of_counts.size(), of_counts._max_overflow) == (2, 3), "docs/running.md, section 5, has the sum"


def test_a_count_ends_with_its_time_and_leaves_no_row(
    app: Flask, store: RateStore, set_clock: Callable[[str], datetime]
) -> None:
    rates = Rates(store)
    with app.app_context():
        for _ in range(11):
            waits = rates.take(LIMIT, "password", "x@example.se")
        assert 0 < waits <= 900
        set_clock("2026-11-23T10:16")
        assert rates.take(LIMIT, "password", "y@example.se") == 0
        with store.engine.connect() as connection:
            assert len(connection.execute(select(rate)).all()) == 1
        assert rates.take(LIMIT, "password", "x@example.se") == 0


def test_a_window_goes_on_past_midnight(app: Flask, store: RateStore, set_clock: Callable[[str], datetime]) -> None:
    rates = Rates(store)
    with app.app_context():
        set_clock("2026-11-23T23:55")
        for _ in range(10):
            assert rates.take(LIMIT, "password", "x@example.se") == 0
        set_clock("2026-11-24T00:05")
        assert 0 < rates.take(LIMIT, "password", "x@example.se") <= 301  # rounded up
        rates.forget(LIMIT, "password", "x@example.se")
        assert rates.take(LIMIT, "password", "x@example.se") == 0
        set_clock("2026-11-24T00:21")
        assert rates.take(LIMIT, "password", "x@example.se") == 0


def test_a_try_given_back_or_forgotten_is_not_counted(app: Flask, store: RateStore) -> None:
    rates = Rates(store)
    with app.app_context():
        for _ in range(30):
            assert rates.take(LIMIT, "password", "x") == 0
            rates.give_back(LIMIT, "password", "x")
        for _ in range(10):
            rates.take(LIMIT, "password", "x")
        rates.forget(LIMIT, "password", "x")
        assert rates.take(LIMIT, "password", "x") == 0


def test_the_store_tells_nobody_who_tried(app: Flask, store: RateStore) -> None:
    with app.app_context():
        Rates(store).take(LIMIT, "password", "hemlig@example.se")
    with store.engine.connect() as connection:
        names = " ".join(connection.execute(select(rate.c.name)).scalars())
    assert "hemlig" not in names
    assert len(names) > 64


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.77", "192.0.2.0/24"),
        ("::ffff:192.0.2.77", "192.0.2.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", "unknown"),
    ],
)
def test_neighbours_in_one_network_count_together(app: Flask, address: str, network: str) -> None:
    with app.test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert sender_network() == network
