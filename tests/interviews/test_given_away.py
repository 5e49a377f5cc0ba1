"""Whoever is under a code name is asked about what surely leads to them on the page of the meeting too, and so is whoever
writes down what their references say."""

from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.applications.models import Application
from portal.interviews.models import InterviewWish, Reference, ReferenceWord
from tests.forms import submit, submit_page
from tests.interviews.meetings import Meetings
from tests.interviews.test_references import RUT, give, rows
from tests.protection.applying import name_as_reader

PHONE = "070-174 06 77"
CALL = f"Fredag. Ring {PHONE}."
ANYWAY, THEIRS = "Det som står där visar inte vem jag är. Skicka ändå.", "visar inte vem den sökande är. Spara ändå."
ASKED = f"Här står {PHONE}, och det läses av fler än den som får öppna ditt namn."
WISH, NAME = "Be om en annan tid", "Spara referensen"
SHOWS_NOBODY = "Varken personen eller hur vi känner varandra visar vem jag är."
MAY_SHOW = "Kan personen, eller hur ni känner varandra, visa vem du är?"
NAMELESS = {**RUT, SHOWS_NOBODY: True}


@pytest.fixture
def hidden(meetings: Meetings) -> Meetings:
    """The first, who is called, is under a code name."""
    meetings.make()
    with meetings.world.writing(scope.party(meetings.panel.ad.party_id)) as session:
        row = session.get_one(Application, meetings.panel.sent[0].id)
        row.protected, row.email_sealed, row.phone_sealed, row.address_print = True, None, None, None
    return meetings


def sending(meetings: Meetings, typed: dict[str, object], button: str) -> tuple[FlaskClient, str, TestResponse]:
    browser, page = meetings.browser(), meetings.own_url(meetings.panel.sent[0])
    return browser, page, submit(browser, page, typed, button)


def test_a_wish_for_another_time_is_asked_about_stays_and_goes_once_ticked(hidden: Meetings) -> None:
    browser, page, asked = sending(hidden, {"wish": CALL}, WISH)
    shown = asked.get_data(as_text=True)
    assert (asked.status_code, ASKED in shown, ANYWAY in shown, CALL in shown) == (422, True, True, True)
    assert rows(hidden, InterviewWish) == []
    assert submit_page(browser, asked, page, {ANYWAY: True}, WISH).status_code == 303
    assert len(rows(hidden, InterviewWish)) == 1


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Jag heter Vera Ljungkvist och kan på fredag", "Vera Ljungkvist"), ("mitt namn är: Vera", "Vera"),
        ("My name is Vera Ljungkvist.", "Vera Ljungkvist"), ("jag heter vera", "vera"),
        ("Fredag. Jag heter inte det ni tror, och mitt namn är skyddat.", ""), ("Mötet heter Vägval Vård", ""),
    ],
)  # fmt: skip
def test_a_name_of_ones_own_is_asked_about(hidden: Meetings, said: str, name: str) -> None:
    asked = sending(hidden, {"wish": said}, WISH)[2]
    assert asked.status_code == (422 if name else 303)
    assert not name or f"Här står {name}, och det läses av fler" in asked.get_data(as_text=True)


def test_of_a_reference_one_question_is_asked_and_not_of_the_number_that_must_be_there(hidden: Meetings) -> None:
    browser, page, asked = sending(hidden, {**RUT, "agreed": False}, NAME)
    shown = asked.get_data(as_text=True)
    assert (asked.status_code, MAY_SHOW in shown, "Här står" in shown, ANYWAY in shown) == (422, True, False, False)
    assert "Fråga personen först" in shown, "all that is wrong is told at once"
    assert rows(hidden, Reference) == []
    kept = submit_page(browser, asked, page, {"agreed": True, SHOWS_NOBODY: True}, NAME)
    assert (kept.status_code, kept.headers["Location"].endswith("/intervju#sparat")) == (303, True)
    assert len(rows(hidden, Reference)) == 1


def test_a_reference_that_is_saved_is_said_to_be_where_the_button_was(meetings: Meetings) -> None:
    browser, page, _ = sending(meetings, RUT, NAME)
    shown = browser.get(page).get_data(as_text=True)
    assert "Referensen är sparad." in shown.split('id="referenser"')[1] and SHOWS_NOBODY not in shown
    assert "Referensen är sparad." not in browser.get(page).get_data(as_text=True)


@pytest.mark.parametrize("field", ["Referensens namn", "Hur känner ni varandra?"])
def test_a_number_elsewhere_in_what_is_said_of_a_reference_is_asked_about(hidden: Meetings, field: str) -> None:
    browser, page, asked = sending(hidden, {**NAMELESS, field: PHONE}, NAME)
    shown = asked.get_data(as_text=True)
    assert (asked.status_code, ASKED in shown, ANYWAY in shown) == (422, True, True)
    assert rows(hidden, Reference) == []
    assert submit_page(browser, asked, page, {ANYWAY: True}, NAME).status_code == 303
    assert len(rows(hidden, Reference)) == 1


