"""An answer that the office noted by mistake is taken back; one that the candidate gave is not the office's to take."""

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import scope
from portal.audit.models import AuditLine
from portal.decisions.models import Outcome
from portal.decisions.outcomes import Status
from portal.jobs.tasks import run_rounds
from tests.applicants import Sent
from tests.contracts.hiring import RECORD, TERMS
from tests.decisions.offering import say, statuses
from tests.decisions.recruiting import HIRED, address, closed_recruitment, decide
from tests.decisions.test_own_answer import own_answer
from tests.decisions.test_words import private_page
from tests.forms import fields_of, submit, submit_page
from tests.privacy.candidates import Clock
from tests.world import Published, World

Offered = tuple[Published, list[Sent]]
BACK = "Ta tillbaka svaret"


def take_back(world: World, published: Published, one: Sent) -> TestResponse:
    where = address(published, f"utfall/{one.id}/svar/ta-tillbaka")
    browser = world.browser(world.kansli)
    return submit_page(browser, browser.get(address(published)), where, {}, BACK)


def outcome(world: World, one: Sent) -> Outcome:
    with world.acting(scope.party(world.party)) as session:
        row = session.scalars(select(Outcome).where(Outcome.application_id == one.id)).one()
        session.expunge(row)
        return row


def answer_themselves(world: World, one: Sent, answer: str) -> None:
    assert own_answer(world, one, answer).status_code == 303
    run_rounds(world.app)


@pytest.mark.parametrize("answer", ["tackat_nej", "tackat_ja"])
def test_an_answer_noted_by_mistake_is_none_and_the_offer_stands_again(
    world: World, offered: Offered, answer: str
) -> None:
    published, sent = offered
    say(world.browser(world.kansli), published, sent[0], answer, "Fick annat." if answer == "tackat_nej" else "")
    assert "Du erbjuds tjänsten." not in private_page(world, sent[0])
    assert take_back(world, published, sent[0]).status_code == 303
    row = outcome(world, sent[0])
    assert (row.accepted_at, row.declined_at, row.answer_sealed) == (None, None, None)
    assert statuses(world, published)[sent[0].id] is Status.OFFERED
    assert "Du erbjuds tjänsten." in private_page(world, sent[0])
    answer_themselves(world, sent[0], "tackat_ja")
    assert statuses(world, published)[sent[0].id] is Status.ACCEPTED
    with world.acting(scope.party(world.party)) as session:
        lines = select(AuditLine.verb).where(AuditLine.object_id == sent[0].id, AuditLine.verb.like("offer.%"))
        noted = "offer.declined" if answer == "tackat_nej" else "offer.accepted"
        told = ["offer.made", noted, "offer.answer_taken_back", "offer.accepted"]
        assert session.scalars(lines.order_by(AuditLine.number)).all() == told


def test_a_no_over_a_yes_of_theirs_is_taken_back_to_the_yes(world: World, offered: Offered) -> None:
    published, sent = offered
    answer_themselves(world, sent[0], "tackat_ja")
    say(world.browser(world.kansli), published, sent[0], "tackat_nej")
    assert take_back(world, published, sent[0]).status_code == 303
    assert statuses(world, published)[sent[0].id] is Status.ACCEPTED
    assert "Du anställs." in private_page(world, sent[0])
    assert BACK not in world.browser(world.kansli).get(address(published)).get_data(as_text=True)


@pytest.mark.parametrize("answer", ["tackat_nej", "tackat_ja"])
def test_what_the_candidate_has_answered_themselves_stands(world: World, offered: Offered, answer: str) -> None:
    published, sent = offered
    browser, where = world.browser(world.kansli), address(published, f"utfall/{sent[0].id}/svar/ta-tillbaka")
    say(browser, published, sent[0], answer)
    old = browser.get(address(published))
    assert submit_page(browser, old, where, {}, BACK).status_code == 303
    answer_themselves(world, sent[0], answer)
    assert BACK not in browser.get(address(published)).get_data(as_text=True)
    told = submit_page(browser, old, where, {}, BACK)
    assert told.status_code == 409 and "på sin egen sida" in told.get_data(as_text=True)
    assert statuses(world, published)[sent[0].id] == answer


