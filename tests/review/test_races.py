"""Two who do something in one recruitment at the same moment: they wait for each other in one order, and both get through."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.documents.queries import masked_pages_of
from portal.refusal import Refusal
from portal.review import services
from portal.review.deciding.models import DecidingAnswer, RequirementDecision
from portal.review.models import InterviewCall, PanelMember
from portal.review.phases import Phase
from portal.review.queries.case import Case, case_of, load_case
from portal.review.queries.masking import typed_texts_of
from portal.review.refusals import MaskingHandedIn
from portal.review.requirements import Ruling
from portal.review.services.moving import move_by_dates
from portal.review.services.naming import review_row
from portal.review.services.reminding import REMINDER
from portal.review.tasks.panel import invite_when_closed, remind
from tests.at_once import second, taking_back
from tests.events import as_the_worker
from tests.proofs.mails import all_letters
from tests.review.blind import approve_all, approve_pages, approve_texts, approve_texts_within, burn_within, take_back
from tests.review.panel import Panel, panel_of
from tests.world import World

Clock = Callable[[str], datetime]


def test_an_assessor_who_answers_and_an_office_that_names_the_panel_do_not_stop_each_other(
    world: World, set_clock: Clock
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    with second() as the_office:
        with panel.as_person(world.elof) as (session, _):
            own = load_case(session, panel.ad.id, panel.actor(world.elof), lock=True)  # their seat is held
            assert own is not None
            the_office.begins(panel.name, world.gunnel, world.elof, world.kansli)
            review_row(session, own, clock.now())
        the_office.ends()
    with panel.as_person(world.kansli) as (_, case):
        assert case.standing.named


@pytest.mark.parametrize("verb", ["call", "drop"])
def test_whoever_takes_their_application_back_while_the_office_calls_or_drops_them_is_neither(
    world: World, set_clock: Clock, verb: str
) -> None:
    panel = panel_of(world, set_clock, world.gunnel)
    one = panel.sent[0]

    def act() -> None:
        with panel.as_person(world.kansli) as (session, case):
            about = {"application_id": one.id, "actor": panel.actor(world.kansli), "at": clock.now()}
            if verb == "call":
                services.call_to_interview(session, case=case, **about)
            else:
                krav = panel.ad.criteria[0]
                services.decide_requirement(
                    session, case=case, criterion_id=krav, ruling=Ruling.FALLS, reason="Saknar det.", **about
                )

    with second() as the_office:
        with taking_back(world, one.id):
            the_office.begins(act)
        with pytest.raises(Refusal):
            the_office.ends()
    with world.acting(scope.party(panel.ad.party_id)) as session:
        assert [*session.scalars(select(InterviewCall)), *session.scalars(select(RequirementDecision))] == []


def test_of_two_who_approve_the_same_texts_at_once_the_second_is_told(looked_at: Panel) -> None:
    office, one = looked_at.world.kansli, looked_at.sent[0]
    with second() as a_colleague:
        with looked_at.as_person(office) as (session, case):
            approve_texts_within(session, case, looked_at, one, letter="Den förstas text.")
            a_colleague.begins(approve_texts, looked_at, one, letter="Den andras text.")
        with pytest.raises(Refusal):
            a_colleague.ends()
    with looked_at.as_person(office) as (session, case):
        application = case.application(one.id)
        typed = application and typed_texts_of(session, application)
        assert typed and typed.by_place["letter"] == "Den förstas text."


def test_no_approval_is_taken_back_while_somebody_hands_in(looked_at: Panel) -> None:
    approve_all(looked_at)
    assessor = looked_at.people[0]
    looked_at.declare(assessor)
    looked_at.score_all(assessor)
    with second() as the_office:
        with looked_at.as_person(assessor) as (session, case):
            services.hand_in(session, case=case, at=clock.now())
            the_office.begins(take_back, looked_at, looked_at.sent[0])
        with pytest.raises(MaskingHandedIn):
            the_office.ends()


def test_a_date_that_is_moved_as_it_falls_due_begins_nothing(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel)

    def plan(session: Session, case: Case, day: int) -> None:
        begins = {Phase.INTERVIEWS: clock.now().replace(day=day, hour=9)}
        services.plan_phases(session, case=case, actor=panel.actor(world.kansli), begins=begins, at=clock.now())

    def move() -> None:
        with world.writing(scope.party(panel.ad.party_id)) as session:
            case = case_of(session, panel.ad.id)
            assert case is not None
            move_by_dates(session, case=case, at=clock.now())

    with panel.as_person(world.kansli) as (session, case):
        plan(session, case, 18)
    set_clock("2026-12-18T10:00")
    with second() as the_worker:
        with panel.as_person(world.kansli) as (session, case):
            plan(session, case, 22)
            the_worker.begins(move)
        the_worker.ends()
    with panel.as_person(world.kansli) as (_session, case):
        assert case.phase is Phase.CONFLICTS


def test_an_approval_that_is_taken_back_while_it_is_burnt_leaves_nothing_burnt(looked_at: Panel) -> None:
    one = looked_at.sent[0]
    approve_pages(looked_at, one)
    with second() as office:
        with looked_at.as_person(looked_at.world.kansli) as (session, _):
            burn_within(session, one)
            office.begins(take_back, looked_at, one)
        office.ends()
    with looked_at.as_person(looked_at.world.kansli) as (session, _):
        pages = masked_pages_of(session, [one.document])
        assert {(page.blob, page.text_blob, page.approved_at) for page in pages} == {(None, None, None)}


def test_one_who_only_decides_and_answers_by_two_clicks_answers_once(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock, world.gunnel)
    with panel.as_person(world.kansli) as (_session, case):
        assert case.review is not None
        case.review.decider_id = world.elof
    with second() as click:
        with panel.as_person(world.elof) as (session, case):
            about = {"listed": {row.id for row in case.applications}, "conflicts": {}, "at": clock.now()}
            services.answer_to_decide(session, case=case, **about)
            session.flush()
            click.begins(panel.answer_to_decide, world.elof)
        click.ends()
    with panel.as_person(world.elof) as (session, case):
        assert len(session.scalars(select(DecidingAnswer)).all()) == len(case.applications)


@pytest.mark.parametrize(("handler", "kind"), [(remind, REMINDER), (invite_when_closed, "ad.closed")])
def test_who_leaves_the_panel_as_it_is_written_to_gets_no_mail(
    world: World, set_clock: Clock, handler: Callable[..., None], kind: str
) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof)
    set_clock("2026-12-16T09:00")
    before = len(all_letters(world))
    with second() as the_worker:
        with panel.as_person(world.kansli) as (session, _case):
            seat = select(PanelMember).where(PanelMember.person_id == world.elof).with_for_update(key_share=True)
            session.scalars(seat).one().removed_at = clock.now()
            session.flush()
            the_worker.begins(as_the_worker, world, handler, kind=kind, subject_id=panel.ad.id)
        the_worker.ends()
    assert "elof@example.se" not in {letter.to for letter in all_letters(world)[before:]}