def test_what_is_ticked_beside_one_says_nothing_of_the_other(hidden: Meetings) -> None:
    browser, page, asked = sending(hidden, {"wish": CALL, **RUT}, WISH)
    assert ANYWAY in asked.get_data(as_text=True)
    both = submit_page(browser, asked, page, {ANYWAY: True}, NAME)
    assert both.status_code == 422 and MAY_SHOW in both.get_data(as_text=True)
    assert rows(hidden, Reference) == []


def test_what_tells_of_nobody_goes_at_once(hidden: Meetings) -> None:
    assert sending(hidden, {"wish": "Fredag"}, WISH)[2].status_code == 303
    assert sending(hidden, NAMELESS, NAME)[2].status_code == 303


def test_who_applies_under_their_own_name_is_asked_nothing(meetings: Meetings) -> None:
    meetings.make()
    assert sending(meetings, {"wish": CALL}, WISH)[2].status_code == 303
    assert sending(meetings, RUT, NAME)[2].status_code == 303


def test_where_nothing_can_be_asked_for_any_more_that_is_what_is_said(hidden: Meetings) -> None:
    browser, page = hidden.browser(), hidden.own_url(hidden.panel.sent[0])
    before = browser.get(page)
    with hidden.world.writing(scope.party(hidden.panel.ad.party_id)) as session:
        session.get_one(Application, hidden.panel.sent[0].id).decided_at = clock.now()
    late = submit_page(browser, before, page, {"wish": CALL}, WISH).get_data(as_text=True)
    assert "Här står" not in late and CALL in late


def test_what_a_reference_says_of_them_is_asked_about_too(hidden: Meetings) -> None:
    assert sending(hidden, NAMELESS, NAME)[2].status_code == 303
    (reference,) = rows(hidden, Reference)
    office, page = hidden.world.browser(hidden.world.kansli), f"{hidden.card_url(hidden.panel.sent[0])}/referenser"
    words = f"words-{reference.id}"
    assert THEIRS not in office.get(page).get_data(as_text=True)
    asked = submit(office, page, {f"{reference.id.hex}-words": CALL}, "Spara")
    shown = asked.get_data(as_text=True)
    assert asked.status_code == 422 and words in shown and CALL in shown and THEIRS in shown
    assert f"Här står {PHONE}, och det läses av fler än den som får öppna den sökandes namn." in shown
    assert rows(hidden, ReferenceWord) == []
    assert submit_page(office, asked, page, {f"{reference.id.hex}-anyway": True}, "Spara").status_code == 303
    assert len(rows(hidden, ReferenceWord)) == 1


def test_of_who_applies_under_their_own_name_nobody_asks(meetings: Meetings) -> None:
    assert sending(meetings, RUT, NAME)[2].status_code == 303
    with meetings.world.acting(scope.party(meetings.panel.ad.party_id)) as session:
        reference = session.scalars(select(Reference)).one()
    office, page = (
        meetings.world.browser(meetings.world.kansli),
        f"{meetings.card_url(meetings.panel.sent[0])}/referenser",
    )
    assert submit(office, page, {f"{reference.id.hex}-words": CALL}, "Spara").status_code == 303


def rings(meetings: Meetings, person: UUID) -> str:
    """What the page of the references says of who rings."""
    page = meetings.world.browser(person).get(f"{meetings.card_url(meetings.panel.sent[0])}/referenser")
    said = [text for text in page.get_data(as_text=True).split('<p class="notice')[1:] if "skyddade" in text]
    return said[0].split("</p>")[0].split(">", 1)[1] if said else ""


def test_who_may_ring_a_reference_of_somebody_under_a_code_name_is_said_by_name(hidden: Meetings) -> None:
    world = hidden.world
    name_as_reader(world, world.kansli)
    assert rings(hidden, world.gunnel) == "", "nobody is named to ring"
    assert sending(hidden, NAMELESS, NAME)[2].status_code == 303
    assert "bara du vet vem det är. Ring därför själv" in rings(hidden, world.kansli)
    for person in (world.gunnel, world.elof):
        assert "Hör inte av dig till referensen: bara Samira Hedvall på kansliet vet" in rings(hidden, person)
    hidden.panel.answer_to_decide(world.kansli, hidden.panel.sent[0])
    assert "just nu kan ingen öppna vem det är" in rings(hidden, world.gunnel), "whoever reads has jäv"
    name_as_reader(world, None)
    assert "innan kansliet har utsett någon som kan det" in rings(hidden, world.gunnel)


def test_of_who_applies_under_their_own_name_anybody_may_ring(meetings: Meetings) -> None:
    give(meetings)
    assert rings(meetings, meetings.world.gunnel) == ""
