"""Who of the panel sits at a time: whoever has left the party, or whose account is shut, meets nobody from then on, and
whoever has jäv for a candidate does not meet that one."""

from collections.abc import Callable
from datetime import datetime, time
from uuid import UUID

import pytest

from portal import clock, scope
from portal.accounts.models import Person
from portal.interviews.refusals import TimeTaken
from portal.organisations.models import Membership
from tests.interviews.meetings import Meetings
from tests.world import World

Clock = Callable[[str], datetime]
ELOF, NOBODY = "Elof Rehnström", "Ingen är kvar i panelen"


def leave_party(world: World, person: UUID) -> None:
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Membership, world.memberships[person]).ended_at = clock.now()


def disable(world: World, person: UUID) -> None:
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Person, person).disabled_at = clock.now()


@pytest.mark.parametrize("leaves", [leave_party, disable])
def test_a_time_of_one_who_has_left_the_party_is_offered_to_nobody(
    meetings: Meetings, leaves: Callable[[World, UUID], None]
) -> None:
    world, one, late = meetings.world, meetings.panel.sent[0], meetings.panel.sent[2]
    (alone,) = meetings.make(world.elof, count=1)
    assert "10.00–10.45" in meetings.browser().get(meetings.own_url(one)).get_data(as_text=True)
    leaves(world, world.elof)
    shown = world.browser(world.kansli).get(meetings.url).get_data(as_text=True)
    assert shown.count(ELOF) == 0 and shown.count(NOBODY) == 1
    assert "10.00–10.45" not in meetings.browser().get(meetings.own_url(one)).get_data(as_text=True)
    with pytest.raises(TimeTaken):
        meetings.book(one, alone)
    meetings.call(late)
    assert meetings.letters(late.email, "Välj") == [], "there is nothing to choose"


def test_of_a_booked_time_that_nobody_is_left_at_the_office_is_told(meetings: Meetings) -> None:
    world, one = meetings.world, meetings.panel.sent[0]
    (alone,), _both = meetings.make(world.elof, count=1), meetings.make(world.gunnel, hour=time(13), count=1)
    meetings.book(one, alone)
    office = world.browser(world.kansli)
    assert NOBODY not in office.get(meetings.url).get_data(as_text=True)
    leave_party(world, world.elof)
    shown = office.get(meetings.url).get_data(as_text=True)
    assert shown.count(NOBODY) == 1 and "Gunnel Sundvall" in shown


def test_a_meeting_that_has_been_keeps_whoever_sat_in_it(meetings: Meetings, set_clock: Clock) -> None:
    world, one = meetings.world, meetings.panel.sent[0]
    (alone,) = meetings.make(world.elof, count=1)
    meetings.book(one, alone)
    set_clock("2026-12-18T10:00")
    leave_party(world, world.elof)
    shown = world.browser(world.kansli).get(meetings.url).get_data(as_text=True)
    assert ELOF in shown and NOBODY not in shown


def test_a_time_of_those_alone_who_have_jav_for_a_candidate_is_offered_to_the_others(meetings: Meetings) -> None:
    world, (one, other, late) = meetings.world, meetings.panel.sent
    (alone,) = meetings.make(world.elof, count=1)
    meetings.panel.declare(world.elof, one, late)
    assert "10.00–10.45" not in meetings.browser().get(meetings.own_url(one)).get_data(as_text=True)
    with pytest.raises(TimeTaken):
        meetings.book(one, alone)
    assert "10.00–10.45" in meetings.browser().get(meetings.own_url(other)).get_data(as_text=True)
    meetings.call(late)
    assert meetings.letters(late.email, "Välj") == [], "for them there is nothing to choose"
    before = len(meetings.letters(other.email, "Välj"))
    meetings.make(world.elof, hour=time(15), count=1)
    assert meetings.letters(late.email, "Välj") == [] and len(meetings.letters(other.email, "Välj")) == before + 1
    meetings.make(world.gunnel, world.elof, hour=time(13), count=1)
    assert "13.00–13.45" in meetings.browser().get(meetings.own_url(one)).get_data(as_text=True), "with Gunnel"


def test_of_a_booked_time_at_which_all_have_come_to_have_jav_who_arranges_is_told(meetings: Meetings) -> None:
    world, one = meetings.world, meetings.panel.sent[0]
    alone, _free = meetings.make(world.elof, count=2)
    meetings.book(one, alone)
    office, elof, said = world.browser(world.kansli), world.browser(world.elof), "Ingen som är med får hålla mötet"
    assert said not in office.get(meetings.url).get_data(as_text=True)
    meetings.panel.declare(world.elof, one)
    assert office.get(meetings.url).get_data(as_text=True).count(said) == 1
    assert said not in elof.get(meetings.url).get_data(as_text=True), (
        "whose jäv it is learns nothing of whose time it is"
    )
