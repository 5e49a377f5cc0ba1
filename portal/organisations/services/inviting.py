"""People invited, invited again, and out: who asks sees the same answer whether the address has an account or not."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Select, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, joinedload

from portal.accounts.address import canonical
from portal.accounts.models import Person
from portal.accounts.queries import person_at
from portal.accounts.session import end_sessions
from portal.audit.services import PLATFORM_CHAIN, person_actor, record
from portal.jobs.services import announce
from portal.links.models import Purpose
from portal.links.services import SAME_CLICK, end_link, make_link, token_of, was_made_just_now
from portal.locking import HELD
from portal.mail.queries import was_written_since
from portal.organisations.access import Role
from portal.organisations.emails import (
    COLLEAGUE,
    COMMAND,
    DRIFT,
    invitation_address,
    post_ended_by_drift,
    post_invitation,
    post_invited_by_drift,
)
from portal.organisations.models import Membership
from portal.organisations.queries import Home
from portal.refusal import N_, Refusal
from portal.scope import PLATFORM, party

INVITATION = timedelta(days=7)
RECOVERY = timedelta(days=1)
LEFT = "membership.ended"  # the event that somebody is no longer one of a party's people; about the person
_WHO_INVITE = (Role.KANSLI, Role.REGION, Role.DRIFT)


class AlreadyColleague(Refusal):
    """The person is already in this party or authority: the inviter's own colleague, so it may be said."""

    field = "email"
    text = N_("%(name)s finns redan här. Avsluta det gamla uppdraget först, om rollen ska bli en annan.")


class AlreadyInvited(Refusal):
    """Somebody has invited the person as something else, and they have not answered: what they are shown is not changed
    under their hand."""

    field = "email"
    text = N_("%(name)s är redan inbjuden i en annan roll. Ta tillbaka den inbjudan först, om rollen ska bli en annan.")


class LastOne(Refusal):
    """Nobody would be left who can invite others."""

    text = N_("Någon måste vara kvar som kan bjuda in andra. Bjud in en till innan du avslutar den här.")


class AcceptedSince(Refusal):
    """A button is pressed that spoke of an invitation, and it has been accepted since."""

    status = 409
    text = N_("%(name)s har tackat ja sedan du öppnade sidan. Läs listan och tryck igen.")


class Oneself(Refusal):
    """Ending one's own membership is left to a colleague."""

    text = N_("Du kan inte avsluta dig själv. Be en kollega göra det.")


class OwnTelephone(Refusal):
    """A new telephone is asked for by a colleague: password and mailbox together are not enough to bind one."""

    text = N_("Du kan inte skicka brevet till dig själv. Be en kollega göra det.")


def invite(
    session: Session, *, email: str, name: str, role: Role, home: Home, by: UUID | None, at: datetime
) -> Membership:
    """Invite somebody into a role: person (if new), membership (not yet accepted), link for seven days, and mail.

    Inviting again whom has not answered sends a new link. Raises `AlreadyColleague` and `AlreadyInvited`.
    """
    if role not in home.roles:
        raise ValueError(f"{role} does not fit {home}")
    person = _held_person(session, email, name, at)
    present = session.scalars(
        select(Membership).where(
            Membership.person_id == person.id,
            Membership.ended_at.is_(None),
            Membership.party_id == home.party_id,
            Membership.authority_id == home.authority_id,
        )
    ).one_or_none()
    if present is not None and present.accepted_at is not None:
        raise AlreadyColleague(name=person.name)
    if present is not None and present.role != role:
        raise AlreadyInvited(name=present.invited_name)
    membership = present or Membership(
        id=uuid4(),
        person_id=person.id,
        person=person,
        party_id=home.party_id,
        authority_id=home.authority_id,
        created_at=at,
        role=role,
        invited_name=name,
    )
    session.add(membership)
    session.flush()
    send_invitation(session, membership=membership, by=by, at=at)
    return membership


