"""The worker's side of the queue: what a wake-up runs, and the round each minute that finds what was left."""

from collections.abc import Callable
from uuid import UUID

from flask import Flask
from huey import Huey, crontab

from portal import clock
from portal.config import Settings
from portal.db import db
from portal.jobs.engines import claim_minute, open_queue
from portal.jobs.services import due_events, work_off

Round = Callable[[Flask], None]
_wakers: dict[str, Callable[[Flask, UUID], None]] = {"event": work_off}
_rounds: list[Round] = []


def wakes(what: str, action: Callable[[Flask, UUID], None]) -> None:
    """Register what a wake-up for a row of the kind ``what`` does."""
    _wakers[what] = action


def each_minute(round: Round) -> Round:
    """Register what the worker does each minute; it must be safe to run in two workers at once."""
    if round not in _rounds:
        _rounds.append(round)
    return round


def init_queue(app: Flask, settings: Settings) -> Huey:
    """Open the queue and teach it its two tasks."""
    queue = open_queue(settings.queue_url, settings.secret_key)

    @queue.task(name="wake")  # type: ignore[untyped-decorator]
    def wake(what: str, id: str) -> None:
        _wakers[what](app, UUID(id))

    @queue.periodic_task(crontab(minute="*"), name="round")  # type: ignore[untyped-decorator]
    def round() -> None:
        if claim_minute(queue, clock.now()):  # each worker's clock strikes; one of them makes the round
            run_rounds(app)

    app.extensions["queue"] = queue
    app.extensions["wake"] = wake
    return queue


def run_rounds(app: Flask) -> None:
    """Everything that is due: the events first, then what the features registered (mails, closing, sweeping)."""
    with app.app_context():
        waiting = due_events(db.session, clock.now())
    for event_id in waiting:
        work_off(app, event_id)
    for action in _rounds:
        action(app)
