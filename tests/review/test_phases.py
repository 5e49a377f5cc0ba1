"""The phases: one table of who sees what, forward only, moved on by persons, by what is done, and by dates."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from portal import clock, scope
from portal.ads.models import Ad
from portal.audit.models import AuditLine
from portal.db import db
from portal.jobs.models import Event
from portal.jobs.services import due_events, work_off
from portal.review import services
from portal.review.models import PhaseChange, ReviewCase
from portal.review.phases import (
    NAMES,
    RIGHTS,
    Phase,
    PhaseGoneBy,
    PhaseUnknown,
    Scoring,
    Shown,
    later,
    opens,
    phases_of,
    require_later,
    sentence,
)
from portal.review.refusals import CaseOver, LastMinuteTooEarly, NotOpenYet, ReasonNeeded, StillBlind
from portal.review.services.naming import walls
from tests.forms import submit, submit_page
from tests.review.blind import approve_all
from tests.review.panel import AFTER_LAST_MINUTE, Panel, panel_of
from tests.world import World

Clock = Callable[[str], datetime]


# The table


@pytest.mark.parametrize("phase", Phase)
def test_every_phase_has_its_rights_its_name_and_a_sentence_made_from_them(phase: Phase) -> None:
    words = {Shown.NAMES: "bara namnen", Shown.MASKED: "kodnamn", Shown.PAPERS: "allt som den sökande har skickat"}
    assert words[RIGHTS[phase].opens] in sentence(phase, blind=False)
    assert NAMES[phase]
    says_scoring = {Scoring.SHUT: "ingen kan bedöma", Scoring.FREE: "sätter sina poäng", Scoring.WITH_REASON: "varför"}
    assert says_scoring[RIGHTS[phase].scoring] in sentence(phase, blind=True)


def test_a_recruitment_only_goes_forward_and_the_blind_phase_is_there_where_it_was_chosen() -> None:
    assert Phase.BLIND not in phases_of(blind=False)
    assert [len(later(phase, blind=True)) for phase in Phase] == [4, 3, 2, 1, 0]
    require_later(Phase.CONFLICTS, Phase.BLIND, blind=True)
    with pytest.raises(PhaseUnknown):
        require_later(Phase.CONFLICTS, Phase.BLIND, blind=False)
    for gone in (Phase.CONFLICTS, Phase.OPEN):
        with pytest.raises(PhaseGoneBy, match="öppen bedömning"):
            require_later(Phase.OPEN, gone, blind=False)


@pytest.mark.parametrize("phase", [Phase.BLIND, Phase.OPEN, Phase.INTERVIEWS, Phase.DECISION])
def test_in_a_blind_review_only_the_shortlist_opens_names(phase: Phase) -> None:
    assert opens(phase, blind=True) is Shown.MASKED
    assert opens(phase, blind=True, shortlisted=True) is Shown.PAPERS
    assert opens(Phase.CONFLICTS, blind=True, shortlisted=True) is Shown.NAMES


# Moved on by what is done


def phase_of(panel: Panel) -> Phase:
    with panel.as_person(panel.world.kansli) as (_, case):
        return case.phase


def make_blind(panel: Panel, **values: Any) -> None:
    with panel.as_person(panel.world.kansli) as (session, _):
        session.execute(update(ReviewCase).values(blind=True, **values))


def test_scoring_begins_when_the_first_assessor_has_answered_about_everybody(panel: Panel) -> None:
    world = panel.world
    assert phase_of(panel) is Phase.CONFLICTS
    with panel.as_person(world.gunnel) as (session, case):
        some = {panel.sent[0].id}
        services.declare_conflicts(session, case=case, listed=some, conflicts={}, at=clock.now())
    assert phase_of(panel) is Phase.CONFLICTS
    panel.declare(world.gunnel)
    assert phase_of(panel) is Phase.OPEN
    with panel.as_person(world.kansli) as (session, _):
        change = session.scalars(select(PhaseChange)).one()
        assert (change.former, change.phase, change.changed_by) == ("jav", "oppen", world.gunnel)
        assert timedelta(0) <= clock.now() - change.changed_at < timedelta(minutes=5)


def test_a_blind_phase_opens_when_the_last_has_handed_in(looked_at: Panel) -> None:
    panel, world = looked_at, looked_at.world
    approve_all(panel)
    for person, then in ((world.gunnel, Phase.BLIND), (world.elof, Phase.OPEN)):
        panel.declare(person)
        assert phase_of(panel) is Phase.BLIND
        panel.score_all(person)
        panel.hand_in(person)
        assert phase_of(panel) is then


def test_a_blind_phase_ends_with_its_last_minute_and_nobody_is_named_for_it(panel: Panel) -> None:
    make_blind(panel)
    panel.declare(panel.world.gunnel)
    _work_off(panel)
    assert phase_of(panel) is Phase.BLIND
    panel.set_clock(AFTER_LAST_MINUTE)
    _work_off(panel)
    assert phase_of(panel) is Phase.OPEN
    with panel.as_person(panel.world.kansli) as (session, _):
        change = session.scalars(select(PhaseChange).where(PhaseChange.phase == "oppen")).one()
        assert change.changed_by is None
        assert "phase.oppen" in set(session.scalars(select(AuditLine.verb)))
    assert "av sig själv" in panel.world.browser(panel.world.kansli).get(f"{panel.url}/faser").get_data(as_text=True)


def _work_off(panel: Panel) -> None:
    with panel.world.app.app_context():
        waiting = due_events(db.session, clock.now())
    for id in waiting:
        work_off(panel.world.app, id)


def test_nobody_is_called_in_a_blind_review_before_it_opens(panel: Panel) -> None:
    make_blind(panel)
    office = panel.world.browser(panel.world.kansli)
    page = f"{panel.url}/sokande/{panel.sent[0].id}"
    for phase in (Phase.CONFLICTS, Phase.BLIND):
        assert phase_of(panel) is phase
        with panel.as_person(panel.world.kansli) as (session, case), pytest.raises(StillBlind):
            _call(session, panel, case)
        assert "Kalla till intervju" not in office.get(page).get_data(as_text=True)
        panel.declare(panel.world.gunnel)
    move(panel, Phase.OPEN)
    assert "Kalla till intervju" in office.get(page).get_data(as_text=True)


def test_the_first_call_begins_the_interviews(panel: Panel) -> None:
    panel.declare(panel.world.gunnel)
    with panel.as_person(panel.world.kansli) as (session, case):
        _call(session, panel, case)
    assert phase_of(panel) is Phase.INTERVIEWS


def _call(session: Any, panel: Panel, case: Any) -> None:
    services.call_to_interview(
        session, case=case, actor=panel.actor(panel.world.kansli), application_id=panel.sent[0].id, at=clock.now()
    )


def test_a_score_changed_after_the_decision_has_begun_says_why(panel: Panel) -> None:
    world = panel.world
    panel.declare(world.gunnel)
    panel.step(world.gunnel, panel.sent[0], 0, 2)
    move(panel, Phase.DECISION)
    with pytest.raises(ReasonNeeded):
        panel.step(world.gunnel, panel.sent[0], 0, 3)
    panel.step(world.gunnel, panel.sent[0], 0, 3, reason="Läste brevet en gång till.")


# Moved on by a person


def move(panel: Panel, to: Phase, person: Any = None) -> None:
    with panel.as_person(person or panel.world.kansli) as (session, case):
        services.move_on(session, case=case, actor=panel.actor(person or panel.world.kansli), to=to, at=clock.now())


def test_the_office_and_the_lead_move_on_by_a_button_and_twice_is_told(panel: Panel) -> None:
    world = panel.world
    page = f"{panel.url}/faser"
    leader = world.browser(world.gunnel)
    before = leader.get(page)
    button = "Gå vidare till öppen bedömning och möte"
    assert submit_page(leader, before, page, button=button).status_code == 303
    assert phase_of(panel) is Phase.OPEN
    shown = leader.get(page).get_data(as_text=True)
    assert "Gunnel" in shown.split("Öppen bedömning och möte")[1]
    again = submit_page(leader, before, page, button=button)
    assert (again.status_code, "Den går bara framåt" in again.get_data(as_text=True)) == (409, True)
    wrong = submit_page(leader, before, page, {"to": "<script>"}, button)
    assert (wrong.status_code, "Välj en av de faser som är kvar" in wrong.get_data(as_text=True)) == (422, True)
    assert world.browser(world.elof).get(page).status_code == 404


def test_nothing_moves_on_while_the_ad_is_open_or_when_the_recruitment_is_over(panel: Panel) -> None:
    closed = clock.now()
    panel.set_clock("2026-12-01T10:00")
    with pytest.raises(NotOpenYet):
        move(panel, Phase.OPEN)
    panel.set_clock(closed.isoformat())
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        session.execute(update(Ad).where(Ad.id == panel.ad.id).values(state="ended", ended_at=clock.now()))
    with pytest.raises(CaseOver):
        move(panel, Phase.OPEN)


# Moved on by dates


def test_a_date_begins_a_phase_by_itself_and_a_date_taken_away_does_not(panel: Panel) -> None:
    page = f"{panel.url}/faser"
    office = panel.world.browser(panel.world.kansli)
    dates = {
        "intervjuer_day": "2026-12-18",
        "intervjuer_hour": "09.00",
        "beslut_day": "2026-12-21",
        "beslut_hour": "09.00",
    }
    assert submit(office, page, dates).status_code == 303
    assert "Börjar av sig själv" in office.get(page).get_data(as_text=True)
    assert submit(office, page, dates | {"beslut_day": ""}).status_code == 303
    panel.set_clock("2026-12-18T08:59")
    _work_off(panel)
    assert phase_of(panel) is Phase.CONFLICTS
    panel.set_clock("2026-12-18T09:00")
    _work_off(panel)
    assert phase_of(panel) is Phase.INTERVIEWS
    panel.set_clock("2026-12-22T09:00")
    _work_off(panel)
    assert phase_of(panel) is Phase.INTERVIEWS


def test_a_date_that_was_moved_begins_nothing_on_its_first_day(panel: Panel) -> None:
    for day in (18, 20):
        with panel.as_person(panel.world.kansli) as (session, case):
            begins = {Phase.INTERVIEWS: clock.now().replace(day=day)}
            services.plan_phases(
                session, case=case, actor=panel.actor(panel.world.kansli), begins=begins, at=clock.now()
            )
    panel.set_clock("2026-12-19T10:00")
    _work_off(panel)
    assert phase_of(panel) is Phase.CONFLICTS
    with panel.as_person(panel.world.kansli) as (session, _):
        assert len(session.scalars(select(Event).where(Event.kind == "review.phase_due")).all()) == 3


def test_a_date_that_is_past_or_no_date_gets_a_sentence_and_what_was_typed_stays(panel: Panel) -> None:
    page = f"{panel.url}/faser"
    office = panel.world.browser(panel.world.kansli)
    for typed, said in (("2026-12-13", "Välj en tid efter"), ("9999-12-31", "Välj en tid senast"), ("igår", "")):
        answer = submit(office, page, {"intervjuer_day": typed, "intervjuer_hour": "09.00"})
        shown = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert said in shown
        assert typed in shown
    with panel.as_person(panel.world.kansli) as (session, case):
        with pytest.raises(LastMinuteTooEarly):
            begins = {Phase.DECISION: clock.now() - timedelta(seconds=1)}
            services.plan_phases(
                session, case=case, actor=panel.actor(panel.world.kansli), begins=begins, at=clock.now()
            )
        with pytest.raises(PhaseUnknown):
            services.plan_phases(
                session,
                case=case,
                actor=panel.actor(panel.world.kansli),
                begins={Phase.OPEN: clock.now()},
                at=clock.now(),
            )


# The last word of the database


@pytest.mark.parametrize(("values", "name"), [({"phase": "annat"}, "known_phase"), ({"phase": "blind"}, "blind_phase")])
def test_the_database_knows_no_other_phases(panel: Panel, values: dict[str, str], name: str) -> None:
    with panel.as_person(panel.world.kansli) as (session, _), pytest.raises(IntegrityError, match=name):
        session.execute(update(ReviewCase).values(**values))


def test_a_recruitment_comes_to_each_phase_once(panel: Panel) -> None:
    move(panel, Phase.OPEN)
    with pytest.raises(IntegrityError, match="phase_change"), panel.as_person(panel.world.kansli) as (session, case):
        again = {"former": "jav", "phase": "oppen", "changed_by": None, "changed_at": clock.now()}
        session.execute(insert(PhaseChange).values(id=uuid4(), **walls(case), ad_id=case.ad.id, **again))


def test_a_recruitment_without_a_panel_has_its_phases_too(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock)
    assert phase_of(panel) is Phase.CONFLICTS
    with panel.as_person(world.kansli) as (session, case):
        _call(session, panel, case)
    assert phase_of(panel) is Phase.INTERVIEWS
