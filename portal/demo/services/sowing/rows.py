"""Rows by the thousand, through the session like any others: every wall between parties holds here too."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from flask import Flask
from sqlalchemy.orm import Session

from portal.db import Base
from portal.demo.crowd import Dice

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Sowing:
    """One run: where to, by which chance, at which instant, and how many rows of each table so far."""

    app: Flask
    dice: Dice
    at: datetime
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, session: Session, rows: Sequence[Base]) -> None:
        """Write rows, count them by table and let them go: what is written is not kept in memory."""
        for start in range(0, len(rows), AT_ONCE):
            session.add_all(rows[start : start + AT_ONCE])
            session.flush()
            session.expunge_all()
        self.counts.update(row.__tablename__ for row in rows)
