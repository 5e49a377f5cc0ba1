"""How often somebody may try: counted in a small database of its own, under names that say nothing after the day.

The counting is the library's (limits, fixed window); the store is ours, so that all web processes count together. A name
is a keyed hash of the day and of what is counted, so that the file tells nobody who tried to log in.
"""

import hmac
import ipaddress
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any, cast

from flask import Flask, current_app, make_response, request
from limits import RateLimitItem, parse
from limits.storage import Storage
from limits.strategies import FixedWindowRateLimiter
from sqlalchemy import (
    Column,
    Connection,
    Delete,
    Engine,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    case,
    delete,
    func,
    select,
    tuple_,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import OperationalError
from werkzeug.wrappers import Response

from portal import clock
from portal.db import create_tables, open_engine, writing_to
from portal.vault.services import the_vault
from portal.web.limits import times
from portal.whereabouts import sqlalchemy_url

FEW = {
    "pool_size": 2,
    "max_overflow": 3,
}  # connections of a server that the portal itself takes many of (docs/running.md)
metadata = MetaData()
rate = Table(
    "rate",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("expires", Float, nullable=False),
)
gathered = Table(
    "rate_gathered",
    metadata,
    Column("whose", String(200), primary_key=True),
    Column("which", String(64), primary_key=True),
    Column("expires", Float, nullable=False),
)


class RateStore(Storage):
    """The store: one row per thing counted, one upsert per count, on SQLite and PostgreSQL."""

    STORAGE_SCHEME = None

    def __init__(self, url: str) -> None:
        super().__init__(url)
        there = sqlalchemy_url(url)
        few = FEW if there.startswith("postgresql") else {}
        self.engine = open_engine(there, synchronous="NORMAL", **few)  # a count may be lost with the power
        self.ready = False

    @property
    def base_exceptions(self) -> type[Exception]:
        """What the store raises when its database is gone."""
        return OSError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to a count, or begin a new window where the last one is over. Returns the count."""
        now = _seconds()
        insert = (sqlite if self.engine.dialect.name == "sqlite" else postgresql).insert
        over = rate.c.expires <= now
        upsert = (
            insert(rate)
            .values(name=key, count=amount, expires=now + expiry)
            .on_conflict_do_update(
                index_elements=["name"],
                set_={
                    "count": case((over, amount), else_=rate.c.count + amount),
                    "expires": case((over, now + expiry), else_=rate.c.expires),
                },
            )
            .returning(rate.c.count)
        )
        with self._connected(writing_to) as connection:
            count = int(connection.execute(upsert).scalar_one())
            if count == amount:
                connection.execute(_what_is_over(rate, now))
        return count

    def gather(self, whose: str, which: str, *, most: int, expiry: int) -> bool:
        """Keep ``which`` for so many seconds among the different things that are counted of ``whose``. False, and it is not
        kept, where ``most`` others are. One at a time of the same ``whose``, so that a hundred at once are counted too."""
        now, postgres = _seconds(), self.engine.dialect.name == "postgresql"
        insert = (postgresql if postgres else sqlite).insert
        others = select(func.count()).where(
            gathered.c.whose == whose, gathered.c.which != which, gathered.c.expires > now
        )
        keep = insert(gathered).values(whose=whose, which=which, expires=now + expiry)
        again = keep.on_conflict_do_update(index_elements=["whose", "which"], set_={"expires": now + expiry})
        with self._connected(writing_to) as connection:
            if postgres:  # on SQLite a writer is alone anyhow
                connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(whose, 0))))
            there = connection.execute(others).scalar_one()
            if there < most:
                connection.execute(again)
            if not there:
                connection.execute(_what_is_over(gathered, now))
        return bool(there < most)

    def get(self, key: str) -> int:
        """The present count of a name; 0 where its window is over."""
        row = self._row(key)
        return int(row[0]) if row else 0

    def get_expiry(self, key: str) -> float:
        """When a name's window is over, in seconds since 1970."""
        row = self._row(key)
        return float(row[1]) if row else _seconds()

    def check(self) -> bool:
        """The database answers."""
        with self._connected():
            return True

    def reset(self) -> int | None:
        """Forget every count."""
        with self._connected(writing_to) as connection:
            return connection.execute(delete(rate)).rowcount + connection.execute(delete(gathered)).rowcount

    def clear(self, key: str) -> None:
        """Forget one count."""
        with self._connected(writing_to) as connection:
            connection.execute(delete(rate).where(rate.c.name == key))

    def create_tables(self) -> None:
        """Make the tables where they are missing."""
        if not self.ready:
            create_tables(self.engine, metadata)
            self.ready = True

    def _row(self, key: str) -> Any:
        wanted = select(rate.c.count, rate.c.expires).where(rate.c.name == key, rate.c.expires > _seconds())
        with self._connected() as connection:
            return connection.execute(wanted).first()

    @contextmanager
    def _connected(
        self, begin: Callable[[Engine], AbstractContextManager[Connection]] = Engine.begin
    ) -> Iterator[Connection]:
        """Counts of a day are not missed: where their database has gone, the next try makes a new one."""
        try:
            self.create_tables()
            with begin(self.engine) as connection:
                yield connection
        except OperationalError:
            self.ready = False
            raise


class Rates:
    """Takes one try at a time from what an account, an address or a link may do."""

    def __init__(self, store: RateStore) -> None:
        self.store = store
        self.limiter = FixedWindowRateLimiter(store)

    def take(self, limit: str, what: str, whose: str, cost: int = 1) -> int:
        """Count ``cost`` tries (``limit`` as in "10 per 15 minutes"). 0 when they may be made, else the seconds to wait.

        They are counted before they are made, so that a hundred at once are not all let through.
        """
        item = parse(limit)
        names = self._names(item, what, whose)
        if self.limiter.hit(item, *names, cost=cost):
            return 0
        return max(1, ceil(self.limiter.get_window_stats(item, *names).reset_time - _seconds()))

    def take_another(self, limit: str, what: str, whose: str, which: str, *, since: datetime) -> bool:
        """Count one of different things, each once within the limit's time however often it comes; False where they are too
        many. ``since`` is when ``whose`` began: its day names them, also after midnight."""
        item, day = parse(limit), since.astimezone(clock.STOCKHOLM).date()
        _what, group = _names(what, whose, day)
        _what, one = _names(what, f"{whose}\0{which}", day)
        return self.store.gather(group, one, most=item.amount, expiry=item.get_expiry())

    def give_back(self, limit: str, what: str, whose: str) -> None:
        """The try was no wrong one: it is not counted."""
        item = parse(limit)
        self.store.incr(item.key_for(*self._names(item, what, whose)), item.get_expiry(), -1)

    def forget(self, limit: str, what: str, whose: str) -> None:
        """Whoever this is has shown to be right: their wrong tries are forgotten."""
        item = parse(limit)
        self.store.clear(item.key_for(*self._names(item, what, whose)))

    def _names(self, item: RateLimitItem, what: str, whose: str) -> tuple[str, str]:
        """Under what this is counted: today's name, or yesterday's while a window that began before midnight lasts."""
        began = clock.now() - timedelta(seconds=item.get_expiry())
        former = _names(what, whose, began.astimezone(clock.STOCKHOLM).date())
        present = _names(what, whose, clock.today())
        return former if former != present and self.store.get(item.key_for(*former)) else present


def init_rates(app: Flask) -> None:
    """Open the store once per application."""
    app.extensions["rates"] = Rates(RateStore(app.config["SETTINGS"].rates_url))


def the_rates() -> Rates:
    """The counts of the current application."""
    return cast(Rates, current_app.extensions["rates"])


def take_of_network(limit: str, what: str, cost: int = 1) -> int:
    """Count what a network sends, by its own limit times the installation's factor. 0, or the seconds to wait."""
    factor: int = current_app.config["SETTINGS"].rates_factor
    return the_rates().take(times(limit, factor), what, sender_network(), cost)


def in_seconds(wait: int) -> datetime:
    """When to try again: the next whole minute after so many seconds."""
    until = clock.now() + timedelta(seconds=wait)
    return until.replace(second=0, microsecond=0) + timedelta(minutes=1)


def wait(page: str, seconds: int) -> Response:
    """A page that asks to wait: 429, with the seconds for machines."""
    response = make_response(page, 429)
    response.headers["Retry-After"] = str(seconds)
    return response


def sender_network() -> str:
    """Where the request comes from, as it is counted: the network of the address that the proxy tells of."""
    return network_of(request.remote_addr or "")


def network_of(told: str, *, of_six: int = 64) -> str:
    """The /24 or /64 around an address; ``of_six`` is the bits of an IPv6 one.

    >>> network_of("192.0.2.7"), network_of("2001:db8::7"), network_of("::ffff:192.0.2.7"), network_of("")
    ('192.0.2.0/24', '2001:db8::/64', '192.0.2.0/24', 'unknown')
    """
    try:
        address = ipaddress.ip_address(told)
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return str(ipaddress.ip_network((address, 24 if address.version == 4 else of_six), strict=False))


def _names(what: str, whose: str, day: date) -> tuple[str, str]:
    key = the_vault().keyring.derive("rates")
    return what, hmac.new(key, f"{day.isoformat()}\0{what}\0{whose}".encode(), "sha256").hexdigest()


def _what_is_over(table: Table, now: float) -> Delete:
    """To be deleted: what is over and nobody else holds. Who deletes holds a row already, and may wait for none."""
    key = table.primary_key.columns
    free = select(*key).where(table.c.expires <= now).with_for_update(skip_locked=True)
    return delete(table).where(tuple_(*key).in_(free))


def _seconds() -> float:
    return clock.now().timestamp()
