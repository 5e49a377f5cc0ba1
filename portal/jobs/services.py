"""Events announced, and worked off: each handler once, safe to repeat, in the event's own scope."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum, auto
from typing import Any, cast
from uuid import UUID, uuid4

import structlog
from flask import Flask, current_app
from sqlalchemy import CursorResult, and_, delete, or_, select
from sqlalchemy.orm import Session

from portal import clock
from portal.db import after_commit, db, unit_of_work
from portal.jobs.models import Event
from portal.scope import Scope, ScopeKind, act_for, scope_of

Handler = Callable[[Event, datetime], None]
_handlers: dict[str, list[Handler]] = {}
_of_nobody: set[str] = set()
_CLAIM = timedelta(minutes=5)
_LONGEST_PAUSE = timedelta(hours=1)  # between two tries
BUSY = timedelta(seconds=5)
_log = structlog.get_logger("jobs")


class LeftForNext(Exception):
    """The worker is to stop, and a handler leaves the rest of its event to the next one's first round."""


class Busy(Exception):
    """What a handler needs is taken by others: no fault, and worth another try in some seconds."""


def is_ending(app: Flask) -> bool:
    """The worker has been told to stop: it finishes what it has begun and begins nothing more. What is left is found by
    the next one's round.
    """
    told: threading.Event = app.extensions["worker_is_ending"]
    return told.is_set()


def handles(kind: str) -> Callable[[Handler], Handler]:
    """Register a handler of one kind of event. It is called in an application context of its own, with the scope
    set; it opens its own unit of work; it may be called again after a crash, so doing it twice must change nothing."""

    def register(handler: Handler) -> Handler:
        known = _handlers.setdefault(kind, [])
        if handler not in known:
            known.append(handler)
        return handler

    return register


def nobody_acts_on(kind: str) -> None:
    """News that is written down for whoever will want it, or that nobody wants any more. Of any other kind that no handler
    is registered for, it is another version of the portal that knows it."""
    _of_nobody.add(kind)


def announce(
    session: Session,
    kind: str,
    *,
    subject_id: UUID | None,
    at: datetime,
    due_at: datetime | None = None,
    scope: Scope | None = None,
) -> None:
    """Write the news in the caller's transaction; a worker is woken once that is committed.

    Handlers act in the session's own scope, or in ``scope``: what a candidate does is news to the party.
    """
    scope = scope or scope_of(session)
    event_id = uuid4()
    event = Event(
        id=event_id,
        kind=kind,
        scope_kind=scope.kind,
        scope_id=scope.id,
        subject_id=subject_id,
        created_at=at,
        due_at=due_at or at,
    )
    session.add(event)
    if due_at is None or due_at <= at:
        after_commit(session, lambda: wake("event", event_id))


def wake(what: str, id: UUID, *, after: timedelta = timedelta(0)) -> None:
    """Tell the queue that a row waits. If the queue cannot be reached, the worker's round finds the row all the same."""
    try:
        if after:
            current_app.extensions["wake"].schedule((what, str(id)), delay=after.total_seconds())
        else:
            current_app.extensions["wake"](what, str(id))
    except Exception as fault:
        _log.warning("queue_not_reached", reason=type(fault).__name__)


def forget_handled(session: Session, *, before: datetime, most: int) -> int:
    """Delete news that every handler acted on before then: nothing reads it any more, and it says who did what when. How
    many, at ``most`` so many at once."""
    old = select(Event.id).where(Event.handled_at < before).limit(most)
    gone = session.execute(delete(Event).where(Event.id.in_(old)), execution_options={"synchronize_session": False})
    return cast(CursorResult[Any], gone).rowcount


def due_events(session: Session, at: datetime, limit: int = 500) -> list[UUID]:
    """Ids of the events whose time has come and that nobody holds. What was held, or taken and put off, for hours longer
    than is ever done was so by a clock that was wrong; two workers' clocks may be some seconds apart."""
    wrongly = Event.claimed_until > at + _CLAIM + _LONGEST_PAUSE
    free = or_(Event.claimed_until.is_(None), Event.claimed_until < at, wrongly)
    taken = or_(Event.tries > 0, Event.claimed_until.is_not(None))
    due = or_(Event.due_at <= at, and_(taken, Event.due_at > at + 2 * _LONGEST_PAUSE))
    pending = select(Event.id).where(Event.handled_at.is_(None), due, free)
    return list(session.scalars(pending.order_by(Event.created_at).limit(limit)))


