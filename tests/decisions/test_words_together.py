"""All the texts of the page in one form: what is typed in one is neither lost nor left out by a button elsewhere on it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import scope
from portal.audit.models import AuditLine
from portal.decisions.queries.words import version_of
from tests.applicants import Sent
from tests.decisions.recruiting import HIRED, address, closed_recruitment, decide, proofread, release
from tests.decisions.test_outcomes_together import withdraw
from tests.decisions.test_words import ALL, kept, private_page, save
from tests.forms import fields_of, submit_page
from tests.world import Published, World

Clock = Callable[[str], datetime]
Texts = Mapping[UUID, str]


def typed(texts: Texts) -> dict[str, str]:
    return {f"{id}-text": text for id, text in texts.items()}


def press_one(client: FlaskClient, page: TestResponse, ad: Published, one: Sent, texts: Texts) -> TestResponse:
    data: dict[str, Any] = {**fields_of(page), **typed(texts)}
    return client.post(address(ad, f"besked/{one.id}"), data=data)


def press_all(client: FlaskClient, page: TestResponse, ad: Published, texts: Texts) -> TestResponse:
    return submit_page(client, page, address(ad, "besked"), typed(texts), ALL)


def text_of(page: TestResponse, one: Sent) -> str:
    return fields_of(page)[f"{one.id}-text"][0]


def said(page: TestResponse) -> str:
    return " ".join(page.get_data(as_text=True).split())


def test_a_text_that_was_changed_is_kept_as_it_was_changed_when_all_are_marked(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one, other])
    browser = world.browser(world.kansli)
    shown = browser.get(address(ad, "besked"))
    assert press_all(browser, shown, ad, {one.id: "Hej,\r\n\r\nringt har vi redan."}).status_code == 303
    after = browser.get(address(ad, "besked"))
    assert (text_of(after, one), text_of(after, other)) == ("Hej,\n\nringt har vi redan.", text_of(shown, other))
    assert "Alla besked som du ser är korrekturlästa." in said(after) and "Två besked är korrekturlästa." in said(after)
    release(world, ad)
    assert "<p>ringt har vi redan.</p>" in private_page(world, one)


def test_a_text_that_was_read_before_and_is_changed_is_kept_with_the_others(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one, other])
    browser = world.browser(world.kansli)
    save(browser, ad, one, "Först så.")
    shown = browser.get(address(ad, "besked"))
    assert press_all(browser, shown, ad, {one.id: "Sedan så."}).status_code == 303
    assert text_of(browser.get(address(ad, "besked")), one) == "Sedan så."
    assert kept(world) == 2


def test_one_empty_text_marks_none_and_everything_typed_stands_there(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one, other])
    browser = world.browser(world.kansli)
    answer = press_all(browser, browser.get(address(ad, "besked")), ad, {one.id: "Eget.", other.id: "  "})
    assert answer.status_code == 422
    assert text_of(answer, one) == "Eget." and kept(world) == 0
    assert f'<a href="#text-{other.id}">Skriv vad den sökande ska få läsa.' in said(answer)
    assert f'id="text-{one.id}-error"' not in said(answer)
    assert press_all(browser, answer, ad, {other.id: "Också eget."}).status_code == 303
    after = browser.get(address(ad, "besked"))
    assert (text_of(after, one), text_of(after, other)) == ("Eget.", "Också eget.")


def test_a_colleagues_newer_text_is_not_written_over_and_no_other_is_marked(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one, other])
    browser = world.browser(world.kansli)
    old = browser.get(address(ad, "besked"))
    save(world.browser(world.kansli), ad, one, "Kollegans.")
    answer = press_all(browser, old, ad, {one.id: "Min.", other.id: "Också min."})
    assert answer.status_code == 409 and kept(world) == 1
    assert (text_of(answer, one), text_of(answer, other)) == ("Min.", "Också min.")
    assert "Kollegans." in said(answer) and f'<a href="#text-{one.id}">En kollega har sparat' in said(answer)
    assert press_all(browser, answer, ad, {}).status_code == 303
    assert text_of(browser.get(address(ad, "besked")), one) == "Min."


def test_a_colleagues_newer_text_stands_where_nobody_has_typed_another(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one, other])
    browser = world.browser(world.kansli)
    old = browser.get(address(ad, "besked"))
    save(world.browser(world.kansli), ad, one, "Kollegans.")
    assert press_all(browser, old, ad, {other.id: "Min."}).status_code == 303
    after = browser.get(address(ad, "besked"))
    assert (text_of(after, one), text_of(after, other)) == ("Kollegans.", "Min.")


def test_a_proposal_that_is_another_by_now_is_shown_and_not_marked_unread(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one, other])
    browser = world.browser(world.kansli)
    old = browser.get(address(ad, "besked"))
    decide(world, ad, [one], HIRED)
    answer = press_all(browser, old, ad, {other.id: "Min."})
    assert answer.status_code == 409 and kept(world) == 0
    assert "Beskedet har ändrats sedan sidan visades." in said(answer)
    assert "det är dig vi vill anställa" in text_of(answer, one) and text_of(answer, other) == "Min."
    assert press_all(browser, answer, ad, {}).status_code == 303
    assert kept(world) == 2


def test_saving_one_leaves_what_is_typed_in_another_and_does_not_mark_it(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one, other])
    browser = world.browser(world.kansli)
    answer = press_one(browser, browser.get(address(ad, "besked")), ad, one, {one.id: "Klart.", other.id: "Halvvägs"})
    assert answer.status_code == 200 and kept(world) == 1
    assert "står kvar, men är inte sparat än" in said(answer)
    assert (text_of(answer, one), text_of(answer, other)) == ("Klart.", "Halvvägs")
    save(world.browser(world.kansli), ad, other, "Kollegans.")
    assert press_one(browser, answer, ad, other, {}).status_code == 409, "it still tells what it was opened with"
    assert text_of(browser.get(address(ad, "besked")), other) == "Kollegans."


def test_a_fault_in_the_one_that_is_saved_leaves_what_is_typed_in_another(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one, other])
    browser = world.browser(world.kansli)
    answer = press_one(browser, browser.get(address(ad, "besked")), ad, one, {one.id: "", other.id: "Halvvägs"})
    assert answer.status_code == 422 and kept(world) == 0
    assert text_of(answer, other) == "Halvvägs" and f'id="text-{other.id}-error"' not in said(answer)


def test_saving_one_alone_goes_back_to_it(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one, other])
    browser = world.browser(world.kansli)
    answer = press_one(browser, browser.get(address(ad, "besked")), ad, other, {other.id: "Klart."})
    assert answer.status_code == 303 and answer.headers["Location"].endswith(f"#b-{other.id}")
    assert kept(world) == 1, "the other was not read"


def test_what_was_typed_of_one_who_has_been_told_meanwhile_is_shown_to_be_copied(
    world: World, set_clock: Clock
) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one], HIRED)
    decide(world, ad, [other])
    browser = world.browser(world.kansli)
    old = browser.get(address(ad, "besked"))
    proofread(world, ad)
    release(world, ad, offer=True)
    answer = press_all(browser, old, ad, {one.id: "För <b>sent</b>.", other.id: "Min."})
    assert answer.status_code == 422
    assert "För &lt;b&gt;sent&lt;/b&gt;." in said(answer) and text_of(answer, other) == "Min."
    assert "För" not in private_page(world, one)
    assert f"{one.id}-text" not in fields_of(answer), "it is not in the way of the others"


@pytest.mark.parametrize("garbage", ["", "x", "\0", "9" * 9000])
def test_what_no_page_has_shown_marks_nothing(world: World, set_clock: Clock, garbage: str) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    decide(world, ad, [one])
    browser = world.browser(world.kansli)
    token = fields_of(browser.get(address(ad, "besked")))["csrf_token"][0]
    data = {"csrf_token": token, "seen": garbage, f"{one.id}-seen": garbage, "x-text": garbage}
    assert browser.post(address(ad, "besked"), data=data).status_code == 303
    assert kept(world) == 0


def test_marking_twice_writes_one_row_and_one_line(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    decide(world, ad, [one])
    browser = world.browser(world.kansli)
    shown = browser.get(address(ad, "besked"))
    for _ in range(2):
        assert press_all(browser, shown, ad, {}).status_code == 303
        assert press_one(browser, shown, ad, one, {}).status_code == 303
    assert kept(world) == 1
    with world.acting(scope.party(world.party)) as session:
        assert len(session.scalars(select(AuditLine).where(AuditLine.verb == "word.proofread")).all()) == 1


def test_each_text_carries_the_version_that_the_page_was_opened_with(world: World, set_clock: Clock) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one, other])
    shown = fields_of(world.browser(world.kansli).get(address(ad, "besked")))
    for person in (one, other):
        assert shown[f"{person.id}-seen"] == [version_of(shown[f"{person.id}-text"][0])]


def test_a_text_that_was_typed_of_one_who_is_gone_is_told_and_shown_to_be_copied(
    world: World, set_clock: Clock
) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one, other])
    browser = world.browser(world.kansli)
    shown = browser.get(address(ad, "besked"))
    withdraw(world, one)
    own, told = {one.id: "Ett långt eget brev."}, "<p>Ett långt eget brev.</p>"
    alone = press_one(browser, shown, ad, one, own)
    assert alone.status_code == 409 and told in said(alone)
    faulty = press_all(browser, shown, ad, {**own, other.id: " "})
    assert faulty.status_code == 422 and told in said(faulty)
    beside = press_one(browser, shown, ad, other, own)
    assert beside.status_code == 200 and told in said(beside) and kept(world) == 1
    answer = press_all(browser, shown, ad, {**own, other.id: "Hej, ringt har vi."})
    assert answer.status_code == 200 and told in said(answer) and "Den sökande är inte kvar här" in said(answer)
    assert one.name not in said(answer) and "Ett besked är korrekturläst." in said(answer)
    assert text_of(answer, other) == "Hej, ringt har vi."
    assert press_all(browser, shown, ad, {}).status_code == 303, "what nobody typed is nobody's loss"


def test_the_texts_of_hundreds_of_candidates_come_through(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    decide(world, ad, [one])
    browser = world.browser(world.kansli)
    data = dict(fields_of(browser.get(address(ad, "besked"))), others=["å" * 3000] * 40)
    assert browser.post(address(ad, "besked"), data=data).status_code == 303
    assert kept(world) == 1


def test_an_empty_form_for_one_who_has_been_told_is_a_fault_and_no_crash(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    decide(world, ad, [one])
    proofread(world, ad)
    browser = world.browser(world.kansli)
    token = fields_of(browser.get(address(ad, "besked")))["csrf_token"][0]
    release(world, ad)
    answer = browser.post(address(ad, f"besked/{one.id}"), data={"csrf_token": token})
    assert answer.status_code == 422 and "Det du skrev är inte sparat" not in said(answer)


def test_what_is_typed_for_another_stands_when_the_one_has_taken_the_application_back(
    world: World, set_clock: Clock
) -> None:
    ad, (one, other) = closed_recruitment(world, set_clock, 2)
    decide(world, ad, [one, other])
    browser = world.browser(world.kansli)
    shown = browser.get(address(ad, "besked"))
    withdraw(world, one)
    answer = press_one(browser, shown, ad, one, {other.id: "Hej, ringt har vi."})
    assert answer.status_code == 409 and text_of(answer, other) == "Hej, ringt har vi."
    assert "Den sökande är inte kvar." in said(answer) and kept(world) == 0
    assert press_one(browser, shown, ad, one, {}).status_code == 404


def test_the_texts_of_hundreds_are_taken_in(world: World, set_clock: Clock) -> None:
    ad, (one,) = closed_recruitment(world, set_clock, 1)
    decide(world, ad, [one])
    browser = world.browser(world.kansli)
    data = {**fields_of(browser.get(address(ad, "besked"))), "of-others": "x" * 600_000}
    assert browser.post(address(ad, "besked"), data=data).status_code == 303
