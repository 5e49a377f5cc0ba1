"""The office and who leads make times and take them away; who has jäv sees a taken time and no more."""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.interviews import services
from portal.interviews.models import InterviewSlot
from portal.interviews.refusals import NotOpenToYou, Overlapping, RecruitmentOver, TimeOver
from tests.counting import statements
from tests.decisions.recruiting import NOT_FURTHER, decide, proofread, release
from tests.forms import submit
from tests.interviews.meetings import Meetings, meetings_of
from tests.interviews.test_cards import fill, hand_in
from tests.world import World

Clock = Callable[[str], datetime]


def fields(meetings: Meetings, **changes: Any) -> dict[str, Any]:
    """The form of times filled in."""
    members = [str(meetings.member(person)) for person in meetings.panel.people]
    return {
        "day": "2026-12-17", "hour": "10.00", "minutes": "45", "count": "3", "pause": "15",
        "place": "Rådhuset, rum 3", "members": members, **changes,
    }  # fmt: skip


def test_three_times_in_a_row_with_a_pause_are_made_at_once(meetings: Meetings) -> None:
    office = meetings.world.browser(meetings.world.kansli)
    assert submit(office, meetings.url, fields(meetings), "Lägg upp tiderna").status_code == 303
    page = office.get(meetings.url).get_data(as_text=True)
    for words in ("10.00–10.45", "11.00–11.45", "12.00–12.45", "Gunnel Sundvall, Elof Rehnström", "Rådhuset, rum 3"):
        assert words in page
    assert page.count("Ledig") == 3
    for sent in meetings.panel.sent[:2]:
        assert [letter.subject for letter in meetings.letters(sent.email, "Välj")] == ["Välj en tid"]
    assert meetings.letters(meetings.panel.sent[2].email, "Välj") == []


def test_who_leads_makes_times_and_another_assessor_does_not(meetings: Meetings) -> None:
    leader, other = (meetings.world.browser(person) for person in meetings.panel.people)
    assert submit(leader, meetings.url, fields(meetings, count="1"), "Lägg upp tiderna").status_code == 303
    page = other.get(meetings.url).get_data(as_text=True)
    assert "Lägg upp tider" not in page and "Ta bort" not in page
    (slot,) = meetings.slots()
    token = other.get("/konto").get_data(as_text=True).split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    for path in (meetings.url, f"{meetings.url}/tid/{slot}/ta-bort"):
        assert other.post(path, data={"csrf_token": token}).status_code == 404
    assert meetings.slots() == [slot]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"day": "2026-12-13"}, "har redan varit"),
        ({"day": "2025-12-22"}, "Måndag 22 december 2025 kl."),  # a wrong year, which is to be seen
        ({"day": "2026-12-14", "hour": "09.59"}, "har redan varit"),
        ({"day": "2028-01-10"}, "mer än ett år bort"),
        ({"day": ""}, "Välj dagen"),
        ({"day": "2027-02-31"}, "är inget datum"),
        ({"day": "2027-03-28", "hour": "02.30"}, "finns inte den dagen"),
        ({"day": "2027-10-31", "hour": "02.30"}, "kommer två gånger"),
        ({"hour": "25.00"}, "Skriv klockslaget som 13.30."),
        ({"hour": "x" * 100_000}, "får vara högst"),
        ({"minutes": "14"}, "15 till 180"),
        ({"minutes": "181"}, "15 till 180"),
        ({"count": "0"}, "1 till 12"),
        ({"count": "13"}, "1 till 12"),
        ({"pause": "-1"}, "Skriv ett helt tal"),
        ({"pause": "121"}, "0 till 120"),
        ({"place": "  "}, "Skriv var ni ses"),
        ({"place": "å" * 301}, "får vara högst"),
        ({"members": []}, "Välj minst en från panelen"),
    ],
)
def test_what_cannot_be_is_told_beside_its_field_and_nothing_is_made(
    meetings: Meetings, changes: dict[str, Any], said: str
) -> None:
    office = meetings.world.browser(meetings.world.kansli)
    answer = submit(office, meetings.url, fields(meetings, **changes), "Lägg upp tiderna")
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    assert meetings.slots() == []


def test_a_stranger_to_the_panel_takes_no_part(meetings: Meetings) -> None:
    office = meetings.world.browser(meetings.world.kansli)
    for stranger in (str(meetings.world.rival_kansli), "nobody", "0" * 3000):
        answer = submit(office, meetings.url, fields(meetings, members=[stranger]), "Lägg upp tiderna")
        assert answer.status_code == 422
        assert "Välj minst en från panelen" in answer.get_data(as_text=True)
    assert meetings.slots() == []


