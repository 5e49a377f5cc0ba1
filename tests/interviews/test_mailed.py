"""The office sees of each mail about a meeting that it was taken by the server, opened by the link and answered."""

from portal.interviews.queries.mailed import mails_of
from tests.interviews.meetings import meetings_of
from tests.privacy.candidates import Clock
from tests.world import World


def test_each_mail_tells_what_became_of_it_to_whoever_arranges(world: World, set_clock: Clock) -> None:
    made = meetings_of(world, set_clock)
    one, times = made.panel.sent[0], made.make()
    made.work()
    with made.panel.as_person(world.kansli) as (session, _case):
        (invited,) = mails_of(session, [one.id], times)[one.id]
    assert (invited.what, invited.opened_at, invited.answered_at) == ("Tider att välja på", None, None)
    set_clock("2026-12-14T12:00")
    assert made.browser().get(made.own_url(one)).status_code == 200
    made.book(one, times[0])
    made.work()
    with made.panel.as_person(world.kansli) as (session, _case):
        invited, booked = mails_of(session, [one.id], times)[one.id]
    assert invited.opened_at is not None and invited.answered_at is not None
    assert booked.what == "Den bokade tiden"
    page = world.browser(world.kansli).get(made.url).get_data(as_text=True)
    assert "Tider att välja på" in page and "Svar kom" in page
    assert "Tider att välja på" not in world.browser(world.elof).get(made.url).get_data(as_text=True)
