"""One joint order of the same votes, whoever reads it: whom one has jäv for is left out of it afterwards."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime

import pytest

from portal import clock
from portal.decisions.decision_file import board_of
from portal.review.meeting.models import MeetingPoint
from portal.review.meeting.states import Step
from portal.review.queries.board import joint_order_seen
from portal.review.queries.scores import seen_scores
from portal.review.ranking import place_labels
from tests.applicants import Sent, send_applications
from tests.decisions.judging import data
from tests.pages import XHTML, parse
from tests.review.meetings import page_of, start, step
from tests.review.panel import AFTER_LAST_MINUTE, Panel, panel_of
from tests.world import World

Places = list[tuple[str, str]]
HIDDEN = 4


@pytest.fixture
def panel(world: World, set_clock: Callable[[str], datetime]) -> Panel:
    """Seven, by number. Elof orders all, Gunnel the other way round, but the first two before the next two as he does.

    Gunnel has jäv for number 4. By hand, without 4: 0 and 1 before 2 and 3 by two votes, and one to one all else: 0 1 5 6,
    then 2 3. With 4, whom Elof alone has ordered: 0 1 2 3 before 4 by one, 4 before 5 6 by one, and no way back.
    """
    made = panel_of(world, set_clock, world.gunnel, world.elof, applications=7)
    judge(made, 6, 5, 1, 0, 3, 2, jav=made.sent[HIDDEN])
    return made


def judge(panel: Panel, *order: int, jav: Sent | None = None) -> None:
    """Gunnel, who leads, has said all; Elof has ordered them by number."""
    for person, own in ((panel.world.gunnel, order), (panel.world.elof, tuple(range(len(panel.sent))))):
        panel.declare(person, *([jav] if jav and person == panel.world.gunnel else []))
        panel.score_all(person)
        panel.order(person, tuple((panel.sent[n].id,) for n in own))
    panel.hand_in(panel.world.gunnel)


def names(panel: Panel, *numbers: int) -> list[str]:
    """In the order of the page: of those who share a place by name."""
    return sorted(panel.sent[n].name for n in numbers)


def expected(panel: Panel, *groups: Sequence[int]) -> Places:
    """Name and place, as the page has them."""
    return [(name, label) for name, label in place_labels([names(panel, *group) for group in groups]).items()]


def joint(page: str) -> Places:
    """Name and place of each row of the heat map, from the top."""
    found = []
    for row in parse(page).iter(f"{XHTML}tr"):
        place = next((one for one in row.iter(f"{XHTML}span") if one.get("class") == "place"), None)
        if place is not None:
            found.append((str(next(row.iter(f"{XHTML}a")).text), str(place.text)))
    return found


def starting(page: str) -> dict[str, str]:
    """Name and typed place of each row of the page on which the meeting's order is set."""
    rows = [row for row in parse(page).iter(f"{XHTML}tr") if row.get("data-row")]
    return {str(next(row.iter(f"{XHTML}th")).text): str(next(row.iter(f"{XHTML}input")).get("value")) for row in rows}


def test_two_assessors_read_the_same_joint_order_and_one_with_jav_without_whom_it_is_for(panel: Panel) -> None:
    panel.hand_in(panel.world.elof)
    whole = expected(panel, (0, 1), (2, 3), (HIDDEN,), (5, 6))
    for person in (panel.world.elof, panel.world.kansli):
        assert joint(page_of(panel, person, "gemensam")) == whole
    page = page_of(panel, panel.world.gunnel, "gemensam")
    assert joint(page) == expected(panel, (0, 1), (2, 3), (5, 6)), "and the numbers have no gap"
    assert [label for _, label in joint(page)] == ["1–2", "1–2", "3–4", "3–4", "5–6", "5–6"]
    hidden = panel.sent[HIDDEN]
    for seen in (page, page_of(panel, panel.world.gunnel, "gemensam/siffror")):
        assert hidden.name not in seen and str(hidden.id) not in seen
    assert "6 sökande" in page and "7 sökande" not in page


def test_all_figures_stand_in_that_order_too(panel: Panel) -> None:
    panel.hand_in(panel.world.elof)
    for person in panel.people:
        rows = parse(page_of(panel, person, "gemensam/siffror")).iter(f"{XHTML}tr")
        said = dict.fromkeys(next("".join(cell.itertext()) for cell in row) for row in rows)
        assert list(said)[1:] == [name for name, _ in joint(page_of(panel, person, "gemensam"))]


def test_who_shares_a_place_with_one_who_is_hidden_stands_there_alone(panel: Panel) -> None:
    panel.order(panel.world.elof, ((panel.sent[0].id, panel.sent[HIDDEN].id), (panel.sent[1].id,)))
    panel.hand_in(panel.world.elof)
    shared = expected(panel, (HIDDEN, 6), (5,), (0, 1), (3,), (2,))
    assert joint(page_of(panel, panel.world.elof, "gemensam")) == shared
    alone = expected(panel, (6,), (5,), (0, 1), (3,), (2,))
    assert joint(page_of(panel, panel.world.gunnel, "gemensam")) == alone


