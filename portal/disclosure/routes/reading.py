"""Each reading leaves a line in the authority's log."""

from uuid import UUID

from flask import g

from portal import clock
from portal.audit.services import person_actor, record_reading


def log_reading(verb: str, object_id: UUID | None) -> None:
    """Who read what, and when."""
    actor = g.actor
    record_reading(
        chain=actor.authority_id, at=clock.now(), actor=person_actor(actor.person_id), verb=verb, object_id=object_id
    )
