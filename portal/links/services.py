"""Links made, followed and ended. The token is derived, so a mail can show it again; only its hash is kept."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, delete, select, update
from sqlalchemy.orm import Session

from portal.links.door import CODE_LASTS, OPEN_FOR, REMEMBERED, TRIES, new_code, typed_code
from portal.links.models import Link, Purpose, Visit
from portal.links.tokens import handle_from, old_token_from, token_from, typed_token
from portal.scope import Scope, ScopeKind
from portal.vault.sealing import fingerprint
from portal.vault.services import the_vault

_COOKIE_BYTES = 24
SAME_CLICK = timedelta(minutes=2)
_BY_TOKEN = select(Link).where(Link.token_hash == bindparam("token"))
_LAST = (
    select(Link)
    .where(Link.purpose == bindparam("purpose"), Link.subject_id == bindparam("subject"), Link.ended_at.is_(None))
    .order_by(Link.generation.desc())
    .limit(1)
)


def make_link(
    session: Session, *, purpose: Purpose, subject_id: UUID, scope: Scope, at: datetime, expires_at: datetime
) -> str:
    """Make a link (or the next generation of it, ending the former) and return its token."""
    former = session.scalars(select(Link).where(Link.purpose == purpose, Link.subject_id == subject_id)).all()
    for link in former:
        link.ended_at = link.ended_at or at
    generation = max((link.generation for link in former), default=0) + 1
    token = token_from(_digest(purpose, subject_id, generation))
    session.add(
        Link(
            token_hash=_hash(token),
            purpose=purpose,
            scope_kind=scope.kind,
            scope_id=scope.id,
            subject_id=subject_id,
            generation=generation,
            created_at=at,
            expires_at=expires_at,
        )
    )
    return token


def was_made_just_now(session: Session, *, purpose: Purpose, subject_id: UUID, at: datetime) -> bool:
    """Whether there is a link in force that is no older than a double click, or an impatient second one."""
    made = select(Link.id).where(
        Link.purpose == purpose,
        Link.subject_id == subject_id,
        Link.ended_at.is_(None),
        Link.created_at > at - SAME_CLICK,
    )
    return session.scalar(made) is not None


def was_made(session: Session, *, purpose: Purpose, subject_id: UUID) -> bool:
    """Whether there is any link of this purpose to the subject, in force or not."""
    made = select(Link.id).where(Link.purpose == purpose, Link.subject_id == subject_id).limit(1)
    return session.scalar(made) is not None


def token_made_just_now(session: Session, *, purpose: Purpose, subject_id: UUID, at: datetime) -> str | None:
    """The token of the first link, where it is no older than that; None where another has taken its place."""
    link = _in_force(session, purpose, subject_id)
    if link is None or link.generation > 1 or link.created_at <= at - SAME_CLICK:
        return None
    return _token_of(link)


def keep_link(
    session: Session, *, purpose: Purpose, subject_id: UUID, scope: Scope, at: datetime, expires_at: datetime
) -> str:
    """The token of the link that is in force, which then lasts until ``expires_at`` at least; or of a first one."""
    link = _in_force(session, purpose, subject_id)
    if link is None:
        return make_link(session, purpose=purpose, subject_id=subject_id, scope=scope, at=at, expires_at=expires_at)
    link.expires_at = max(link.expires_at, expires_at)
    return _token_of(link)


def prolong_links(
    session: Session, subject_ids: Collection[UUID], *, purposes: Collection[Purpose], until: datetime
) -> None:
    """Let the links of these purposes that are in force last until ``until`` at least; one that has ended stays so."""
    session.execute(
        update(Link)
        .where(Link.subject_id.in_(subject_ids), Link.purpose.in_(purposes))
        .where(Link.ended_at.is_(None), Link.expires_at < until)
        .values(expires_at=until)
    )


def _in_force(session: Session, purpose: Purpose, subject_id: UUID) -> Link | None:
    return session.scalars(_LAST, {"purpose": purpose, "subject": subject_id}).one_or_none()


def renew_link(session: Session, *, purpose: Purpose, subject_id: UUID, since: datetime, at: datetime) -> str | None:
    """The token of the link that is in force; of a new one, ending it, where it was made no later than ``since``. None where
    there is none."""
    link = _in_force(session, purpose, subject_id)
    if link is None or link.created_at > since:
        return None if link is None else _token_of(link)
    where = scope_of_link(link)
    return make_link(session, purpose=purpose, subject_id=subject_id, scope=where, at=at, expires_at=link.expires_at)


def is_superseded(session: Session, token: str, *, purpose: Purpose, at: datetime) -> bool:
    """Whether a token opens nothing any more because another to the same does."""
    link = session.scalars(select(Link).where(_has(token), Link.purpose == purpose)).one_or_none()
    if link is None or link.ended_at is None:
        return False
    present = _in_force(session, purpose, link.subject_id)
    return present is not None and _is_in_force(present, purpose, at)


def token_of(session: Session, *, purpose: Purpose, subject_id: UUID) -> str | None:
    """The token of the link that is in force, to be shown again; None when there is none."""
    link = _in_force(session, purpose, subject_id)
    return None if link is None else _token_of(link)


def follow_link(session: Session, token: str, *, purpose: Purpose, at: datetime) -> Link | None:
    """The link of this token and purpose, if it is in force at ``at``. Changes nothing."""
    link = session.scalars(_BY_TOKEN, {"token": _hash(typed_token(token))}).one_or_none()
    return link if link is not None and _is_in_force(link, purpose, at) else None


def ended_link(session: Session, token: str, *, purpose: Purpose, at: datetime) -> Link | None:
    """The link of a token that was ended, used or replaced, before its time was out. It opens nothing: it is for telling
    whoever used it, and presses the same button again, from everybody else; `was_replaced` tells the two apart."""
    link = session.scalars(select(Link).where(_has(token), Link.purpose == purpose)).one_or_none()
    return link if link is not None and link.ended_at is not None and link.expires_at > at else None


def was_replaced(session: Session, link: Link) -> bool:
    """Whether an ended link was never used: it ended as the next to the same was made."""
    newer = select(Link.id).where(Link.purpose == link.purpose, Link.subject_id == link.subject_id)
    newer = newer.where(Link.generation > link.generation, Link.created_at <= link.ended_at)
    return session.scalar(newer.limit(1)) is not None


def end_link(session: Session, *, purpose: Purpose, subject_id: UUID, at: datetime) -> None:
    """End every link of this purpose to this subject: a token that was used or withdrawn opens nothing."""
    for link in session.scalars(select(Link).where(Link.purpose == purpose, Link.subject_id == subject_id)):
        link.ended_at = link.ended_at or at


def lead_on(session: Session, *, purpose: Purpose, subject_id: UUID, to: UUID, scope: Scope, at: datetime) -> None:
    """Let every link in force to a subject lead to what has taken its place, numbered below the first of that one's own, and
    from its door on: no browser that was let in before is."""
    generations = select(Link.generation).where(Link.purpose == purpose, Link.subject_id == to)
    lowest = min((*session.scalars(generations), 1))
    for link in session.scalars(select(Link).where(Link.purpose == purpose, Link.subject_id == subject_id)):
        if _is_in_force(link, purpose, at):
            lowest -= 1
            link.subject_id, link.scope_id, link.generation = to, scope.id, lowest
            session.execute(delete(Visit).where(Visit.link_id == link.id))
    session.flush()


def is_led_on(link: Link) -> bool:
    """Whether it was made for something whose place has been taken by what it leads to now."""
    return link.generation < 1


def delete_links(session: Session, subject_id: UUID) -> None:
    """Remove every link to a subject that is itself removed, and with them the browsers that came by them."""
    for link in session.scalars(select(Link).where(Link.subject_id == subject_id)):
        session.delete(link)


def scope_of_link(link: Link) -> Scope:
    """The scope the link leads to."""
    return Scope(ScopeKind(link.scope_kind), link.scope_id)


def _token_of(link: Link) -> str:
    digest = _digest(link.purpose, link.subject_id, link.generation)
    token = token_from(digest)
    return token if _hash(token) == link.token_hash else old_token_from(digest)


def _digest(purpose: str, subject_id: UUID, generation: int) -> bytes:
    return fingerprint(the_vault().keyring.derive("links"), f"{subject_id}\0{generation}", purpose=purpose)


def handle_of(link: Link) -> str:
    """What takes the token's place in addresses behind the door: always the same, and worth nothing without the cookie."""
    return handle_from(_digest(f"handle {link.purpose}", link.subject_id, link.generation))


