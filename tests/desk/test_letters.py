"""Letters that wait for an answer stand on the office's start page, also when the recruitment is over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from portal import scope
from portal.accounts.models import Person
from portal.ads.models import Ad
from portal.applications.models import Application
from portal.desk.letters import letter_items
from portal.review.queries.person import address_print
from tests.interviews.meetings import Meetings, meetings_of
from tests.letterbox.writing import ask
from tests.world import World

Clock = Callable[[str], datetime]


@dataclass(frozen=True)
class One:
    ad_id: UUID
    title: str
    candidates: int
    since: datetime


@pytest.mark.parametrize(
    ("since", "words"), [(14, "kom i dag"), (13, "kom i går"), (12, "den första för två dagar sedan")]
)
def test_how_long_the_first_has_waited_stands_beside_it(since: int, words: str) -> None:
    waiting = One(uuid4(), "Sekreterare", 2, datetime(2026, 12, since, 11, tzinfo=UTC))
    (item,) = letter_items([waiting], date(2026, 12, 14))
    assert (item.text, item.about) == ("Två sökande väntar på svar i brevlådan", f"Sekreterare · {words}")


@pytest.fixture
def meetings(world: World, set_clock: Clock) -> Meetings:
    return meetings_of(world, set_clock, applications=1, called=0)


def test_a_letter_after_the_end_waits_on_the_desk_too(meetings: Meetings) -> None:
    ask(meetings.panel, meetings.panel.sent[0])
    with meetings.world.writing(scope.party(meetings.world.party)) as session:
        session.get_one(Ad, meetings.panel.ad.id).state = "ended"
    assert "väntar på svar i brevlådan" in start(meetings, meetings.world.kansli)
    for other in (meetings.world.gunnel, meetings.world.rival_kansli):
        assert "brevlådan" not in start(meetings, other)


def test_who_has_applied_there_is_not_told_of_it(meetings: Meetings) -> None:
    ask(meetings.panel, meetings.panel.sent[0])
    with meetings.world.writing(scope.party(meetings.world.party)) as session:
        application = session.get_one(Application, meetings.panel.sent[0].id)
        email = session.get_one(Person, meetings.world.kansli).email
        application.address_print = address_print(session, application.controller_id, email)
    assert "brevlådan" not in start(meetings, meetings.world.kansli)


def start(meetings: Meetings, person: UUID) -> str:
    return meetings.world.browser(person).get("/arbete").get_data(as_text=True)
