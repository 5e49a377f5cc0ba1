"""Who alone reads protected identities: whom the office has named for one recruitment, or else for all of the party's."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

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


def reader_of_party(session: Session, party_id: UUID) -> Person | None:
    """Whom the party has named for all its recruitments, as long as they are of its office; in any scope."""
    return _if_of_office(
        session, party_id, session.scalar(select(Party.identity_reader_id).where(Party.id == party_id))
    )


def reader_of_ad(session: Session, ad: Ad) -> Person | None:
    """Who reads in this recruitment: whom it has named, and nobody where that person has left; else the party's."""
    if ad.identity_reader_id is None:
        return reader_of_party(session, ad.party_id)
    return _if_of_office(session, ad.party_id, ad.identity_reader_id)


_NAMED = func.coalesce(
    Ad.identity_reader_id,
    select(Party.identity_reader_id).where(Party.id == Ad.party_id).correlate(Ad).scalar_subquery(),
)
# Of each recruitment in a list of them: whom it or the party has named, and whether that person is still of the office.
WHO_READS = (
    _NAMED.label("named_to_read"),
    select(Membership.id)
    .join(Person, Person.id == Membership.person_id)
    .where(
        Membership.person_id == _NAMED, Membership.party_id == Ad.party_id, Membership.role == Role.KANSLI, belongs()
    )
    .correlate(Ad)
    .exists()
    .label("reads"),
)


def _if_of_office(session: Session, party_id: UUID, wanted: UUID | None) -> Person | None:
    return next((one for one in office_people(session, party_id) if one.id == wanted), None) if wanted else None
