"""What assessors see of each other: two switches, chosen by the office on the page of the panel, and what they open."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import clock, scope
from portal.audit.models import AuditLine
from portal.review import services
from portal.review.refusals import SharingSettled
from portal.review.routes.words import seen_by
from portal.review.visibility import TOGETHER, USUAL, Sharing
from tests.forms import fields_of
from tests.pages import whole_days_read
from tests.review.meetings import page_of, write_note
from tests.review.panel import AFTER_LAST_MINUTE, Panel, panel_of
from tests.world import World

WHY = "Tre tydliga exempel på tal."
PAGE = "gemensam/anteckningar"


def choose(panel: Panel, sharing: Sharing) -> None:
    with panel.as_person(panel.world.kansli) as (session, case):
        actor = panel.actor(panel.world.kansli)
        services.choose_sharing(session, case=case, actor=actor, sharing=sharing, at=clock.now())


@pytest.fixture
def three(world: World, set_clock: Callable[[str], datetime]) -> Panel:
    """Gunnel, Elof and one of the office assess two; nobody has begun."""
    return panel_of(world, set_clock, world.gunnel, world.elof, world.kansli, applications=2)


def two_hand_in(panel: Panel) -> None:
    """Each has written; the third is not ready."""
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
        write_note(panel, person, panel.sent[0], 0, f"{WHY} {panel.people.index(person)}")
    for person in panel.people[:2]:
        panel.hand_in(person)


@pytest.mark.parametrize(
    ("sharing", "scores", "notes"),
    [
        (TOGETHER, True, True),
        (USUAL, True, False),
        (Sharing(True, False), False, False),
        (Sharing(True, True), False, False),
    ],
)
def test_two_who_have_handed_in_see_of_each_other_what_the_switches_say(
    three: Panel, sharing: Sharing, scores: bool, notes: bool
) -> None:
    choose(three, sharing)
    two_hand_in(three)
    joint, written = (page_of(three, three.world.elof, tail) for tail in ("gemensam", PAGE))
    assert ("Här syns det som är inlämnat" in joint) is scores
    assert (f"{WHY} 0" in written) is notes
    assert f"{WHY} 2" not in written, "who has not handed in is nobody's to read"
    office = page_of(three, three.world.kansli, PAGE)
    assert WHY not in office, "one of the office who assesses and is not ready"
    three.set_clock(AFTER_LAST_MINUTE)
    assert f"{WHY} 0" in page_of(three, three.world.elof, PAGE)


def test_own_notes_are_there_while_the_others_wait_and_the_page_says_until_when(three: Panel) -> None:
    two_hand_in(three)
    written = page_of(three, three.world.elof, PAGE)
    assert f"{WHY} 1" in written and f"{WHY} 0" not in written
    assert "De andras öppnas senare." in written
    with three.as_person(three.world.elof) as (_session, case):
        assert whole_days_read(seen_by(case)) in written
        assert "anteckningar ser hen när alla" in seen_by(case)


def test_when_all_have_handed_in_the_reasons_stand_side_by_side_with_the_votes(three: Panel) -> None:
    two_hand_in(three)
    three.hand_in(three.world.kansli)
    written = page_of(three, three.world.gunnel, PAGE)
    assert all(f"{WHY} {n}" in written for n in range(3))
    assert written.count("<h2>") == 1 and three.sent[0].name in written and three.sent[1].name not in written
    assert "Gunnel Sundvall, du" in written and "Gott" in written


def test_nobody_wrote_anything(three: Panel) -> None:
    for person in three.people:
        three.declare(person)
        three.score_all(person)
        three.hand_in(person)
    assert "Ingen har skrivit något" in page_of(three, three.world.gunnel, PAGE)


# The office chooses


def form_of(browser: FlaskClient, panel: Panel) -> dict[str, str | list[str]]:
    fields = fields_of(browser.get(f"{panel.url}/bedomare"))
    return {name: values if name == "people" else values[0] for name, values in fields.items() if values}


def test_the_office_chooses_on_the_page_of_the_panel_by_examples_with_names(three: Panel) -> None:
    browser = three.world.browser(three.world.kansli)
    page = browser.get(f"{three.url}/bedomare").get_data(as_text=True)
    for said in (
        "Elof ser Gunnels poäng och ordning när både Gunnel och Elof har lämnat in.",
        "Elof ser Gunnels anteckningar när alla har lämnat in, eller när sista minuten har gått, torsdag",
    ):
        assert said in page
    sent = form_of(browser, three)
    assert (sent["scores"], sent["notes"]) == ("bada", "alla"), "as usual"
    assert browser.post(f"{three.url}/bedomare", data={**sent, "scores": "alla"}).status_code == 303
    with three.as_person(three.world.kansli) as (session, case):
        assert case.sharing == Sharing(scores_wait_for_all=True)
        verbs = list(session.scalars(select(AuditLine.verb).where(AuditLine.object_id == three.ad.id)))
    assert verbs.count("review.sharing_chosen") == 1
    sent = form_of(browser, three)
    assert browser.post(f"{three.url}/bedomare", data=sent).status_code == 303
    with three.world.acting(scope.party(three.ad.party_id)) as session:
        again = select(AuditLine.id).where(AuditLine.verb == "review.sharing_chosen")
        assert len(session.scalars(again).all()) == 1, "what is as it was is no choice"


def test_it_stands_fast_when_the_first_has_answered_about_jav_and_what_was_typed_is_kept(three: Panel) -> None:
    browser = three.world.browser(three.world.kansli)
    sent = form_of(browser, three)
    three.declare(three.world.gunnel)
    with pytest.raises(SharingSettled):
        choose(three, TOGETHER)
    stale = browser.post(f"{three.url}/bedomare", data={**sent, "notes": "bada", "hour": "17.00"})
    page = stale.get_data(as_text=True)
    assert stale.status_code == 422 and SharingSettled.text in page
    assert 'value="17.00" selected' in page or 'selected value="17.00"' in page
    shown = browser.get(f"{three.url}/bedomare").get_data(as_text=True)
    assert 'name="sharing-asked"' not in shown and "Bedömarna har fått veta" in shown


@pytest.mark.parametrize("value", ["", "ALLA", "<script>", "x" * 10_000])
def test_a_choice_that_is_none_is_told_and_changes_nothing(three: Panel, value: str) -> None:
    browser = three.world.browser(three.world.kansli)
    answer = browser.post(f"{three.url}/bedomare", data={**form_of(browser, three), "scores": value})
    assert answer.status_code == 422 and "<script>" not in answer.get_data(as_text=True)
    with three.as_person(three.world.kansli) as (_session, case):
        assert case.sharing == USUAL
