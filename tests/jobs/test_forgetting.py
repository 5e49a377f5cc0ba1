"""What nobody reads any more is let go of: news that was acted on, and log-ins long out of use."""

from collections.abc import Callable
from datetime import datetime

import pytest
from sqlalchemy import select

from portal import scope
from portal.accounts.models import LoginSession
from portal.jobs import tasks
from portal.jobs.models import Event
from portal.jobs.tasks import run_rounds
from tests.applications.paper import apply
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]


def events(world: World) -> list[Event]:
    """All of them, the oldest first."""
    with world.acting(scope.PLATFORM) as session:
        return list(session.scalars(select(Event).order_by(Event.created_at)))


def test_news_that_was_acted_on_is_kept_for_a_month_and_what_waits_as_long_as_it_waits(
    world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply(world.browser(), publish_ad(world))
    run_rounds(world.app)
    with world.writing(scope.PLATFORM) as session:
        waits = session.scalars(select(Event).where(Event.kind == "application.sent")).one()
        waits.handled_at, waits.tries = None, 9
        waits.due_at = datetime.fromisoformat("2027-12-24T00:00+00:00")
        waits_id = waits.id
    before = events(world)
    assert len(before) > 1
    set_clock("2026-12-22T10:00")
    run_rounds(world.app)
    assert {one.id for one in before} <= {one.id for one in events(world)}
    set_clock("2026-12-24T12:00")
    monkeypatch.setattr(tasks, "FEW", 1)
    run_rounds(world.app)
    assert {one.id for one in before} & {one.id for one in events(world)} == {waits_id}


def test_a_log_in_is_kept_for_a_quarter_after_its_last_use(world: World, set_clock: Clock) -> None:
    gunnel = world.browser(world.gunnel)
    assert gunnel.get("/arbete").status_code in (200, 303)
    set_clock("2027-01-10T10:00")
    elof = world.browser(world.elof)
    assert elof.get("/arbete").status_code in (200, 303)
    for day, left in (("2027-02-20", {world.gunnel, world.elof}), ("2027-02-23", {world.elof})):
        set_clock(f"{day}T12:00")
        run_rounds(world.app)
        with world.acting(scope.PLATFORM) as session:
            assert set(session.scalars(select(LoginSession.person_id))) == left
    assert gunnel.get("/arbete").headers["Location"].startswith("/logga-in")