def work_off(app: Flask, event_id: UUID) -> None:
    """Let every handler that has not yet done so act on the event. A fault leaves what is left for the next round: its own
    feature's later handlers, which may count on it, and no other feature's, which may have something to erase. What this
    version of the portal does not know is left too."""
    with app.app_context():
        kind, done = _claim(event_id)
    if kind is None:
        return
    if not (kind in _handlers or kind in _of_nobody or done):
        _log.error("event_failed", kind=kind, reason="unknown_kind")
        _try_again_later(app, event_id)
        return
    left = [handler for handler in _handlers.get(kind, []) if _name(handler) not in done]
    failed: set[str] = set()
    for handler in left:
        feature = handler.__module__
        if feature in failed:
            continue
        match _acted(app, event_id, kind, handler):
            case _Outcome.DONE:
                _note_done(app, event_id, _name(handler), is_last=handler is left[-1] and not failed)
            case _Outcome.FAILED:
                failed.add(feature)
            case _Outcome.PUT_BACK:
                return
    if failed:
        _try_again_later(app, event_id)
    elif not left:
        _note_done(app, event_id, is_last=True)


def _name(handler: Handler) -> str:
    return f"{handler.__module__}.{handler.__name__}"


class _Outcome(Enum):
    """What came of letting a handler act."""

    DONE = auto()
    FAILED = auto()
    PUT_BACK = auto()


def _acted(app: Flask, event_id: UUID, kind: str, handler: Handler) -> _Outcome:
    """What came of it. What is put back waits as if nobody had tried."""
    with app.app_context():
        event = db.session.get_one(Event, event_id)
        try:
            act_for(db.session, Scope(ScopeKind(event.scope_kind), event.scope_id))
            handler(event, clock.now())
        except LeftForNext:
            _put_back(app, event_id)
            return _Outcome.PUT_BACK
        except Busy:
            _put_back(app, event_id, due_in=BUSY)
            wake("event", event_id, after=BUSY)
            return _Outcome.PUT_BACK
        except Exception as fault:
            _log.error("event_failed", kind=kind, handler=_name(handler), reason=type(fault).__name__, exc_info=True)
            return _Outcome.FAILED
    return _Outcome.DONE


def _try_again_later(app: Flask, event_id: UUID) -> None:
    with app.app_context(), unit_of_work() as session:
        failed = session.get_one(Event, event_id)
        failed.due_at = clock.now() + min(_LONGEST_PAUSE, timedelta(minutes=2 ** min(failed.tries, 6)))
        failed.claimed_until = None


def _note_done(app: Flask, event_id: UUID, *names: str, is_last: bool) -> None:
    with app.app_context(), unit_of_work() as session:
        event = session.get_one(Event, event_id)
        event.handlers_done = [*event.handlers_done, *names]
        if is_last:
            event.handled_at = clock.now()


def _put_back(app: Flask, event_id: UUID, *, due_in: timedelta | None = None) -> None:
    """As if nobody had tried: a fault that comes later does not wait the longer for it. That it was taken stays to be seen,
    for the clock that puts it off may be wrong."""
    with app.app_context(), unit_of_work() as session:
        event = session.get_one(Event, event_id)
        event.claimed_until = event.created_at  # long gone by: nobody holds it
        event.tries -= 1
        if due_in is not None:
            event.due_at = clock.now() + due_in


def _claim(event_id: UUID) -> tuple[str | None, list[str]]:
    """The event's kind and which handlers have acted on it; no kind where it is handled, or held by somebody else."""
    at = clock.now()
    with unit_of_work() as session:
        event = session.get(Event, event_id, with_for_update=True)
        longest = at + _CLAIM + _LONGEST_PAUSE
        is_held = event is not None and event.claimed_until is not None and at < event.claimed_until <= longest
        if event is None or event.handled_at is not None or is_held:
            return None, []
        event.claimed_until = at + _CLAIM
        event.tries += 1
        return event.kind, list(event.handlers_done)
