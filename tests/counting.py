"""Counts the SQL statements of a block: a list that asks once more for each row is found by its literal number."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import event

from portal.db import db

NOT_OURS = ("PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "select set_config", "SELECT set_config")


class Statements(list[str]):
    """The statements that ran, in order, without what only begins a transaction or tells the database its scope."""

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self)


@contextmanager
def statements(app: Flask) -> Iterator[Statements]:
    """Gather what the application's database is asked inside the block: ``with statements(app) as asked: …``."""
    with app.app_context():
        engine = db.engine
    asked = Statements()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().startswith(NOT_OURS):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
