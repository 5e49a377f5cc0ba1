"""The queue that wakes a worker: huey in a store of its own (SQLite, PostgreSQL or Redis). The database is the truth."""

from huey import Huey, RedisHuey, SqliteHuey
from huey.serializer import SignedSerializer


def open_queue(url: str, secret: str) -> Huey:
    """The queue that ``PORTAL_QUEUE_URL`` names. Messages are signed: pickles of strangers are refused."""
    serializer = SignedSerializer(secret=secret, salt="portal.queue")
    if url.startswith("sqlite:///"):
        return SqliteHuey("portal", filename=url.removeprefix("sqlite:///"), serializer=serializer, fsync=True)
    if url.startswith("redis"):
        return RedisHuey("portal", url=url, serializer=serializer)
    from huey import PostgresHuey  # its driver is an extra

    return PostgresHuey("portal", dsn=url.replace("+psycopg", ""), serializer=serializer)
