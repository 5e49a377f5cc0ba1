"""The queue that wakes a worker: huey in a store of its own (SQLite, PostgreSQL or Redis). The database is the truth."""

from datetime import datetime

from huey import Huey, RedisHuey, SqliteHuey
from huey.serializer import SignedSerializer

CLAIMS_KEPT = 5


def open_queue(url: str, secret: str) -> Huey:
    """The queue that ``PORTAL_QUEUE_URL`` names. Messages are signed: pickles of strangers are refused."""
    serializer = SignedSerializer(secret=secret, salt="portal.queue")
    if url.startswith("sqlite:///"):
        return SqliteHuey("portal", filename=url.removeprefix("sqlite:///"), serializer=serializer, fsync=True)
    if url.startswith("redis"):
        return RedisHuey("portal", url=url, serializer=serializer)
    from huey import PostgresHuey  # its driver is an extra

    # The application's role may make no tables: `create_queue_tables` does, as their owner.
    return PostgresHuey("portal", dsn=_dsn(url), serializer=serializer, create_tables=False)


def create_queue_tables(url: str) -> None:
    """Make the queue's tables on PostgreSQL where they are missing, as the role of this address."""
    if url.startswith("postgres"):
        from huey import PostgresHuey

        PostgresHuey("portal", dsn=_dsn(url)).storage.close()


def claim_minute(queue: Huey, at: datetime) -> bool:
    """True for the first of all workers that asks about this minute's round."""
    return _claim(queue, "round", int(at.timestamp()) // 60)


def claim_hour(queue: Huey, what: str, at: datetime) -> bool:
    """True for the first of all rounds, in whichever worker, that asks about what is done once in this hour."""
    return _claim(queue, what, int(at.timestamp()) // 3600)


def _claim(queue: Huey, what: str, number: int) -> bool:
    """True for the first that asks about this one. Those gone by are forgotten."""
    first: bool = queue.storage.incr(f"{what}:{number}") == 1
    if first:
        for gone in range(number - CLAIMS_KEPT, number):
            queue.storage.delete_counter(f"{what}:{gone}")
    return first


def _dsn(url: str) -> str:
    return url.replace("+psycopg", "")
