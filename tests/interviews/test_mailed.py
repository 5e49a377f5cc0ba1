"""The office sees of each mail about a meeting that it was taken by the server, opened by the link and answered."""

from portal import clock
from portal.interviews import services
from portal.interviews.queries.mailed import mails_of
from tests.applicants import Sent
from tests.interviews.meetings import Meetings, meetings_of
from tests.interviews.test_freed import decline, one_time_for_two
from tests.privacy.candidates import Clock
from tests.world import World


def test_each_mail_tells_what_became_of_it_to_whoever_arranges(world: World, set_clock: Clock) -> None:
    made = meetings_of(world, set_clock)
    one, times = made.panel.sent[0], made.make()
    made.work()
    with made.panel.as_person(world.kansli) as (session, _case):
        (invited,) = mails_of(session, [one.id])[one.id]
    assert (invited.what, invited.opened_at, invited.answered_at) == ("Tider att välja på", None, None)
    set_clock("2026-12-14T12:00")
    assert made.browser().get(made.own_url(one)).status_code == 200
    made.book(one, times[0])
    made.work()
    with made.panel.as_person(world.kansli) as (session, _case):
        invited, booked = mails_of(session, [one.id])[one.id]
    assert invited.opened_at is not None and invited.answered_at is not None
    assert booked.what == "Den bokade tiden"
    page = world.browser(world.kansli).get(made.url).get_data(as_text=True)
    assert "Tider att välja på" in page and "Svar kom" in page
    assert "Tider att välja på" not in world.browser(world.elof).get(made.url).get_data(as_text=True)


def listed(made: Meetings, sent: Sent) -> list[str]:
    """What the office reads has been sent to a candidate."""
    with made.panel.as_person(made.world.kansli) as (session, _case):
        return [one.what for one in mails_of(session, [sent.id])[sent.id]]


def test_a_mail_stays_in_the_list_when_the_time_that_it_told_of_is_taken_away(world: World, set_clock: Clock) -> None:
    made = meetings_of(world, set_clock, called=1)
    one, times = made.panel.sent[0], made.make()
    made.work()
    before = listed(made, one)
    assert before == ["Tider att välja på"]
    with made.panel.as_person(world.kansli) as (session, case):
        actor = made.panel.actor(world.kansli)
        services.remove_time(session, case=case, actor=actor, slot_id=times[0], at=clock.now())
    assert listed(made, one) == before
    assert "Mejl som har skickats" in world.browser(world.kansli).get(made.url).get_data(as_text=True)


def test_a_mail_about_a_time_that_became_free_is_listed(world: World, set_clock: Clock) -> None:
    made = one_time_for_two(world, set_clock)
    has, waits = made.panel.sent[:2]
    decline(made, has)
    assert listed(made, waits) == ["Tider att välja på"] * len(made.letters(waits.email, "Välj en tid"))
    assert len(listed(made, waits)) == 2
    assert listed(made, made.panel.sent[0]) == ["Tider att välja på", "Den bokade tiden"]
