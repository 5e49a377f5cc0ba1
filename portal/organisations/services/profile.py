"""How colleagues see a person: the name is one everywhere, the title one for each membership."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.audit.services import PLATFORM_CHAIN, person_actor, record
from portal.locking import HELD
from portal.organisations.models import Membership


def change_profile(
    session: Session, *, person_id: UUID, name: str, membership_id: UUID | None, title: str, at: datetime
) -> None:
    """Change one's own name, and one's title in one membership, if one has any. Another name leaves a line in the log of
    the house one works in: what somebody signs there stands under it."""
    person = session.get_one(Person, person_id, with_for_update=HELD)
    membership = session.get_one(Membership, membership_id) if membership_id is not None else None
    renamed, person.name = person.name != name, name
    if membership is not None:
        membership.title = title
    if renamed:
        chain = (membership.party_id if membership is not None else None) or PLATFORM_CHAIN
        record(session, chain=chain, at=at, actor=person_actor(person_id), verb="account.renamed", object_id=person_id)