def invite_to_run(session: Session, *, email: str, name: str, at: datetime) -> Membership:
    """By command: somebody who is to run the portal. Who does already gets a link to bind their telephone anew, for nobody
    else could send one to the last who does."""
    running = (
        select(Membership)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Person.email == canonical(email),
            Membership.role == Role.DRIFT,
            Membership.accepted_at.is_not(None),
            Membership.ended_at.is_(None),
        )
    )
    present = session.scalars(running).one_or_none()
    if present is None:
        return invite(session, email=email, name=name, role=Role.DRIFT, home=Home(), by=None, at=at)
    send_recovery(session, membership=present, by=None, by_drift=True, at=at)
    return present


def tell_those_there(session: Session, *, membership: Membership, at: datetime) -> None:
    """Whoever looks after the people of a party or an authority is told by mail that somebody from outside, who runs the
    portal, has invited somebody there: nobody comes into a house unseen by those who live in it."""
    for own in session.scalars(_who_invite_there(membership).options(joinedload(Membership.person))):
        if own.id != membership.id:
            post_invited_by_drift(session, membership, to=own.person, at=at)


def hold(session: Session, membership: Membership) -> bool:
    """Hold the person and then the membership, as whoever answers an invitation does. False where it has ended."""
    session.get_one(Person, membership.person_id, with_for_update=HELD)
    return session.get_one(Membership, membership.id, with_for_update=HELD).ended_at is None


def send_invitation(session: Session, *, membership: Membership, by: UUID | None, at: datetime) -> None:
    """Send a link, ending the one before. Pressing twice sends once, also at the same instant."""
    hold(session, membership)
    if was_made_just_now(session, purpose=Purpose.INVITATION, subject_id=membership.id, at=at):
        return
    token = _link(session, membership, at=at, until=at + INVITATION)
    post_invitation(session, membership, kind="invitation", link=invitation_address(token), at=at)
    _note(session, membership, "invitation.sent", by, at)


def send_recovery(session: Session, *, membership: Membership, by: UUID | None, by_drift: bool, at: datetime) -> None:
    """Let a colleague bind their telephone anew, by a link to their own address and with their password.

    A person who is in other homes too is sent to those who run the installation: otherwise one party's office and a
    mailbox together would open another party's door. Who asks sees the same answer either way. Raises `OwnTelephone`.
    """
    if membership.person_id == by:
        raise OwnTelephone
    hold(session, membership)
    if was_made_just_now(session, purpose=Purpose.INVITATION, subject_id=membership.id, at=at):
        return
    if not by_drift and has_other_homes(session, membership):
        if was_written_since(session, f"elsewhere:{membership.id}:", at - SAME_CLICK):
            return
        post_invitation(session, membership, kind="elsewhere", link="", at=at)
    else:
        token = _link(session, membership, at=at, until=at + RECOVERY)
        asked_by = COMMAND if by is None else DRIFT if _is_outside(membership, by_drift) else COLLEAGUE
        post_invitation(session, membership, kind="recovery", link=invitation_address(token), asked_by=asked_by, at=at)
    _note(session, membership, "recovery.sent", by, at)


def require_as_shown(session: Session, membership: Membership, shown_accepted: bool | None) -> None:
    """Hold it. A button means what it said when its page was opened: raises `AcceptedSince` where that spoke of an invitation
    and it is one no longer. None: a page that did not say."""
    session.get_one(Membership, membership.id, with_for_update=HELD)
    if shown_accepted is False and membership.accepted_at is not None:
        raise AcceptedSince(name=membership.person.name)


