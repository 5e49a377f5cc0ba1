"""Mails about meetings: neutral to the candidate, without a name to the panel, each once, a reminder the day before."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import update

from portal import clock, scope
from portal.applications.models import Application
from portal.interviews import services
from portal.interviews.ical import OCTETS
from portal.jobs.services import announce
from portal.review.models import ConflictAnswer
from tests.applicants import send_applications
from tests.forms import submit
from tests.interviews.meetings import Meetings, meetings_of
from tests.world import World

Clock = Callable[[str], datetime]
TELLING = re.compile("intervju|interview|parti|region|sekreterare|secretary|party", re.IGNORECASE)


def test_no_mail_to_a_candidate_tells_of_party_ad_or_interview(meetings: Meetings, set_clock: Clock) -> None:
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    meetings.book(one, first)
    set_clock("2026-12-16T08:00")
    meetings.work()
    with meetings.panel.as_person(meetings.world.kansli) as (session, case):
        actor = meetings.panel.actor(meetings.world.kansli)
        services.remove_time(session, case=case, actor=actor, slot_id=first, at=clock.now())
    letters = meetings.letters(one.email)
    assert [letter.subject for letter in letters] == [
        "Välj en tid", "Din tid är bokad", "Påminnelse: din tid är 17 december 2026 kl. 10.00", "Din tid är inställd",
    ]  # fmt: skip
    for letter in letters:
        words = re.sub(r"http://localhost/\S+", "", letter.subject + letter.body)
        assert not TELLING.search(words), letter
        assert f"http://localhost/ansokan/{meetings.tokens[one.id]}/intervju" in letter.body
        assert one.name not in letter.subject + letter.body


def test_whoever_applied_in_english_is_written_to_in_english(meetings: Meetings, set_clock: Clock) -> None:
    one = meetings.panel.sent[0]
    with meetings.world.writing(scope.party(meetings.world.party)) as session:
        session.get_one(Application, one.id).language = "en"
    first, *_ = meetings.make()
    meetings.book(one, first)
    set_clock("2026-12-16T08:00")
    meetings.work()
    letters = meetings.letters(one.email)
    assert [letter.subject for letter in letters] == [
        "Choose a time", "Your time is booked", "Reminder: your time is 17 December 2026 at 10:00",
    ]  # fmt: skip
    assert all("?lang=en" in letter.body for letter in letters)
    assert "17\u00a0December\u00a02026 at 10:00" in letters[1].body
    page = meetings.browser().get(f"{meetings.own_url(one)}?lang=en").get_data(as_text=True)
    assert "Your time is booked." in page and "Change the time" in page and "tid är bokad" not in page


def test_the_reminder_comes_at_eight_the_day_before_once_and_not_for_a_time_that_was_moved(
    meetings: Meetings, set_clock: Clock
) -> None:
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    (later,) = meetings.make(day=datetime(2026, 12, 21).date(), count=1)  # noqa: DTZ001
    meetings.book(one, first)
    meetings.book(one, later)
    set_clock("2026-12-16T08:00")
    meetings.work()
    assert meetings.letters(one.email, "Påminnelse") == []
    set_clock("2026-12-20T07:59")
    meetings.work()
    assert meetings.letters(one.email, "Påminnelse") == []
    set_clock("2026-12-20T08:00")
    meetings.work()
    meetings.work()
    (reminder,) = meetings.letters(one.email, "Påminnelse")
    assert "21\u00a0december\u00a02026 kl.\u00a010.00" in reminder.body


@pytest.mark.parametrize("since", ["decided_at", "called_at"])
def test_whoever_has_had_their_word_or_is_called_no_more_is_reminded_of_nothing(
    meetings: Meetings, set_clock: Clock, since: str
) -> None:
    one = meetings.panel.sent[0]
    (slot,) = meetings.make(day=date(2026, 12, 21), count=1)
    meetings.book(one, slot)
    at = set_clock("2026-12-20T08:00")
    with meetings.world.writing(scope.party(meetings.world.party)) as session:
        row = session.get_one(Application, one.id)
        row.decided_at = at if since == "decided_at" else None
        row.called_at = row.called_at if since == "decided_at" else None
    meetings.work()
    assert meetings.letters(one.email, "Påminnelse") == []


def test_the_panel_is_told_of_each_change_by_those_who_have_no_jav(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    world = meetings.world
    first, second, _ = meetings.make()
    meetings.panel.declare(world.elof, one)
    meetings.book(one, first)
    meetings.work()
    meetings.work()
    (told,) = meetings.letters("gunnel@example.se", "Bokad tid")
    assert told.subject == "Bokad tid: torsdag 17 december kl. 10.00–10.45"
    assert one.name not in told.body and f"http://localhost{meetings.url}" in told.body
    assert meetings.letters("elof@example.se", "okad") == []
    meetings.book(one, second)
    meetings.work()
    assert len(meetings.letters("gunnel@example.se", "Bokad tid")) == 2
    assert [letter.subject for letter in meetings.letters("gunnel@example.se", "Inte längre bokad")] == [
        "Inte längre bokad: torsdag 17 december kl. 10.00–10.45"
    ]


def test_an_assessor_who_has_applied_is_mailed_of_nobodys_meeting(meetings: Meetings) -> None:
    world, one = meetings.world, meetings.panel.sent[0]
    first, second, _ = meetings.make()
    meetings.book(one, first)
    meetings.work()
    before = len(meetings.letters("gunnel@example.se"))
    send_applications(world, meetings.panel.ad, 1, start=7, late=True, emails=("gunnel@example.se",))
    assert world.browser(world.gunnel).get(meetings.url).status_code == 404
    meetings.book(one, second)
    meetings.work()
    assert len(meetings.letters("gunnel@example.se")) == before
    assert [len(meetings.letters("elof@example.se", what)) for what in ("Bokad tid", "Inte längre bokad")] == [2, 1]


def test_whoever_has_come_to_have_jav_is_mailed_nothing_more_of_the_meeting(meetings: Meetings) -> None:
    world, (one, other, _) = meetings.world, meetings.panel.sent
    first, second, third = meetings.make()
    meetings.book(one, first)
    meetings.book(other, third)
    meetings.work()
    answered = update(ConflictAnswer).where(
        ConflictAnswer.application_id == one.id, ConflictAnswer.panel_member_id == meetings.member(world.gunnel)
    )
    with world.writing(scope.party(world.party)) as session:
        session.execute(answered.values(has_conflict=True, ground="narstaende"))
    before = len(meetings.letters("gunnel@example.se"))
    meetings.book(one, second)
    meetings.work()
    assert len(meetings.letters("gunnel@example.se")) == before
    meetings.book(other, first)
    meetings.work()
    subjects = [letter.subject for letter in meetings.letters("gunnel@example.se")[before:]]
    assert [subject.split(":")[0] for subject in sorted(subjects)] == ["Bokad tid", "Inte längre bokad"]


def test_who_is_called_after_the_times_were_made_is_asked_to_choose(world: World, set_clock: Clock) -> None:
    meetings = meetings_of(world, set_clock, called=1)
    meetings.make()
    meetings.call(meetings.panel.sent[1])
    assert len(meetings.letters(meetings.panel.sent[1].email, "Välj en tid")) == 1


def test_who_is_called_before_there_are_times_is_asked_for_references(meetings: Meetings) -> None:
    private = meetings.browser().get(f"{meetings.private_url(meetings.panel.sent[0])}")
    assert "Lämna referenser inför mötet" in private.get_data(as_text=True)
    page = meetings.browser().get(meetings.own_url(meetings.panel.sent[0])).get_data(as_text=True)
    assert "Just nu finns det ingen ledig tid" in page


def test_the_candidates_calendar_says_a_meeting_and_no_more(meetings: Meetings) -> None:
    one, browser = meetings.panel.sent[0], meetings.browser()
    first, second, _ = meetings.make()
    address = f"{meetings.own_url(one)}/mote.ics"
    assert browser.get(address).status_code == 404  # nothing is booked
    meetings.book(one, first)
    answer = browser.get(address)
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    file = answer.data.decode().replace("\r\n ", "")
    assert "SUMMARY:Möte\r\n" in file and "SEQUENCE:0" in file and "METHOD:PUBLISH" in file
    assert "DTSTART;TZID=Europe/Stockholm:20261217T100000" in file and "LOCATION:Rådhuset\\, rum 3" in file
    assert not TELLING.search(re.sub(r"http://localhost/\S+|PRODID\S*.*", "", file))
    assert all(len(line) <= OCTETS for line in answer.data.split(b"\r\n"))
    uid = re.findall("UID:(.*)\r", file)
    meetings.book(one, second)
    moved = browser.get(address).data.decode()
    assert "SEQUENCE:1" in moved and re.findall("UID:(.*)\r", moved) == uid
    submit(browser, meetings.own_url(one), {"wish": "Hellre på fredag."}, "Be om en annan tid")
    off = browser.get(address).data.decode()
    assert "METHOD:CANCEL" in off and "SEQUENCE:2" in off and re.findall("UID:(.*)\r", off) == uid


def test_the_panels_calendar_has_initials_alone(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]  # Elin Forsvik
    first, *_ = meetings.make()
    meetings.book(one, first)
    file = meetings.world.browser(meetings.world.elof).get(f"{meetings.card_url(one)}/mote.ics").data.decode()
    assert "SUMMARY:Intervju E.F.\r\n" in file and "Forsvik" not in file


@pytest.mark.parametrize("tail", ["", "/mote.ics"])
def test_a_token_of_another_candidate_shows_their_own_page_alone(meetings: Meetings, tail: str) -> None:
    one, other, _ = meetings.panel.sent
    first, second, _ = meetings.make()
    meetings.book(one, first)
    meetings.book(other, second)
    theirs = meetings.browser().get(meetings.own_url(other) + tail).data.decode()
    assert "11.00" in theirs or "T110000" in theirs
    assert "10.00–" not in theirs and "T100000" not in theirs


@pytest.mark.parametrize("met", [False, True])
def test_what_is_still_to_come_when_the_recruitment_ends_is_freed_and_the_panel_is_told(
    meetings: Meetings, set_clock: Clock, met: bool
) -> None:
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    meetings.book(one, first)
    meetings.work()
    assert len(meetings.letters("gunnel@example.se", "Bokad tid")) == 1
    if met:
        set_clock("2026-12-17T12:00")
    for _again in range(2):
        with meetings.world.writing(scope.party(meetings.world.party)) as session:
            announce(session, "recruitment.ended", subject_id=meetings.panel.ad.id, at=clock.now())
        meetings.work()
    booking = meetings.booking(one)
    assert booking is not None and (booking.slot_id is None) is not met
    told = [one.subject for one in meetings.letters("gunnel@example.se") if "okad" in one.subject]
    assert len(told) == (1 if met else 2)
    assert len(meetings.letters(one.email, "inställd")) == (0 if met else 1), "whose last mail says that it is booked"


def test_the_reminder_tells_the_day_so_that_it_is_true_whenever_it_comes(meetings: Meetings, set_clock: Clock) -> None:
    one = meetings.panel.sent[0]
    (slot,) = meetings.make(day=date(2026, 12, 21), count=1)
    meetings.book(one, slot)
    set_clock("2026-12-21T08:15")  # the worker was away the day before
    meetings.work()
    (reminder,) = meetings.letters(one.email, "Påminnelse")
    assert reminder.subject == "Påminnelse: din tid är 21 december 2026 kl. 10.00"


def test_the_panel_is_told_nothing_of_a_time_that_has_been(meetings: Meetings, set_clock: Clock) -> None:
    """A worker that comes late says of no meeting that it is booked when it is over."""
    one = meetings.panel.sent[0]
    meetings.book(one, meetings.make()[0])
    set_clock("2026-12-17T11:00")
    meetings.work()
    assert [mail for to in ("gunnel", "elof") for mail in meetings.letters(f"{to}@example.se", "tid")] == []


@pytest.mark.parametrize(("at", "may_move"), [("2026-12-16T09:55", True), ("2026-12-16T10:01", False)])
def test_a_time_that_is_booked_within_its_last_day_is_not_said_to_be_changed(
    meetings: Meetings, set_clock: Clock, at: str, may_move: bool
) -> None:
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    set_clock(at)
    meetings.book(one, first)
    (mail,) = meetings.letters(one.email, "Din tid är bokad")
    assert ("byta den till och med ett dygn före" in mail.body) is may_move
    assert ("mindre än ett dygn kvar, så den går inte att byta där" in mail.body) is not may_move
