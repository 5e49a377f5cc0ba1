"""The candidate's page of the meeting is sent as a whole: what one button does loses nothing that another would have kept."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import scope
from portal.interviews.models import InterviewWish, Reference
from tests.forms import submit, submit_page
from tests.interviews.meetings import Meetings
from tests.interviews.test_references import RUT
from tests.pages import parse

Clock = Callable[[str], datetime]
WISH = {"När skulle det passa?": "Onsdagar efter tre."}
LEFT = "Det du har fyllt i på andra ställen på sidan står kvar, men är inte sparat än."


def pressed(meetings: Meetings, browser: FlaskClient, data: dict[str, Any], button: str) -> TestResponse:
    return submit(browser, meetings.own_url(meetings.panel.sent[0]), data, button)


def count(meetings: Meetings, kind: type[Any]) -> int:
    """How many there are that were not taken back."""
    with meetings.world.acting(scope.party(meetings.world.party)) as session:
        return sum(getattr(row, "taken_back_at", None) is None for row in session.scalars(select(kind)))


def test_a_reference_and_a_wish_that_are_written_stay_when_the_time_is_booked(meetings: Meetings) -> None:
    slots, browser, one = meetings.make(), meetings.browser(), meetings.panel.sent[0]
    answer = pressed(meetings, browser, {"slot": str(slots[0]), **RUT, **WISH}, "Boka tiden")
    said = answer.get_data(as_text=True)
    booked = meetings.booking(one)
    assert booked is not None and booked.slot_id == slots[0] and "Din tid är bokad." in said
    assert (
        answer.status_code == 200 and LEFT in said and 'value="Rut Ribbing"' in said and "Onsdagar efter tre." in said
    )
    assert count(meetings, Reference) == 0 and count(meetings, InterviewWish) == 0
    kept = submit_page(browser, answer, meetings.own_url(one), {}, "Spara referensen")
    assert kept.status_code == 200 and "Onsdagar efter tre." in kept.get_data(as_text=True)
    assert count(meetings, Reference) == 1
    assert submit_page(browser, kept, meetings.own_url(one), {}, "Be om en annan tid").status_code == 303
    assert count(meetings, InterviewWish) == 1


def test_a_chosen_time_stays_when_a_reference_is_saved_refused_or_taken_back(meetings: Meetings) -> None:
    slots, browser, one = meetings.make(), meetings.browser(), meetings.panel.sent[0]
    for data, status in ((RUT | {"agreed": False}, 422), (RUT, 200)):
        answer = pressed(meetings, browser, {"slot": str(slots[1]), **data}, "Spara referensen")
        assert answer.status_code == status and chosen(answer) == [str(slots[1])]
    answer = submit_page(browser, answer, meetings.own_url(one), {}, "Ta tillbaka Rut Ribbing")
    assert chosen(answer) == [str(slots[1])] and count(meetings, Reference) == 0
    assert submit_page(browser, answer, meetings.own_url(one), {}, "Boka tiden").status_code == 303
    booked = meetings.booking(one)
    assert booked is not None and booked.slot_id == slots[1]


def chosen(page: TestResponse) -> list[str]:
    boxes = [e for e in parse(page.get_data(as_text=True)).iter() if e.get("name") == "slot"]
    return [str(e.get("value")) for e in boxes if e.get("checked") is not None]


def test_a_time_that_was_taken_meanwhile_loses_nothing_beside_it(meetings: Meetings) -> None:
    one, other, _ = meetings.panel.sent
    first, *_ = meetings.make()
    browser = meetings.browser()
    page = browser.get(meetings.own_url(one))
    meetings.book(other, first)
    answer = submit_page(browser, page, meetings.own_url(one), {"slot": str(first), **RUT, **WISH}, "Boka tiden")
    said = answer.get_data(as_text=True)
    assert answer.status_code == 409 and 'value="Rut Ribbing"' in said and "Onsdagar efter tre." in said


def test_what_has_lost_its_place_on_the_page_is_shown_to_be_copied(meetings: Meetings, set_clock: Clock) -> None:
    one = meetings.panel.sent[0]
    first, *_ = meetings.make()
    meetings.book(one, first)
    set_clock("2026-12-16T09:30")
    browser = meetings.browser()
    page = browser.get(meetings.own_url(one))
    set_clock("2026-12-16T10:00:01")  # less than a day before
    answer = submit_page(browser, page, meetings.own_url(one), WISH, "Be om en annan tid")
    said = answer.get_data(as_text=True)
    assert answer.status_code == 409 and "Det här är inte sparat" in said and "Onsdagar efter tre." in said


def test_a_fourth_reference_is_refused_with_what_was_written_until_there_is_room(meetings: Meetings) -> None:
    one, browser = meetings.panel.sent[0], meetings.browser()
    page = browser.get(meetings.own_url(one))
    for name in ("Rut A", "Rut B", "Rut C"):
        pressed(meetings, browser, RUT | {"Referensens namn": name}, "Spara referensen")
    answer = submit_page(browser, page, meetings.own_url(one), RUT, "Spara referensen")
    assert answer.status_code == 422 and 'value="Rut Ribbing"' in answer.get_data(as_text=True)
    answer = submit_page(browser, answer, meetings.own_url(one), {}, "Ta tillbaka Rut B")
    assert submit_page(browser, answer, meetings.own_url(one), {}, "Spara referensen").status_code == 303
    assert count(meetings, Reference) == 3


def test_a_line_ended_by_the_enter_key_presses_no_other_parts_button(meetings: Meetings) -> None:
    meetings.make()
    page = meetings.browser().get(meetings.own_url(meetings.panel.sent[0]))
    buttons = [
        e for e in parse(page.get_data(as_text=True)).iter() if e.tag.endswith("}button") and e.get("form") is None
    ]
    own = next(at for at, e in enumerate(buttons) if e.get("value") == "book")
    assert buttons[own - 1].get("disabled") is not None, "the first button of a form is what the key presses"