def begin_visit(session: Session, *, link_id: UUID, at: datetime) -> tuple[Visit, str]:
    """A browser has pressed the button: its row, and the cookie it is known by from now on."""
    cookie = secrets.token_urlsafe(_COOKIE_BYTES)
    visit = Visit(link_id=link_id, cookie_hash=_hash(cookie), tries=0, created_at=at, expires_at=at + REMEMBERED)
    session.add(visit)
    session.flush()
    return visit, cookie


def find_visit(session: Session, cookie: str, *, purpose: Purpose, at: datetime) -> tuple[Link, Visit] | None:
    """The browser of this cookie and its link, if that is of this purpose and in force. Changes nothing."""
    wanted = select(Link, Visit).join(Visit, Visit.link_id == Link.id).where(Visit.cookie_hash == _hash(cookie))
    found = session.execute(wanted).one_or_none() if cookie else None
    if found is None or found.Visit.expires_at <= at or not _is_in_force(found.Link, purpose, at):
        return None
    return found.Link, found.Visit


def is_open(visit: Visit, at: datetime) -> bool:
    """Whether the browser may see and act."""
    return visit.open_until is not None and visit.open_until > at


def has_been_entered(session: Session, *, purpose: Purpose, subject_id: UUID) -> bool:
    """Whether somebody has come in by the link in force, with a code: of those browsers that are still known."""
    wanted = (
        select(Visit.id)
        .join(Link, Link.id == Visit.link_id)
        .where(Link.purpose == purpose, Link.subject_id == subject_id, Link.ended_at.is_(None))
        .where(Visit.open_until.is_not(None))
    )
    return session.scalars(wanted.limit(1)).first() is not None


