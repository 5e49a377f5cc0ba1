"""Logging in and out, passwords and one-time codes: each verb with its person and its instant passed in."""

import hashlib
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.accounts.emails import post_changed_letter
from portal.accounts.engines import (
    hash_password,
    matching_step,
    needs_new_hash,
    password_is_right,
)
from portal.accounts.models import LoginSession, PasswordRequest, Person
from portal.accounts.queries import has_account, person_at
from portal.accounts.session import begin_session, end_sessions
from portal.audit.services import PLATFORM_CHAIN, SYSTEM, Entry, person_actor, record, record_all
from portal.jobs.services import announce
from portal.links.models import Link, Purpose
from portal.links.services import end_link, follow_link
from portal.refusal import N_, Refusal
from portal.vault.services import open_for_installation, seal_for_installation

PASSWORD_LINK = timedelta(minutes=30)
ASKED = "password.asked"
LOGGED_OUT = N_("Du har blivit utloggad härifrån, och lösenordet är inte bytt. Logga in och försök igen.")


class CodeRefused(Refusal):
    """The one-time code is wrong, too old or used."""

    field = "code"
    text = N_("Koden stämmer inte eller är redan använd. Vänta på nästa kod i appen och skriv den.")


class PasswordIsWrong(Refusal):
    """The present password, asked for before it is changed, is wrong."""

    field = "password"
    text = N_("Lösenordet stämmer inte. Skriv det du har nu.")


class PasswordMoved(Refusal):
    """The password was changed elsewhere, or this log-in ended, while the change was under way."""

    field = "password"
    status = 409
    text = N_("Lösenordet är bytt någon annanstans sedan du öppnade sidan. Logga in med det nya.")


class LinkIsOver(Refusal):
    """A link that has been used, replaced or has run out."""

    status = 404
    text = N_("Länken gäller inte längre.")


def person_with(session: Session, *, email: str, password: str) -> Person | None:
    """The person whose address and password these are. For an unknown address as much work is done as for a known."""
    person = person_at(session, email)
    known = person if person is not None and has_account(person) else None
    right = password_is_right(known.password_hash if known else None, password)
    return known if right else None


def renewed_hash(person: Person, password: str) -> str | None:
    """A new hash of the password that was right, where the present one is of an older cost. Takes its time."""
    return hash_password(password) if person.password_hash and needs_new_hash(person.password_hash) else None


def keep_hash(session: Session, *, person_id: UUID, former: str | None, password_hash: str) -> bool:
    """Put a hash of the same password in the place of the ``former``. False where that is another by now: to hash takes
    its time, and an old password must not come back in the place of a new one."""
    person = session.get_one(Person, person_id, with_for_update=True)
    if person.password_hash != former:
        return False
    person.password_hash = password_hash
    return True


def password_stamp(person: Person) -> str:
    """A short mark of the present password: a log-in begun with another one is not finished."""
    return hashlib.sha256((person.password_hash or "").encode()).hexdigest()[:16]


def log_in(session: Session, *, person_id: UUID, stamp: str, code: str, device: str, at: datetime) -> str:
    """Finish a log-in by the one-time code and return the session's token. Raises `CodeRefused`."""
    person = session.get(Person, person_id, with_for_update=True)
    if person is None or not has_account(person) or password_stamp(person) != stamp:
        raise CodeRefused
    use_code(person, code, at=at)
    record(
        session, chain=PLATFORM_CHAIN, at=at, actor=person_actor(person.id), verb="account.log_in", object_id=person.id
    )
    return begin_session(session, person, device=device, at=at)


def use_code(person: Person, code: str, *, at: datetime) -> None:
    """Accept a code once: its time step must be later than the last one used. Raises `CodeRefused`."""
    secret = open_for_installation(person.totp_sealed, place=code_place(person.id)) if person.totp_sealed else ""
    step = matching_step(secret, code, at) if secret else None
    if step is None or step <= person.totp_last_step:
        raise CodeRefused
    person.totp_last_step = step


def step_up(session: Session, *, person_id: UUID, log_in_id: UUID, code: str, at: datetime) -> None:
    """Note that whoever sits at a log-in has given a code again. Raises `CodeRefused`."""
    person = session.get_one(Person, person_id, with_for_update=True)
    use_code(person, code, at=at)
    session.get_one(LoginSession, log_in_id).confirmed_at = at
    actor = person_actor(person_id)
    record(session, chain=PLATFORM_CHAIN, at=at, actor=actor, verb="session.stepped_up", object_id=log_in_id)


def code_place(person_id: UUID) -> str:
    """What a person's sealed secret belongs to."""
    return f"person.totp|{person_id}"


