"""The candidate chooses a time by the private link: free times alone, one each, moved until a day before."""

from collections.abc import Callable
from datetime import datetime, time

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.applications.models import Application
from portal.audit.models import AuditLine
from portal.db import db, unit_of_work
from portal.interviews import services
from portal.interviews.models import InterviewBooking
from portal.interviews.queries.slots import offered_to
from portal.interviews.refusals import TimeTaken
from tests.counting import statements
from tests.decisions.recruiting import HIRED, NOT_FURTHER, decide, proofread, release
from tests.forms import submit
from tests.interviews.meetings import Meetings, meetings_of
from tests.review.panel import AFTER_LAST_MINUTE
from tests.world import World

Clock = Callable[[str], datetime]
FIRST, SECOND = (
    "torsdag\u00a017 december kl.\u00a010.00–10.45",
    "torsdag\u00a017 december kl.\u00a011.00–11.45",
)


def test_a_called_candidate_chooses_a_time_and_it_is_taken_from_the_others(meetings: Meetings) -> None:
    one, other, _ = meetings.panel.sent
    slots = meetings.make()
    browser = meetings.browser()
    private = meetings.browser().get(meetings.private_url(one)).get_data(as_text=True)
    assert "Välj en tid för mötet" in private
    assert submit(browser, meetings.own_url(one), {"slot": str(slots[0])}, "Boka tiden").status_code == 303
    shown = browser.get(meetings.own_url(one)).get_data(as_text=True)
    assert "Din tid är bokad." in shown and FIRST in shown
    theirs = browser.get(meetings.own_url(other)).get_data(as_text=True)
    assert FIRST not in theirs and SECOND in theirs
    for told in (one.name, one.email, meetings.world.party.hex):
        assert told not in theirs
    assert "Klar" in meetings.browser().get(meetings.private_url(one)).get_data(as_text=True)


def test_two_on_the_same_time_one_gets_it_and_the_other_gets_the_times_that_are_left(meetings: Meetings) -> None:
    one, other, _ = meetings.panel.sent
    first, *_ = meetings.make()
    late = meetings.browser()
    page = late.get(meetings.own_url(other)).get_data(as_text=True)
    meetings.book(one, first)
    token = page.split('name="csrf_token" value="')[1].split('"')[0]
    answer = late.post(meetings.own_url(other), data={"csrf_token": token, "slot": str(first), "do": "book"})
    said = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Tiden hann bli upptagen. Välj en av de andra." in said and SECOND in said and FIRST not in said
    assert meetings.booking(other) is None
    assert submit(late, meetings.own_url(other), {"slot": str(meetings.slots()[1])}, "Boka tiden").status_code == 303


def test_the_database_itself_lets_one_alone_have_a_time(meetings: Meetings) -> None:
    """Both have read that the time is free before either writes."""
    one, other, _ = meetings.panel.sent
    first, *_ = meetings.make()
    with meetings.world.app.test_request_context():
        scope.act_for(db.session, scope.candidate(other.id))
        stale = offered_to(db.session, db.session.get_one(Application, other.id))
    meetings.book(one, first)
    with meetings.world.app.test_request_context():
        scope.act_for(db.session, scope.candidate(other.id))
        with pytest.raises(TimeTaken), unit_of_work() as session:
            services.book_time(session, application_id=other.id, offered=stale, slot_id=first, at=clock.now())
    assert meetings.booking(other) is None


