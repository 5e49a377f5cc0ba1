"""What pages and mails of the review say holds for whoever reads them: of deputies, of jäv, of days and of phases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.review import services
from portal.review.emails import post_reminder
from portal.review.meeting.refusals import VoterConflicted, VoterNotCalled
from portal.review.meeting.voting import Choice
from portal.review.models import PanelMember
from portal.review.phases import Phase
from portal.review.queries.panel import members_of, progress_of
from portal.review.refusals import ReasonNeededDeciding, ReasonNeededLate
from tests.forms import submit
from tests.review.meetings import page_of, posted, start, vote
from tests.review.panel import AFTER_LAST_MINUTE, Panel, panel_of
from tests.review.test_panel_and_calls import letters
from tests.review.test_phases import move
from tests.review.test_stumbled_on import blind
from tests.world import World

Clock = Callable[[str], datetime]


def of_three(world: World, set_clock: Clock, deputy: UUID, *, jav: int = 1) -> Panel:
    """Elof has jäv for the first so many of three; the deputy, called in for those, has answered; all have handed in."""
    panel = panel_of(world, set_clock)
    panel.name(world.gunnel, world.elof, deputies=(deputy,))
    panel.declare(world.gunnel)
    panel.declare(world.elof, *panel.sent[:jav])
    panel.declare(deputy)
    judging = [world.gunnel, deputy, *([world.elof] if jav < 3 else [])]
    for person in judging:
        panel.score_all(person)
        panel.hand_in(person)
    return panel


def test_a_deputy_called_in_for_one_of_two_has_no_vote_and_is_not_said_to_have_jav(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID]
) -> None:
    panel, gunnel = of_three(world, set_clock, deputies[0]), world.gunnel
    start(panel)
    with pytest.raises(VoterNotCalled, match="är inte inkallad för båda") as told, panel.as_person(gunnel) as made:
        session, case = made
        members = {row.person_id: row.id for row in session.scalars(select(PanelMember))}
        ballots = {members[one]: Choice("a") for one in (gunnel, deputies[0])}
        services.record_vote(
            session, case=case, actor=panel.actor(gunnel), first=panel.sent[0].id, second=panel.sent[1].id,
            ballots=ballots, at=clock.now(),
        )  # fmt: skip
    assert "jäv" not in str(told.value)
    with pytest.raises(VoterConflicted, match="har jäv"):
        vote(panel, panel.sent[0], panel.sent[1], gunnel="a", elof="a")


def test_the_meeting_shows_no_vote_to_come_of_a_deputy_who_is_not_called_in(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID]
) -> None:
    panel = of_three(world, set_clock, deputies[0])
    start(panel)
    called, other = (page_of(panel, world.gunnel, f"mote/sokande/{one.id}") for one in panel.sent[:2])
    assert "Disa" in called and "Disa" not in other and "Inte inlämnat" not in other


def test_the_joint_view_counts_those_who_judge_and_says_whether_all_are_there(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID]
) -> None:
    panel = panel_of(world, set_clock)
    panel.name(world.gunnel, world.elof)
    panel.declare(world.gunnel)
    panel.declare(world.elof, *panel.sent)
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    page = page_of(panel, world.gunnel, "gemensam")
    assert "Det här är en persons bedömning." in page and "Båda har lämnat in" not in page
    assert "Alla som har sökt är med" in page


def test_whoever_is_not_shown_everybody_is_not_told_that_all_are_there(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID]
) -> None:
    panel = of_three(world, set_clock, deputies[0])
    shown, part, all_of_them = "Alla som du får se är med", world.elof, world.gunnel
    assert shown in page_of(panel, part, "gemensam") and shown not in page_of(panel, all_of_them, "gemensam")
    assert shown in page_of(panel, deputies[0], "gemensam")


def test_why_a_reason_is_asked_for_is_said_as_it_is(panel: Panel) -> None:
    world, one = panel.world, panel.sent[0]
    panel.declare(world.gunnel)
    panel.step(world.gunnel, one, 0, 2)
    move(panel, Phase.DECISION)
    with pytest.raises(ReasonNeededDeciding, match="Rekryteringen är i fasen Beslut"):
        panel.step(world.gunnel, one, 0, 3)
    panel.set_clock(AFTER_LAST_MINUTE)
    with pytest.raises(ReasonNeededLate):
        panel.step(world.gunnel, one, 0, 3)
    panel.step(world.gunnel, one, 0, 3, reason="Läste igen.")


def test_after_the_last_minute_nobody_is_told_that_it_is_still_to_come(panel: Panel) -> None:
    world = panel.world
    panel.declare(world.elof)
    assert "senast torsdag 17 december" in page_of(panel, world.kansli, "gemensam")
    panel.set_clock(AFTER_LAST_MINUTE)
    page = page_of(panel, world.gunnel, "gemensam")
    assert "när du har lämnat in" in page and ", senast" not in page


def test_the_decision_is_planned_after_the_interviews(panel: Panel) -> None:
    page, office = f"{panel.url}/faser", panel.world.browser(panel.world.kansli)
    dates = {
        "intervjuer_day": "2026-12-28",
        "intervjuer_hour": "09.00",
        "beslut_day": "2026-12-18",
        "beslut_hour": "09.00",
    }
    answer = submit(office, page, dates)
    shown = answer.get_data(as_text=True)
    assert (answer.status_code, 'id="beslut_day-error"' in shown) == (422, True)
    assert "Beslutet börjar efter intervjuerna" in shown and "2026-12-18" in shown
    assert submit(office, page, dates | {"beslut_day": "2026-12-28"}).status_code == 422
    assert submit(office, page, dates | {"beslut_day": "2026-12-29"}).status_code == 303
    assert submit(office, page, {"intervjuer_day": "2026-12-30", "intervjuer_hour": "09.00"}).status_code == 422
    assert submit(office, page, {"intervjuer_day": "2026-12-30", "beslut_day": ""}).status_code == 303


def test_a_day_that_interviews_which_have_begun_were_planned_for_keeps_no_decision_back(panel: Panel) -> None:
    page, office = f"{panel.url}/faser", panel.world.browser(panel.world.kansli)
    planned = {"intervjuer_day": "2026-12-22", "intervjuer_hour": "09.00"}
    assert submit(office, page, planned).status_code == 303
    move(panel, Phase.INTERVIEWS)
    assert "intervjuer_day" not in office.get(page).get_data(as_text=True)
    assert submit(office, page, {"beslut_day": "2026-12-18", "beslut_hour": "09.00"}).status_code == 303


def test_whoever_has_only_names_to_answer_about_is_reminded_of_that(panel: Panel) -> None:
    """A deputy in a blind review is asked about everybody, and judges few."""
    with panel.as_person(panel.world.kansli) as (session, case):
        (progress, *_) = progress_of(session, members_of(session, case.ad.id), case.applications, 4, blind=False)
        done = replace(progress, unread=0, scored=progress.to_score)
        for n, unanswered in enumerate((1, 0)):
            post_reminder(
                session, replace(done, unanswered=unanswered), hand_in_by=case.hand_in_by, once=f"nudge:{n}",
                at=clock.now() + timedelta(minutes=n + 1),
            )  # fmt: skip
    names, all_done = [body for _, _, body in letters(panel.world)][-2:]
    assert "Svara om listan med namn igen och lämna in senast" in names and "Allt är bedömt" not in names
    assert "Allt är bedömt. Titta igenom och lämna in senast" in all_done


def test_a_code_name_is_nobodys_name(world: World, set_clock: Clock) -> None:
    panel = blind(world, set_clock)
    one, other = panel.sent
    with world.writing(scope.party(panel.ad.party_id)) as session:
        row = session.get_one(Application, one.id)
        row.protected, row.email_sealed, row.phone_sealed, row.address_print = True, None, None, None
        row.name_sealed = key_of(row).seal_text("application.name", "Röd räv (kodnamn)")
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
        panel.hand_in(person)
    start(panel)
    saved = posted(panel, world.gunnel, f"/sokande/{other.id}", text="Röd lax skriver bra, som räv.", version="0")
    assert saved.status_code == 303
    asked = posted(panel, world.gunnel, f"/sokande/{one.id}", text=f"{other.name} skriver bra.", version="0")
    assert asked.status_code == 409, "the name of another is asked about as before"
