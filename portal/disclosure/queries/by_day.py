"""Which lines of the register have a day and no hour: what the office has registered of what came by post, mail, telephone
or by hand. It counts from noon, which keeps its place in the order and never is told."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.models import Application
from portal.applications.queries import came_on_a_day
from portal.applications.states import State
from portal.clock import is_noon
from portal.register.kinds import Kind
from portal.register.models import RegisterEntry


def lines_by_day(session: Session, lines: Sequence[tuple[RegisterEntry, Application]]) -> set[UUID]:
    """The ids of those entries. A later one of the same application came by the portal, at an instant of its own. A request
    that is joined with another has no row any more, nor has what is disposed of: of those noon itself tells it."""
    parties: dict[UUID, set[UUID]] = defaultdict(set)
    for _, application in lines:
        parties[application.party_id].add(application.id)
    registered = {id for party, ids in parties.items() for id in came_on_a_day(session, party, ids)}
    return {
        entry.id
        for entry, application in lines
        if (application.id in registered and entry.entered_at == application.submitted_at)
        or ((entry.kind == Kind.MESSAGE_IN or application.state == State.DISPOSED) and is_noon(entry.entered_at))
    }
