"""A panel in motion, for the tests of review: an ad that has closed, applications, assessors, scores by numbers."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from portal import clock, scope
from portal.ads.queries import criteria_of
from portal.clock import STOCKHOLM
from portal.db import db, unit_of_work
from portal.organisations.access import Actor, Role
from portal.review import services
from portal.review.own_order import Groups
from portal.review.queries.case import Case, load_case
from portal.review.requirements import Ruling
from tests.applicants import Sent, send_applications
from tests.steps import kept
from tests.world import Published, World, publish_ad

CLOSED = "2026-12-14T10:00"
LAST_MINUTE = datetime(2026, 12, 17, 18, 0, tzinfo=STOCKHOLM)
AFTER_LAST_MINUTE = "2026-12-17T18:00"


@dataclass
class Panel:
    """A case with its people; verbs are done as the person would, without the browser."""

    world: World
    ad: Published
    sent: list[Sent]
    set_clock: Callable[[str], datetime]
    people: tuple[UUID, ...] = ()
    roles: dict[UUID, Role] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the case's pages begin."""
        return f"/arbete/rekryteringar/{self.ad.id}"

    @property
    def scale(self) -> list[UUID]:
        """The criteria judged by the scale (weights 30, 25, 10)."""
        return [self.ad.criteria[n] for n in (0, 1, 3)]

    def score_url(self, sent: Sent, criterion: int = 0) -> str:
        """The page of one score."""
        return f"{self.url}/bedom/{sent.id}/{self.ad.criteria[criterion]}"

    @contextmanager
    def as_person(self, person: UUID) -> Iterator[tuple[Session, Case]]:
        """A unit of work of one person of the party, with the case as they see it."""
        with self.world.app.test_request_context():
            scope.act_for(db.session, scope.party(self.ad.party_id))
            with unit_of_work() as session:
                case = load_case(session, self.ad.id, self.actor(person))
                assert case is not None
                yield session, case

    def actor(self, person: UUID) -> Actor:
        """The person as the guards know them."""
        role = Role.KANSLI if person in (self.world.kansli, self.world.rival_kansli) else Role.LEDAMOT
        return Actor(person, "", None, role, self.ad.party_id)

    @kept
    def name(self, *people: UUID, deputies: Sequence[UUID] = (), decider: UUID | None = None) -> None:
        """The office names these; the first leads."""
        self.people = people
        with self.as_person(self.world.kansli) as (session, case):
            services.name_panel(
                session, case=case, actor=self.actor(self.world.kansli), people=people, leader=people[0],
                hand_in_by=LAST_MINUTE, at=clock.now(), deputies=deputies, decider=decider,
            )  # fmt: skip

    @kept
    def say_mended(self, person: UUID, sent: Sent) -> None:
        """One cannot read what a candidate has sent, and the office says that it can be read now."""
        with self.as_person(person) as (session, case):
            paper = {"application_id": sent.id, "paper_id": sent.id}
            services.report_unreadable(session, case=case, **paper, at=clock.now())
        with self.as_person(self.world.kansli) as (session, case):
            services.say_readable(session, case=case, actor=self.actor(self.world.kansli), **paper, at=clock.now())

    @kept
    def declare(self, person: UUID, *conflicts: Sent) -> None:
        """Answer for all names."""
        with self.as_person(person) as (session, case):
            services.declare_conflicts(
                session, case=case, listed={row.id for row in case.applications},
                conflicts={sent.id: "fortroende" for sent in conflicts}, at=clock.now(),
            )  # fmt: skip

    @kept
    def answer_to_decide(self, person: UUID, *conflicts: Sent) -> None:
        """Answer for all names, as one who decides and does not assess."""
        with self.as_person(person) as (session, case):
            services.answer_to_decide(
                session, case=case, listed={row.id for row in case.applications},
                conflicts={sent.id: "narstaende" for sent in conflicts}, at=clock.now(),
            )  # fmt: skip

    @kept
    def is_decided_by(self, decider: UUID, *conflicts: Sent) -> None:
        """Somebody who does not assess is to decide, and has answered; so has the office, which knows nobody."""
        with self.as_person(self.world.kansli) as (_session, case):
            assert case.review is not None
            case.review.decider_id = decider
        self.answer_to_decide(decider, *conflicts)
        self.answer_to_decide(self.world.kansli)

    @kept
    def step(self, person: UUID, sent: Sent, criterion: int, step: int | None, reason: str = "") -> None:
        """One score by the scale."""
        with self.as_person(person) as (session, case):
            services.save_step(
                session, case=case, application_id=sent.id, criterion_id=self.ad.criteria[criterion], step=step,
                reason=reason, at=clock.now(),
            )  # fmt: skip

    @kept
    def score_all(self, person: UUID, steps: Mapping[UUID, Sequence[int | None]] | None = None, other: int = 2) -> None:
        """Score everything: ``steps`` by application for the scale, ``other`` where it says nothing, and ja."""
        with self.as_person(person) as (session, case):
            for row in case.to_judge:
                given = list((steps or {}).get(row.id, [other] * 3))
                for criterion in criteria_of(session, self.ad.id):
                    place: dict[str, Any] = {"application_id": row.id, "criterion_id": criterion.id, "at": clock.now()}
                    if criterion.judged == "finns":
                        services.save_presence(session, case=case, present="ja", **place)
                    else:
                        services.save_step(session, case=case, step=given.pop(0), **place)

    @kept
    def drop(
        self, person: UUID, sent: Sent, ruling: Ruling = Ruling.FALLS, reason: str = "Saknas.", krav: int = 2
    ) -> None:
        """Decide of one krav (usually the driving licence)."""
        with self.as_person(person) as (session, case):
            services.decide_requirement(
                session, case=case, actor=self.actor(person), application_id=sent.id,
                criterion_id=self.ad.criteria[krav], ruling=ruling, reason=reason, at=clock.now(),
            )  # fmt: skip

    def take_back(self, person: UUID, sent: Sent, reason: str = "Det var fel.", krav: int = 2) -> None:
        """Take that decision back."""
        with self.as_person(person) as (session, case):
            services.take_back_decision(
                session, case=case, actor=self.actor(person), application_id=sent.id,
                criterion_id=self.ad.criteria[krav], reason=reason, at=clock.now(),
            )  # fmt: skip

    def krav_url(self, sent: Sent, krav: int = 2) -> str:
        """The page of one krav of one candidate."""
        return f"{self.url}/krav/{sent.id}/{self.ad.criteria[krav]}"

    @kept
    def order(self, person: UUID, groups: Groups) -> None:
        """Save an own order."""
        with self.as_person(person) as (session, case):
            services.save_order(session, case=case, groups=groups, at=clock.now())

    @kept
    def nudge(self, person: UUID, by: UUID | None = None) -> None:
        """The office reminds one of them."""
        office = by or self.world.kansli
        with self.as_person(office) as (session, case):
            services.nudge(session, case=case, actor=self.actor(office), person_id=person, at=clock.now())

    @kept
    def hand_in(self, person: UUID) -> None:
        """Hand in."""
        with self.as_person(person) as (session, case):
            services.hand_in(session, case=case, at=clock.now())


@kept
def panel_of(
    world: World,
    set_clock: Callable[[str], datetime],
    *people: UUID,
    applications: int = 3,
    employer: str = "authority",
) -> Panel:
    """An ad that closed on 11 December with applications, and these assessors, on 14 December."""
    ad = publish_ad(world, employer=employer)
    made = Panel(world, ad, send_applications(world, ad, applications), set_clock)
    set_clock(CLOSED)
    if people:
        made.name(*people)
    return made
