"""Whether the machine's clock is believed before anything is erased by it.

A machine may start before its clock is set, and be months ahead for a round. So a round by a clock that has gone on for more
than a day since the last one waits, until the clock has kept pace for half an hour with one that only measures; by then
whatever sets it has set it. A worker that has rested for a weekend waits so too: nothing that it does cannot. While another
worker makes its rounds, by a clock that is believed, no pace proves anything.
"""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from flask import Flask
from sqlalchemy import select

from portal import clock
from portal.db import db, unit_of_work
from portal.jobs.models import LastRound

BELIEVED, WATCHED, APART = timedelta(days=1), timedelta(minutes=30), timedelta(minutes=5)
_THE_ONE = UUID(int=1)
_DOUBTED = "doubted_clock"  # in the extensions: since when it is watched, by either clock, and the last round before
_log = structlog.get_logger("jobs")


def last_round() -> datetime | None:
    """When a worker last made its round by a clock that was believed; None where none has."""
    with db.sessionmaker() as own:
        return own.scalar(select(LastRound.at).where(LastRound.id == _THE_ONE))


def believe(at: datetime) -> None:
    """The clock is right: a round has been made by it, or somebody has said so."""
    with db.sessionmaker() as own, unit_of_work(own) as session:
        session.merge(LastRound(id=_THE_ONE, at=at))


def is_believed(app: Flask, at: datetime) -> bool:
    """Whether what is due at ``at`` may be done. A clock that is behind finds nothing due, and may."""
    with app.app_context():
        last = last_round()
        if last is None or abs(at - last) <= BELIEVED or _keeps_pace(app, at, last):
            app.extensions.pop(_DOUBTED, None)
            believe(at)
            return True
    if at > last:
        _log.error("clock_doubted", count=(at - last).days)
    return at < last


def _keeps_pace(app: Flask, at: datetime, last: datetime) -> bool:
    """Whether it has gone on for half an hour as a clock does. One that has been set meanwhile is watched anew, and so is
    one where a round has been made by another: who is doubted writes none."""
    measured, since, before = app.extensions.setdefault(_DOUBTED, (clock.monotonic(), at, last))
    gone = timedelta(seconds=clock.monotonic() - measured)
    if abs(at - since - gone) > APART or last != before:
        app.extensions[_DOUBTED] = clock.monotonic(), at, last
        return False
    return gone >= WATCHED
