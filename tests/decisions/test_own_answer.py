"""The one who is offered the post answers on their own page, and the office's record follows."""

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import scope
from portal.audit.models import AuditLine
from portal.contracts.queries import employment_for
from portal.decisions.outcomes import Status
from portal.jobs.tasks import run_rounds
from portal.links.models import Purpose
from portal.links.services import token_of
from tests.applicants import Sent
from tests.contracts.hiring import RECORD, TERMS
from tests.decisions.offering import say, statuses
from tests.decisions.recruiting import address
from tests.decisions.test_words import private_page
from tests.door import own_browser
from tests.forms import fields_of, submit
from tests.world import Published, World


def own_answer(world: World, one: Sent, answer: str) -> TestResponse:
    """A form of the candidate's own browser, whatever the page shows by now."""
    with world.acting(scope.party(world.party)) as session:
        link = f"/ansokan/{token_of(session, purpose=Purpose.APPLICATION, subject_id=one.id)}"
    browser = own_browser(world)
    token = fields_of(browser.get(f"{link}/brev"))["csrf_token"][0]
    return browser.post(f"{link}/erbjudande", data={"csrf_token": token, "answer": answer})


@pytest.mark.parametrize(
    ("answer", "told_them", "stands"),
    [
        ("tackat_ja", "Du anställs. Arbetsgivaren hör av sig till dig.", Status.ACCEPTED),
        ("tackat_nej", "Du har tackat nej till tjänsten.", Status.DECLINED),
    ],
)
def test_the_one_who_is_offered_answers_on_their_own_page_and_the_office_sees_it(
    world: World, offered: tuple[Published, list[Sent]], answer: str, told_them: str, stands: Status
) -> None:
    published, sent = offered
    assert "Svara på erbjudandet" in private_page(world, sent[0])
    assert own_answer(world, sent[0], answer).status_code == 303
    assert told_them in private_page(world, sent[0]) and "Svara på erbjudandet" not in private_page(world, sent[0])
    run_rounds(world.app)
    assert statuses(world, published)[sent[0].id] is stands
    assert own_answer(world, sent[0], answer).status_code == 303  # twice is once
    run_rounds(world.app)
    with world.acting(scope.party(world.party)) as session:
        lines = session.scalars(select(AuditLine.actor).where(AuditLine.verb.in_(["offer.accepted", "offer.declined"])))
        assert list(lines) == ["candidate"]


def test_an_answer_that_is_changed_missing_or_not_asked_for_is_refused_with_a_sentence(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    for nothing in ("", "kanske"):
        missing = own_answer(world, sent[0], nothing)
        shown = missing.get_data(as_text=True)
        assert missing.status_code == 422 and ">Välj om du tackar ja eller nej.</a>" in shown
    assert own_answer(world, sent[0], "tackat_nej").status_code == 303
    changed = own_answer(world, sent[0], "tackat_ja")
    assert changed.status_code == 409 and "Erbjudandet är redan besvarat." in changed.get_data(as_text=True)
    assert own_answer(world, sent[1], "tackat_ja").status_code == 303  # was asked nothing: led to the private page
    run_rounds(world.app)
    assert statuses(world, published)[sent[0].id] is Status.DECLINED
    assert statuses(world, published)[sent[1].id] is Status.PARKED


def test_the_office_cannot_write_a_yes_over_the_no_that_the_candidate_has_just_given(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    assert own_answer(world, sent[0], "tackat_nej").status_code == 303
    said = say(world.browser(world.kansli), published, sent[0], "tackat_ja")
    assert said.status_code == 409 and "har redan svarat" in said.get_data(as_text=True)
    assert "Du har tackat nej till tjänsten." in private_page(world, sent[0])
    run_rounds(world.app)
    assert statuses(world, published)[sent[0].id] is Status.DECLINED


def test_nobody_is_employed_in_the_instant_after_their_own_no(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    assert own_answer(world, sent[0], "tackat_nej").status_code == 303  # and no round has told the outcome of it
    refused = submit(world.browser(world.kansli), address(published, f"anstall/{sent[0].id}"), TERMS, RECORD)
    assert refused.status_code == 409 and "Den sökande har tackat nej" in refused.get_data(as_text=True)
    run_rounds(world.app)
    assert statuses(world, published)[sent[0].id] is Status.DECLINED
    assert "Du har tackat nej till tjänsten." in private_page(world, sent[0])
    with world.acting(scope.party(world.party)) as session:
        assert employment_for(session, sent[0].id) is None
