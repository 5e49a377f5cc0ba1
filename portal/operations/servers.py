"""What `portal check` asks the servers of PostgreSQL about themselves: whether their own logs hold what our rows say, and
whether they let in as many as the portal asks for."""

from collections.abc import Iterable, Iterator
from typing import Final

from sqlalchemy import URL, Connection, Engine, Integer, cast, func, make_url, select

from portal.config import Settings
from portal.db import db
from portal.vault.services import the_vault
from portal.whereabouts import POSTGRESQL, sqlalchemy_url

WHOLE_ROWS = (
    "PostgreSQL skriver hela raden i sin egen logg när den nekar en skrivning, med namn och adresser. Kör som dess "
    "administratör: alter database {database} set log_error_verbosity = 'terse'"
)
WHOLE_ROWS_IN_TABLES = (
    "PostgreSQL för sin logg för databasen {database} som {kinds}, och där står hela raden som nekas, med namn och adresser, "
    "vad log_error_verbosity än säger. Sätt log_destination till stderr eller syslog."
)
TOO_FEW = (
    "PostgreSQL för databasen {database} släpper in {room} anslutningar, men två webbprocesser och en arbetare kan behöva "
    "{wanted}. Höj max_connections, och mer än så där det är fler processer."
)
HERE = ("localhost", "127.0.0.1", "::1", "None")
PROCESSES: Final = 3  # the least that is run: two that serve, and a worker
# Connections of one process at the most (docs/running.md): the pool and one for a key that has just been changed, and so on.
OF_THE_PORTAL, OF_THE_KEYS, OF_THE_COUNTS, OF_THE_QUEUE = 16, 15, 5, 3
_ROOM = cast(func.current_setting("max_connections"), Integer) - cast(
    func.current_setting("superuser_reserved_connections"), Integer
)
_ASKED = select(
    func.current_setting("log_error_verbosity").label("verbosity"),
    func.current_setting("log_destination").label("destination"),
    _ROOM.label("room"),
)


def servers_told_of(settings: Settings) -> Iterator[str]:
    """What is wrong with the servers, in words; nothing where there are none."""
    keys = the_vault().key_store.engine
    taken = [
        (db.engine.url, OF_THE_PORTAL), (keys.url, OF_THE_KEYS),
        (make_url(sqlalchemy_url(settings.rates_url)), OF_THE_COUNTS),
        (make_url(sqlalchemy_url(settings.queue_url)), OF_THE_QUEUE),
    ]  # fmt: skip
    seen: set[tuple[str, int]] = set()
    for engine in (db.engine, keys):
        if engine.dialect.name == "postgresql":
            wanted = 0 if _server(engine.url) in seen else wanted_of(engine.url, taken)
            seen.add(_server(engine.url))
            yield from _told_by(engine, wanted)


def _told_by(engine: Engine, wanted: int) -> Iterator[str]:
    database = engine.url.database or ""
    with engine.connect() as connection:
        yield from told_of_log(connection, database)
        room = connection.execute(_ASKED).one().room
    if room < wanted:
        yield TOO_FEW.format(database=database, room=room, wanted=wanted)


def told_of_log(connection: Connection, database: str) -> Iterator[str]:
    """Whether what a statement held comes into the server's log: a refused row in the detail of its error, and what was
    bound, where statements are logged, in theirs. ``terse`` leaves both out of a log in words, and of no other."""
    asked = connection.execute(_ASKED).one()
    if asked.verbosity != "terse":
        yield WHOLE_ROWS.format(database=database)
    if kinds := tables_in(asked.destination):
        yield WHOLE_ROWS_IN_TABLES.format(database=database, kinds=" och ".join(kinds))


def tables_in(destination: str) -> list[str]:
    """The kinds of log that hold everything, of those that a server writes."""
    return [kind.strip() for kind in destination.split(",") if kind.strip() in ("csvlog", "jsonlog")]


def wanted_of(url: URL, taken: Iterable[tuple[URL, int]]) -> int:
    """How many connections the least of processes may take of the server behind an address."""
    here = (most for other, most in taken if other.drivername in POSTGRESQL and _server(other) == _server(url))
    return PROCESSES * sum(here)


def _server(url: URL) -> tuple[str, int]:
    host = str(url.query.get("host") or url.host)
    return ("" if host in HERE else host), url.port or 5432