def test_the_meeting_begins_from_the_order_that_its_leader_reads(panel: Panel) -> None:
    panel.hand_in(panel.world.elof)
    start(panel)
    found = starting(page_of(panel, panel.world.elof, "mote/ordning"))
    assert [found[panel.sent[n].name] for n in range(7)] == ["1", "1", "3", "3", "5", "6", "6"]
    own = starting(page_of(panel, panel.world.gunnel, "mote/ordning"))
    assert [own[panel.sent[n].name] for n in (0, 1, 2, 3, 5, 6)] == ["1", "1", "3", "3", "5", "5"]
    assert len(own) == 6


def test_the_decision_file_has_the_order_of_the_joint_view_and_it_is_read_from_the_file_again(panel: Panel) -> None:
    panel.hand_in(panel.world.elof)
    for person in (panel.world.gunnel, panel.world.kansli):
        file, shown = data(panel, person), joint(page_of(panel, person, "gemensam"))
        board = board_of(file)
        assert {board.candidates[one]: label for one, label in board.labels().items()} == dict(shown)
        assert {row["candidate"]: row["place"] for row in file["joint"]["candidates"]} == {
            str(one): label for one, label in board.labels().items()
        }
        assert [[board.candidates[one] for one in group] for group in board.joined()] == [
            [name for name, label in shown if label == place] for place in dict.fromkeys(label for _, label in shown)
        ]
    assert str(panel.sent[HIDDEN].id) not in str(data(panel, panel.world.gunnel))


def test_what_is_not_handed_in_counts_for_the_office_alone_also_of_whom_an_assessor_has_jav_for(panel: Panel) -> None:
    panel.set_clock(AFTER_LAST_MINUTE)
    assert joint(page_of(panel, panel.world.kansli, "gemensam")) == expected(panel, (0, 1), (2, 3), (HIDDEN,), (5, 6))
    own = expected(panel, *((n,) for n in (6, 5, 1, 0, 3, 2)))
    assert joint(page_of(panel, panel.world.gunnel, "gemensam")) == own
    start(panel)
    places = starting(page_of(panel, panel.world.gunnel, "mote/ordning"))
    assert list(places.items()) == own


def test_the_agenda_after_the_last_minute_is_made_of_what_was_handed_in(panel: Panel) -> None:
    """Elof has set what lies three steps from what Gunnel handed in, and an order; he has handed in neither."""
    panel.step(panel.world.elof, panel.sent[6], 0, 0)
    panel.step(panel.world.elof, panel.sent[0], 0, 0)
    panel.set_clock(AFTER_LAST_MINUTE)
    start(panel)
    page = page_of(panel, panel.world.gunnel)
    assert re.findall(r'mote/sokande/([0-9a-f-]+)"', page) == [str(panel.sent[n].id) for n in (6, 5, 1, 0, 3, 2)]
    assert "steg isär" not in page


def test_who_comes_late_comes_in_the_order_of_what_was_handed_in_too(panel: Panel) -> None:
    panel.set_clock(AFTER_LAST_MINUTE)
    meeting = start(panel)
    with panel.as_person(panel.world.gunnel) as (session, _case):
        session.query(MeetingPoint).delete()
    step(panel, Step.PAUSE)
    step(panel, Step.CONTINUE)
    with panel.as_person(panel.world.gunnel) as (session, _case):
        rows = session.query(MeetingPoint).filter_by(meeting_id=meeting).order_by(MeetingPoint.position).all()
        shown = [row.application_id for row in rows if row.application_id != panel.sent[HIDDEN].id]
    assert shown == [panel.sent[n].id for n in (6, 5, 1, 0, 3, 2)]


@pytest.mark.parametrize("jav", [True, False])
def test_what_waits_for_a_handing_in_counts_in_no_order_also_of_one_whom_the_reader_does_not_see(
    world: World, set_clock: Callable[[str], datetime], jav: bool
) -> None:
    """A late one, for whom Gunnel has jäv or has not answered. Elof puts them before the last two: counted, the order is
    another. It is from his handing in on where nobody else judges them."""
    panel = panel_of(world, set_clock, world.gunnel, world.elof, applications=6)
    judge(panel, 5, 4, 1, 0, 3, 2)
    panel.hand_in(world.elof)
    before = expected(panel, (0, 1, 4, 5), (2, 3))
    set_clock("2026-12-10T10:00")
    (late,) = send_applications(world, panel.ad, 1, start=6)
    set_clock("2026-12-14T11:00")
    panel.declare(world.elof)
    if jav:
        panel.declare(world.gunnel, late)
    panel.order(world.elof, tuple((one.id,) for one in (*panel.sent[:4], late, *panel.sent[4:])))
    assert joint(page_of(panel, world.gunnel, "gemensam")) == before
    panel.score_all(world.elof)
    panel.hand_in(world.elof)
    after = expected(panel, (0, 1), (2, 3), (4, 5)) if jav else before
    assert joint(page_of(panel, world.gunnel, "gemensam")) == after


def test_the_joint_order_itself_has_nobody_whom_its_reader_does_not_see(panel: Panel) -> None:
    panel.hand_in(panel.world.elof)
    for person, hidden in ((panel.world.gunnel, {panel.sent[HIDDEN].id}), (panel.world.elof, set())):
        with panel.as_person(person) as (session, case):
            order = joint_order_seen(case, seen_scores(session, case, clock.now()))
        assert {one for group in order for one in group} == {one.id for one in panel.sent} - hidden