def test_nobody_of_the_panel_sits_in_two_meetings_at_once_also_of_two_recruitments(
    meetings: Meetings, set_clock: Clock
) -> None:
    world = meetings.world
    meetings.make(world.gunnel, count=1)
    with pytest.raises(Overlapping, match="Gunnel Sundvall har redan en tid torsdag"):
        meetings.make(hour=time(10, 44), count=1)
    meetings.make(world.elof, count=1)  # the other is free
    meetings.make(world.gunnel, hour=time(10, 45), count=1)  # right after
    set_clock("2026-12-01T10:00")
    elsewhere = meetings_of(world, set_clock)
    with pytest.raises(Overlapping):
        elsewhere.make(world.gunnel, hour=time(9, 30), count=2)
    assert len(meetings.slots()) == 3
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, meetings.panel.ad.id).state = AdState.ENDED
    elsewhere.make(world.gunnel, hour=time(9, 30), count=2)  # nobody meets in a recruitment that is over


def test_a_time_of_impossible_length_is_refused_by_the_database(meetings: Meetings) -> None:
    (id, *_) = meetings.make()
    for minutes in (14, 181, 0, -5):
        with pytest.raises(IntegrityError), meetings.world.writing(scope.party(meetings.world.party)) as session:
            session.get_one(InterviewSlot, id).minutes = minutes


def test_to_whom_has_jav_a_booked_time_is_taken_and_no_more(world: World, set_clock: Clock) -> None:
    meetings = meetings_of(world, set_clock)
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    meetings.book(one, first)
    meetings.panel.declare(world.elof, one)
    meetings.panel.declare(world.gunnel, one)  # who leads
    for person in (world.elof, world.gunnel):
        browser = world.browser(person)
        page = browser.get(meetings.url).get_data(as_text=True)
        assert "Upptagen tid" in page
        assert one.name not in page and str(one.id) not in page
        for path in (
            meetings.card_url(one),
            f"{meetings.card_url(one)}/mote.ics",
            f"{meetings.card_url(one)}/referenser",
        ):
            assert browser.get(path).status_code == 404
        assert "Intervju kl." not in browser.get("/arbete").get_data(as_text=True)
    with meetings.panel.as_person(world.gunnel) as (session, case), pytest.raises(NotOpenToYou):
        services.remove_time(
            session, case=case, actor=meetings.panel.actor(world.gunnel), slot_id=first, at=clock.now()
        )
    assert one.name in world.browser(world.kansli).get(meetings.url).get_data(as_text=True)


def test_names_of_those_who_are_not_called_are_on_no_page_of_interviews(meetings: Meetings) -> None:
    first, *_ = meetings.make()
    meetings.book(meetings.panel.sent[0], first)
    uncalled = meetings.panel.sent[2]
    for person in (meetings.world.kansli, *meetings.panel.people):
        browser = meetings.world.browser(person)
        for path in (meetings.url, f"{meetings.url}/guide", meetings.card_url(meetings.panel.sent[0])):
            page = browser.get(path).get_data(as_text=True)
            assert uncalled.name not in page and str(uncalled.id) not in page
        assert browser.get(meetings.card_url(uncalled)).status_code == 404


def test_a_time_taken_away_is_told_to_whoever_had_it_who_chooses_anew(meetings: Meetings) -> None:
    one, world = meetings.panel.sent[0], meetings.world
    first, *_ = meetings.make()
    meetings.book(one, first)
    meetings.work()
    office = world.browser(world.kansli)
    remove = f"{meetings.url}/tid/{first}/ta-bort"
    token = office.get(meetings.url).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    assert office.post(remove, data={"csrf_token": token}).status_code == 303
    twice = office.post(remove, data={"csrf_token": token, "marks": ""})
    assert twice.status_code == 409 and "Tiden är redan borttagen" in twice.get_data(as_text=True)
    assert "Lägg upp tider" in twice.get_data(as_text=True), "with the times that are left"
    assert len(meetings.slots()) == 2
    freed = meetings.booking(one)
    assert freed is not None and (freed.slot_id, freed.sequence) == (None, 1)
    assert [letter.subject for letter in meetings.letters(one.email)][-2:] == [
        "Din tid är bokad", "Din tid är inställd",
    ]  # fmt: skip
    assert len(meetings.letters("gunnel@example.se", "Inte längre bokad")) == 1
    assert "Välj en tid för mötet" in meetings.browser().get(meetings.private_url(one)).get_data(as_text=True)


