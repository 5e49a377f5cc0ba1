"""The answers to an offer stand in the page's one form: what is typed of anybody stands there when another's is saved."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.jobs.tasks import run_rounds
from tests.applicants import Sent
from tests.decisions.offering import say, statuses
from tests.decisions.recruiting import HIRED, address, closed_recruitment, decide, proofread, release
from tests.decisions.test_outcome import recorded
from tests.decisions.test_outcomes_together import of, press, said, stands
from tests.decisions.test_own_answer import own_answer
from tests.forms import fields_of
from tests.privacy.candidates import Clock
from tests.world import Published, World

Offered = tuple[Published, list[Sent]]
KEPT = "står kvar, men är inte sparat än"
SAVE, BACK = "svar", "svar/ta-tillbaka"


@pytest.fixture
def two_offered(world: World, set_clock: Clock) -> Offered:
    """Three candidates for two posts: the first two are offered one each, nothing is said of the third."""
    ad, sent = closed_recruitment(world, set_clock, 3, posts=2)
    decide(world, ad, sent[:2], HIRED)
    proofread(world, ad)
    release(world, ad, offer=True)
    return ad, sent


def answer_of(one: Sent, answer: str = "", why: str = "") -> dict[str, str]:
    typed = {f"{one.id}-why": why}
    return {**typed, f"{one.id}-answer": answer} if answer else typed


def send(client: FlaskClient, page: TestResponse, ad: Published, one: Sent, tail: str, *typed: Any) -> TestResponse:
    data: dict[str, Any] = dict(fields_of(page))
    for more in typed:
        data |= more
    return client.post(address(ad, f"utfall/{one.id}/{tail}"), data=data)


def test_saving_an_answer_leaves_the_outcome_and_the_answer_that_are_typed_of_others(
    world: World, two_offered: Offered
) -> None:
    ad, (one, other, third) = two_offered
    browser = world.browser(world.kansli)
    wish, begun = of(third, ad, "Andra är vanare."), answer_of(other, "tackat_nej", "Fick annat.")
    answer = send(browser, browser.get(address(ad)), ad, one, SAVE, answer_of(one, "tackat_ja"), wish, begun)
    assert answer.status_code == 200 and KEPT in said(answer)
    assert statuses(world, ad)[one.id] == "tackat_ja" and statuses(world, ad)[other.id] == "erbjudet"
    assert third.id not in {row.application_id for row in recorded(world)}
    assert wish.items() <= stands(answer, third).items() and begun.items() <= stands(answer, other).items()
    again = send(browser, answer, ad, other, SAVE)
    assert again.status_code == 200 and statuses(world, ad)[other.id] == "tackat_nej"
    assert press(browser, again, ad, third).status_code == 303


def test_where_nothing_else_is_typed_the_page_goes_back_to_the_one(world: World, two_offered: Offered) -> None:
    ad, (one, _other, _third) = two_offered
    browser = world.browser(world.kansli)
    answer = send(browser, browser.get(address(ad)), ad, one, SAVE, answer_of(one, "tackat_ja"))
    assert answer.status_code == 303 and answer.headers["Location"].endswith(f"#s-{one.id}")
    back = send(browser, browser.get(address(ad)), ad, one, BACK)
    assert back.status_code == 303 and statuses(world, ad)[one.id] == "erbjudet"


def test_taking_an_answer_back_leaves_what_is_typed_of_others(world: World, two_offered: Offered) -> None:
    ad, (one, other, third) = two_offered
    browser = world.browser(world.kansli)
    say(browser, ad, one, "tackat_nej")
    wish, begun = of(third, ad, "Andra är vanare."), answer_of(other, "tackat_nej", "Fick annat.")
    answer = send(browser, browser.get(address(ad)), ad, one, BACK, wish, begun)
    assert answer.status_code == 200 and KEPT in said(answer)
    assert statuses(world, ad)[one.id] == "erbjudet"
    assert wish.items() <= stands(answer, third).items() and begun.items() <= stands(answer, other).items()


def test_saving_an_outcome_leaves_the_answer_that_is_typed_of_another(world: World, two_offered: Offered) -> None:
    ad, (one, _other, third) = two_offered
    browser = world.browser(world.kansli)
    begun = answer_of(one, "tackat_nej", "Fick annat.")
    answer = press(browser, browser.get(address(ad)), ad, third, of(third, ad, "Andra är vanare."), begun)
    assert answer.status_code == 200 and KEPT in said(answer)
    assert begun.items() <= stands(answer, one).items() and statuses(world, ad)[one.id] == "erbjudet"


@pytest.mark.parametrize("tail", [SAVE, BACK])
def test_a_fault_in_an_answer_or_a_refusal_leaves_what_is_typed_of_others(
    world: World, two_offered: Offered, tail: str
) -> None:
    ad, (one, other, third) = two_offered
    browser = world.browser(world.kansli)
    wish, begun = of(third, ad, "Andra är vanare."), answer_of(other, "tackat_nej", "Fick annat.")
    say(browser, ad, one, "tackat_nej")
    old = browser.get(address(ad))
    say(browser, ad, one, "tackat_nej")
    typed = {f"{one.id}-noted-stood": "tackat_ja"} if tail == BACK else {f"{one.id}-answer": "vet inte"}
    answer = send(browser, old, ad, one, tail, wish, begun, typed)
    assert answer.status_code == (409 if tail == BACK else 422)
    assert wish.items() <= stands(answer, third).items() and begun.items() <= stands(answer, other).items()
    assert "Allt annat är sparat." not in said(answer)


def test_a_why_typed_of_one_who_has_answered_meanwhile_is_shown_to_be_copied(
    world: World, two_offered: Offered
) -> None:
    ad, (one, other, _third) = two_offered
    browser = world.browser(world.kansli)
    old = browser.get(address(ad))
    assert own_answer(world, one, "tackat_nej").status_code == 303
    run_rounds(world.app)
    answer = send(
        browser, old, ad, other, SAVE, answer_of(other, "tackat_ja"), answer_of(one, "tackat_nej", "Flyttar.")
    )
    assert answer.status_code == 200 and "Flyttar." in said(answer) and "är inte sparat" in said(answer)
