"""The panels of the demo: both commissioners, who have judged what closed some weeks ago, and have five days for the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.ads.queries import criteria_of
from portal.demo.services.ads import KANSLI
from portal.demo.services.people import House, writing
from portal.organisations.access import Actor, Role
from portal.review.queries.case import Case, load_case
from portal.review.services import declare_conflicts, hand_in, save_presence, save_step
from portal.review.services.naming import name_panel

PANEL = ("gunnel@example.se", "elof@example.se")
DAYS_TO_JUDGE = 5


def office_actor(house: House) -> Actor:
    """The party's office, as the guards know it."""
    return Actor(house.people[KANSLI], "Samira Hedvall", None, Role.KANSLI, house.party)


@contextmanager
def case_as(app: Flask, house: House, ad_id: UUID, actor: Actor) -> Iterator[tuple[Session, Case]]:
    """A unit of work about one recruitment, as somebody of the party."""
    with writing(app, scope.party(house.party)) as session:
        case = load_case(session, ad_id, actor)
        assert case is not None
        yield session, case


def name_the_panel(app: Flask, house: House, ad_id: UUID, at: datetime) -> None:
    """Name the panel as the office would; each member gets the mail with the next thing to do."""
    office = office_actor(house)
    last_day = (at.astimezone(clock.STOCKHOLM) + timedelta(days=DAYS_TO_JUDGE)).date()
    people = [house.people[email] for email in PANEL]
    with case_as(app, house, ad_id, office) as (session, case):
        name_panel(
            session,
            case=case,
            actor=office,
            people=people,
            leader=people[0],
            hand_in_by=datetime.combine(last_day, time(18), clock.STOCKHOLM),
            at=at,
        )


def judge_all(app: Flask, house: House, ad_id: UUID, at: datetime) -> None:
    """Both answer that they have no jäv, judge everybody, a little differently, and hand in."""
    for place, email in enumerate(PANEL):
        member = Actor(house.people[email], "", None, Role.LEDAMOT, house.party)
        with case_as(app, house, ad_id, member) as (session, case):
            declare_conflicts(
                session, case=case, listed={row.id for row in case.applications}, conflicts={}, at=at
            )  # fmt: skip
        with case_as(app, house, ad_id, member) as (session, case):
            _judge(session, case, place, at)
        with case_as(app, house, ad_id, member) as (session, case):
            hand_in(session, case=case, at=at)


def _judge(session: Session, case: Case, place: int, at: datetime) -> None:
    criteria = criteria_of(session, case.ad.id)
    for number, row in enumerate(case.to_judge):
        for of, criterion in enumerate(criteria):
            about: dict[str, Any] = {"application_id": row.id, "criterion_id": criterion.id, "at": at}
            if criterion.judged == "finns":
                save_presence(session, case=case, present="ja", **about)
            else:
                save_step(session, case=case, step=3 - (number + of * place) % 3, **about)
