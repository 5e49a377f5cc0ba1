"""Who alone reads protected identities: whom the office has named for one recruitment, or else for all of the party's."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, case, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.organisations.access import Role
from portal.organisations.models import Membership, Party
from portal.organisations.queries import belongs


def office_people(session: Session, party_id: UUID) -> Sequence[Person]:
    """The people of the party's office, in order of name: whoever can be named the reader."""
    rows = (
        select(Person)
        .join(Membership, Membership.person_id == Person.id)
        .where(Membership.party_id == party_id, Membership.role == Role.KANSLI, belongs())
        .order_by(Person.name, Person.id)
        .distinct()
    )
    return session.scalars(rows).all()


def _of_office_since(
    person: SQLColumnExpression[Any], party: SQLColumnExpression[Any], named_at: SQLColumnExpression[Any]
) -> ColumnElement[bool]:
    """That a person has been of the party's office ever since they were named; where it was not kept when, that they are.
    Whoever has left and come back is to be named anew."""
    since = func.coalesce(named_at, Membership.accepted_at)
    membership = (
        select(Membership.id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.person_id == person, Membership.party_id == party, Membership.role == Role.KANSLI,
            Membership.accepted_at <= since, belongs(),
        )
    )  # fmt: skip
    return membership.exists()


def reader_of_party(session: Session, party_id: UUID) -> Person | None:
    """Whom the party has named for all its recruitments, as long as they are of its office; in any scope."""
    there = _of_office_since(Party.identity_reader_id, Party.id, Party.identity_reader_named_at)
    named = select(Person).join(Party, Party.identity_reader_id == Person.id).where(Party.id == party_id, there)
    return session.scalars(named).one_or_none()


def reader_of_ad(session: Session, ad: Ad) -> Person | None:
    """Who reads in this recruitment: whom it has named, and nobody where that person has left; else the party's."""
    if ad.identity_reader_id is None:
        return reader_of_party(session, ad.party_id)
    there = _of_office_since(Ad.identity_reader_id, Ad.party_id, Ad.identity_reader_named_at)
    named = select(Person).join(Ad, Ad.identity_reader_id == Person.id).where(Ad.id == ad.id, there)
    return session.scalars(named).one_or_none()


def _of_the_party(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    return select(column).where(Party.id == Ad.party_id).correlate(Ad).scalar_subquery()


_NAMED = func.coalesce(Ad.identity_reader_id, _of_the_party(Party.identity_reader_id))
_NAMED_AT = case(
    (Ad.identity_reader_id.is_not(None), Ad.identity_reader_named_at),
    else_=_of_the_party(Party.identity_reader_named_at),
)
# Of each recruitment in a list of them: whom it or the party has named, and whether that person still reads.
WHO_READS = (_NAMED.label("named_to_read"), _of_office_since(_NAMED, Ad.party_id, _NAMED_AT).label("reads"))


def is_read_by(person_id: UUID) -> ColumnElement[bool]:
    """That it is this person who reads in an ad's recruitment."""
    return and_(_NAMED.in_([person_id]), _of_office_since(_NAMED, Ad.party_id, _NAMED_AT))