def has_code(visit: Visit, at: datetime) -> bool:
    """Whether a code is out that can still be tried."""
    return visit.code_until is not None and visit.code_until > at and not is_used_up(visit)


def is_used_up(visit: Visit) -> bool:
    """Whether the code was tried as often as it may be: the right one opens nothing any more."""
    return visit.code_hash is not None and visit.tries >= TRIES


def make_code(visit: Visit, *, at: datetime) -> str:
    """A new code for this browser; the former one is good no more. Only its keyed hash is kept."""
    code = new_code()
    visit.code_hash, visit.code_until, visit.tries = _code_hash(visit.id, code), at + CODE_LASTS, 0
    return code


def try_code(session: Session, *, visit_id: UUID, typed: str, at: datetime) -> bool:
    """Whether it is the code: then the browser is let in, and the code is used up. Every try counts, right or wrong."""
    visit = session.get(Visit, visit_id, with_for_update=True)
    if visit is None or visit.code_hash is None or not has_code(visit, at):
        return False
    visit.tries += 1
    if not compare_digest(visit.code_hash, _code_hash(visit.id, typed_code(typed))):
        return False
    let_in(visit, at=at)
    return True


def let_in(visit: Visit, *, at: datetime) -> None:
    """Open the door to this browser for a while."""
    visit.code_hash = visit.code_until = None
    visit.open_until, visit.expires_at = at + OPEN_FOR, at + REMEMBERED


def end_visit(session: Session, visit_id: UUID) -> None:
    """The browser is known no more. Twice is no fault."""
    session.execute(delete(Visit).where(Visit.id == visit_id))


def sweep_visits(session: Session, at: datetime) -> None:
    """Forget the browsers that would have to begin with the link anyhow."""
    session.execute(delete(Visit).where(Visit.expires_at <= at))


def _code_hash(visit_id: UUID, code: str) -> bytes:
    return fingerprint(the_vault().keyring.derive("links"), f"{visit_id}\0{code}", purpose="code of a visit")


def _is_in_force(link: Link, purpose: Purpose, at: datetime) -> bool:
    return link.purpose == purpose and link.ended_at is None and link.expires_at > at


def _has(token: str) -> ColumnElement[bool]:
    return Link.token_hash == _hash(typed_token(token))


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
