"""What an outcome cannot become, whoever writes it: under an employment, without a name, unread, or once it is taken back."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.services.withdrawing import withdraw_application
from portal.decisions.models import ProofreadWord
from portal.decisions.outcomes import NotReady, OutcomeSettled, Status, StillUnnamed
from portal.jobs.tasks import run_rounds
from portal.links.models import Purpose
from portal.links.services import token_of
from tests.applicants import Sent
from tests.contracts.hiring import fill, hired
from tests.decisions.offering import statuses
from tests.decisions.recruiting import HIRED, NOT_FURTHER, decide, proofread, release
from tests.door import own_browser
from tests.forms import fields_of
from tests.review.blind import make_blind
from tests.review.panel import Panel
from tests.world import Published, World

Clock = Callable[[str], datetime]


def test_whoever_is_recorded_as_employed_does_not_turn_into_one_who_goes_no_further(
    world: World, set_clock: Clock
) -> None:
    published, (one,) = hired(world, set_clock)
    assert fill(world.browser(world.kansli), published, one).status_code == 303
    with pytest.raises(OutcomeSettled):
        decide(world, published, [one], NOT_FURTHER)
    decide(world, published, [one], HIRED)  # with another reason, it may


def test_out_of_a_blind_review_nobody_is_employed_whose_name_is_not_open(panel_of_three: Panel) -> None:
    panel = panel_of_three
    make_blind(panel)
    with pytest.raises(StillUnnamed):
        decide(panel.world, panel.ad, panel.sent[:1], HIRED)
    decide(panel.world, panel.ad, panel.sent[:1], NOT_FURTHER)


def test_a_post_is_not_offered_in_words_that_nobody_has_read(world: World, set_clock: Clock) -> None:
    published, (one,) = hired(world, set_clock)
    with pytest.raises(NotReady, match="inte korrekturläst"):
        release(world, published, offer=True)
    proofread(world, published)
    assert release(world, published, offer=True) == 1
    assert statuses(world, published)[one.id] is Status.OFFERED


def test_only_the_words_of_whose_outcome_is_changed_are_to_be_read_again(world: World, set_clock: Clock) -> None:
    published, (one, two) = hired(world, set_clock, 2)
    decide(world, published, [two])
    proofread(world, published)
    decide(world, published, [one], NOT_FURTHER)
    with world.acting(scope.party(world.party)) as session:
        assert session.scalars(select(ProofreadWord.application_id)).all() == [two.id]


def test_whoever_has_taken_back_the_application_says_yes_to_nothing_on_a_page_that_was_open(
    world: World, offered: tuple[Published, list[Sent]]
) -> None:
    published, sent = offered
    with world.acting(scope.party(world.party)) as session:
        link = f"/ansokan/{token_of(session, purpose=Purpose.APPLICATION, subject_id=sent[0].id)}"
    browser = own_browser(world)
    token = fields_of(browser.get(f"{link}/brev"))["csrf_token"][0]
    with world.writing(scope.candidate(sent[0].id)) as session:
        withdraw_application(session, application_id=sent[0].id, at=clock.now())
    said = browser.post(f"{link}/erbjudande", data={"csrf_token": token, "answer": "tackat_ja"})
    assert said.status_code in (404, 409)
    run_rounds(world.app)
    assert statuses(world, published)[sent[0].id] is Status.DECLINED
