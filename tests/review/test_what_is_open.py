"""What has been opened stays open: the last minute that opened it stands, and whoever set it stays in the panel. And what is
over stays so."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, update

from portal import clock, scope
from portal.ads.models import Ad
from portal.audit.models import AuditLine
from portal.review import services
from portal.review.phases import Phase
from portal.review.queries.scores import seen_scores
from portal.review.refusals import (
    CaseOver,
    LastMinuteStands,
    LastMinuteTooEarly,
    LastMinuteTooLate,
    ReasonNeeded,
    SeatStands,
)
from tests.forms import fields_of, submit_page
from tests.review.panel import AFTER_LAST_MINUTE, LAST_MINUTE, Panel
from tests.review.test_leaving import leave_party
from tests.world import World


def name(panel: Panel, *people: UUID, hand_in_by: datetime = LAST_MINUTE, deputies: tuple[UUID, ...] = ()) -> None:
    office = panel.world.kansli
    with panel.as_person(office) as (session, case):
        services.name_panel(
            session, case=case, actor=panel.actor(office), people=people, leader=people[0], hand_in_by=hand_in_by,
            at=clock.now(), deputies=deputies,
        )  # fmt: skip


def is_open(panel: Panel) -> bool:
    with panel.as_person(panel.world.gunnel) as (session, case):
        return seen_scores(session, case, clock.now()).open


def test_a_last_minute_that_has_opened_scores_is_not_moved_and_the_panel_can_still_be_changed(panel: Panel) -> None:
    world, later = panel.world, LAST_MINUTE + timedelta(days=7)
    panel.declare(world.gunnel)
    panel.step(world.gunnel, panel.sent[0], 0, 2)
    panel.set_clock("2026-12-17T17:59")
    office, page = world.browser(world.kansli), f"{panel.url}/bedomare"
    before = office.get(page)  # shown while the last minute was still ahead
    panel.set_clock(AFTER_LAST_MINUTE)
    assert is_open(panel)
    with pytest.raises(LastMinuteStands):
        name(panel, *panel.people, hand_in_by=later)
    data = {"day": f"{later:%Y-%m-%d}"}
    answer = submit_page(office, before, page, data, "Spara bedömarna")
    assert (answer.status_code, "Låt sista minuten stå." in answer.get_data(as_text=True)) == (422, True)
    assert is_open(panel)
    with pytest.raises(ReasonNeeded):
        panel.step(world.gunnel, panel.sent[0], 0, 3)
    told = office.get(page)
    assert "den går inte att flytta" in told.get_data(as_text=True)
    assert (fields_of(told)["day"], fields_of(told)["hour"]) == (["2026-12-17"], ["18.00"])
    assert submit_page(office, told, page, button="Spara bedömarna").status_code == 303
    name(panel, world.gunnel, world.elof, world.kansli)
    assert is_open(panel)


def test_a_last_minute_that_passed_with_nothing_set_is_set_anew_and_must_be_ahead(panel: Panel) -> None:
    panel.set_clock(AFTER_LAST_MINUTE)
    with pytest.raises(LastMinuteTooEarly):
        name(panel, *panel.people)
    with pytest.raises(LastMinuteTooLate):
        name(panel, *panel.people, hand_in_by=LAST_MINUTE + timedelta(days=366))
    later = LAST_MINUTE + timedelta(days=7)
    name(panel, *panel.people, hand_in_by=later)
    with panel.as_person(panel.world.kansli) as (_, case):
        assert case.hand_in_by == later


def test_whose_scores_are_open_stays_in_the_panel_until_they_leave_the_party(panel: Panel, world: World) -> None:
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
    panel.hand_in(world.elof)
    name(panel, world.gunnel)  # nobody has seen anything of Elof's yet
    name(panel, world.gunnel, world.elof)
    panel.hand_in(world.gunnel)
    assert is_open(panel)
    for deputies in ((), (world.elof,)):
        with pytest.raises(SeatStands, match=r"Det Elof .* har satt är öppet"):
            name(panel, world.gunnel, deputies=deputies)
    page = world.browser(world.kansli).get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert "har satt är öppet för andra, så de går inte att ta bort" in page
    leave_party(world, world.elof)
    name(panel, world.gunnel, world.kansli)
    name(panel, world.gunnel)  # who has set nothing goes
    assert is_open(panel)


def test_nothing_of_the_panel_or_its_phases_is_changed_when_the_recruitment_is_over(panel: Panel, world: World) -> None:
    office, actor = world.browser(world.kansli), panel.actor(world.kansli)
    page = f"{panel.url}/bedomare"
    before = office.get(page)
    with world.writing(scope.party(panel.ad.party_id)) as session:
        session.execute(update(Ad).where(Ad.id == panel.ad.id).values(state="ended", ended_at=clock.now()))
    with pytest.raises(CaseOver):
        name(panel, world.gunnel)
    with panel.as_person(world.kansli) as (session, case):
        with pytest.raises(CaseOver):
            services.plan_phases(session, case=case, actor=actor, begins={Phase.DECISION: LAST_MINUTE}, at=clock.now())
        with pytest.raises(CaseOver):
            services.choose_blind(session, case=case, actor=actor, blind=True, at=clock.now())
    answer = submit_page(office, before, page, button="Spara bedömarna")
    assert (answer.status_code, "Rekryteringen är avslutad" in answer.get_data(as_text=True)) == (422, True)
    told = office.get(page).get_data(as_text=True)
    assert "går inte att ändra" in told and "Spara bedömarna" not in told
    assert "Spara datumen" not in office.get(f"{panel.url}/faser").get_data(as_text=True)


def test_each_change_of_dates_and_of_who_leads_or_decides_leaves_a_line_with_what_was_and_is(panel: Panel) -> None:
    world, later = panel.world, LAST_MINUTE + timedelta(days=7)
    office = panel.actor(world.kansli)
    for begins in (LAST_MINUTE, None, None):
        with panel.as_person(world.kansli) as (session, case):
            services.plan_phases(session, case=case, actor=office, begins={Phase.DECISION: begins}, at=clock.now())
    for _ in range(2):  # the same again changes nothing
        with panel.as_person(world.kansli) as (session, case):
            services.name_panel(
                session, case=case, actor=office, people=panel.people, leader=world.elof, hand_in_by=later,
                decider=world.gunnel, at=clock.now(),
            )  # fmt: skip
    verbs = ("phase.beslut_planned", "review.last_minute", "review.decider", "panel.led")
    with world.acting(scope.party(panel.ad.party_id)) as session:
        lines = session.scalars(select(AuditLine).where(AuditLine.verb.in_(verbs)).order_by(AuditLine.number)).all()
    assert {line.actor for line in lines} == {f"person:{world.kansli}"}
    assert {line.object_id for line in lines} == {panel.ad.id}
    first, second = "2026-12-17T17:00+00:00", "2026-12-24T17:00+00:00"
    assert [(line.verb, line.reason) for line in lines] == [
        ("review.last_minute", f"- -> {first}"),
        ("panel.led", f"- -> {world.gunnel}"),
        ("phase.beslut_planned", f"- -> {first}"),
        ("phase.beslut_planned", f"{first} -> -"),
        ("review.last_minute", f"{first} -> {second}"),
        ("review.decider", f"- -> {world.gunnel}"),
        ("panel.led", f"{world.gunnel} -> {world.elof}"),
    ]
