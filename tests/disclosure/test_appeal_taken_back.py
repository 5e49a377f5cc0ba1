"""An appeal that was noted on a decision it is not about: taken away, and what it kept goes by its own days again."""

import pytest

from portal import clock, scope
from portal.audit.queries import reasons_about
from portal.disclosure.requests import NotAppealed, WrongStep
from portal.disclosure.services import appealing
from portal.disclosure.services.appealing import take_back_appeal
from portal.disclosure.services.requesting import log_step
from tests.disclosure.asking import registrar, verbs
from tests.disclosure.test_appealed import APPEALED, DESK, NOT_SETTLED, SETTLED, is_kept, on, read, refused
from tests.forms import submit, submit_page
from tests.privacy.candidates import Clock
from tests.world import World

TAKE_AWAY = "Ta bort överklagandet"
ELSEWHERE = {"why": NotAppealed.ELSEWHERE.value}


def test_an_appeal_noted_on_the_wrong_request_is_taken_away_with_why_and_keeps_nothing(
    world: World, set_clock: Clock
) -> None:
    request, sent = refused(world, set_clock)
    set_clock("2029-01-04T09:00")
    on(world, request, "2029-01-03", APPEALED)
    browser, page = world.browser(world.region), f"{DESK}/{request}"
    stale = browser.get(page)
    for _press in range(2):
        assert submit_page(browser, stale, page, ELSEWHERE, TAKE_AWAY).status_code == 303
    shown = read(world, request)
    assert "Överklagat 3 januari" not in shown and TAKE_AWAY not in shown and APPEALED in shown
    assert "Överklagad" not in browser.get(DESK).get_data(as_text=True)
    with world.acting(scope.authority(world.authority)) as session:
        ((_at, _verb, why),) = reasons_about(session, world.authority, {"request.appeal_taken_back"}, request)
    assert why == "2029-01-03 annan_begaran"
    assert not is_kept(world, set_clock, sent, "2029-02-01", "2029-03-01"), "as if it had never been noted"


def test_nothing_is_taken_away_without_a_reason(world: World, set_clock: Clock) -> None:
    request, _sent = refused(world, set_clock)
    on(world, request, "2028-12-15", APPEALED)
    answer = submit(world.browser(world.region), f"{DESK}/{request}", {}, TAKE_AWAY)
    assert (answer.status_code, "Välj varför" in answer.get_data(as_text=True)) == (422, True)
    assert "Överklagat 15 december 2028" in read(world, request)


def test_what_a_court_has_settled_is_not_taken_away(world: World, set_clock: Clock) -> None:
    request, _sent = refused(world, set_clock)
    set_clock("2029-02-01T09:00")
    on(world, request, "2029-01-03", APPEALED)
    browser, page = world.browser(world.region), f"{DESK}/{request}"
    stale = browser.get(page)
    on(world, request, "2029-01-20", SETTLED)
    assert TAKE_AWAY not in read(world, request)
    late = submit_page(browser, stale, page, ELSEWHERE, TAKE_AWAY, follow_redirects=True)
    assert "Begäran har kommit längre" in late.get_data(as_text=True)
    assert "avgjort 20 januari 2029" in read(world, request)


def test_an_appeal_of_another_day_than_the_page_showed_and_one_that_never_was_are_refused(
    world: World, set_clock: Clock
) -> None:
    request, _sent = refused(world, set_clock)
    known = {"actor": registrar(world), "request_id": request, "why": NotAppealed.MISTAKE}
    with pytest.raises(WrongStep), world.writing(scope.authority(world.authority)) as session:
        take_back_appeal(session, seen="None", at=clock.now(), **known)
    on(world, request, "2028-12-15", APPEALED)
    with pytest.raises(WrongStep), world.writing(scope.authority(world.authority)) as session:
        take_back_appeal(session, seen="2028-12-16", at=clock.now(), **known)


def test_where_the_one_before_it_was_settled_that_holds_again_and_keeps_its_five_weeks(
    world: World, set_clock: Clock
) -> None:
    request, sent = refused(world, set_clock)
    set_clock("2029-02-20T09:00")
    for day, button in (("2029-01-03", APPEALED), ("2029-02-01", SETTLED), ("2029-02-19", APPEALED)):
        on(world, request, day, button)
    page = f"{DESK}/{request}"
    assert submit(world.browser(world.region), page, ELSEWHERE, TAKE_AWAY).status_code == 303
    assert "Överklagat 3 januari 2029, avgjort 1 februari 2029" in read(world, request)
    assert is_kept(world, set_clock, sent, "2029-02-20", "2029-03-07"), "what the court said can still be appealed"
    set_clock("2029-03-07T10:00")
    browser = world.browser(world.region)
    assert submit(browser, page, button=NOT_SETTLED).status_code == 303
    assert submit(browser, page, ELSEWHERE, TAKE_AWAY).status_code == 303
    assert "Överklagat" not in read(world, request).split("<h2>Överklagande</h2>")[1].split("<form")[0]
    assert verbs(world).count("request.appeal_taken_back") == 2


def test_where_an_older_program_kept_no_days_of_the_one_before_it_is_not_taken_away(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    request, _sent = refused(world, set_clock)
    set_clock("2029-02-20T09:00")
    with monkeypatch.context() as older:
        older.setattr(appealing, "log_step", lambda *given: log_step(*given[:5]))
        for day, button in (("2029-01-03", APPEALED), ("2029-02-01", SETTLED), ("2029-02-19", APPEALED)):
            on(world, request, day, button)
    page, browser = f"{DESK}/{request}", world.browser(world.region)
    answer = submit(browser, page, ELSEWHERE, TAKE_AWAY, follow_redirects=True)
    assert "dess dagar är inte sparade" in answer.get_data(as_text=True)
    assert "Överklagat 19 februari 2029" in read(world, request)
