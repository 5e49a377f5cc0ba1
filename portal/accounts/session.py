"""Log-in sessions: an opaque token in the cookie, everything else in our own table, so that ended means dead at once."""

import hashlib
import secrets
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

import flask
from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import LoginSession, Person
from portal.db import db, unit_of_work

LONGEST = timedelta(hours=12)
IDLE = timedelta(hours=2)
_SEEN_EACH = timedelta(minutes=5)
_COOKIE_KEY = "log_in"

# The question for a log-in session with its person. Written once, with a place for what differs, as wherever a question is
# asked at each page: to write it anew takes longer than its answer.
ASKED = (
    select(LoginSession).options(joinedload(LoginSession.person)).where(LoginSession.token_hash == bindparam("token"))
)


def begin_session(session: Session, person: Person, *, device: str, at: datetime) -> str:
    """Start a log-in session and return its token; the row keeps the hash."""
    token = secrets.token_urlsafe(32)
    session.add(
        LoginSession(token_hash=_hash(token), person_id=person.id, device=device[:120], created_at=at, last_seen_at=at)
    )
    return token


def set_cookie(token: str, **also: str) -> None:
    """Begin with a clean cookie: nothing from before the log-in, the CSRF token least of all, is good after it."""
    clear_cookie()
    flask.session[_COOKIE_KEY] = token
    flask.session.update(also)


def clear_cookie() -> None:
    """Empty the cookie, and forget the CSRF token that this request may have made for it."""
    flask.session.clear()
    flask.g.pop("csrf_token", None)


def last_person_id() -> UUID | None:
    """Whose log-in session the cookie speaks of, alive or ended: for what may be given back to that person alone."""
    token = flask.session.get(_COOKIE_KEY)
    if not isinstance(token, str):
        return None
    return db.session.scalar(select(LoginSession.person_id).where(LoginSession.token_hash == _hash(token)))


def present_session(at: datetime) -> LoginSession | None:
    """The log-in session of this request, if it is alive at ``at``."""
    asked = asked_session()
    found = None if asked is None else db.session.scalars(ASKED, asked).one_or_none()
    return found if found is not None and is_in_use(found, at) else None


def asked_session() -> dict[str, bytes] | None:
    """What `ASKED` is asked for: the session that the cookie speaks of."""
    token = flask.session.get(_COOKIE_KEY)
    if not isinstance(token, str):
        return None
    return {"token": _hash(token)}


def is_in_use(found: LoginSession, at: datetime) -> bool:
    """Whether it is alive at ``at``. Notes at most every five minutes that it is used; where that cannot be written
    (a full disk), reading goes on all the same. Its owner may have ended it while that waited for a writer."""
    if is_alive(found, at) and found.last_seen_at < at - _SEEN_EACH:
        with suppress(OperationalError), unit_of_work() as session:
            session.get(LoginSession, found.id, with_for_update=True)
            found.last_seen_at = at
    return is_alive(found, at)


def is_alive(row: LoginSession, at: datetime) -> bool:
    """Not ended, not too old, not idle too long, and its person not disabled."""
    return (
        row.ended_at is None
        and at < row.created_at + LONGEST
        and at < row.last_seen_at + IDLE
        and row.person.disabled_at is None
    )


def forget_log_ins(session: Session, *, before: datetime) -> None:
    """Delete the log-ins that nobody has used since then: long dead, and they say who worked when and on what device."""
    old = delete(LoginSession).where(LoginSession.last_seen_at < before)
    session.execute(old, execution_options={"synchronize_session": False})


def end_sessions(session: Session, person: Person, *, at: datetime, but: LoginSession | None = None) -> None:
    """End every session of a person (but one, where given): log out everywhere, password changed, person disabled."""
    alive = select(LoginSession).where(LoginSession.person_id == person.id, LoginSession.ended_at.is_(None))
    for row in session.scalars(alive):
        if but is None or row.id != but.id:
            row.ended_at = at


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