def test_pressed_twice_it_is_taken_back_once(world: World, offered: Offered) -> None:
    published, sent = offered
    browser, where = world.browser(world.kansli), address(published, f"utfall/{sent[0].id}/svar/ta-tillbaka")
    say(browser, published, sent[0], "tackat_nej")
    page = browser.get(address(published))
    assert [submit_page(browser, page, where, {}, BACK).status_code for _ in range(2)] == [303, 303]
    with world.acting(scope.party(world.party)) as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.verb == "offer.answer_taken_back")).all()
    assert len(lines) == 1


def test_an_old_page_takes_back_no_answer_that_came_since(world: World, offered: Offered) -> None:
    published, sent = offered
    browser, where = world.browser(world.kansli), address(published, f"utfall/{sent[0].id}/svar/ta-tillbaka")
    say(browser, published, sent[0], "tackat_ja")
    old = browser.get(address(published))
    say(browser, published, sent[0], "tackat_nej")
    told = submit_page(browser, old, where, {}, BACK)
    assert told.status_code == 409 and "ett annat än när sidan visades" in told.get_data(as_text=True)
    assert statuses(world, published)[sent[0].id] is Status.DECLINED


def test_a_no_is_not_taken_back_where_another_is_to_have_the_post(world: World, offered: Offered) -> None:
    published, sent = offered
    say(world.browser(world.kansli), published, sent[0], "tackat_nej")
    decide(world, published, sent[1:2], HIRED)
    told = take_back(world, published, sent[0])
    assert told.status_code == 422 and "så fler kan inte anställas" in told.get_data(as_text=True)
    assert statuses(world, published)[sent[0].id] is Status.DECLINED


def test_an_answer_that_an_employment_rests_on_stands(world: World, offered: Offered) -> None:
    published, sent = offered
    browser, where = world.browser(world.kansli), address(published, f"utfall/{sent[0].id}/svar/ta-tillbaka")
    say(browser, published, sent[0], "tackat_ja")
    old = browser.get(address(published))
    assert submit(browser, address(published, f"anstall/{sent[0].id}"), TERMS, RECORD).status_code == 303
    assert BACK not in browser.get(address(published)).get_data(as_text=True)
    assert submit_page(browser, old, where, {}, BACK).status_code == 409
    assert statuses(world, published)[sent[0].id] is Status.ACCEPTED


def test_neither_the_rival_nor_an_assessor_takes_it_back(world: World, offered: Offered) -> None:
    published, sent = offered
    say(world.browser(world.kansli), published, sent[0], "tackat_nej")
    where = address(published, f"utfall/{sent[0].id}/svar/ta-tillbaka")
    for person in (world.rival_kansli, world.gunnel):
        browser = world.browser(person)
        token = fields_of(browser.get("/konto"))["csrf_token"][0]
        assert (
            browser.post(where, data={"csrf_token": token, f"{sent[0].id}-noted-stood": "tackat_nej"}).status_code
            == 404
        )
    assert statuses(world, published)[sent[0].id] is Status.DECLINED


def test_what_was_noted_beneath_a_mistake_can_be_a_mistake_too(world: World, offered: Offered) -> None:
    published, sent = offered
    for answer in ("tackat_ja", "tackat_nej"):
        assert say(world.browser(world.kansli), published, sent[0], answer).status_code == 303
    for stands in (Status.ACCEPTED, Status.OFFERED):
        assert take_back(world, published, sent[0]).status_code == 303
        assert statuses(world, published)[sent[0].id] is stands


def test_a_yes_of_their_own_upon_the_offices_is_theirs(world: World, offered: Offered) -> None:
    published, sent = offered
    say(world.browser(world.kansli), published, sent[0], "tackat_ja")
    for _ in range(2):
        answer_themselves(world, sent[0], "tackat_ja")
    assert BACK not in world.browser(world.kansli).get(address(published)).get_data(as_text=True)
    with world.acting(scope.party(world.party)) as session:
        actors = select(AuditLine.actor).where(AuditLine.verb == "offer.accepted").order_by(AuditLine.number)
        assert [one.split(":")[0] for one in session.scalars(actors)] == ["person", "candidate"]


def test_of_one_without_an_outcome_there_is_nothing_to_take_back(world: World, set_clock: Clock) -> None:
    published, sent = closed_recruitment(world, set_clock, 1)
    browser, where = world.browser(world.kansli), address(published, f"utfall/{sent[0].id}/svar/ta-tillbaka")
    token = fields_of(browser.get(address(published)))["csrf_token"][0]
    assert browser.post(where, data={"csrf_token": token, f"{sent[0].id}-noted-stood": "tackat_nej"}).status_code == 409
