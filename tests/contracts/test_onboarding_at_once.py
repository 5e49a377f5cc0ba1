"""Two of the office at the first days' list at the same instant: one tick, one list, and never two that contradict."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from sqlalchemy import func, select

from portal import scope
from portal.audit.models import AuditLine
from portal.contracts.onboarding.models import Onboarding, OnboardingStep
from portal.contracts.onboarding.refusals import TickedAlready
from portal.contracts.onboarding.services.listing import begin_onboarding
from portal.contracts.onboarding.services.ticking import leave_out_step, tick_step
from tests.contracts.onboarding_lists import about, begin, steps
from tests.contracts.written.contracting import Recorded, recorded
from tests.posts.test_races import refused
from tests.world import World

Clock = Callable[[str], datetime]
Press = Callable[[], object]
DAY, EARLIER = date(2026, 12, 14), date(2026, 12, 11)


@pytest.fixture
def one(world: World, set_clock: Clock) -> Recorded:
    """An employment in a region whose rules have eight steps."""
    return recorded(world, set_clock, rules="region-vasternorrland")


def ticking(one: Recorded, step_id: UUID, day: date = DAY) -> Press:
    """Somebody ticks a step."""

    def press() -> None:
        with one.world.writing(scope.party(one.party)) as session:
            assert tick_step(session, step_id=step_id, done_on=day, **about(one.world, one.employment))

    return press


def leaving_out(one: Recorded, step_id: UUID) -> Press:
    """Somebody writes that it does not apply."""

    def press() -> None:
        with one.world.writing(scope.party(one.party)) as session:
            assert leave_out_step(session, step_id=step_id, reason="Finns.", **about(one.world, one.employment))

    return press


def verbs(one: Recorded) -> list[str]:
    with one.world.acting(scope.party(one.party)) as session:
        rows = select(AuditLine.verb).where(AuditLine.verb.like("onboarding.step%")).order_by(AuditLine.number)
        return list(session.scalars(rows))


def test_two_who_tick_the_same_step_have_ticked_it_once(one: Recorded) -> None:
    begin(one.world, one.employment)
    first = steps(one.world, one.employment)[0].row.id
    assert refused([ticking(one, first), ticking(one, first)]) == []
    assert verbs(one) == ["onboarding.step_done"]
    assert [step.row.done_on for step in steps(one.world, one.employment)] == [DAY, *[None] * 7]


def test_of_two_days_for_the_same_step_one_stands_and_the_other_is_told(one: Recorded) -> None:
    begin(one.world, one.employment)
    first = steps(one.world, one.employment)[0].row.id
    assert refused([ticking(one, first), ticking(one, first, EARLIER)]) == [TickedAlready]
    assert refused([leaving_out(one, first)]) == [TickedAlready]


def test_a_tick_and_that_it_does_not_apply_never_both_stand(one: Recorded) -> None:
    begin(one.world, one.employment)
    first = steps(one.world, one.employment)[0].row.id
    assert refused([ticking(one, first), leaving_out(one, first)]) == [TickedAlready]
    (row,) = [step.row for step in steps(one.world, one.employment) if step.row.id == first]
    assert (row.done_on is None) != (row.skipped_by is None)


def test_different_steps_ticked_at_the_same_instant_are_all_done(one: Recorded) -> None:
    begin(one.world, one.employment)
    ids = [step.row.id for step in steps(one.world, one.employment)]
    assert refused([ticking(one, id) for id in ids]) == []
    assert {step.row.done_on for step in steps(one.world, one.employment)} == {DAY}


def test_two_who_begin_the_list_have_begun_one(one: Recorded) -> None:
    def press() -> None:
        with one.world.writing(scope.party(one.party)) as session:
            assert begin_onboarding(session, **about(one.world, one.employment))

    assert refused([press, press]) == []
    with one.world.acting(scope.party(one.party)) as session:
        counts = [session.scalar(select(func.count()).select_from(model)) for model in (Onboarding, OnboardingStep)]
    assert counts == [1, 8]
