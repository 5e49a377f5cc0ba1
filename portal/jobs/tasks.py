"""The worker's side of the queue: what a wake-up runs, and the round each minute that finds what was left."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event
from uuid import UUID

import structlog
from flask import Flask
from huey import Huey, crontab

from portal import clock
from portal.config import Settings
from portal.db import db, unit_of_work
from portal.jobs.belief import is_believed
from portal.jobs.engines import claim_hour, claim_minute, open_queue
from portal.jobs.services import due_events, forget_handled, is_ending, work_off

Round = Callable[[Flask], None]
_wakers: dict[str, Callable[[Flask, UUID], None]] = {"event": work_off}
_rounds: list[Round] = []
_by_any_clock: list[Round] = []
EVENTS_KEPT = timedelta(days=30)  # after they were acted on: for whoever looks for what went wrong
FEW, MOST_AN_HOUR = 500, 50_000
_log = structlog.get_logger("jobs")


def wakes(what: str, action: Callable[[Flask, UUID], None]) -> None:
    """Register what a wake-up for a row of the kind ``what`` does."""
    _wakers[what] = action


def each_minute(round: Round) -> Round:
    """Register what the worker does each minute; it must be safe to run in two workers at once."""
    if round not in _rounds:
        _rounds.append(round)
    return round


def by_any_clock(round: Round) -> Round:
    """Register a round that is run while the clock is doubted too: it loses nothing, however wrong the clock is."""
    _by_any_clock.append(round)
    return round


def init_queue(app: Flask, settings: Settings) -> Huey:
    """Open the queue and teach it its tasks."""
    queue = open_queue(settings.queue_url, settings.secret_key)

    @queue.task(name="wake")  # type: ignore[untyped-decorator]
    def wake(what: str, id: str) -> None:
        _wakers[what](app, UUID(id))

    @queue.periodic_task(crontab(minute="*"), name="round")  # type: ignore[untyped-decorator]
    def round() -> None:
        if claim_minute(queue, clock.now()):  # each worker's clock strikes; one of them makes the round
            make_round(app)

    @queue.task(name="round_at_once")  # type: ignore[untyped-decorator]
    def round_at_once() -> None:
        make_round(app)

    app.extensions["queue"] = queue
    app.extensions["wake"] = wake
    app.extensions["round"] = round_at_once
    app.extensions["worker_is_ending"] = Event()
    return queue


def ask_for_round(app: Flask) -> None:
    """Have a worker make its round at once: what one that died has left does not wait for the next minute."""
    try:
        app.extensions["round"]()
    except Exception as fault:  # each kind of queue has its own
        _log.warning("queue_not_reached", reason=type(fault).__name__)


def make_round(app: Flask) -> None:
    """A worker's: all that is due, or, where the clock is not believed, what no clock does harm to. A demo's is moved."""
    run_rounds(app, all_of_it=app.config["SETTINGS"].demo or is_believed(app, clock.now()))


def run_rounds(app: Flask, *, all_of_it: bool = True) -> None:
    """Everything that is due: the events first, then what the features registered (mails, closing, sweeping).

    What one of them meets (a full disk, a store that is away) does not keep the others from theirs.
    """
    for action in (work_off_due, *_rounds) if all_of_it else _by_any_clock:
        if is_ending(app):
            return
        try:
            action(app)
        except Exception as fault:
            if app.testing:
                raise
            _log.error("round_failed", handler=action.__name__, reason=type(fault).__name__)


@each_minute
def forget_what_is_handled(app: Flask) -> None:
    """Each hour, a few at a time: on SQLite there is one writer."""
    at = clock.now()
    if not claim_hour(app.extensions["queue"], "events", at):
        return
    with app.app_context():
        for _few in range(MOST_AN_HOUR // FEW):
            with unit_of_work() as session:
                gone = forget_handled(session, before=at - EVENTS_KEPT, most=FEW)
            if gone < FEW or is_ending(app):
                return


def work_off_due(app: Flask) -> None:
    """Every event whose time has come."""
    with app.app_context():
        waiting = due_events(db.session, clock.now())
    for event_id in waiting:
        if is_ending(app):
            return
        work_off(app, event_id)
