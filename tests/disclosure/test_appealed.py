"""A refusal that is appealed: written down, and nothing of what it is about is disposed of before it is settled."""

from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.disclosure.requests import Answer, Outcome, State, WrongStep
from portal.disclosure.services.requesting import end_request, note_appeal, note_settled
from portal.privacy.services.disposing import carry_out_due
from tests.applicants import Sent
from tests.disclosure.asking import decide, prepared, registrar, review, verbs
from tests.disclosure.test_asked_for_first import kept, ripe
from tests.forms import submit
from tests.privacy.candidates import Clock
from tests.world import World

DESK = "/arbete/utlamnande"
APPEALED, SETTLED = "Skriv att det är överklagat", "Skriv att det är avgjort"


def refused(world: World, set_clock: Clock, answer: Answer = Answer.WITHHELD) -> tuple[UUID, list[Sent]]:
    """One of two is asked for and refused, on 15 December 2028; the other goes that day."""
    sent = ripe(world, set_clock)
    set_clock("2028-12-15T00:30")
    request, (record,) = prepared(world, sent[0], "application")
    with world.writing(scope.authority(world.authority)) as session:
        review(session, world, request, record, answer, ground="osl-21-3" if answer is Answer.WITHHELD else "")
        decide(session, world, request, "Beslut.", Outcome.WHOLE if answer is Answer.OPEN else Outcome.REFUSED)
        end_request(session, actor=registrar(world), request_id=request, then=State.ANSWERED, at=clock.now())
    with world.app.app_context():
        carry_out_due(set_clock("2028-12-15T09:00"))
    return request, sent


def is_kept(world: World, set_clock: Clock, sent: list[Sent], told: str, due: str) -> bool:
    """Whether the one who was asked for is there when all that is due has been told of and carried out."""
    with world.app.app_context():
        carry_out_due(set_clock(f"{told}T09:00"))
        carry_out_due(set_clock(f"{due}T09:00"))
        asked_for, other = kept(world, sent)
    assert not other
    return asked_for


def on(world: World, request: UUID, day: str, button: str) -> TestResponse:
    return submit(world.browser(world.region), f"{DESK}/{request}", {"day": day}, button)


def test_what_is_appealed_is_kept_until_it_is_settled_and_for_as_long_as_that_can_be_appealed(
    world: World, set_clock: Clock
) -> None:
    request, sent = refused(world, set_clock)
    set_clock("2029-01-04T09:00")
    assert on(world, request, "2029-01-03", APPEALED).status_code == 303
    page = world.browser(world.region).get(f"{DESK}/{request}").get_data(as_text=True)
    assert "Överklagat 3 januari 2029" in page and APPEALED not in page
    assert "Överklagad" in world.browser(world.region).get(DESK).get_data(as_text=True)
    assert is_kept(world, set_clock, sent, "2029-09-01", "2029-09-28"), "the court takes its months"
    assert on(world, request, "2029-09-24", SETTLED).status_code == 303
    page = world.browser(world.region).get(f"{DESK}/{request}").get_data(as_text=True)
    assert "avgjort 24 september 2029" in page
    assert is_kept(world, set_clock, sent, "2029-10-01", "2029-10-28"), "and the next court may be asked"
    assert not is_kept(world, set_clock, sent, "2029-11-01", "2029-11-28")
    assert verbs(world).count("request.appealed") == verbs(world).count("request.settled") == 1


def test_what_the_court_said_can_be_appealed_too(world: World, set_clock: Clock) -> None:
    request, sent = refused(world, set_clock)
    set_clock("2029-02-20T09:00")
    for day, button in (("2029-01-03", APPEALED), ("2029-02-01", SETTLED), ("2029-02-19", APPEALED)):
        assert on(world, request, day, button).status_code == 303, (day, button)
    assert is_kept(world, set_clock, sent, "2030-05-01", "2030-05-28")


@pytest.mark.parametrize(
    ("day", "told"),
    [("2028-12-14", "15 december 2028"), ("2029-01-05", "till och med i dag"), ("", "Skriv dagen")],
)
def test_no_appeal_is_older_than_the_decision_or_of_a_day_to_come(
    world: World, set_clock: Clock, day: str, told: str
) -> None:
    request, _sent = refused(world, set_clock)
    set_clock("2029-01-04T09:00")
    answer = on(world, request, day, APPEALED)
    assert (answer.status_code, told in answer.get_data(as_text=True)) == (422, True)


def test_a_second_press_changes_nothing(world: World, set_clock: Clock) -> None:
    request, _sent = refused(world, set_clock)
    set_clock("2029-01-04T09:00")
    days = {"actor": registrar(world), "request_id": request, "at": clock.now()}
    for _press in range(2):
        with world.writing(scope.authority(world.authority)) as session:
            note_appeal(session, on=clock.today(), **days)
    with pytest.raises(WrongStep), world.writing(scope.authority(world.authority)) as session:
        note_appeal(session, on=clock.today().replace(day=3), **days)
    for _press in range(2):
        with world.writing(scope.authority(world.authority)) as session:
            note_settled(session, on=clock.today(), **days)
    assert verbs(world).count("request.appealed") == verbs(world).count("request.settled") == 1


@pytest.mark.parametrize("answer", [Answer.OPEN, Answer.WITHHELD])
def test_only_what_was_refused_in_some_part_asks_for_it(world: World, set_clock: Clock, answer: Answer) -> None:
    request, _sent = refused(world, set_clock, answer)
    page = world.browser(world.region).get(f"{DESK}/{request}").get_data(as_text=True)
    assert (APPEALED in page) is (answer is Answer.WITHHELD)
    if answer is Answer.OPEN:
        with pytest.raises(WrongStep), world.writing(scope.authority(world.authority)) as session:
            note_appeal(session, actor=registrar(world), request_id=request, on=clock.today(), at=clock.now())