def has_factor(person: Person, secret: str) -> bool:
    """Whether the secret is the one that is bound."""
    bound = open_for_installation(person.totp_sealed, place=code_place(person.id)) if person.totp_sealed else ""
    return compare_digest(bound, secret)


def set_factor(person: Person, *, secret: str, code: str, at: datetime) -> None:
    """Bind a new secret for one-time codes, shown to work by its first code. Raises `CodeRefused`."""
    step = matching_step(secret, code, at)
    if step is None:
        raise CodeRefused
    person.totp_sealed = seal_for_installation(secret, place=code_place(person.id))
    person.totp_last_step = step


def log_out(session: Session, *, log_in_id: UUID, at: datetime) -> None:
    """End a log-in session: the cookie is dead at the next request, also a copy of it."""
    row = session.get_one(LoginSession, log_in_id)
    row.ended_at = row.ended_at or at


def end_own_session(session: Session, *, person_id: UUID, log_in_id: UUID, at: datetime) -> bool:
    """End one of one's own sessions; False for anybody else's."""
    row = session.get(LoginSession, log_in_id)
    if row is None or row.person_id != person_id:
        return False
    row.ended_at = row.ended_at or at
    return True


def log_out_by_operator(session: Session, *, email: str | None, at: datetime) -> int:
    """End every log-in of the person at an address, or of everybody where there is none. Returns how many there were."""
    alive = select(LoginSession).where(LoginSession.ended_at.is_(None))
    if email is not None:
        alive = alive.join(LoginSession.person).where(Person.email == email)
    rows = session.scalars(alive).all()
    for row in rows:
        row.ended_at = at
    people = sorted({row.person_id for row in rows})
    lines = [Entry(at=at, actor=SYSTEM, verb="account.logged_out", object_id=one) for one in people]
    record_all(session, chain=PLATFORM_CHAIN, entries=lines)
    return len(rows)


def change_password(
    session: Session, *, person_id: UUID, former: str | None, password_hash: str, but: UUID, at: datetime
) -> None:
    """Set a new password (hashed before: hashing takes its time) and end every other session of the person.

    Raises `PasswordMoved` where the ``former``, which was given with it, is another by now, or this log-in has ended: an old
    password must not throw out who has just set a new one.
    """
    person = session.get_one(Person, person_id, with_for_update=True)
    here = session.get_one(LoginSession, but, with_for_update=True)
    if person.password_hash != former:
        raise PasswordMoved
    if here.ended_at is not None:
        raise PasswordMoved(LOGGED_OUT)
    person.password_hash = password_hash
    end_sessions(session, person, at=at, but=here)
    end_link(session, purpose=Purpose.PASSWORD, subject_id=person.id, at=at)
    post_changed_letter(session, person, kind="password", at=at)
    _note(session, person, "account.password_changed", at)


def ask_for_password(session: Session, *, email: str, language: str, at: datetime) -> None:
    """Note that somebody wants a new password for an address. The same work whether it has an account or not: the
    worker looks it up."""
    asked = PasswordRequest(address_sealed=b"", language=language, created_at=at)
    session.add(asked)
    session.flush()
    asked.address_sealed = seal_for_installation(email, place=f"password_request|{asked.id}")
    announce(session, ASKED, subject_id=asked.id, at=at)


def reset_password(session: Session, *, token: str, password_hash: str, at: datetime) -> None:
    """Set the password by a mailed link, once. The second factor stays; every session ends. Raises `LinkIsOver`."""
    link = password_link(session, token, at=at)
    if link is None:
        raise LinkIsOver
    person = session.get_one(Person, link.subject_id, with_for_update=True)
    session.refresh(link)
    if password_link(session, token, at=at) is None:  # of two at once the second finds it used
        raise LinkIsOver
    person.password_hash = password_hash
    end_link(session, purpose=Purpose.PASSWORD, subject_id=person.id, at=at)
    end_sessions(session, person, at=at)
    post_changed_letter(session, person, kind="password", at=at)
    _note(session, person, "account.password_reset", at)


def password_link(session: Session, token: str, *, at: datetime) -> Link | None:
    """The link to a new password, while it is in force and its person has an account."""
    link = follow_link(session, token, purpose=Purpose.PASSWORD, at=at)
    person = session.get(Person, link.subject_id) if link else None
    return link if person is not None and has_account(person) else None


def _note(session: Session, person: Person, verb: str, at: datetime) -> None:
    record(session, chain=PLATFORM_CHAIN, at=at, actor=person_actor(person.id), verb=verb, object_id=person.id)
