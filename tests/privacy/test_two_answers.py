"""Two of the office answer one request at the same time: what the second has written is shown beside what the first said."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.applications.paper import letters
from tests.decisions.recruiting import closed_recruitment
from tests.door import own_browser
from tests.forms import fields_of, submit, submit_page
from tests.privacy.asking import ask_and_extend
from tests.privacy.candidates import Clock, link_of, requests_in, told
from tests.privacy.test_merits import ASK, SAVE, SEND
from tests.privacy.test_registered import press, registered
from tests.world import World

FIRST, MINE = "Året är rättat till 2019.", "Vi rättar inte <b>året</b>, för det stämmer."


@pytest.fixture
def lost(world: World, set_clock: Clock) -> tuple[FlaskClient, str, TestResponse, str]:
    """The office, the request's page, the answer that came second, and the candidate's link."""
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    office, place = world.browser(world.kansli), registered(world, ad, one, "correction")
    open_in_two = office.get(place)
    first = submit_page(office, open_in_two, place, {"result": "done", "text": FIRST}, "Skicka svaret")
    assert first.status_code == 303
    second = submit_page(office, open_in_two, place, {"result": "refused", "text": MINE}, "Skicka svaret")
    return office, place, second, link_of(world, one)


def test_the_second_sees_both_and_can_let_the_first_stand(
    world: World, lost: tuple[FlaskClient, str, TestResponse, str]
) -> None:
    office, place, second, _link = lost
    page = second.get_data(as_text=True)
    assert second.status_code == 409
    assert FIRST in page and "Vi rättar inte &lt;b&gt;året&lt;/b&gt;" in page
    assert fields_of(second)["text"] == [MINE] and fields_of(second)["result"] == ["refused"]
    assert f'href="{place}"' in page and "Låt svaret stå" in page
    (row,) = requests_in(world)
    assert row.result == "done" and len(letters(world, "request-answered")) == 1
    assert MINE[:14] not in office.get(place).get_data(as_text=True)


def test_the_second_adds_to_what_the_candidate_may_have_read_once_however_often_it_is_pressed(
    world: World, lost: tuple[FlaskClient, str, TestResponse, str]
) -> None:
    office, place, second, link = lost
    for _press in range(2):
        assert submit_page(office, second, place, {}, "Skicka som tillägg").status_code == 303
    read = own_browser(world).get(f"{link}/mina-uppgifter").get_data(as_text=True)
    assert read.index(FIRST) < read.index("Tillägg den 14 december 2026:") < read.index("Vi rättar inte")
    assert read.count("Vi rättar inte") == 1
    assert requests_in(world)[0].result == "refused", "it comes to what was said last"
    (mail,) = letters(world, "request-added")
    assert f"{link}/mina-uppgifter" in mail.body and "året" not in mail.subject + mail.body
    third = submit_page(office, second, place, {"text": "En sak till."}, "Skicka som tillägg")
    assert third.status_code == 409 and fields_of(third)["text"] == ["En sak till."], "another answer stands by now"


def test_the_same_answer_pressed_twice_is_one(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    office, place = world.browser(world.kansli), registered(world, ad, one, "correction")
    page = office.get(place)
    for _press in range(2):
        answer = submit_page(office, page, place, {"result": "done", "text": FIRST}, "Skicka svaret")
        assert answer.status_code == 303
    assert len(letters(world, "request-answered")) == 1


def test_a_reason_for_more_time_is_shown_though_its_form_is_gone(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    office, place = world.browser(world.kansli), registered(world, ad, one, "erasure")
    page = office.get(place)
    submit_page(office, page, place, {"result": "refused", "text": FIRST}, "Skicka svaret")
    late = submit_page(office, page, place, {"reason": "Många har frågat."}, "Förläng tiden")
    assert late.status_code == 409
    assert "Det är inte skickat." in late.get_data(as_text=True) and "Många har frågat." in late.get_data(as_text=True)


def test_what_was_written_of_one_who_is_erased_meanwhile_is_shown_and_kept_nowhere(
    world: World, set_clock: Clock
) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    office, place = world.browser(world.kansli), registered(world, ad, one, "erasure")
    page = office.get(place)
    assert submit_page(office, page, place, {}, "Ta tillbaka och radera allt").status_code == 303
    late = submit_page(office, page, place, {"result": "refused", "text": MINE}, "Skicka svaret")
    assert late.status_code == 409
    assert "Vi rättar inte" in late.get_data(as_text=True) and "Skicka som tillägg" not in late.get_data(as_text=True)


def test_dl_2_4_an_answer_of_merits_goes_by_its_own_form_alone(world: World, set_clock: Clock) -> None:
    """The plain answer does not look for names in it."""
    _ad, sent = told(world, set_clock)
    link = link_of(world, sent[1])
    browser = own_browser(world)
    assert submit_page(browser, browser.get(f"{link}/mina-uppgifter"), link, {}, "Begär uppgift om meriter")
    (row,) = requests_in(world)
    office = world.browser(world.kansli)
    answer = press(office, f"/arbete/begaran/{row.id}/svara", result="done", text=sent[0].name)
    assert answer.status_code == 404 and requests_in(world)[0].answered_at is None
    page = office.get(f"/arbete/begaran/{row.id}")
    assert (
        submit_page(office, page, f"/arbete/begaran/{row.id}", {"text": "Utbildning:\nJur. kand."}, SEND).status_code
        == 303
    )
    added = press(office, f"/arbete/begaran/{row.id}/svara", result="done", text=sent[0].name, beside="x")
    assert added.status_code == 404, "nor is a name added to it"


def test_it_is_extended_once_and_the_second_reason_is_not_lost(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1, employer="party")
    id = ask_and_extend(world, ad, one)
    late = press(world.browser(world.kansli), f"/arbete/begaran/{id}/forlang", reason="Semestrar.")
    assert late.status_code == 409 and "Semestrar." in late.get_data(as_text=True)


def test_an_untouched_text_about_merits_takes_nothing_back_and_is_not_sent_unseen(
    world: World, set_clock: Clock
) -> None:
    _ad, (_hired, one) = told(world, set_clock)
    assert submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", {}, ASK).status_code == 303
    (row,) = requests_in(world)
    office, place = world.browser(world.kansli), f"/arbete/begaran/{row.id}"
    for kept in ("Första.", "Kollegans text."):  # over the draft that is suggested, and over what was kept
        untouched = office.get(place)
        submit(office, place, {"text": kept}, SAVE)
        for button in (SAVE, SEND):
            asked = submit_page(office, untouched, place, {}, button)
            page = asked.get_data(as_text=True)
            assert asked.status_code == 409 and fields_of(asked)["text"] == [kept]
            assert "Det du själv har skrivit" not in page and "Det du skrev" not in page
            assert fields_of(office.get(place))["text"] == [kept]
    assert submit_page(office, asked, place, {}, SEND).status_code == 303
    assert "Kollegans text." in own_browser(world).get(f"{link_of(world, one)}/mina-uppgifter").get_data(as_text=True)


@pytest.mark.parametrize(("button", "sent"), [(SAVE, 0), (SEND, 1)])
def test_of_two_who_write_about_merits_the_later_sees_what_the_first_has_kept(
    world: World, set_clock: Clock, button: str, sent: int
) -> None:
    _ad, (_hired, one) = told(world, set_clock)
    assert submit(own_browser(world), f"{link_of(world, one)}/mina-uppgifter", {}, ASK).status_code == 303
    (row,) = requests_in(world)
    office, place = world.browser(world.kansli), f"/arbete/begaran/{row.id}"
    open_in_two = office.get(place)
    for _press in range(2):
        assert submit_page(office, open_in_two, place, {"text": "Kollegans <i>text</i>."}, SAVE).status_code == 303
    asked = submit_page(office, open_in_two, place, {"text": "Min text."}, button)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and "Kollegans &lt;i&gt;text" in page and fields_of(asked)["text"] == ["Min text."]
    assert fields_of(office.get(place))["text"] == ["Kollegans <i>text</i>."]
    assert letters(world, "request-answered") == []
    assert submit_page(office, asked, place, {}, button).status_code == 303
    assert "Min text." in office.get(place).get_data(as_text=True)
    assert len(letters(world, "request-answered")) == sent
