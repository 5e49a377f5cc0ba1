"""A word planted in a party's own people, who are known to each other and to whoever runs the installation."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import LoginSession, Person
from portal.organisations.models import Membership, RetentionRule


def plant_in_people(session: Session, party_id: UUID, word: str) -> None:
    """The word in whatever names or tells of them."""
    session.execute(update(RetentionRule).where(RetentionRule.party_id == party_id).values(basis=word))
    members = select(Membership).where(Membership.party_id == party_id).order_by(Membership.id)
    for number, membership in enumerate(session.scalars(members), 1):
        person = session.get_one(Person, membership.person_id)
        person.name = membership.title = membership.invited_name = word
        person.email = f"{word}.{number}@example.se"
        for log_in in session.scalars(select(LoginSession).where(LoginSession.person_id == person.id)):
            log_in.device = word
