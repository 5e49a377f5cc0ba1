"""Counts the SQL statements of a block: a list that asks once more for each row is found by its literal number."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from portal.db import db

NOT_OURS = ("PRAGMA", "BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "select set_config", "SELECT set_config")


class Statements(list[str]):
    """The statements that ran, in order, without what only begins a transaction or tells the database its scope."""

    @property
    def count(self) -> int:
        """How many there were."""
        return len(self)


@contextmanager
def statements(app: Flask, engine: Engine | None = None) -> Iterator[Statements]:
    """Gather what the application's database is asked inside the block: ``with statements(app) as asked: …``.

    ``engine`` is another one to listen to, such as the key store's.
    """
    with app.app_context():
        engine = engine or db.engine
        app.extensions["assets"].worn  # noqa: B018  # asks for new hues each half minute; not while a page is counted
    asked = Statements()

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.lstrip().startswith(NOT_OURS):
            asked.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(engine, "before_cursor_execute", note)
