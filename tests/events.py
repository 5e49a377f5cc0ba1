"""Events for tests, acted on by one of their handlers as the worker lets it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from portal import clock, scope
from portal.db import db
from portal.jobs.models import Event
from tests.world import World


def as_the_worker(
    world: World, handler: Callable[[Event, datetime], None], *, kind: str, subject_id: UUID, party: UUID | None = None
) -> None:
    """Let one handler act on news of this kind, in the party's scope."""
    at = clock.now()
    event = Event(kind=kind, scope_kind="party", scope_id=party or world.party, subject_id=subject_id, created_at=at)
    with world.app.app_context():
        scope.act_for(db.session, scope.party(party or world.party))
        handler(event, at)
