"""What waits for the registrar stands on the start page: days, what is left to look through, what has no number."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import uuid4

import pytest

from portal import clock, scope
from portal.desk.requested import number_items, request_items
from portal.disclosure.requests import Answer, State, Waiting, clock_of
from portal.disclosure.services.diary import write_diary_number
from portal.disclosure.services.requesting import number_the_request
from tests.applicants import send_applications
from tests.disclosure.asking import covering, note, registrar, review
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
ONE = uuid4()
CAME, ON = datetime(2026, 11, 23, 10, tzinfo=clock.STOCKHOLM), date(2026, 11, 26)


@pytest.mark.parametrize(
    ("state", "records", "left", "about"),
    [
        (State.RECEIVED, 0, 0, "3 dagar sedan den kom, inga handlingar valda än, så inget gallras"),
        (State.RECEIVED, 5, 2, "3 dagar sedan den kom, 2 av 5 handlingar kvar att pröva"),
        (State.RECEIVED, 5, 0, "3 dagar sedan den kom, beslutet kvar att skriva"),
        (State.DECIDED, 5, 0, "3 dagar sedan den kom"),
    ],
)
def test_a_request_says_its_days_and_what_is_left(state: State, records: int, left: int, about: str) -> None:
    one = Waiting(ONE, state, clock_of(CAME, None, on=ON), records, left, True)
    (item,) = request_items([one])
    assert (item.about, item.day) == (about, date(2026, 11, 24))


def test_the_registrar_sees_what_waits_and_nobody_by_name(world: World, set_clock: Clock) -> None:
    ad = publish_ad(world)
    sent = send_applications(world, ad, 1)[0]
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
        (record, _cv) = covering(session, world, request, sent, "application", "cv")
        review(session, world, request, record, Answer.OPEN)
    browser = world.browser(world.region)
    page = browser.get("/arbete").get_data(as_text=True)
    for words in (
        "Kom i dag, 1 av 2 handlingar kvar att pröva",
        "diarienumret på ett ärende",
        "diarienumret på en begäran",
    ):
        assert words in page
    assert sent.name not in page
    with world.writing(scope.authority(world.authority)) as session:
        write_diary_number(session, ad_id=ad.id, number="RS/1", person_id=world.region, at=clock.now())
        number_the_request(session, actor=registrar(world), request_id=request, number="RS/2", at=clock.now())
    assert "diarienumret" not in browser.get("/arbete").get_data(as_text=True)


def test_several_are_counted() -> None:
    def bare(n: int) -> list[Waiting]:
        return [Waiting(ONE, State.RECEIVED, clock_of(CAME, None, on=ON), 0, 0, False)] * n

    assert [one.text for one in number_items(3, bare(2), ON)] == [
        "Skriv diarienumret på 3 ärenden", "Skriv diarienumret på 2 begäranden"
    ]  # fmt: skip
    assert list(number_items(0, [], ON)) == []
