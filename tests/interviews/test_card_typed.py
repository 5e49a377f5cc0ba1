"""Without a script a card is one form: what is typed by one criterion stays when another is saved, or the card handed in."""

from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import scope
from portal.interviews.models import InterviewMark
from tests.forms import fields_of
from tests.interviews.meetings import Meetings
from tests.interviews.test_cards import fill

KEPT = "Det andra du har skrivit står kvar, men är inte sparat än."


def press(meetings: Meetings, browser: FlaskClient, page: TestResponse, tail: str, **typed: str) -> TestResponse:
    """Everything that the page has and that is typed, by the button of this address."""
    data: dict[str, Any] = {name: values[0] for name, values in fields_of(page).items()} | typed
    return browser.post(f"{meetings.card_url(meetings.panel.sent[0])}/{tail}", data=data)


def text(page: TestResponse) -> str:
    return " ".join(page.get_data(as_text=True).split())


def stands(page: TestResponse, name: str) -> str:
    return fields_of(page).get(name, [""])[0].strip()


def marks(meetings: Meetings) -> int:
    with meetings.world.acting(scope.party(meetings.panel.ad.party_id)) as session:
        return len(session.scalars(select(InterviewMark)).all())


def test_what_is_typed_by_another_criterion_stays_when_one_is_saved(meetings: Meetings) -> None:
    browser, (one, two, *_) = meetings.world.browser(meetings.world.elof), meetings.panel.ad.criteria
    page = browser.get(meetings.card_url(meetings.panel.sent[0]))
    typed = {f"note-{one}": "Om det ena.", f"note-{two}": "Om det andra.", f"step-{two}": "1"}
    kept = press(meetings, browser, page, f"kort/{one}", **typed)
    assert kept.status_code == 200 and KEPT in text(kept) and marks(meetings) == 1
    assert (stands(kept, f"note-{one}"), stands(kept, f"note-{two}")) == ("Om det ena.", "Om det andra.")
    assert stands(kept, f"step-{two}") == "1"
    assert press(meetings, browser, kept, f"kort/{two}").status_code == 303
    assert marks(meetings) == 2
    saved = browser.get(meetings.card_url(meetings.panel.sent[0]))
    assert (stands(saved, f"note-{two}"), stands(saved, f"step-{two}")) == ("Om det andra.", "1")
    assert press(meetings, browser, saved, f"kort/{one}").status_code == 303, "nothing is left to say"


def test_what_is_typed_stays_when_one_is_refused(meetings: Meetings) -> None:
    browser, (one, two, *_) = meetings.world.browser(meetings.world.elof), meetings.panel.ad.criteria
    page = browser.get(meetings.card_url(meetings.panel.sent[0]))
    typed = {f"note-{one}": "å" * 4001, f"step-{one}": "3", f"note-{two}": "Om det andra."}
    refused = press(meetings, browser, page, f"kort/{one}", **typed)
    assert refused.status_code == 422 and "Anteckningen får vara högst" in text(refused)
    assert (stands(refused, f"note-{one}"), stands(refused, f"step-{one}")) == ("å" * 4001, "3")
    assert stands(refused, f"note-{two}") == "Om det andra." and marks(meetings) == 0
    mended = press(meetings, browser, refused, f"kort/{one}", **{f"note-{one}": "Kort."})
    assert mended.status_code == 200 and stands(mended, f"note-{two}") == "Om det andra."


def test_a_card_is_not_handed_in_past_what_is_typed_and_not_saved(meetings: Meetings) -> None:
    fill(meetings, meetings.world.elof)
    browser, one = meetings.world.browser(meetings.world.elof), meetings.panel.ad.criteria[0]
    page = browser.get(meetings.card_url(meetings.panel.sent[0]))
    asked = press(meetings, browser, page, "lamna-in", **{f"note-{one}": "Glömde jag."})
    assert asked.status_code == 422 and "Du har skrivit något som inte är sparat." in text(asked)
    assert stands(asked, f"note-{one}") == "Glömde jag." and "Kortet är inlämnat" not in text(asked)
    assert press(meetings, browser, asked, f"kort/{one}").status_code == 303
    saved = browser.get(meetings.card_url(meetings.panel.sent[0]))
    assert press(meetings, browser, saved, "lamna-in").status_code == 303
