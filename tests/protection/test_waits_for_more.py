"""Whoever is under a code name and wants a mail when something waits is sent it for all that others are told by mail."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.services.withdrawing import withdraw_application
from portal.applications.tasks import tell_who_is_assessed
from portal.jobs.models import Event
from portal.jobs.tasks import run_rounds
from portal.privacy.rights.kinds import Kind
from portal.privacy.rights.services.asking import ask
from portal.privacy.rights.services.leaving import take_back_and_keep
from tests.applications.paper import letters
from tests.decisions.recruiting import CLOSED, DEADLINE
from tests.forms import submit, submit_page
from tests.interviews.meetings import DAY, Meetings
from tests.privacy.candidates import Clock, requests_in
from tests.protection.applying import candidate_of, stage_protected
from tests.review.panel import Panel
from tests.world import Published, World, publish_ad


@pytest.fixture
def ad(world: World) -> Published:
    return publish_ad(world, deadline=DEADLINE)


@pytest.fixture
def hidden(world: World, ad: Published) -> UUID:
    """One who has applied under a code name and wants the mail."""
    return stage_protected(world, ad)


def waits(world: World) -> int:
    """How many of the mails there are, once the worker has come to it."""
    for _round in range(3):
        run_rounds(world.app)
    assert {mail.to for mail in letters(world, "waits:")} <= {"neutral@example.org"}
    return len(letters(world, "waits:"))


def asked(world: World, hidden: UUID, kind: Kind = Kind.OBJECTION) -> str:
    """They ask on their own page. The office's page of it."""
    with world.writing(scope.candidate(hidden)) as session:
        ask(session, application_id=hidden, kind=kind, text="Vad har ni om mig?", at=clock.now())
    return f"/arbete/begaran/{requests_in(world)[0].id}"


def test_the_answer_to_what_they_have_asked_more_time_for_it_and_what_is_added_to_it(
    world: World, hidden: UUID, set_clock: Clock
) -> None:
    office, place = world.browser(world.kansli), asked(world, hidden)
    assert waits(world) == 0
    assert submit(office, place, {"reason": "Det är många."}, "Förläng tiden").status_code == 303
    assert waits(world) == 1
    open_in_two = office.get(place)
    for text, status in (("Ingenting.", 303), ("Ett CV.", 409)):
        late = submit_page(office, open_in_two, place, {"result": "refused", "text": text}, "Skicka svaret")
        assert late.status_code == status
    assert waits(world) == 2
    for _press in range(2):
        assert submit_page(office, late, place, {}, "Skicka som tillägg").status_code == 303
    assert waits(world) == 3


def test_the_answer_to_whoever_has_taken_theirs_back_before(world: World, hidden: UUID, set_clock: Clock) -> None:
    with world.writing(scope.candidate(hidden)) as session:
        withdraw_application(session, application_id=hidden, at=clock.now())
    set_clock("2026-11-25T10:00")
    place = asked(world, hidden, Kind.ERASURE)
    button = "Ta tillbaka, och spara bara det som måste sparas"
    assert submit(world.browser(world.kansli), place, {}, button).status_code == 303
    assert waits(world) == 1


def test_the_answer_to_whoever_has_taken_theirs_back_and_lets_it_lie_sealed(world: World, set_clock: Clock) -> None:
    hidden = stage_protected(world, publish_ad(world, employer="party", deadline=DEADLINE))
    with world.writing(scope.candidate(hidden)) as session:
        take_back_and_keep(session, application_id=hidden, at=clock.now())
    set_clock("2026-11-25T10:00")
    place = asked(world, hidden)
    said = {"result": "refused", "text": "Ingenting."}
    assert submit(world.browser(world.kansli), place, said, "Skicka svaret").status_code == 303
    assert waits(world) == 1


def test_that_it_is_assessed_now_once_however_often_the_worker_begins_anew(
    world: World, hidden: UUID, set_clock: Callable[[str], datetime]
) -> None:
    at = set_clock(CLOSED)
    assert waits(world) == 1
    with world.acting(scope.party(world.party)) as session:
        closed = session.scalars(select(Event).where(Event.kind == "ad.closed")).one()
    with world.acting(scope.party(world.party)):
        tell_who_is_assessed(closed, at + timedelta(minutes=1))
    assert waits(world) == 1


def test_that_they_are_called_by_one_mail_and_the_day_before_they_are_met(
    world: World, ad: Published, hidden: UUID, set_clock: Callable[[str], datetime]
) -> None:
    set_clock(CLOSED)
    before = waits(world)
    panel = Panel(world, ad, [candidate_of(hidden)], set_clock)
    panel.name(world.gunnel, world.elof)
    for person in panel.people:
        panel.declare(person)
    meetings = Meetings(panel)
    meetings.call(*panel.sent)
    assert waits(world) == before + 1, "no time to choose yet: one piece of news, one mail"
    set_clock("2026-12-14T11:00")
    first, *_ = meetings.make(day=DAY, hour=time(10))
    assert waits(world) == before + 2
    meetings.book(panel.sent[0], first)
    assert waits(world) == before + 2, "what one does oneself is no news"
    set_clock("2026-12-16T08:00")
    assert waits(world) == before + 3
