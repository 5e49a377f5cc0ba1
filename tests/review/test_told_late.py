"""What the panel is told when the worker comes late to it, or when the last minute is over: nothing that is not so."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from portal import clock, scope
from portal.ads.models import Ad
from portal.jobs.services import announce
from portal.jobs.tasks import run_rounds
from tests.accounts.people import letters
from tests.applicants import send_applications
from tests.review.panel import Panel, panel_of
from tests.world import World

LATE = "En ansökan till att bedöma"


def judged(panel: Panel) -> Panel:
    """Everybody has answered, scored and handed in."""
    for person in panel.people:
        panel.declare(person)
        panel.score_all(person)
        panel.hand_in(person)
    return panel


def test_who_handed_it_in_is_not_told_that_it_came_since(panel: Panel) -> None:
    """It came, was judged and handed in before a worker told of it."""
    panel.sent += send_applications(panel.world, panel.ad, 1, start=7, late=True)
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        announce(session, "application.sent", subject_id=panel.sent[-1].id, at=clock.now())
    panel.set_clock("2026-12-14T10:30")
    judged(panel)
    run_rounds(panel.world.app)
    assert [mail for mail in letters(panel.world) if mail.subject == LATE] == []


def test_whoever_is_named_when_the_last_minute_is_over_is_told_no_day(
    panel: Panel, deputies: tuple[UUID, UUID]
) -> None:
    judged(panel).set_clock("2026-12-18T10:00")
    panel.name(*panel.people, deputies[0])
    mail = letters(panel.world)[-1]
    assert mail.to == "disa@example.se" and mail.subject == "Du är bedömare i en rekrytering"
    assert mail.body.startswith("Tre ansökningar, cirka 15 minuter, lämna in så snart du kan.")


@pytest.mark.parametrize("state", ["ended", "published"])
def test_a_worker_that_comes_when_all_is_over_invites_nobody(
    world: World, set_clock: Callable[[str], datetime], state: str
) -> None:
    panel = panel_of(world, set_clock)
    set_clock("2026-12-01T10:00")
    panel.name(world.gunnel)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, panel.ad.id).state = state
    set_clock("2026-12-14T10:00")
    run_rounds(world.app)
    run_rounds(world.app)
    assert bool([mail for mail in letters(world) if mail.to == "gunnel@example.se"]) is (state == "published")
