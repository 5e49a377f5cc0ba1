"""A shortlist about to be met: called candidates with private links, assessors who have answered about jäv, times."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.db import db, unit_of_work
from portal.interviews import services
from portal.interviews.models import InterviewBooking, InterviewSlot
from portal.interviews.queries.slots import offered_to
from portal.interviews.services import Times
from portal.jobs.tasks import run_rounds
from portal.links.models import Purpose
from portal.links.services import make_link
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter
from portal.review.queries.panel import members_of
from portal.review.services import call_to_interview
from tests.applicants import Sent
from tests.door import behind, inside
from tests.review.panel import Panel, panel_of
from tests.steps import kept
from tests.world import World

DAY = date(2026, 12, 17)  # a Thursday; the tests stand at 14 December, 10.00
LINKS_END = datetime(2029, 1, 1, tzinfo=clock.STOCKHOLM)


@dataclass
class Meetings:
    """The panel with the candidates' tokens; verbs are done as the person would, without the browser."""

    panel: Panel
    tokens: dict[UUID, str] = field(default_factory=dict)

    @property
    def world(self) -> World:
        """Everybody."""
        return self.panel.world

    @property
    def url(self) -> str:
        """Where the staff's pages begin."""
        return f"{self.panel.url}/intervjuer"

    def private_url(self, sent: Sent) -> str:
        """Where the candidate's private pages begin, behind the door."""
        return behind(self.world, self.tokens[sent.id])

    def own_url(self, sent: Sent) -> str:
        """The candidate's own page of the meeting."""
        return f"{self.private_url(sent)}/intervju"

    def browser(self) -> FlaskClient:
        """A browser that has been let in by the link of each candidate."""
        made = self.world.browser()
        for token in self.tokens.values():
            inside(self.world, made, f"/ansokan/{token}")
        return made

    def card_url(self, sent: Sent) -> str:
        """The page of one candidate's interview."""
        return f"{self.url}/{sent.id}"

    def member(self, person: UUID) -> UUID:
        """The person's place in the panel."""
        with self.world.acting(scope.party(self.panel.ad.party_id)) as session:
            return next(one.id for one in members_of(session, self.panel.ad.id) if one.person_id == person)

    @kept
    def call(self, *called: Sent) -> None:
        """The office calls these, and the worker makes its round."""
        office = self.world.kansli
        for sent in called:
            with self.panel.as_person(office) as (session, case):
                call_to_interview(
                    session, case=case, actor=self.panel.actor(office), application_id=sent.id, at=clock.now()
                )
        run_rounds(self.world.app)

    @kept
    def make(
        self, *people: UUID, day: date = DAY, hour: time = time(10), minutes: int = 45, count: int = 3, pause: int = 15,
        by: UUID | None = None,
    ) -> list[UUID]:  # fmt: skip
        """Times with these of the panel (both where nobody is named); their ids in order."""
        person = by or self.world.kansli
        members = tuple(self.member(one) for one in people or self.panel.people)
        times = Times(day, hour, minutes, count, pause, "Rådhuset, rum 3", members)
        before = set(self.slots())
        with self.panel.as_person(person) as (session, case):
            services.make_times(session, case=case, actor=self.panel.actor(person), times=times, at=clock.now())
        return [id for id in self.slots() if id not in before]

    def slots(self) -> list[UUID]:
        """Every time there is, in order."""
        with self.world.acting(scope.party(self.panel.ad.party_id)) as session:
            return list(session.scalars(select(InterviewSlot.id).order_by(InterviewSlot.starts_at)))

    @kept
    def book(self, sent: Sent, slot_id: UUID) -> None:
        """Book, as the candidate would."""
        with self.world.app.test_request_context():
            scope.act_for(db.session, scope.candidate(sent.id))
            offered = offered_to(db.session, db.session.get_one(Application, sent.id))
            with unit_of_work() as session:
                services.book_time(session, application_id=sent.id, offered=offered, slot_id=slot_id, at=clock.now())

    def booking(self, sent: Sent) -> InterviewBooking | None:
        """What is booked."""
        with self.world.acting(scope.party(self.panel.ad.party_id)) as session:
            return session.scalars(
                select(InterviewBooking).where(InterviewBooking.application_id == sent.id)
            ).one_or_none()

    def letters(self, to: str, subject: str = "") -> list[Letter]:
        """Every mail to somebody, the oldest first."""
        with self.world.acting(scope.PLATFORM) as session:
            rows = session.scalars(
                select(OutgoingMail)
                .where(OutgoingMail.sealed.is_not(None), ~OutgoingMail.once.startswith("step:"))
                .order_by(OutgoingMail.created_at)
            )
            found = [open_letter(session, row) for row in rows]
        return [letter for letter in found if letter.to == to and subject in letter.subject]

    def work(self) -> None:
        """The worker makes its round."""
        run_rounds(self.world.app)


@kept
def give_links(world: World, party: UUID, sent: list[Sent]) -> dict[UUID, str]:
    """A private link for each; the tokens by application."""
    with world.writing(scope.party(party)) as session:
        return {
            one.id: make_link(
                session, purpose=Purpose.APPLICATION, subject_id=one.id, scope=scope.candidate(one.id),
                at=clock.now() - timedelta(days=1), expires_at=LINKS_END,
            )
            for one in sent
        }  # fmt: skip


@kept
def meetings_of(
    world: World, set_clock: Callable[[str], datetime], *, applications: int = 3, called: int = 2, **more: Any
) -> Meetings:
    """Gunnel (who leads) and Elof without jäv, on 14 December; the first ``called`` are called."""
    panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=applications, **more)
    return Meetings(panel, call_first(panel, called))


@kept
def call_first(panel: Panel, count: int) -> dict[UUID, str]:
    """All answer that they have no jäv, and the first ``count`` are called; the private links' tokens by application."""
    for person in panel.people:
        panel.declare(person)
    made = Meetings(panel, give_links(panel.world, panel.ad.party_id, panel.sent))
    made.call(*panel.sent[:count])
    return made.tokens
