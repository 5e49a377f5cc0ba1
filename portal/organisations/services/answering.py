"""An invitation answered: by choosing a password and binding a telephone, by logging in, or by binding it anew."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.emails import post_changed_letter
from portal.accounts.models import Person
from portal.accounts.queries import has_account
from portal.accounts.services import LinkIsOver, password_stamp, set_factor
from portal.accounts.session import begin_session, end_sessions
from portal.audit.services import person_actor, record
from portal.links.models import Link, Purpose
from portal.links.services import end_link, ended_link, follow_link
from portal.locking import HELD
from portal.organisations.models import Membership
from portal.organisations.services.inviting import chain_of, has_other_homes, other_homes


class Step(Enum):
    """What an invitation's link is for, to this person, now."""

    ENROL = "enrol"  # no account yet: choose a password, bind a telephone
    ACCEPT = "accept"  # is in another home, and so has a way in: log in and say yes
    RETURN = "return"  # has an account and is in no home: the telephone of then may be gone, so one is bound anew
    RECOVER = "recover"  # is a colleague already: bind a telephone anew


BY_PASSWORD = (Step.RECOVER, Step.RETURN)  # the link, the password of then, and a telephone bound anew


@dataclass(frozen=True, slots=True)
class Invited:
    """The membership a link leads to, and what is to be done."""

    membership: Membership
    step: Step
    link_id: UUID


def invited_by(session: Session, token: str, *, at: datetime) -> Invited | None:
    """What the link leads to, while it is in force. Changes nothing."""
    link = follow_link(session, token, purpose=Purpose.INVITATION, at=at)
    membership = session.get(Membership, link.subject_id) if link else None
    if link is None or membership is None or membership.ended_at or membership.person.disabled_at:
        return None
    if membership.accepted_at is not None:
        return Invited(membership, Step.RECOVER, link.id)
    if not has_account(membership.person):
        return Invited(membership, Step.ENROL, link.id)
    return Invited(membership, Step.ACCEPT if has_other_homes(session, membership) else Step.RETURN, link.id)


def answered_by(session: Session, token: str, *, at: datetime) -> Invited | None:
    """What a link that is used up has led to, for whoever used it and presses once more. Opens nothing."""
    link = ended_link(session, token, purpose=Purpose.INVITATION, at=at)
    membership = session.get(Membership, link.subject_id) if link else None
    if link is None or membership is None or membership.ended_at or membership.accepted_at is None:
        return None
    return Invited(membership, Step.RECOVER, link.id)


def accept(session: Session, *, token: str, person_id: UUID, at: datetime) -> Membership:
    """Say yes as the person who is logged in. Raises `LinkIsOver` for a link that is another's."""
    invited = _held(session, token, Step.ACCEPT, at=at)
    if invited.membership.person_id != person_id:
        raise LinkIsOver
    _let_in(session, invited.membership, at)
    return invited.membership


def enrol(
    session: Session,
    *,
    token: str,
    name: str,
    title: str,
    password_hash: str,
    secret: str,
    code: str,
    device: str,
    at: datetime,
) -> tuple[str, UUID]:
    """Make the account, accept, and log in. Returns the session's token and the membership's id.

    Raises `LinkIsOver` and `CodeRefused`.
    """
    invited = _held(session, token, Step.ENROL, at=at)
    person = session.get_one(Person, invited.membership.person_id, with_for_update=True)
    set_factor(person, secret=secret, code=code, at=at)
    person.name, person.password_hash = name, password_hash
    invited.membership.title = title
    _let_in(session, invited.membership, at)
    return begin_session(session, person, device=device, at=at), invited.membership.id


def recover(
    session: Session, *, token: str, stamp: str, secret: str, code: str, device: str, at: datetime
) -> tuple[str, UUID]:
    """Bind another telephone, end every session, and log in; whoever comes back to no home says yes with it. ``stamp`` is of
    the password that was given with the link: one that has been changed since opens nothing. Raises `LinkIsOver` and
    `CodeRefused`."""
    invited = _held(session, token, *BY_PASSWORD, at=at)
    membership = invited.membership
    person = session.get_one(Person, membership.person_id, with_for_update=True)
    if password_stamp(person) != stamp:
        raise LinkIsOver
    set_factor(person, secret=secret, code=code, at=at)
    if invited.step is Step.RETURN:
        _let_in(session, membership, at)
    end_link(session, purpose=Purpose.INVITATION, subject_id=membership.id, at=at)
    end_sessions(session, person, at=at)
    post_changed_letter(session, person, kind="telephone", at=at)
    _note(session, membership, "account.factor_reset", at)
    return begin_session(session, person, device=device, at=at), membership.id


def _held(session: Session, token: str, *steps: Step, at: datetime) -> Invited:
    """What the link is for, held: it is used once. Raises `LinkIsOver` where it is for something else, or no more."""
    invited = invited_by(session, token, at=at)
    if invited is not None:
        session.get_one(Person, invited.membership.person_id, with_for_update=HELD)  # first, as who invites them does
        session.get_one(Membership, invited.membership.id, with_for_update=HELD)
        session.get_one(Link, invited.link_id, with_for_update=HELD)
        invited = invited_by(session, token, at=at)
    if invited is None or invited.step not in steps:
        raise LinkIsOver
    return invited


def _let_in(session: Session, membership: Membership, at: datetime) -> None:
    """Who comes into one more home has no link left from the office of another to bind a telephone anew: see
    `send_recovery`."""
    membership.accepted_at = at
    for other in session.scalars(other_homes(membership)):
        end_link(session, purpose=Purpose.INVITATION, subject_id=other.id, at=at)
    end_link(session, purpose=Purpose.INVITATION, subject_id=membership.id, at=at)
    _note(session, membership, "invitation.accepted", at)


def _note(session: Session, membership: Membership, verb: str, at: datetime) -> None:
    actor = person_actor(membership.person_id)
    record(session, chain=chain_of(membership), at=at, actor=actor, verb=verb, object_id=membership.id)
