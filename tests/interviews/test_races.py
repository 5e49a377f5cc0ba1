"""A time is taken away at the moment at which its candidate does something with it: one comes after the other."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.applications.models import Application, CandidateTask
from portal.db import db
from portal.interviews import services
from portal.interviews.queries.slots import offered_to
from portal.interviews.refusals import NotOpenToYou
from portal.interviews.tasks import ask_for_time, remind, tell_who_takes_part
from portal.jobs.models import Event
from portal.review.services import call_to_interview
from tests.at_once import second, taking_back
from tests.database import POSTGRESQL
from tests.events import as_the_worker
from tests.forms import fields_of, post_forms, values_of
from tests.interviews.meetings import Meetings
from tests.pages import parse


def press(meetings: Meetings, office: FlaskClient, page: TestResponse, slot_id: UUID) -> TestResponse:
    """Press a time's button on a page that was opened before."""
    place = f"{meetings.url}/tid/{slot_id}/ta-bort"
    (form,) = [form for form in post_forms(parse(page.get_data(as_text=True))) if form.get("action") == place]
    return office.post(place, data=values_of(form))


def test_whoever_takes_theirs_back_meanwhile_gets_no_mail_that_their_time_is_gone(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    meetings.book(one, first)
    office = meetings.world.browser(meetings.world.kansli)
    page = office.get(meetings.url)
    with second() as the_office:
        with taking_back(meetings.world, one.id):
            the_office.begins(press, meetings, office, page, first)
        answer = the_office.ends()
    assert answer.status_code == 303 and first not in meetings.slots()
    assert "Din tid är inställd" not in [letter.subject for letter in meetings.letters(one.email)]


def test_whoever_takes_theirs_back_while_times_are_made_gets_no_mail_of_them(meetings: Meetings) -> None:
    one, other, *_ = meetings.panel.sent
    with second() as the_office:
        with taking_back(meetings.world, one.id):
            the_office.begins(meetings.make)
        the_office.ends()
    asked = [len(meetings.letters(candidate.email, "Välj en tid")) for candidate in (one, other)]
    assert asked == [0, 1]


def test_whoever_takes_theirs_back_as_they_are_called_is_not_asked_to_choose(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[2], meetings.world
    meetings.make()
    with meetings.panel.as_person(world.kansli) as (session, case):
        call_to_interview(
            session, case=case, actor=meetings.panel.actor(world.kansli), application_id=one.id, at=clock.now()
        )
    with world.acting(scope.PLATFORM) as session:
        wanted = Event.kind == "application.called", Event.subject_id == one.id
        called = session.scalars(select(Event).where(*wanted)).one()
        session.expunge(called)

    def ask() -> None:
        with world.app.app_context():
            scope.act_for(db.session, scope.party(meetings.panel.ad.party_id))
            ask_for_time(called, clock.now())

    with second() as the_worker:
        with taking_back(world, one.id):
            the_worker.begins(ask)
        the_worker.ends()
    assert meetings.letters(one.email, "Välj en tid") == []
    with world.acting(scope.party(meetings.panel.ad.party_id)) as session:
        assert session.scalars(select(CandidateTask).where(CandidateTask.application_id == one.id)).all() == []


def test_nothing_is_written_of_a_reference_that_is_taken_back_meanwhile(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    said = {"name": "Ylva Strandberg", "contact": "070-174 06 71", "relation": "Chef"}
    with world.writing(scope.candidate(one.id)) as session:
        id = services.give_reference(session, application_id=one.id, at=clock.now(), **said).id

    def write() -> None:
        with meetings.panel.as_person(world.kansli) as (session, case):
            services.write_down_words(
                session, case=case, actor=meetings.panel.actor(world.kansli), application_id=one.id, reference_id=id,
                criterion_id=None, text="Lugn och noggrann.", at=clock.now(),
            )  # fmt: skip

    with second() as the_office:
        with world.writing(scope.candidate(one.id)) as session:
            services.take_reference_back(session, application_id=one.id, reference_id=id, at=clock.now())
            the_office.begins(write)
        with pytest.raises(NotOpenToYou):
            the_office.ends()


def test_a_time_that_is_booked_meanwhile_stays_and_the_office_is_told(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    first, *_ = meetings.make()
    office = world.browser(world.kansli)
    page = office.get(meetings.url)
    with second() as the_office:
        with world.writing(scope.candidate(one.id)) as session:
            offered = offered_to(session, session.get_one(Application, one.id))
            services.book_time(session, application_id=one.id, offered=offered, slot_id=first, at=clock.now())
            the_office.begins(press, meetings, office, page, first)
        answer = the_office.ends()
    assert answer.status_code == 409 and first in meetings.slots()
    booked = meetings.booking(one)
    assert booked is not None and booked.slot_id == first


def test_a_time_that_was_shown_as_free_is_looked_at_again_once_it_is_booked(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    office = meetings.world.browser(meetings.world.kansli)
    old = office.get(meetings.url)
    meetings.book(one, first)
    asked = press(meetings, office, old, first)
    assert asked.status_code == 409 and "Tiden har bokats" in asked.get_data(as_text=True)
    assert press(meetings, office, asked, first).status_code == 303
    assert first not in meetings.slots()


def test_a_time_that_another_has_booked_since_is_not_taken_from_them_unseen(meetings: Meetings) -> None:
    one, other, *_ = meetings.panel.sent
    first, second_time, *_ = meetings.make()
    meetings.book(one, first)
    office = meetings.world.browser(meetings.world.kansli)
    old = office.get(meetings.url)
    meetings.book(one, second_time)
    meetings.book(other, first)
    asked = press(meetings, office, old, first)
    assert asked.status_code == 409 and other.name in asked.get_data(as_text=True)
    booked = meetings.booking(other)
    assert booked is not None and booked.slot_id == first
    assert press(meetings, office, asked, first).status_code == 303


def test_a_page_that_does_not_tell_takes_no_time_that_is_booked_at_that_instant(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    first, *_ = meetings.make()
    office = world.browser(world.kansli)
    token = fields_of(office.get(meetings.url))["csrf_token"][0]
    with second() as the_office:
        with world.writing(scope.candidate(one.id)) as session:
            offered = offered_to(session, session.get_one(Application, one.id))
            services.book_time(session, application_id=one.id, offered=offered, slot_id=first, at=clock.now())
            the_office.begins(office.post, f"{meetings.url}/tid/{first}/ta-bort", data={"csrf_token": token})
        answer = the_office.ends()
    # On SQLite the office has waited before it read: it takes away what it knows to be booked, and the candidate is told.
    assert (answer.status_code, first in meetings.slots()) == ((409, True) if POSTGRESQL else (303, False))


def test_whoever_takes_theirs_back_as_they_are_reminded_gets_no_mail_of_it(
    meetings: Meetings, set_clock: Callable[[str], datetime]
) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    first, *_ = meetings.make()
    meetings.book(one, first)
    set_clock("2026-12-16T10:00")
    with second() as the_worker:
        with taking_back(world, one.id):
            the_worker.begins(as_the_worker, world, remind, kind="interview.tomorrow", subject_id=one.id)
        the_worker.ends()
    assert meetings.letters(one.email, "Påminnelse") == []


def test_the_panel_is_not_told_of_a_time_that_is_given_up_at_that_moment(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    first, *_ = meetings.make()
    meetings.book(one, first)
    with second() as the_worker:
        with world.writing(scope.candidate(one.id)) as session:
            offered = offered_to(session, session.get_one(Application, one.id))
            about = {"application_id": one.id, "offered": offered, "at": clock.now()}
            services.decline_times(session, text="Jag är bortrest då.", **about)
            session.flush()
            the_worker.begins(as_the_worker, world, tell_who_takes_part, kind="interview.booked", subject_id=one.id)
        the_worker.ends()
    assert meetings.letters("gunnel@example.se", "Bokad tid") == []


def test_whoever_is_asked_to_choose_before_the_worker_hears_of_the_call_is_asked_once(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[2], meetings.world
    with meetings.panel.as_person(world.kansli) as (session, case):
        call_to_interview(
            session, case=case, actor=meetings.panel.actor(world.kansli), application_id=one.id, at=clock.now()
        )
    meetings.make()
    meetings.work()
    assert len(meetings.letters(one.email, "Välj en tid")) == 1
