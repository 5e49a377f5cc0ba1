"""Both sides of a letterbox, as they would write."""

from uuid import UUID

from sqlalchemy import select

from portal import clock, scope
from portal.db import db, unit_of_work
from portal.letterbox import services
from portal.letterbox.models import Message
from tests.applicants import Sent
from tests.review.panel import Panel
from tests.steps import kept


@kept
def ask(panel: Panel, sent: Sent, text: str = "Får jag byta ut mitt CV?") -> UUID:
    """The candidate writes to the office; the message's id."""
    with panel.world.app.test_request_context():
        scope.act_for(db.session, scope.candidate(sent.id))
        with unit_of_work() as session:
            made = services.write_to_office(session, application_id=sent.id, text=text, at=clock.now())
            return made.id


@kept
def answer(panel: Panel, sent: Sent, text: str = "Ja, skicka det till oss.", by: UUID | None = None) -> UUID:
    """The office writes to the candidate; the message's id."""
    person = by or panel.world.kansli
    with panel.as_person(person) as (session, case):
        made = services.write_to_candidate(
            session, case=case, actor=panel.actor(person), application_id=sent.id, text=text, at=clock.now()
        )
        return made.id


def messages(panel: Panel, sent: Sent) -> list[Message]:
    """Every message of a candidate's, the oldest first."""
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        rows = select(Message).where(Message.application_id == sent.id).order_by(Message.written_at)
        return list(session.scalars(rows))
