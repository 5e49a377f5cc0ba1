"""Arrival numbers of public records (inkomna allmänna handlingar, TF 2:9, OSL 5:1)."""

from uuid import UUID

from sqlalchemy.orm import Session

from portal.db import locked
from portal.register.models import ArrivalCounter


def take_arrival_number(session: Session, authority_id: UUID) -> int:
    """The authority's next number. If the caller's transaction does not commit, the number was never taken."""
    counter = locked(session, ArrivalCounter, authority_id, last_number=0)
    counter.last_number += 1
    session.flush()
    return counter.last_number