def end_membership(
    session: Session, *, membership: Membership, shown_accepted: bool | None = None, by: UUID, by_drift: bool = False,
    at: datetime,
) -> None:  # fmt: skip
    """End a membership: the next request of the person is out, and an unused link opens nothing.

    Whoever runs the portal ends the last of a party or an authority too, since they can always invite another there; the one
    they put out is told by mail. Doing it twice changes nothing. Raises `Oneself`, `LastOne`, and `AcceptedSince` as
    `require_as_shown`.
    """
    if membership.person_id == by:
        raise Oneself
    session.get_one(Person, membership.person_id, with_for_update=HELD)  # of two homes that end at once one is the last
    from_outside = _is_outside(membership, by_drift)
    if membership.role in _WHO_INVITE and membership.accepted_at and not membership.ended_at and not from_outside:
        left = _held_with_same_role(session, membership)
        if not left - {membership.id}:
            raise LastOne
    require_as_shown(session, membership, shown_accepted)
    if membership.ended_at is not None:
        return
    membership.ended_at = at
    end_link(session, purpose=Purpose.INVITATION, subject_id=membership.id, at=at)
    if not has_other_homes(session, membership):
        end_sessions(session, membership.person, at=at)
    if membership.party_id is not None:
        announce(session, LEFT, subject_id=membership.person_id, at=at, scope=party(membership.party_id))
    if from_outside and membership.accepted_at is not None:
        post_ended_by_drift(session, membership, at=at)
    _note(session, membership, "membership.ended", by, at)


def somebody_invites_there(session: Session, membership: Membership) -> bool:
    """Whether anybody in the membership's home can invite others to it."""
    return session.scalars(_who_invite_there(membership).limit(1)).first() is not None


def address_of(session: Session, membership: Membership) -> str:
    """The invitation's address, to be shown to whoever runs the command."""
    token = token_of(session, purpose=Purpose.INVITATION, subject_id=membership.id)
    return invitation_address(token or "")


def chain_of(membership: Membership) -> UUID:
    """Where the lines of a membership are written: its party's chain, or the installation's."""
    return membership.party_id or PLATFORM_CHAIN


def _held_person(session: Session, email: str, name: str, at: datetime) -> Person:
    """The person with this address, made if new and held: two who invite them at once come one after the other."""
    person = person_at(session, email)
    if person is None:
        try:
            with session.begin_nested():
                session.add(Person(id=uuid4(), email=canonical(email), name=name, created_at=at))
        except IntegrityError:
            pass  # somebody else has just made it
        person = person_at(session, email)
        assert person is not None
    return session.get_one(Person, person.id, with_for_update=HELD)


def _link(session: Session, membership: Membership, *, at: datetime, until: datetime) -> str:
    return make_link(
        session, purpose=Purpose.INVITATION, subject_id=membership.id, scope=PLATFORM, at=at, expires_at=until
    )


def other_homes(membership: Membership) -> Select[Membership]:
    """The question for the same person's memberships elsewhere."""
    return select(Membership).where(
        Membership.person_id == membership.person_id,
        Membership.id != membership.id,
        Membership.accepted_at.is_not(None),
        Membership.ended_at.is_(None),
    )


def has_other_homes(session: Session, membership: Membership) -> bool:
    """Whether the same person is in a home elsewhere."""
    return session.scalars(other_homes(membership).limit(1)).first() is not None


def _is_outside(membership: Membership, by_drift: bool) -> bool:
    """Whether somebody who runs the portal acts in a party's or an authority's home, and not among their own colleagues."""
    return by_drift and membership.role != Role.DRIFT


def _held_with_same_role(session: Session, membership: Membership) -> set[UUID]:
    """Everybody who has the membership's role in its home, held in one order: of two who end each other one is left."""
    they = _who_invite_there(membership).order_by(Membership.id).with_for_update(key_share=True)
    return {row.id for row in session.scalars(they)}


def _who_invite_there(membership: Membership) -> Select[Membership]:
    return select(Membership).where(
        Membership.party_id == membership.party_id,
        Membership.authority_id == membership.authority_id,
        Membership.role.in_(_WHO_INVITE),
        Membership.accepted_at.is_not(None),
        Membership.ended_at.is_(None),
    )


def _note(session: Session, membership: Membership, verb: str, by: UUID | None, at: datetime) -> None:
    actor = person_actor(by) if by else "command"
    record(session, chain=chain_of(membership), at=at, actor=actor, verb=verb, object_id=membership.id)
