"""What the panel is told when the worker comes late to it, or when the last minute is over: nothing that is not so."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from portal import clock, scope
from portal.ads.models import Ad
from portal.ads.services.publishing import withdraw_ad
from portal.jobs.services import announce
from portal.jobs.tasks import run_rounds
from tests.accounts.people import letters
from tests.applicants import send_applications
from tests.review.panel import Panel, panel_of
from tests.world import World

Clock = Callable[[str], datetime]
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


def invited(world: World) -> int:
    """How many mails say to whoever is named what there is to judge."""
    for _ in range(2):
        run_rounds(world.app)
    return sum("lämna in senast" in mail.body for mail in letters(world) if mail.to == "gunnel@example.se")


def takes_back_the_ad(panel: Panel) -> None:
    with panel.world.writing(scope.party(panel.ad.party_id)) as session:
        withdraw_ad(session, ad_id=panel.ad.id, person_id=panel.world.kansli, at=clock.now())


def test_a_panel_named_while_the_ad_was_out_is_invited_when_it_is_taken_back(world: World, set_clock: Clock) -> None:
    """Its candidates are judged from then on, and the panel was reminded of what nobody had told it of."""
    panel = panel_of(world, set_clock)
    set_clock("2026-12-01T10:00")
    panel.name(world.gunnel)
    assert invited(world) == 0
    takes_back_the_ad(panel)
    assert invited(world) == 1
    set_clock("2026-12-12T10:00")
    assert invited(world) == 1, "its last day is no news any more"


def test_a_panel_that_is_invited_already_is_not_so_again_when_the_ad_is_taken_back(panel: Panel) -> None:
    assert invited(panel.world) == 1
    takes_back_the_ad(panel)
    assert invited(panel.world) == 1


def test_where_the_last_minute_is_over_by_then_they_are_told_no_day(world: World, set_clock: Clock) -> None:
    panel = panel_of(world, set_clock)
    set_clock("2026-12-01T10:00")
    panel.name(world.gunnel)
    takes_back_the_ad(panel)
    set_clock("2026-12-18T10:00")
    assert invited(world) == 0
    (mail,) = [mail for mail in letters(world) if mail.to == "gunnel@example.se"]
    assert "lämna in så snart du kan" in mail.body


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
