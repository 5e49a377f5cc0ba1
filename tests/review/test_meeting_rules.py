"""The meeting's pure parts: who may what, steps, agenda, votes, and places of those whom a writer does not see."""

from itertools import product
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.review.access import Standing
from portal.review.joint import Assessor, Board, Criterion
from portal.review.meeting.access import may_attend, may_lead_meeting, may_set_order, may_write_joint_text
from portal.review.meeting.agenda import Point, neighbours, newcomers, points_of
from portal.review.meeting.states import STEPS, State, Step, already, may_step
from portal.review.meeting.unseen import with_unseen
from portal.review.meeting.voting import Choice, Tally, result_words, tally

A, B, C, D, E = (UUID(int=n) for n in range(1, 6))
WRITES, ALONE = UUID(int=21), UUID(int=22)

LEADER = Standing(named=True, leads=True, clear=frozenset({A, B}))
OTHER = Standing(named=True, clear=frozenset({A, B}))
OFFICE = Standing(office=True)
CONFLICTED_LEADER = Standing(named=True, leads=True, clear=frozenset({B}), conflicts=frozenset({A}))
APPLICANT = Standing(office=True, named=True, leads=True, has_applied=True, clear=frozenset({A}))


@pytest.mark.parametrize(
    ("who", "attends", "leads", "leads_alone"),
    [
        (LEADER, True, True, False),  # to whom it is shut: jäv for all
        (OTHER, True, False, False),
        (OFFICE, True, False, True),
        (APPLICANT, False, False, False),
        (Standing(), False, False, False),
    ],
)
def test_the_leader_leads_and_the_office_where_nobody_does(who, attends, leads, leads_alone):
    assert may_attend(who) is attends
    assert may_lead_meeting(who, led=True) is leads
    assert may_lead_meeting(who, led=False) is leads_alone


@pytest.mark.parametrize(
    ("who", "led", "expected"),
    [
        (LEADER, True, True),
        (OTHER, True, False),
        (OTHER, False, True),  # the leader has stepped out
        (OFFICE, True, False),
        (OFFICE, False, True),
        (CONFLICTED_LEADER, False, False),
        (APPLICANT, False, False),
    ],
)
def test_the_joint_text_is_the_leaders_and_anothers_where_the_leader_has_stepped_out(who, led, expected):
    assert may_write_joint_text(who, A, led=led) is expected


@pytest.mark.parametrize(
    ("who", "led", "expected"),
    [(LEADER, True, True), (OTHER, True, False), (OTHER, False, True), (CONFLICTED_LEADER, False, True),
     (Standing(named=True, conflicts=frozenset({A})), False, False), (OFFICE, False, True), (APPLICANT, False, False)],
)  # fmt: skip
def test_the_order_is_the_leaders_and_also_anothers_without_jav_where_the_leader_has(who, led, expected):
    assert may_set_order(who, led=led) is expected


def test_every_step_is_taken_from_its_own_states_alone():
    fit = {(state, step) for state, step in product((None, *State), Step) if may_step(state, step)}
    assert fit == {(state, step) for step, (states, _to) in STEPS.items() for state in states}
    assert already(State.ENDED, Step.END) and already(State.PAUSED, Step.PAUSE) and already(State.OPEN, Step.START)
    assert not already(State.OPEN, Step.END) and not already(None, Step.START)


def board(votes, orders):
    return Board(
        criteria=[Criterion(WRITES, "Skriver", 30, False), Criterion(ALONE, "Självgående", 10, False)],
        assessors=[Assessor(D, "Gunnel", False), Assessor(E, "Elof", False)],
        candidates={A: "Anna", B: "Bo", C: "Cilla"},
        steps={
            (who, one, criterion): step
            for (one, criterion), given in votes.items()
            for who, step in zip((D, E), given, strict=True)
        },
        orders=orders,
        conflicts=frozenset(),
    )


def test_the_widest_disagreement_comes_first_then_the_joint_order_then_the_rest():
    votes = {(A, WRITES): (2, 2), (B, ALONE): (0, 2), (B, WRITES): (3, 0), (C, WRITES): (3, 1), (A, ALONE): (1, 2)}
    orders = {D: ((C,), (B,), (A,)), E: ((C,), (B,), (A,))}
    assert points_of(board(votes, orders)) == [
        Point(B, WRITES, 3), Point(C, WRITES, 2), Point(B, ALONE, 2), Point(A, None, 0),
    ]  # fmt: skip


def test_without_disagreement_the_agenda_is_the_joint_order_and_without_candidates_empty():
    orders = {D: ((C,), (A, B)), E: ((C,), (A, B))}
    assert points_of(board({}, orders)) == [Point(C, None, 0), Point(A, None, 0), Point(B, None, 0)]
    assert points_of(Board([], [], {}, {}, {}, frozenset())) == []


def test_who_comes_late_comes_last_and_once():
    assert newcomers([Point(A, WRITES, 3), Point(B, None, 0)], [C, A, D, B]) == [Point(C, None, 0), Point(D, None, 0)]


def test_the_way_from_point_to_point_meets_each_candidate_once():
    points = [Point(B, WRITES, 3), Point(A, WRITES, 2), Point(B, ALONE, 2), Point(C, None, 0)]
    assert neighbours(points, B) == (None, A)
    assert neighbours(points, A) == (B, C)
    assert neighbours(points, C) == (A, None)
    assert neighbours(points, D) == (None, None)


def test_a_tie_is_a_tie_and_who_abstains_counts_for_neither():
    votes = [Choice.FIRST, Choice.SECOND, Choice.ABSTAINED, Choice.ABSTAINED]
    assert tally(votes) == Tally(1, 1, 2)
    assert tally(votes).majority is None and tally([]).majority is None
    assert result_words(tally(votes), "Anna", "Bo") == "Lika, 1 mot 1"
    assert result_words(tally([*votes, Choice.SECOND]), "Anna", "Bo") == "Bo före Anna, 2 mot 1"
    assert result_words(tally([Choice.FIRST]), "Anna", "Bo") == "Anna före Bo, 1 mot 0"


def test_who_is_not_seen_keeps_the_place_after_the_one_they_came_after():
    before = ((A,), (B,), (C,), (D,))
    assert with_unseen(before, ((D,), (A,), (C,)), {A, C, D}) == ((D,), (A,), (B,), (C,))
    assert with_unseen(before, ((C,), (B,), (D,)), {B, C, D}) == ((A,), (C,), (B,), (D,))


def test_who_shares_a_place_unseen_goes_on_sharing_it():
    assert with_unseen(((A, B), (C,)), ((C,), (A,)), {A, C}) == ((C,), (A, B))


@st.composite
def orders(draw):
    everybody = [A, B, C, D, E]
    places = draw(st.lists(st.integers(0, 4), min_size=5, max_size=5))
    grouped = [tuple(one for one, at in zip(everybody, places, strict=True) if at == place) for place in range(5)]
    return tuple(group for group in grouped if group)


@given(orders(), orders(), st.sets(st.sampled_from([A, B, C, D, E])))
def test_nobody_is_lost_or_doubled_and_what_was_set_stands(before, wanted, seen):
    changed = tuple(kept for group in wanted if (kept := tuple(one for one in group if one in seen)))
    result = with_unseen(before, changed, seen)
    assert sorted(one for group in result for one in group) == sorted([A, B, C, D, E])
    shown = tuple(kept for group in result if (kept := tuple(one for one in group if one in seen)))
    assert [set(group) for group in shown] == [set(group) for group in changed]
