"""Rows by the thousand, in the scope of whose they are and as the application's own role: the database's walls hold."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any

from flask import Flask
from sqlalchemy import insert
from sqlalchemy.orm import Session

from portal.db import Base
from portal.demo.crowd import Dice

AT_ONCE = 1_000

Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sowing:
    """One run: where to, by which chance, at which instant, and how many rows of each table so far."""

    app: Flask
    dice: Dice
    at: datetime
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, session: Session, rows: Sequence[Base]) -> None:
        """Write rows, count them by table and let them go: what is written is not kept in memory."""
        session.add_all(rows)
        session.flush()
        session.expunge_all()
        self.counts.update(row.__tablename__ for row in rows)

    def pour(self, session: Session, model: type[Base], rows: Iterable[Values]) -> None:
        """The same for what comes by the hundred thousand: plain values, all with the same columns, and no objects."""
        waiting = iter(rows)
        while some := list(islice(waiting, AT_ONCE)):
            session.execute(insert(model).execution_options(render_nulls=True), some)
            self.counts[model.__tablename__] += len(some)
