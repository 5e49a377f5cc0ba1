"""Of whoever has fallen on a krav nothing is waited for: no handing in, no deputy, and nothing that was open shuts."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

import pytest

from portal import clock
from portal.review.phases import Phase
from portal.review.queries.panel import everyone_of, members_of, progress_of
from portal.review.queries.scores import Visible, seen_scores
from portal.review.queries.seats import seats_of, uncovered_in
from tests.applicants import Sent, send_applications
from tests.review.blind import approve_all
from tests.review.meetings import page_of
from tests.review.panel import Panel, panel_of
from tests.review.test_phases import phase_of
from tests.review.test_told_of_more import told
from tests.world import World

Clock = Callable[[str], datetime]
SHUT = "Väntar på"


def seen(panel: Panel) -> Visible:
    """What the office sees."""
    with panel.as_person(panel.world.kansli) as (session, case):
        return seen_scores(session, case, clock.now())


def agree(panel: Panel, *, waiting: bool, fallen: Sent) -> None:
    """Every way in which it is asked says the same: each assessor's own, the panel's as one, the desk's and the office's."""
    own = {}
    for person in panel.people:
        with panel.as_person(person) as (session, case):
            own[person] = case.all_handed_in
            application = case.application(fallen.id)
            assert application is not None and case.member is not None
            seats = seats_of(session, case.ad.id, members_of(session, case.ad.id))
            assert case.is_handed_in(application) is seats.covers(seats.members[case.member.id], fallen.id)
    assert own == dict.fromkeys(panel.people, not waiting)
    with panel.as_person(panel.world.kansli) as (session, case):
        assert bool(uncovered_in(session, [case.ad.id])) is waiting
        rows = progress_of(session, everyone_of(session, case.ad.id), case.applications, 5, blind=case.blind)
        assert [row.has_left for row in rows if not row.member.deputy] == [waiting] * len(panel.people)
    found = seen(panel)
    assert bool(found.waiting_for) is waiting and found.open is not waiting


def in_without(panel: Panel) -> Sent:
    """The first falls, and all hand in what is left; an hour later."""
    for person in panel.people:
        panel.declare(person)
    panel.drop(panel.world.kansli, panel.sent[0])
    panel.set_clock("2026-12-14T11:00")
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)
    panel.set_clock("2026-12-14T12:00")
    return panel.sent[0]


def test_a_reason_that_is_written_anew_shuts_nothing(panel: Panel) -> None:
    fallen, office = in_without(panel), panel.world.kansli
    agree(panel, waiting=False, fallen=fallen)
    panel.take_back(office, fallen, "Fel ord.")
    agree(panel, waiting=True, fallen=fallen)
    panel.set_clock("2026-12-14T12:30")
    panel.drop(office, fallen, reason="Rätt ord.")
    agree(panel, waiting=False, fallen=fallen)
    assert SHUT not in page_of(panel, office, "gemensam")
    panel.set_clock("2026-12-14T13:00")
    panel.take_back(office, fallen)
    agree(panel, waiting=True, fallen=fallen)


def test_one_of_two_falls_that_is_taken_back_asks_nobody_for_more(panel: Panel) -> None:
    fallen, world = in_without(panel), panel.world
    panel.drop(world.kansli, fallen, krav=0)
    panel.set_clock("2026-12-14T13:00")
    panel.take_back(world.kansli, fallen)
    agree(panel, waiting=False, fallen=fallen)
    assert told(world) == []
    assert "inte inlämnat än" not in page_of(panel, world.elof, "din-bedomning")
    panel.set_clock("2026-12-14T14:00")
    panel.take_back(world.kansli, fallen, krav=0)
    agree(panel, waiting=True, fallen=fallen)
    assert told(world) == ["elof@example.se", "gunnel@example.se"]


def test_a_late_one_who_falls_before_anybody_judges_them_is_not_waited_for(panel: Panel) -> None:
    in_without(panel)
    (late,) = send_applications(panel.world, panel.ad, 1, start=7, late=True)
    panel.set_clock("2026-12-15T11:00")
    for person in panel.people:
        panel.declare(person)
    agree(panel, waiting=True, fallen=late)
    panel.drop(panel.world.kansli, late)
    agree(panel, waiting=False, fallen=late)
    for person in panel.people:
        assert "inte inlämnat än" not in page_of(panel, person, "din-bedomning")


def called_for_the_first(world: World, set_clock: Clock, disa: UUID) -> Panel:
    """Gunnel has jäv for the first, for whom Disa is called in, who has not handed in when the others have."""
    panel = panel_of(world, set_clock)
    panel.name(world.gunnel, world.elof, deputies=[disa])
    panel.declare(world.gunnel, panel.sent[0])
    for person in (world.elof, disa):
        panel.declare(person)
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)
    return panel


def test_a_deputy_is_not_waited_for_when_whom_they_were_called_for_falls(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID]
) -> None:
    panel = called_for_the_first(world, set_clock, deputies[0])
    assert len(seen(panel).waiting_for) == 1 and f"{SHUT}</dt><dd>Disa" in page_of(panel, world.kansli, "gemensam")
    panel.drop(world.kansli, panel.sent[0])
    assert seen(panel).open and not seen(panel).waiting_for
    assert SHUT not in page_of(panel, world.kansli, "gemensam")


def test_what_others_said_of_the_fallen_stays_sealed_where_one_has_not_handed_in(
    world: World, set_clock: Clock, deputies: tuple[UUID, UUID]
) -> None:
    panel = called_for_the_first(world, set_clock, deputies[0])
    panel.drop(world.kansli, panel.sent[0])
    shown = {application for _member, application, _criterion in seen(panel).scores}
    assert shown == {sent.id for sent in panel.sent[1:]}


@pytest.mark.parametrize("many", [1, 2])
def test_where_all_have_fallen_nobody_is_waited_for(world: World, set_clock: Clock, many: int) -> None:
    panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=many)
    for person in panel.people:
        panel.declare(person)
    for sent in panel.sent:
        panel.drop(world.kansli, sent)
    assert seen(panel).open and not seen(panel).waiting_for and not seen(panel).scores


def test_a_blind_phase_ends_when_whoever_is_still_to_be_judged_falls(
    looked_at: Panel, deputies: tuple[UUID, UUID]
) -> None:
    panel, world = looked_at, looked_at.world
    approve_all(panel)
    panel.name(world.gunnel, world.elof, deputies=[deputies[0]])
    panel.declare(world.gunnel, panel.sent[0])
    for person in (world.elof, deputies[0]):
        panel.declare(person)
    for person in panel.people:
        panel.score_all(person)
        panel.hand_in(person)
    assert phase_of(panel) is Phase.BLIND
    panel.drop(world.kansli, panel.sent[0])
    assert phase_of(panel) is Phase.OPEN
