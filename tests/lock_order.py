"""What every request locks, in one order: an authority's numbers first, a log's end after them.

Two that lock them in different orders wait for each other, and PostgreSQL ends one of them. It happens only where both come
at once, which no test waits for; so each statement of each request in the whole suite is held against the order.
"""

from typing import Any

from flask import has_request_context
from sqlalchemy import Connection, Engine, event

_HELD = "holds_the_logs_end"


def watch_lock_order() -> None:
    """Fail whatever asks for a number in a transaction that has written in a log."""
    event.listen(Engine, "begin", _begins)
    event.listen(Engine, "before_cursor_execute", _asks)


def _begins(connection: Connection) -> None:
    connection.info[_HELD] = False


def _asks(connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
    if "FROM audit_head" in statement:
        connection.info[_HELD] = True
    elif "FROM arrival_counter" in statement and connection.info.get(_HELD) and has_request_context():
        raise AssertionError(
            "a number is asked for after the log's line: two such requests at once may wait for each other"
        )
