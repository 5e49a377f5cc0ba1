"""The interviews of the stage: a booked time, a wish for another, a guide, a card and a reference that has been heard."""

from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from sqlalchemy import select

from portal import clock, scope
from portal.interviews import services
from portal.interviews.models import InterviewSlot
from portal.interviews.queries.slots import Offered, Slot
from portal.interviews.services import Times
from portal.review.queries.panel import members_of
from portal.review.services import call_to_interview
from tests.interviews.meetings import give_links
from tests.review.panel import Panel
from tests.steps import kept


@dataclass
class Staged:
    """The rows that pages are about, and the tokens of the two who are called (the second and the third)."""

    slot: UUID
    reference: UUID
    tokens: dict[UUID, str]


@kept
def stage_interviews(panel: Panel) -> Staged:
    """The second candidate is called already; the third is too, and has no time."""
    _second, third = panel.sent[1:]
    office, leader = panel.world.kansli, panel.world.gunnel
    with panel.as_person(office) as (session, case):
        call_to_interview(session, case=case, actor=panel.actor(office), application_id=third.id, at=clock.now())
        both = tuple(member.id for member in members_of(session, panel.ad.id))
        times = Times(date(2026, 12, 18), time(10), 45, 2, 15, "Rådhuset", both)
        services.make_times(session, case=case, actor=panel.actor(office), times=times, at=clock.now())
        services.write_questions(
            session, case=case, actor=panel.actor(office), texts={panel.ad.criteria[0]: "Berätta om en text."},
            at=clock.now(),
        )  # fmt: skip
    tokens = give_links(panel.world, panel.ad.party_id, panel.sent[1:])
    slot, reference = _as_candidates(panel)
    with panel.as_person(leader) as (session, case):
        place = {"case": case, "application_id": panel.sent[1].id, "at": clock.now()}
        services.save_mark(session, criterion_id=panel.ad.criteria[0], value=(2, None), note="Svarar rakt.", **place)
        services.write_down_words(
            session, actor=panel.actor(leader), reference_id=reference, criterion_id=panel.ad.criteria[0],
            text="Skriver bäst av alla.", **place,
        )  # fmt: skip
    return Staged(slot, reference, tokens)


def _as_candidates(panel: Panel) -> tuple[UUID, UUID]:
    second, third = panel.sent[1:]
    with panel.world.acting(scope.party(panel.ad.party_id)) as session:
        rows = session.scalars(
            select(InterviewSlot).where(InterviewSlot.ad_id == panel.ad.id).order_by(InterviewSlot.starts_at)
        )
        free = tuple(Slot(row.id, row.starts_at, row.minutes, row.place) for row in rows)
    offered, at = Offered(None, free), clock.now()
    with panel.world.app.test_request_context(), panel.world.writing(scope.candidate(second.id)) as session:
        services.book_time(session, application_id=second.id, offered=offered, slot_id=free[0].id, at=at)
        named = services.give_reference(
            session, application_id=second.id, name="Rut Referens", contact="rut@example.se", relation="Chef", at=at
        ).id
    with panel.world.app.test_request_context(), panel.world.writing(scope.candidate(third.id)) as session:
        services.decline_times(session, application_id=third.id, offered=offered, text="Hellre på lördag.", at=at)
    return free[0].id, named
