"""A refusal that is appealed: written down, and nothing of what it is about is disposed of before it is settled."""

from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.disclosure.requests import Answer, Outcome, State, WrongStep
from portal.disclosure.services.appealing import correct_appeal, note_appeal, note_settled, take_back_settled
from portal.disclosure.services.requesting import end_request
from portal.privacy.services.disposing import carry_out_due
from tests.applicants import Sent
from tests.disclosure.asking import decide, prepared, registrar, review, verbs
from tests.disclosure.test_asked_for_first import kept, ripe
from tests.forms import submit, submit_page
from tests.privacy.candidates import Clock
from tests.world import World

DESK = "/arbete/utlamnande"
APPEALED, SETTLED = "Skriv att det är överklagat", "Skriv att det är avgjort"
CORRECT, NOT_SETTLED = "Rätta dagen", "Inte avgjort än"


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


def read(world: World, request: UUID) -> str:
    return world.browser(world.region).get(f"{DESK}/{request}").get_data(as_text=True)


def test_what_is_appealed_is_kept_until_it_is_settled_and_for_as_long_as_that_can_be_appealed(
    world: World, set_clock: Clock
) -> None:
    request, sent = refused(world, set_clock)
    set_clock("2029-01-04T09:00")
    assert on(world, request, "2029-01-03", APPEALED).status_code == 303
    page = read(world, request)
    assert "Överklagat 3 januari 2029" in page and APPEALED not in page
    assert "Överklagad" in world.browser(world.region).get(DESK).get_data(as_text=True)
    assert is_kept(world, set_clock, sent, "2029-09-01", "2029-09-28"), "the court takes its months"
    assert on(world, request, "2029-09-24", SETTLED).status_code == 303
    page = read(world, request)
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
    page = read(world, request)
    assert (APPEALED in page) is (answer is Answer.WITHHELD)
    if answer is Answer.OPEN:
        with pytest.raises(WrongStep), world.writing(scope.authority(world.authority)) as session:
            note_appeal(session, actor=registrar(world), request_id=request, on=clock.today(), at=clock.now())


def test_a_wrong_day_of_an_appeal_is_put_right_while_it_waits(world: World, set_clock: Clock) -> None:
    request, _sent = refused(world, set_clock)
    set_clock("2029-01-04T09:00")
    on(world, request, "2029-01-04", APPEALED)
    browser, page = world.browser(world.region), f"{DESK}/{request}"
    outside = submit(browser, page, {"appealed_on": "2028-12-14"}, CORRECT)
    assert (outside.status_code, "15 december 2028" in outside.get_data(as_text=True)) == (422, True)
    stale = browser.get(page)
    for day in ("2029-01-03", "2029-01-03"):
        assert submit(browser, page, {"appealed_on": day}, CORRECT).status_code == 303
    assert "Överklagat 3 januari 2029" in read(world, request)
    late = submit_page(browser, stale, page, {"appealed_on": "2029-01-02"}, CORRECT, follow_redirects=True)
    assert "Begäran har kommit längre" in late.get_data(as_text=True), "a colleague has put it right meanwhile"
    assert "Överklagat 3 januari 2029" in read(world, request)
    assert verbs(world).count("request.appeal_corrected") == 1


def test_what_was_said_to_be_settled_by_mistake_waits_again_and_is_kept(world: World, set_clock: Clock) -> None:
    request, sent = refused(world, set_clock)
    set_clock("2029-02-01T09:00")
    on(world, request, "2029-01-03", APPEALED)
    on(world, request, "2029-01-20", SETTLED)
    browser, page = world.browser(world.region), f"{DESK}/{request}"
    stale = browser.get(page)
    for _press in range(2):
        assert submit_page(browser, stale, page, button=NOT_SETTLED).status_code == 303
    shown = read(world, request)
    assert "Överklagat 3 januari 2029" in shown and "avgjort 20 januari" not in shown and NOT_SETTLED not in shown
    assert verbs(world).count("request.settled_taken_back") == 1
    assert is_kept(world, set_clock, sent, "2029-09-01", "2029-09-28"), "the court has it still"
    on(world, request, "2029-09-24", SETTLED)
    known = {"actor": registrar(world), "request_id": request, "at": clock.now()}
    with pytest.raises(WrongStep), world.writing(scope.authority(world.authority)) as session:
        take_back_settled(session, seen="2029-01-20", **known)
    assert "avgjort 24 september 2029" in read(world, request)


def test_nothing_is_put_right_of_what_is_not_appealed(world: World, set_clock: Clock) -> None:
    request, _sent = refused(world, set_clock)
    shown = read(world, request)
    assert CORRECT not in shown and NOT_SETTLED not in shown
    known = {"actor": registrar(world), "request_id": request, "at": clock.now(), "seen": "None"}
    with pytest.raises(WrongStep), world.writing(scope.authority(world.authority)) as session:
        correct_appeal(session, on=clock.today(), **known)
    with pytest.raises(WrongStep), world.writing(scope.authority(world.authority)) as session:
        take_back_settled(session, **known)


def test_the_page_says_the_five_weeks_while_they_last_and_keeps_nothing_that_is_gone(
    world: World, set_clock: Clock
) -> None:
    request, sent = refused(world, set_clock)
    set_clock("2029-01-18T09:00")
    assert "Handlingarna sparas i fem veckor, så att beslutet kan överklagas" in read(world, request)
    set_clock("2029-01-20T09:00")
    assert "sparas i fem veckor" not in read(world, request)
    assert "överklagar ändå, så sparas handlingarna tills" in read(world, request)
    assert not is_kept(world, set_clock, sent, "2029-02-01", "2029-03-01")
    shown = read(world, request)
    assert "Inget av handlingarna finns kvar" in shown and "tills det är avgjort" not in shown
    on(world, request, "2029-01-05", APPEALED)
    shown = read(world, request)
    assert "Överklagat 5 januari 2029" in shown and "sparas" not in shown.split("<h2>Överklagande</h2>")[1]
