"""The meetings of the demo: a panel that agreed on an order; and a recruitment in its interviews, where two are called, times
are made, and one has booked."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from flask import Flask

from portal import clock, scope
from portal.applications.models import Application
from portal.db import db, unit_of_work
from portal.demo.services.people import House
from portal.demo.services.reviewing import PANEL, case_as, judge_all, name_the_panel, office_actor
from portal.interviews.queries.slots import offered_to
from portal.interviews.services import Times, book_time, make_times
from portal.organisations.access import Actor, Role
from portal.review.meeting.states import Step
from portal.review.meeting.ticks import Ticks
from portal.review.queries.panel import members_of
from portal.review.services import (
    call_to_interview,
    note_presence,
    save_joint_text,
    save_meeting_order,
    start_meeting,
    take_step,
)

CALLED = 2
SAT = timedelta(minutes=45)
JOINT = (
    "Skriver klart och snabbt. Båda satte högst på det som väger mest.",
    "Kan sjukvården inifrån, och är van att ta fram underlag på egen hand.",
)
PLACE = "Regionens hus, Härnösand, rum 214"


def meet(app: Flask, house: House, ad_id: UUID, applications: list[UUID], at: datetime) -> None:
    """Judged ten days ago and called three days ago; the times are on the next Monday that leaves them time to choose."""
    named, called = at - timedelta(days=15), at - timedelta(days=3)
    name_the_panel(app, house, ad_id, named)
    judge_all(app, house, ad_id, named + timedelta(days=3))
    office = office_actor(house)
    for application in applications[:CALLED]:
        with case_as(app, house, ad_id, office) as (session, case):
            call_to_interview(session, case=case, actor=office, application_id=application, at=called)
    with case_as(app, house, ad_id, office) as (session, case):
        both = tuple(member.id for member in members_of(session, ad_id))
        times = Times(_next_monday(at), time(10), 45, 3, 15, PLACE, both)
        make_times(session, case=case, actor=office, times=times, at=called)
    _book(app, applications[0], at)


def confer(app: Flask, house: House, ad_id: UUID, applications: list[UUID], at: datetime) -> None:
    """The panel meets for three quarters of an hour, writes of the first two what both think, and agrees on an order."""
    leads = house.people[PANEL[0]]
    leader = Actor(leads, "", None, Role.LEDAMOT, house.party)
    both = Ticks(frozenset(house.people[email] for email in PANEL))
    with case_as(app, house, ad_id, leader) as (session, case):
        start_meeting(session, case=case, actor=leader, at=at)
    with case_as(app, house, ad_id, leader) as (session, case):
        note_presence(session, case=case, ticks=both, at=at)
    for application, text in zip(applications, JOINT, strict=False):
        with case_as(app, house, ad_id, leader) as (session, case):
            save_joint_text(
                session, case=case, actor=leader, application_id=application, text=text, version=0, at=at + SAT / 2
            )
    with case_as(app, house, ad_id, leader) as (session, case):
        save_meeting_order(session, case=case, groups=tuple((one,) for one in applications), version=0, basis="enad")
    with case_as(app, house, ad_id, leader) as (session, case):
        take_step(session, case=case, actor=leader, step=Step.END, at=at + SAT)


def _next_monday(at: datetime) -> date:
    on = at.astimezone(clock.STOCKHOLM).date()
    return on + timedelta(days=(7 - on.weekday()) + (7 if on.weekday() >= 4 else 0))


def _book(app: Flask, application_id: UUID, at: datetime) -> None:
    with app.app_context():
        scope.act_for(db.session, scope.candidate(application_id))
        offered = offered_to(db.session, db.session.get_one(Application, application_id))
        with unit_of_work() as session:
            book_time(session, application_id=application_id, offered=offered, slot_id=offered.free[0].id, at=at)
