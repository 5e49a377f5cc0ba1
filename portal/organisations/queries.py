"""Organisations and their people, found. Memberships are a platform table: every question here names whose they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import Session, joinedload

from portal.accounts.models import Person
from portal.clock import STOCKHOLM
from portal.links.models import Link, Purpose
from portal.mail.queries import statuses
from portal.mail.states import MailStatus
from portal.organisations.access import Role
from portal.organisations.mail_names import mail_name
from portal.organisations.models import Authority, Membership, Party, RetentionRule
from portal.organisations.retention import in_force
from portal.swedish_names import alphabetical


@dataclass(frozen=True, slots=True)
class Home:
    """Whose people: one party's, one authority's, or (neither) those who run the installation."""

    party_id: UUID | None = None
    authority_id: UUID | None = None

    @property
    def roles(self) -> tuple[Role, ...]:
        """What somebody can be there."""
        if self.party_id:
            return Role.KANSLI, Role.LEDAMOT
        return (Role.REGION,) if self.authority_id else (Role.DRIFT,)


@dataclass(frozen=True, slots=True)
class Colleague:
    """One row of the list. Until the invitation is accepted name and address are as the inviter wrote them, so that
    the list does not tell whether somebody already has an account in another party."""

    membership_id: UUID
    person_id: UUID
    name: str
    title: str
    email: str
    role: Role
    accepted: bool
    link_until: datetime | None
    mail: MailStatus | None  # of the invitation that was sent last, while it is not accepted


def people_of(session: Session, home: Home) -> Sequence[Colleague]:
    """The present people of one home, and those invited, in order of name. Three questions, however many."""
    rows = session.scalars(
        select(Membership)
        .options(joinedload(Membership.person))
        .where(
            Membership.ended_at.is_(None),
            Membership.party_id == home.party_id,
            Membership.authority_id == home.authority_id,
        )
    ).all()
    links = select(Link.subject_id, Link.expires_at, Link.created_at).where(
        Link.purpose == Purpose.INVITATION, Link.ended_at.is_(None), Link.subject_id.in_([row.id for row in rows])
    )
    sent = {one.subject_id: one for one in session.execute(links)}
    names = {row.id: mail_name("invitation", row.id, sent[row.id].created_at) for row in rows if row.id in sent}
    mails = statuses(session, list(names.values()))
    until = {id: one.expires_at for id, one in sent.items()}
    found = [_colleague(row, until.get(row.id), mails.get(names.get(row.id, ""))) for row in rows]
    return sorted(found, key=lambda colleague: (alphabetical(colleague.name), colleague.email))


def _colleague(row: Membership, until: datetime | None, mail: MailStatus | None) -> Colleague:
    accepted = row.accepted_at is not None
    return Colleague(
        membership_id=row.id,
        person_id=row.person_id,
        name=row.person.name if accepted else row.invited_name,
        title=row.title,
        email=row.person.email,
        role=Role(row.role),
        accepted=accepted,
        link_until=until,
        mail=None if accepted else mail,
    )


def authorities(session: Session) -> Sequence[Authority]:
    """Every authority, in order of name."""
    return session.scalars(select(Authority).order_by(Authority.name)).all()


def parties_of(session: Session) -> dict[UUID, list[Party]]:
    """Every party by its authority, in order of name."""
    found: dict[UUID, list[Party]] = {}
    for party in session.scalars(select(Party).order_by(Party.name)):
        found.setdefault(party.authority_id, []).append(party)
    return found


def retention_rules_of(session: Session, *controller_ids: UUID) -> Sequence[RetentionRule]:
    """Every rule that these parties and authorities have given themselves, the latest first."""
    its_own = or_(RetentionRule.party_id.in_(controller_ids), RetentionRule.authority_id.in_(controller_ids))
    rows = select(RetentionRule).where(its_own)
    return session.scalars(rows.order_by(RetentionRule.valid_from.desc(), RetentionRule.said_at.desc())).all()


def retention_of(session: Session, controller: Party | Authority, on: date) -> tuple[int | None, str]:
    """Months and basis of the rule that holds on a day; (None, "") where none does."""
    rule = in_force(retention_rules_of(session, controller.id), on)
    return (None, "") if rule is None else (rule.months, rule.basis)


def disposal_decisions(session: Session, on: date) -> dict[UUID, str]:
    """What each authority's rule that holds on a day rests on, by authority. In one statement."""
    rules: dict[UUID, list[RetentionRule]] = {}
    for rule in session.scalars(select(RetentionRule).where(RetentionRule.authority_id.is_not(None))):
        assert rule.authority_id is not None
        rules.setdefault(rule.authority_id, []).append(rule)
    return {id: found.basis for id, own in rules.items() if (found := in_force(own, on)) is not None}


def belongs() -> ColumnElement[bool]:
    """That a membership makes its person one of the party's people: accepted, not ended, and the account not shut."""
    return and_(Membership.accepted_at.is_not(None), Membership.ended_at.is_(None), Person.disabled_at.is_(None))


def office_addresses(session: Session, party_id: UUID, *, there_on: date | None = None) -> list[tuple[UUID, str]]:
    """Where to reach the party's office: the membership and the address of each of its people. ``there_on``: only of those
    who had come by that day, since what was to be told on it is old to whoever comes later."""
    rows = (
        select(Membership.id, Person.email)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.party_id == party_id, Membership.role == Role.KANSLI.value, belongs())
        .order_by(Membership.id)
    )
    if there_on is not None:
        rows = rows.where(Membership.accepted_at < datetime.combine(there_on + timedelta(days=1), time(), STOCKHOLM))
    return [(row.id, row.email) for row in session.execute(rows)]
