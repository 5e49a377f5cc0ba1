"""An ad is withdrawn when there are times: they hold the panel as long as somebody who is called may be met, no longer."""

from collections.abc import Callable
from datetime import datetime, time

import pytest

from portal import clock, scope
from portal.ads.services.publishing import withdraw_ad
from portal.applications.models import Application
from portal.interviews.refusals import Overlapping
from tests.decisions.recruiting import NOT_FURTHER, decide, knows_nobody, proofread, release
from tests.interviews.meetings import Meetings, meetings_of
from tests.world import World

Clock = Callable[[str], datetime]


def withdraw(meetings: Meetings) -> None:
    world = meetings.world
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=meetings.panel.ad.id, person_id=world.kansli, at=clock.now())


def elsewhere(meetings: Meetings, set_clock: Clock) -> Meetings:
    """Another recruitment with the same panel."""
    set_clock("2026-12-01T10:00")
    return meetings_of(meetings.world, set_clock)


def test_its_times_hold_nobody_once_everybody_has_had_their_word(meetings: Meetings, set_clock: Clock) -> None:
    world, ad = meetings.world, meetings.panel.ad
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    meetings.book(one, first)
    meetings.work()
    withdraw(meetings)
    knows_nobody(world, ad)
    decide(world, ad, meetings.panel.sent, NOT_FURTHER)
    proofread(world, ad)
    assert release(world, ad) == len(meetings.panel.sent)
    meetings.work()
    booking = meetings.booking(one)
    assert booking is not None and booking.slot_id is None
    told = [letter.subject for letter in meetings.letters("gunnel@example.se") if "okad" in letter.subject]
    assert len(told) == 2, "that it was booked, and that it is off"
    elsewhere(meetings, set_clock).make(world.gunnel, hour=time(10), count=3)


def test_its_times_hold_nobody_where_nobody_is_called(world: World, set_clock: Clock) -> None:
    meetings = meetings_of(world, set_clock, called=0)
    meetings.make()
    withdraw(meetings)
    assert len(elsewhere(meetings, set_clock).make(world.gunnel, hour=time(10), count=3)) == 3


@pytest.mark.parametrize("goes", [False, True])
def test_they_hold_as_long_as_somebody_called_waits_for_word(meetings: Meetings, set_clock: Clock, goes: bool) -> None:
    first, *_ = meetings.make()
    meetings.book(meetings.panel.sent[0], first)
    withdraw(meetings)
    other = elsewhere(meetings, set_clock)
    if goes:
        with meetings.world.writing(scope.party(meetings.world.party)) as session:
            for one in meetings.panel.sent[:2]:
                session.get_one(Application, one.id).state = "withdrawn"
        other.make(meetings.world.gunnel, hour=time(10), count=3)
        return
    with pytest.raises(Overlapping):
        other.make(meetings.world.gunnel, hour=time(10), count=3)