def test_a_time_of_another_recruitment_or_party_is_not_there(meetings: Meetings, set_clock: Clock) -> None:
    (slot, *_) = meetings.make()
    rival = meetings.world.browser(meetings.world.rival_kansli)
    token = rival.get("/konto").get_data(as_text=True).split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    assert rival.get(meetings.url).status_code == 404
    assert rival.post(f"{meetings.url}/tid/{slot}/ta-bort", data={"csrf_token": token}).status_code == 404
    set_clock("2026-12-01T10:00")
    elsewhere = meetings_of(meetings.world, set_clock)
    office = meetings.world.browser(meetings.world.kansli)
    token = (
        office.get("/konto").get_data(as_text=True).split('name="csrf_token" type="hidden" value="')[1].split('"')[0]
    )
    for more, status in (({}, 404), ({"marks": ""}, 409)):
        data = {"csrf_token": token, **more}
        answers = [office.post(f"{elsewhere.url}/tid/{id}/ta-bort", data=data) for id in (slot, uuid4())]
        assert [one.status_code for one in answers] == [status, status], "no other answer than for one that never was"
    assert slot in meetings.slots()


def test_after_the_end_no_times_are_made(meetings: Meetings) -> None:
    decide(meetings.world, meetings.panel.ad, meetings.panel.sent, NOT_FURTHER)
    proofread(meetings.world, meetings.panel.ad)
    assert release(meetings.world, meetings.panel.ad) is not None
    with pytest.raises(RecruitmentOver):
        meetings.make()
    office = meetings.world.browser(meetings.world.kansli)
    assert "Lägg upp tider" not in office.get(meetings.url).get_data(as_text=True)


@pytest.mark.counts
def test_the_page_of_times_asks_the_same_at_three_times_and_at_thirty(meetings: Meetings) -> None:
    office, asked = meetings.world.browser(meetings.world.kansli), []
    for days in (range(17, 18), range(18, 27)):
        for day in days:
            meetings.make(day=date(2026, 12, day))
        office.get(meetings.url)
        with statements(meetings.world.app) as ran:
            assert office.get(meetings.url).status_code == 200
        asked.append(ran.count)
    assert asked == [13, 13]


def test_the_start_page_has_the_meeting_on_its_day_without_a_name(meetings: Meetings) -> None:
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    meetings.book(one, first)
    page = meetings.world.browser(meetings.world.elof).get("/arbete").get_data(as_text=True)
    assert "Intervju kl. 10.00–10.45" in page and "Rådhuset, rum 3" in page and one.name not in page


def test_who_has_left_a_panel_is_free_in_another(meetings: Meetings, set_clock: Clock) -> None:
    world = meetings.world
    meetings.make(world.elof, count=1)
    meetings.panel.name(world.gunnel)
    set_clock("2026-12-01T10:00")
    elsewhere = meetings_of(world, set_clock)
    assert len(elsewhere.make(world.elof, count=1)) == 1


def remove(meetings: Meetings, slot_id: UUID) -> None:
    kansli = meetings.world.kansli
    with meetings.panel.as_person(kansli) as (session, case):
        services.remove_time(session, case=case, actor=meetings.panel.actor(kansli), slot_id=slot_id, at=clock.now())


def test_whoever_fell_ill_on_the_day_chooses_another(meetings: Meetings, set_clock: Clock) -> None:
    one = meetings.panel.sent[0]
    missed, free = meetings.make(count=2)
    meetings.book(one, missed)
    set_clock("2026-12-17T15:00")  # nobody came at ten
    office = meetings.world.browser(meetings.world.kansli)
    assert office.get(meetings.url).get_data(as_text=True).count("Mötet blev inte av") == 1, "of the booked one alone"
    with pytest.raises(TimeOver):
        remove(meetings, free)
    assert (
        submit(office, meetings.url, {}, "Ja, det blev inte av torsdag 17 december kl. 10.00–10.45").status_code == 303
    )
    (another,) = meetings.make(day=date(2026, 12, 21), count=1)
    meetings.book(one, another)
    booking = meetings.booking(one)
    assert booking is not None and booking.slot_id == another


def test_a_meeting_that_came_off_is_not_taken_away(meetings: Meetings, set_clock: Clock) -> None:
    one = meetings.panel.sent[0]
    (slot,) = meetings.make(count=1)
    meetings.book(one, slot)
    set_clock("2026-12-17T15:00")
    fill(meetings, meetings.world.gunnel)
    hand_in(meetings, meetings.world.gunnel)
    office = meetings.world.browser(meetings.world.kansli)
    assert "Mötet blev inte av" not in office.get(meetings.url).get_data(as_text=True)
    with pytest.raises(TimeOver):
        remove(meetings, slot)
