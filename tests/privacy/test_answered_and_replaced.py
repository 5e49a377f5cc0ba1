"""An answer that was given in the first of two applications is read on in the one that takes its place, by both sides."""

import re
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from portal.jobs.tasks import run_rounds
from portal.privacy.rights.kinds import Kind
from tests.applications.paper import apply, letters, private_link
from tests.applications.test_private import question_link
from tests.door import show, submit_inside
from tests.forms import submit
from tests.privacy.test_asked_and_replaced import REPLACE, Clock, asked_of, asked_of_first, asks, in_state, records_of
from tests.world import Published, World, publish_ad

WORDS, ANSWER = "Rätta årtalet.", "Årtalet är rättat."


def answered(world: World, client: FlaskClient, employer: str) -> tuple[Published, UUID]:
    """The first has asked, and the office has answered."""
    ad = publish_ad(world, employer=employer)
    apply(client, ad)
    first = in_state(world, ad, "sent")
    asks(world, first, WORDS)
    (one,) = asked_of(world, first)
    office = world.browser(world.kansli)
    said = {"text": ANSWER, "result": "done"}
    assert submit(office, f"/arbete/begaran/{one.row.id}", said, "Skicka svaret").status_code == 303
    return ad, one.row.id


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_an_answer_is_read_by_the_candidate_and_the_office_after_the_first_is_replaced(
    world: World, client: FlaskClient, employer: str
) -> None:
    ad, request = answered(world, client, employer)
    second = private_link(apply(world.browser(), ad, Namn="Alma E. Ekdahl"))
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    own = show(world, f"{second}/mina-uppgifter").get_data(as_text=True)
    assert WORDS in own and ANSWER in own and asked_of_first(world, ad) == 0
    office = world.browser(world.kansli)
    page = office.get(f"/arbete/begaran/{request}")
    assert page.status_code == 200 and ANSWER in page.get_data(as_text=True) and WORDS in page.get_data(as_text=True)
    assert str(request) in office.get("/arbete/begaran").get_data(as_text=True)


def test_the_second_may_ask_for_the_same_and_both_stand(world: World, client: FlaskClient) -> None:
    ad, _request = answered(world, client, "party")
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    asks(world, in_state(world, ad, "proposal"), "Rätta orten.")
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    there = asked_of(world, in_state(world, ad, "sent"))
    assert [(one.text, one.answer) for one in there] == [(WORDS, ANSWER), ("Rätta orten.", "")]


def test_with_an_authority_the_records_of_both_stay_where_they_came_and_say_the_same(
    world: World, client: FlaskClient
) -> None:
    ad, _request = answered(world, client, "authority")
    before = records_of(world)
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    assert records_of(world)[:2] == before
    assert [text.rpartition("\n")[2] for _, text in before] == [WORDS, ANSWER]


def test_what_was_wished_of_the_first_alone_stays_with_it(world: World, client: FlaskClient) -> None:
    ad, _request = answered(world, client, "party")
    asks(world, in_state(world, ad, "sent"), "Radera den.", Kind.ERASURE)
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    assert [one.row.kind for one in asked_of(world, in_state(world, ad, "sent"))] == [Kind.CORRECTION]


@pytest.mark.parametrize("employer", ["authority", "party"])
@pytest.mark.parametrize("read", [True, False])
def test_what_became_of_the_mail_about_it_is_told_still(
    world: World, client: FlaskClient, set_clock: Clock, employer: str, read: bool
) -> None:
    ad, request = answered(world, client, employer)
    run_rounds(world.app)
    if read:
        set_clock("2026-11-23T11:00")
        (mail,) = letters(world, "request-answered")
        assert ANSWER in show(world, re.findall(r"/ansokan/\S+mina-uppgifter", mail.body)[0]).get_data(as_text=True)
    page, office = f"/arbete/begaran/{request}", world.browser(world.kansli)
    told = "Mejlet lämnades till e-postservern", "Sidan öppnades" if read else "Sidan är inte öppnad"
    assert all(words in office.get(page).get_data(as_text=True) for words in told)
    apply(world.browser(), ad, Namn="Alma E. Ekdahl")
    assert submit_inside(world, question_link(world), {}, REPLACE).status_code == 303
    assert all(words in office.get(page).get_data(as_text=True) for words in told)
