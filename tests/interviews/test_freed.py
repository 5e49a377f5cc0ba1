"""A time that becomes free is told of to whoever was promised a letter; who has their word already is asked for nothing."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from portal import clock, scope
from portal.ads.services.publishing import withdraw_ad
from portal.applications.models import Application
from portal.applications.services.withdrawing import withdraw_application
from portal.db import db, unit_of_work
from portal.interviews import services
from portal.interviews.queries.slots import offered_to
from portal.interviews.refusals import RecruitmentOver
from tests.applicants import Sent
from tests.decisions.recruiting import HIRED, NOT_FURTHER, decide, knows_nobody, proofread, release
from tests.interviews.meetings import Meetings, meetings_of
from tests.world import World

Clock = Callable[[str], datetime]
TO_CHOOSE = "Välj en tid"


def decline(meetings: Meetings, sent: Sent) -> None:
    """None of the times suits; a booked one is given up, and the worker makes its round."""
    give_up(meetings, sent)
    meetings.work()


def give_up(meetings: Meetings, sent: Sent) -> None:
    """The same before the worker has been at it."""
    with meetings.world.app.test_request_context():
        scope.act_for(db.session, scope.candidate(sent.id))
        offered = offered_to(db.session, db.session.get_one(Application, sent.id))
        with unit_of_work() as session:
            services.decline_times(
                session, application_id=sent.id, offered=offered, text="Hellre en annan dag", at=clock.now()
            )


def take_back(meetings: Meetings, sent: Sent) -> None:
    with meetings.world.writing(scope.candidate(sent.id)) as session:
        withdraw_application(session, application_id=sent.id, at=clock.now())


def told(meetings: Meetings, sent: Sent) -> int:
    return len(meetings.letters(sent.email, TO_CHOOSE))


def one_time_for_two(world: World, set_clock: Clock) -> Meetings:
    """Two are called, there is one time, and the first books it."""
    meetings = meetings_of(world, set_clock, called=2)
    (only,) = meetings.make(count=1)
    meetings.work()
    meetings.book(meetings.panel.sent[0], only)
    meetings.work()
    return meetings


@pytest.mark.parametrize("how", ["another day", "withdrawn", "wished"])
def test_whoever_waits_for_a_time_is_told_when_one_becomes_free(world: World, set_clock: Clock, how: str) -> None:
    meetings = one_time_for_two(world, set_clock)
    has, waits = meetings.panel.sent[:2]
    if how == "wished":
        decline(meetings, waits)
    before, own = told(meetings, waits), told(meetings, has)
    if how == "withdrawn":
        take_back(meetings, has)
        meetings.work()
    else:
        decline(meetings, has)
    assert told(meetings, waits) == before + 1
    assert told(meetings, has) == own, "who gave it up knows of it"
    meetings.work()
    assert told(meetings, waits) == before + 1


@pytest.mark.parametrize("first", [give_up, take_back])
@pytest.mark.parametrize("other", [give_up, take_back])
def test_where_two_become_free_before_the_worker_has_been_at_it_whoever_waits_is_told_once(
    world: World, set_clock: Clock, first: Callable[..., None], other: Callable[..., None]
) -> None:
    meetings = meetings_of(world, set_clock, called=3)
    one, two, waits = meetings.panel.sent
    for sent, time in zip((one, two), meetings.make(count=2), strict=True):
        meetings.work()
        meetings.book(sent, time)
    meetings.work()
    before = told(meetings, waits)
    first(meetings, one)
    other(meetings, two)
    meetings.work()
    assert told(meetings, waits) == before + 1


def test_a_time_that_is_freed_a_second_time_is_told_of_a_second_time(world: World, set_clock: Clock) -> None:
    meetings = one_time_for_two(world, set_clock)
    one, other = meetings.panel.sent[:2]
    decline(meetings, one)
    first = told(meetings, other)
    (only,) = meetings.slots()
    meetings.book(other, only)
    meetings.work()
    before = told(meetings, one)
    set_clock((clock.now() + timedelta(hours=1)).isoformat())
    decline(meetings, other)
    assert (told(meetings, one), told(meetings, other)) == (before + 1, first)


def test_where_there_are_other_times_to_choose_nobody_is_told_of_one_more(world: World, set_clock: Clock) -> None:
    meetings = meetings_of(world, set_clock, called=2)
    first, *_ = meetings.make(count=3)
    meetings.work()
    meetings.book(meetings.panel.sent[0], first)
    meetings.work()
    before = told(meetings, meetings.panel.sent[1])
    decline(meetings, meetings.panel.sent[0])
    assert told(meetings, meetings.panel.sent[1]) == before


def test_a_time_taken_away_from_one_who_has_their_word_asks_them_for_nothing(world: World, set_clock: Clock) -> None:
    meetings = meetings_of(world, set_clock, called=2)
    panel, one = meetings.panel, meetings.panel.sent[0]
    first, *_ = meetings.make(count=3)
    meetings.book(one, first)
    meetings.work()
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)
    decide(world, panel.ad, panel.sent[:1], HIRED)
    proofread(world, panel.ad)
    release(world, panel.ad, offer=True)
    meetings.work()
    booking = meetings.booking(one)
    assert booking is not None and booking.slot_id is None, "who is offered the post is met no more"
    assert "STATUS:CANCELLED" in meetings.browser().get(f"{meetings.own_url(one)}/mote.ics").get_data(as_text=True)
    with panel.as_person(world.kansli) as (session, case):
        services.remove_time(session, case=case, actor=panel.actor(world.kansli), slot_id=first, at=clock.now())
    (letter,) = meetings.letters(one.email, "inställd")
    assert "Välj" not in letter.body and "nya tider" not in letter.body and "Din egen sida:" in letter.body
    page = meetings.browser().get(meetings.own_url(one)).get_data(as_text=True)
    assert "Du har fått ett besked, så det finns ingen tid att boka." in page
    assert "Tiden som du hade bokat gäller inte längre." in page and "Lägg in i kalendern" not in page


def test_no_card_is_written_once_everybody_has_their_word_of_an_ad_that_was_taken_back(
    meetings: Meetings,
) -> None:
    world, panel = meetings.world, meetings.panel
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=panel.ad.id, person_id=world.kansli, at=clock.now())
    knows_nobody(world, panel.ad)
    card = meetings.card_url(panel.sent[0])
    assert ">Lämna in kortet<" in world.browser(world.gunnel).get(card).get_data(as_text=True)
    decide(world, panel.ad, panel.sent, NOT_FURTHER)
    proofread(world, panel.ad)
    release(world, panel.ad)
    meetings.work()
    assert ">Lämna in kortet<" not in world.browser(world.gunnel).get(card).get_data(as_text=True)
    with pytest.raises(RecruitmentOver), panel.as_person(world.gunnel) as (session, case):
        services.save_mark(
            session, case=case, application_id=panel.sent[0].id, criterion_id=panel.ad.criteria[0], value=(2, None),
            note="Efteråt", at=clock.now(),
        )  # fmt: skip
