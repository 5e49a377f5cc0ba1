"""People more than the world has."""

from uuid import UUID, uuid4

from portal import clock, scope
from portal.accounts.models import Person
from portal.organisations.models import Membership
from tests.steps import kept
from tests.world import World


@kept
def add_person(
    world: World, handle: str, role: str, *, party: UUID | None, accepted: bool = True, ended: bool = False
) -> tuple[UUID, UUID]:
    """One more person of a party, or of those who run the portal; their id and the membership's."""
    at, person_id, membership_id = clock.now(), uuid4(), uuid4()
    with world.writing(scope.PLATFORM) as session:
        session.add(Person(id=person_id, email=f"{handle}@example.se", name=f"{handle.title()} Person", created_at=at))
        session.flush()
        session.add(
            Membership(
                id=membership_id, person_id=person_id, role=role, party_id=party, invited_name=handle.title(),
                created_at=at, accepted_at=at if accepted else None, ended_at=at if ended else None,
            )
        )  # fmt: skip
    return person_id, membership_id