def test_a_candidate_has_one_booking_whatever_the_code_above_does(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    first, second, _ = meetings.make()
    meetings.book(one, first)
    booked = meetings.booking(one)
    assert booked is not None
    with pytest.raises(IntegrityError), meetings.world.writing(scope.candidate(one.id)) as session:
        walls = {
            name: getattr(booked, name) for name in ("party_id", "authority_id", "controller_id", "application_id")
        }
        session.add(InterviewBooking(**walls, slot_id=second, sequence=0, changed_at=clock.now()))


def test_a_time_is_moved_until_a_day_before_and_the_former_is_free_again(meetings: Meetings, set_clock: Clock) -> None:
    one = meetings.panel.sent[0]
    first, second, third = meetings.make()
    browser = meetings.browser()
    meetings.book(one, first)
    assert submit(browser, meetings.own_url(one), {"slot": str(second)}, "Byt tid").status_code == 303
    moved = meetings.booking(one)
    assert moved is not None and (moved.slot_id, moved.sequence) == (second, 1)
    set_clock("2026-12-16T10:58")  # a day before, and two minutes
    browser = meetings.browser()
    assert submit(browser, meetings.own_url(one), {"slot": str(third)}, "Byt tid").status_code == 303
    set_clock("2026-12-16T12:00:01")
    page = browser.get(meetings.own_url(one)).get_data(as_text=True)
    assert "mindre än ett dygn kvar" in page and "Byt tid" not in page
    token = browser.get(f"{meetings.private_url(one)}/ta-tillbaka").get_data(as_text=True)
    csrf = token.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    answer = browser.post(meetings.own_url(one), data={"csrf_token": csrf, "slot": str(first), "do": "book"})
    assert answer.status_code == 409
    assert "mindre än ett dygn kvar" in answer.get_data(as_text=True)
    kept = meetings.booking(one)
    assert kept is not None and kept.slot_id == third


def test_a_time_that_is_over_or_soon_is_not_offered_and_cannot_be_booked(meetings: Meetings, set_clock: Clock) -> None:
    first, *_ = meetings.make()
    one = meetings.panel.sent[0]
    set_clock("2026-12-17T08:00:01")
    browser = meetings.browser()
    assert FIRST not in browser.get(meetings.own_url(one)).get_data(as_text=True)
    with pytest.raises(TimeTaken):
        meetings.book(one, first)


def test_a_meeting_that_has_been_is_no_longer_said_to_come(meetings: Meetings, set_clock: Clock) -> None:
    one = meetings.panel.sent[0]
    (slot,) = meetings.make(count=1)
    meetings.book(one, slot)
    set_clock("2026-12-20T10:00")
    page = meetings.browser().get(meetings.own_url(one)).get_data(as_text=True)
    assert "Tiden har varit." in page and "ett dygn kvar" not in page and "Din tid är bokad." not in page


def test_none_suits_and_the_office_reads_what_would(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    meetings.book(one, first)
    browser = meetings.browser()
    words = "Helst efter klockan 16 <b>på</b> fredag."
    meetings.world.app.extensions["vault"].wrapped.clear()  # the first that a process does after its start
    assert submit(browser, meetings.own_url(one), {"wish": words}, "Be om en annan tid").status_code == 303
    freed = meetings.booking(one)
    assert freed is not None and (freed.slot_id, freed.sequence) == (None, 1)
    assert "Du har bett om en annan tid." in browser.get(meetings.own_url(one)).get_data(as_text=True)
    office = meetings.world.browser(meetings.world.kansli)
    assert "Helst efter klockan 16 &lt;b&gt;på&lt;/b&gt; fredag." in office.get(meetings.url).get_data(as_text=True)
    start = office.get("/arbete").get_data(as_text=True)
    assert "En sökande ber om en annan tid" in start and one.name not in start
    assert words not in meetings.world.browser(meetings.world.elof).get(meetings.url).get_data(as_text=True)
    meetings.book(one, first)
    assert "Helst efter klockan 16" not in office.get(meetings.url).get_data(as_text=True)


@pytest.mark.parametrize("words", ["", "   ", "å" * 1001])
def test_a_wish_without_words_or_with_too_many_is_asked_for_again(meetings: Meetings, words: str) -> None:
    meetings.make()
    answer = submit(meetings.browser(), meetings.own_url(meetings.panel.sent[0]), {"wish": words}, "Be om en annan tid")
    assert answer.status_code == 422
    assert words.strip() in answer.get_data(as_text=True)


@pytest.mark.parametrize("slot", ["", "inte-en-tid", "00000000-0000-4000-8000-00000000aaaa", "0" * 5000])
def test_what_is_no_free_time_books_nothing(meetings: Meetings, slot: str) -> None:
    meetings.make()
    one = meetings.panel.sent[0]
    answer = submit(meetings.browser(), meetings.own_url(one), {"slot": slot}, "Boka tiden")
    assert answer.status_code in (409, 422)
    assert "Tiden hann bli upptagen" in answer.get_data(as_text=True) or "Välj en tid." in answer.get_data(as_text=True)
    assert meetings.booking(one) is None


def test_a_time_of_another_recruitment_is_no_time_of_theirs(meetings: Meetings, set_clock: Clock) -> None:
    set_clock("2026-12-01T10:00")
    elsewhere = meetings_of(meetings.world, set_clock)
    (foreign, *_rest) = elsewhere.make()
    with pytest.raises(TimeTaken):
        meetings.book(meetings.panel.sent[0], foreign)


def test_twice_the_same_changes_nothing(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    meetings.book(one, first)
    meetings.book(one, first)
    booked = meetings.booking(one)
    assert booked is not None and booked.sequence == 0
    assert len(meetings.letters(one.email, "bokad")) == 1


def test_who_is_not_called_has_no_such_page_nor_has_anybody_without_the_link(meetings: Meetings) -> None:
    meetings.make()
    uncalled = meetings.panel.sent[2]
    browser = meetings.browser()
    nowhere = browser.get("/ansokan/" + "A" * 24 + "/intervju")
    for path in (meetings.own_url(uncalled), meetings.own_url(uncalled) + "/mote.ics"):
        answer = browser.get(path)
        assert (answer.status_code, answer.data) == (404, nowhere.data)
    assert browser.post(meetings.own_url(uncalled), data={"do": "book"}).status_code in (400, 404)
    assert "intervju" not in meetings.browser().get(meetings.private_url(uncalled)).get_data(as_text=True).lower()


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_what_was_booked_is_free_when_the_application_is_taken_back(
    world: World, set_clock: Clock, employer: str
) -> None:
    meetings = meetings_of(world, set_clock, employer=employer)
    one, other, _ = meetings.panel.sent
    first, *_ = meetings.make()
    meetings.book(one, first)
    meetings.work()
    browser, own = meetings.browser(), meetings.own_url(one)
    submit(browser, f"{meetings.private_url(one)}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    meetings.work()
    freed = meetings.booking(one)
    assert freed is not None and freed.slot_id is None
    assert FIRST in browser.get(meetings.own_url(other)).get_data(as_text=True)
    gone = browser.get(own)
    assert gone.status_code == (303 if employer == "authority" else 404)
    assert len(meetings.letters("elof@example.se", "Inte längre bokad")) == 1
    meetings.work()
    assert len(meetings.letters("elof@example.se", "Inte längre bokad")) == 1


def test_after_the_outcome_nothing_is_booked(meetings: Meetings, set_clock: Clock) -> None:
    first, *_ = meetings.make()
    set_clock(AFTER_LAST_MINUTE)  # a hire waits for those who assess, or for their last minute
    for sent in meetings.panel.sent:
        decide(meetings.world, meetings.panel.ad, [sent], HIRED if sent is meetings.panel.sent[0] else NOT_FURTHER)
    proofread(meetings.world, meetings.panel.ad)
    assert release(meetings.world, meetings.panel.ad) is not None
    one, browser = meetings.panel.sent[0], meetings.browser()
    page = browser.get(meetings.own_url(one)).get_data(as_text=True)
    assert "Du har fått ett besked" in page and "Boka tiden" not in page
    assert "Välj en tid för mötet" not in meetings.browser().get(meetings.private_url(one)).get_data(as_text=True)
    page = browser.get("/logga-in").get_data(as_text=True)
    csrf = page.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    answer = browser.post(meetings.own_url(one), data={"csrf_token": csrf, "slot": str(first), "do": "book"})
    assert answer.status_code == 409
    assert "tillbakatagen eller avgjord" in answer.get_data(as_text=True)
    assert meetings.booking(one) is None


def test_each_step_of_a_booking_is_in_the_log_without_a_name(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    meetings.book(one, first)
    with meetings.world.acting(scope.PLATFORM) as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.verb.startswith("interview."))).all()
    assert [(line.actor.split(":")[0], line.verb) for line in lines] == [
        *[("person", "interview.time_made")] * 3,
        ("candidate", "interview.booked"),
    ]


@pytest.mark.counts
def test_the_candidates_page_asks_the_same_at_three_times_and_at_thirty(meetings: Meetings) -> None:
    browser, place = meetings.browser(), meetings.own_url(meetings.panel.sent[0])
    asked = []
    for hours in (range(10, 11), range(11, 20)):
        for hour in hours:
            meetings.make(hour=time(hour), minutes=15, count=3, pause=0)
        browser.get(place)
        with statements(meetings.world.app) as ran:
            assert browser.get(place).status_code == 200
        asked.append(ran.count)
    assert asked == [13, 13]


def test_a_time_at_which_nobody_of_the_panel_sits_any_more_is_not_offered(meetings: Meetings) -> None:
    world, one = meetings.world, meetings.panel.sent[0]
    (time_alone,) = meetings.make(world.elof, count=1)
    meetings.panel.name(world.gunnel)  # Elof has left the panel
    assert "Elof Rehnström" not in world.browser(world.kansli).get(meetings.url).get_data(as_text=True)
    assert "10.00–10.45" not in meetings.browser().get(meetings.own_url(one)).get_data(as_text=True)
    with pytest.raises(TimeTaken):
        meetings.book(one, time_alone)
