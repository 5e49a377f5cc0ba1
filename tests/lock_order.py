"""What every transaction locks last: the end of the log.

Everybody who does anything in a house locks that row. Who held it and then waited for another might wait for one who holds
that and waits for the log, and PostgreSQL would end one of the two. It happens only where both come at once, which no test
waits for; so each statement of the whole suite is held against the order.
"""

import re
from typing import Any

from sqlalchemy import Connection, Engine, event

_HELD = "holds_the_logs_end"
_LOCKS_IT = re.compile(r"FROM audit_head\s+WHERE audit_head\.id =")
_OF_THE_LOG = re.compile(r"\b(FROM|INTO|UPDATE) audit_(head|line)\b")


def watch_lock_order() -> None:
    """Fail whatever is asked of the database in a transaction that has locked the end of a log."""
    event.listen(Engine, "begin", _begins)
    event.listen(Engine, "before_cursor_execute", _asks)


def _begins(connection: Connection) -> None:
    connection.info[_HELD] = False


def _asks(connection: Connection, _cursor: Any, statement: str, *_more: Any) -> None:
    if _LOCKS_IT.search(statement):
        connection.info[_HELD] = True
    elif connection.info.get(_HELD) and not _OF_THE_LOG.search(statement) and _takes_something(statement):
        raise AssertionError(f"asked for while the end of the log is held: {' '.join(statement.split())[:80]}")


def _takes_something(statement: str) -> bool:
    return statement.startswith(("INSERT", "UPDATE", "DELETE")) or "FOR UPDATE" in statement
