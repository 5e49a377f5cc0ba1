"""Arrival numbers of public records (inkomna allmänna handlingar, TF 2:9, OSL 5:1)."""

from uuid import UUID

from sqlalchemy.orm import Session

from portal.register.models import ArrivalCounter


def take_arrival_number(session: Session, authority_id: UUID) -> int:
    """The authority's next number. If the caller's transaction does not commit, the number was never taken."""
    counter = session.get(ArrivalCounter, authority_id, with_for_update=True)
    if counter is None:
        counter = ArrivalCounter(id=authority_id, last_number=0)
        session.add(counter)
    counter.last_number += 1
    session.flush()
    return counter.last_number
