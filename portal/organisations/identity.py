"""Who the person of this request is, in which of their memberships, and for which scope that makes them act."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import flask
from flask import Flask, g
from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, joinedload

from portal import clock, scope
from portal.accounts.models import LoginSession
from portal.accounts.session import ASKED, asked_session, is_in_use
from portal.db import db
from portal.organisations.access import Actor, Role
from portal.organisations.models import Membership, Party
from portal.web.homes import go_to, present_home

_IN_FORCE = (Membership.accepted_at.is_not(None), Membership.ended_at.is_(None))
_THEIR_HOUSE = (joinedload(Membership.party).joinedload(Party.authority), joinedload(Membership.authority))
_OLDEST_FIRST = (Membership.created_at, Membership.id)
_WHOLE = (
    ASKED.add_columns(Membership)
    .outerjoin(Membership, and_(Membership.person_id == LoginSession.person_id, *_IN_FORCE))
    .options(*_THEIR_HOUSE)
    .order_by(*_OLDEST_FIRST)
)


def identify() -> tuple[Actor, scope.Scope] | None:
    """The logged-in person of this request and their scope; None when nobody is logged in. Asked once per request."""
    if "identified" not in g:
        g.identified = _identify()
    found: tuple[Actor, scope.Scope] | None = g.identified
    return found


def _identify() -> tuple[Actor, scope.Scope] | None:
    log_in, known = _log_in()
    if log_in is None or not is_in_use(log_in, clock.now()):
        return None
    person = log_in.person
    known = [row for row in known if row.ended_at is None]  # noting that it is in use may have waited for a writer
    g.log_in_id, g.code_at = log_in.id, log_in.code_at
    g.memberships = known
    wanted = present_home()
    chosen = next((m for m in known if str(m.id) == wanted), known[0] if known else None)
    g.membership = chosen
    _take_up(chosen, wanted)
    if chosen is None:
        return Actor(person.id, person.name), scope.PLATFORM
    actor = Actor(person.id, person.name, chosen.id, Role(chosen.role), chosen.party_id, chosen.authority_id)
    return actor, scope_of_membership(chosen)


def _take_up(chosen: Membership | None, wanted: str) -> None:
    """The page that is shown belongs to this one. What is sent from a page of one that has ended meanwhile is not done in
    another instead, and not lost where there is no other."""
    present = str(chosen.id) if chosen is not None else ""
    if flask.request.method not in ("GET", "HEAD"):
        if wanted and wanted != present:
            g.home_gone = wanted
    elif present:
        go_to(present)


def _log_in() -> tuple[LoginSession | None, list[Membership]]:
    """The cookie's log-in session and its person's memberships in force, oldest first: one question for every page."""
    asked = asked_session()
    if asked is None:
        return None, []
    rows = db.session.execute(_WHOLE, asked).all()
    return (rows[0][0] if rows else None), [row[1] for row in rows if row[1] is not None]


def scope_of_membership(membership: Membership) -> scope.Scope:
    """A party's member acts for the party, an authority's for the authority, drift for the platform."""
    if membership.party_id is not None:
        return scope.party(membership.party_id)
    if membership.authority_id is not None:
        return scope.authority(membership.authority_id)
    return scope.PLATFORM


def init_identity(app: Flask) -> None:
    """Give the guards their identifier, and the staff's pages the house they are in."""
    app.extensions["identify"] = identify

    @app.context_processor
    def house() -> dict[str, Any]:
        membership = g.get("membership")
        if membership is None:
            return {}
        party = membership.party
        authority = party.authority if party else membership.authority
        return {
            "party": party,
            "authority_name": authority.name if authority else "",
            "person_name": g.actor.name if "actor" in g else "",
        }


def party_hues(*only: ColumnElement[bool]) -> Callable[[], list[tuple[str, int, float]]]:
    """The parties' keys, hues and chroma factors, for a style sheet. Asked now and then, never per page; by a page that is
    being made, with the connection that it holds.

    While the database is away they are as they were last; before the first migration there are none.
    """
    known: list[tuple[str, int, float]] = []

    def hues() -> list[tuple[str, int, float]]:
        nonlocal known
        wanted = select(Party.key, Party.hue, Party.chroma_percent).where(*only).order_by(Party.created_at, Party.id)
        with suppress(SQLAlchemyError), _reading() as session:
            known = [(row.key, row.hue, row.chroma_percent / 100) for row in session.execute(wanted)]
        return known

    return hues


@contextmanager
def _reading() -> Iterator[Session]:
    """A session beside the context's: in its connection where it holds one, for nobody should hold two."""
    if "_sqlalchemy_sessions" in g and db.session.in_transaction():
        with Session(bind=db.session.connection(), join_transaction_mode="rollback_only", autoflush=False) as own:
            yield own
    else:
        with db.sessionmaker() as own:
            yield own
