"""How colleagues see a person: the name is one everywhere, the title one for each membership."""

from uuid import UUID

from sqlalchemy.orm import Session

from portal.accounts.models import Person
from portal.organisations.models import Membership


def change_profile(session: Session, *, person_id: UUID, name: str, membership_id: UUID | None, title: str) -> None:
    """Change one's own name, and one's title in one membership, if one has any."""
    session.get_one(Person, person_id).name = name
    if membership_id is not None:
        session.get_one(Membership, membership_id).title = title
