"""Which lines of the register have a day and no hour: what the office has registered of what came by post, mail, telephone
or by hand. It counts from noon, which keeps its place in the order and never is told."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.models import Application, CandidateRequest
from portal.applications.queries import came_on_a_day
from portal.applications.states import State
from portal.chunks import in_chunks
from portal.clock import is_noon
from portal.register.kinds import Kind
from portal.register.models import RegisterEntry


def lines_by_day(session: Session, lines: Sequence[tuple[RegisterEntry, Application]]) -> set[UUID]:
    """The ids of those entries. A later one of the same application came by the portal, at an instant of its own."""
    parties: dict[UUID, set[UUID]] = defaultdict(set)
    for _, application in lines:
        parties[application.party_id].add(application.id)
    registered = {id for party, ids in parties.items() for id in came_on_a_day(session, party, ids)}
    asked = _requests(session, [one.document_id for one, _ in lines if one.kind == Kind.MESSAGE_IN and one.document_id])
    return {
        entry.id
        for entry, application in lines
        if (application.id in registered and entry.entered_at == application.submitted_at)
        or entry.document_id in asked
        or (application.state == State.DISPOSED and is_noon(entry.entered_at))  # how it came is erased
    }


def _requests(session: Session, ids: Sequence[UUID]) -> set[UUID]:
    by_staff = select(CandidateRequest.id).where(CandidateRequest.came_by != "")
    found = [session.scalars(by_staff.where(CandidateRequest.id.in_(some))) for some in in_chunks(ids)]
    return {id for some in found for id in some}
