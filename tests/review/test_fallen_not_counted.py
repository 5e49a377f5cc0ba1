"""Whoever has fallen on a krav is in no count of who has handed in, nor of whom one is still to see at the meeting."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from portal.review.meeting.states import Step
from tests.applicants import send_applications
from tests.review.meetings import all_handed_in, page_of, put_in_order, start, step, there
from tests.review.panel import Panel, panel_of
from tests.review.test_waits_for_nobody_fallen import called_for_the_first, in_without
from tests.world import World

Clock = Callable[[str], datetime]
TO_COME = "sökande till visas när"


def test_who_was_called_in_for_the_fallen_alone_is_not_said_to_have_handed_in(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID]
) -> None:
    panel = called_for_the_first(world, set_clock, deputies[0])
    panel.drop(world.kansli, panel.sent[0])
    page = page_of(panel, world.kansli, "gemensam")
    assert "Båda har lämnat in." in page and "Alla tre" not in page


def test_where_one_judges_all_who_stand_it_is_one_persons_view(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID]
) -> None:
    panel = panel_of(world, set_clock)
    panel.name(world.gunnel, deputies=[deputies[0]])
    panel.declare(world.gunnel, panel.sent[0])
    panel.score_all(world.gunnel)
    panel.hand_in(world.gunnel)
    panel.drop(world.kansli, panel.sent[0])
    page = page_of(panel, world.kansli, "gemensam")
    assert "Det här är en persons bedömning." in page and "Båda har lämnat in" not in page


def test_where_all_have_fallen_nobody_is_said_to_have_handed_in(panel: Panel) -> None:
    for person in panel.people:
        panel.declare(person)
    for sent in panel.sent:
        panel.drop(panel.world.kansli, sent)
    page = page_of(panel, panel.world.kansli, "gemensam")
    assert "Alla har fallit på krav" in page and "har lämnat in." not in page


def test_the_meeting_promises_nobody_whom_handing_in_does_not_show(panel: Panel) -> None:
    in_without(panel)
    start(panel)
    (late,) = send_applications(panel.world, panel.ad, 1, start=7, late=True)
    panel.set_clock("2026-12-15T11:00")
    elof = panel.world.elof
    assert TO_COME in page_of(panel, elof)
    panel.declare(elof)
    assert TO_COME in page_of(panel, elof)
    panel.drop(panel.world.kansli, late)
    assert TO_COME not in page_of(panel, elof)
    panel.declare(panel.world.gunnel)
    assert TO_COME not in page_of(panel, panel.world.gunnel)


def test_nor_whom_one_has_not_answered_about_where_they_have_fallen(panel: Panel) -> None:
    in_without(panel)
    start(panel)
    (late,) = send_applications(panel.world, panel.ad, 1, start=7, late=True)
    panel.set_clock("2026-12-15T11:00")
    panel.drop(panel.world.kansli, late)
    assert TO_COME not in page_of(panel, panel.world.elof)


def test_who_falls_after_the_meeting_is_not_offered_to_be_called_from_its_order(panel: Panel) -> None:
    all_handed_in(panel)
    start(panel)
    there(panel, panel.world.gunnel)
    put_in_order(panel, tuple((one.id,) for one in panel.sent))
    step(panel, Step.END)
    call = f"Kalla {panel.sent[0].name} till intervju"
    assert call in page_of(panel, panel.world.kansli)
    panel.drop(panel.world.kansli, panel.sent[0])
    page = page_of(panel, panel.world.kansli)
    assert call not in page and f"Kalla {panel.sent[1].name} till intervju" in page
