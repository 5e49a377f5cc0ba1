"""An ad that was taken back nobody ends: once everybody has their word its recruitment is over, and nothing of it is changed.
Who has been told is called to no interview."""

from collections.abc import Callable
from datetime import datetime

import pytest

from portal import clock, scope
from portal.ads.services.publishing import withdraw_ad
from portal.interviews.refusals import RecruitmentOver
from portal.interviews.services.arranging import require_arranger
from portal.review import services
from portal.review.phases import Phase
from portal.review.refusals import CaseOver, ToldAlready
from portal.review.visibility import USUAL
from tests.applicants import send_applications
from tests.decisions.recruiting import HIRED, NOT_FURTHER, decide, proofread, release
from tests.review.panel import Panel, panel_of
from tests.world import World

BUTTON = ">Kalla till intervju</button>"


@pytest.fixture
def told(world: World, set_clock: Callable[[str], datetime]) -> Panel:
    """All have handed in, the ad is taken back, and everybody is told that they do not go further."""
    panel = panel_of(world, set_clock, world.gunnel, applications=2)
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
        panel.hand_in(person)
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=panel.ad.id, person_id=world.kansli, at=clock.now())
    decide(world, panel.ad, panel.sent, NOT_FURTHER)
    proofread(world, panel.ad)
    assert release(world, panel.ad) == len(panel.sent)
    return panel


def test_nobody_is_called_and_the_page_has_no_button_for_it(told: Panel) -> None:
    world, one = told.world, told.sent[0]
    page = world.browser(world.kansli).get(f"{told.url}/sokande/{one.id}").get_data(as_text=True)
    assert one.name in page and BUTTON not in page
    with pytest.raises(CaseOver), told.as_person(world.kansli) as (session, case):
        services.call_to_interview(
            session, case=case, actor=told.actor(world.kansli), application_id=one.id, at=clock.now()
        )


def test_nothing_of_the_review_is_changed(told: Panel) -> None:
    world = told.world
    with pytest.raises(CaseOver):
        told.step(world.gunnel, told.sent[0], 0, 1, "Ångrar mig.")
    with pytest.raises(CaseOver):
        told.name(world.gunnel, world.elof)
    with pytest.raises(CaseOver):
        told.drop(world.gunnel, told.sent[0])
    with pytest.raises(CaseOver):
        told.nudge(world.gunnel)
    with pytest.raises(CaseOver), told.as_person(world.kansli) as (session, case):
        services.choose_sharing(session, case=case, actor=told.actor(world.kansli), sharing=USUAL, at=clock.now())
    with pytest.raises(CaseOver), told.as_person(world.kansli) as (session, case):
        services.move_on(session, case=case, actor=told.actor(world.kansli), to=Phase.DECISION, at=clock.now())
    with pytest.raises(RecruitmentOver), told.as_person(world.kansli) as (_, case):
        require_arranger(case)


def test_the_panels_page_says_that_it_is_over(told: Panel) -> None:
    page = told.world.browser(told.world.kansli).get(f"{told.url}/bedomare").get_data(as_text=True)
    assert "Rekryteringen är avslutad" in page and "Spara bedömarna" not in page


def test_it_goes_on_for_one_who_comes_since(told: Panel) -> None:
    send_applications(told.world, told.ad, 1, start=7, late=True)
    told.declare(told.world.gunnel)
    page = told.world.browser(told.world.kansli).get(f"{told.url}/bedomare").get_data(as_text=True)
    assert "Spara bedömarna" in page


def test_who_has_been_told_is_not_called_while_the_recruitment_goes_on(panel: Panel) -> None:
    world, one = panel.world, panel.sent[0]
    decide(world, panel.ad, [one], HIRED)
    decide(world, panel.ad, panel.sent[1:], NOT_FURTHER)
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
        panel.hand_in(person)
    proofread(world, panel.ad)
    assert release(world, panel.ad, offer=True) == 1
    office = world.browser(world.kansli)
    assert BUTTON not in office.get(f"{panel.url}/sokande/{one.id}").get_data(as_text=True)
    assert BUTTON in office.get(f"{panel.url}/sokande/{panel.sent[1].id}").get_data(as_text=True)
    with pytest.raises(ToldAlready), panel.as_person(world.kansli) as (session, case):
        services.call_to_interview(
            session, case=case, actor=panel.actor(world.kansli), application_id=one.id, at=clock.now()
        )
