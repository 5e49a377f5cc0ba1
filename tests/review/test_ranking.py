"""Means, disagreements and places: what the joint view is made of."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.review.ranking import (
    Disagreement,
    disagreements,
    mean,
    place_labels,
    spread,
    starting_order,
    weighted_mean,
)

SCORES = st.dictionaries(st.sampled_from("abcdef"), st.none() | st.integers(0, 3))
WEIGHTS = st.fixed_dictionaries({criterion: st.integers(0, 5) for criterion in "abcdef"})


def test_a_weighted_mean_is_exact():
    assert weighted_mean({"text": 3, "committee": 1}, {"text": 2, "committee": 1}) == Fraction(7, 3)


def test_what_cannot_be_judged_neither_helps_nor_harms():
    weights = {"text": 2, "committee": 1, "party": 5}
    assert weighted_mean({"text": 3, "committee": 1, "party": None}, weights) == Fraction(7, 3)


def test_a_criterion_not_yet_scored_takes_its_weight_out():
    assert weighted_mean({"text": 2}, {"text": 1, "committee": 9}) == 2


def test_zero_is_a_score_and_counts():
    assert weighted_mean({"text": 0, "committee": 3}, {"text": 1, "committee": 1}) == Fraction(3, 2)


@pytest.mark.parametrize("scores", [{}, {"text": None}, {"licence": 3}])
def test_without_a_weighted_score_there_is_no_mean(scores):
    assert weighted_mean(scores, {"text": 1, "licence": 0}) is None


def test_a_score_without_a_weight_or_a_negative_weight_is_an_error():
    with pytest.raises(KeyError):
        weighted_mean({"unknown": 1}, {"text": 1})
    with pytest.raises(ValueError, match="negative"):
        weighted_mean({"text": 1}, {"text": -1})


@given(scores=SCORES, weights=WEIGHTS)
def test_a_weighted_mean_lies_between_the_lowest_and_the_highest_score(scores, weights):
    result = weighted_mean(scores, weights)
    counted = [score for criterion, score in scores.items() if score is not None and weights[criterion]]
    assert (result is None) == (not counted)
    if result is not None:
        assert min(counted) <= result <= max(counted)


@given(scores=SCORES, weights=WEIGHTS, factor=st.integers(2, 9))
def test_only_the_proportions_of_the_weights_matter(scores, weights, factor):
    heavier = {criterion: weight * factor for criterion, weight in weights.items()}
    assert weighted_mean(scores, heavier) == weighted_mean(scores, weights)


def test_the_mean_of_several_assessors_leaves_out_those_who_could_not_judge():
    assert mean([3, None, 2, 2]) == Fraction(7, 3)
    assert mean([None, None]) is None


def test_a_joint_mean_is_the_weighted_mean_of_the_means():
    joint = {"text": mean([3, 2]), "committee": mean([None, 1])}
    assert weighted_mean(joint, {"text": 2, "committee": 1}) == 2


@pytest.mark.parametrize(
    ("scores", "expected"), [([0, 3], 3), ([2, None, 1], 1), ([2], 0), ([None], None), ([], None), ([1, 1, 1], 0)]
)
def test_the_spread_is_the_steps_between_the_outermost_scores(scores, expected):
    assert spread(scores) == expected


def test_two_steps_or_more_apart_is_a_disagreement_widest_first():
    scores = {
        "Blå Lo": {"text": [3, 1, 2], "committee": [2, 1, 2]},
        "Grön Al": {"text": [0, 3, None], "committee": [None, None, 3]},
    }
    assert disagreements(scores) == (Disagreement("Grön Al", "text", 3), Disagreement("Blå Lo", "text", 2))


def test_equal_disagreements_keep_the_order_they_came_in():
    scores = {"b": {"x": [0, 2]}, "a": {"y": [1, 3], "x": [0, 2]}}
    assert [(one.candidate, one.criterion) for one in disagreements(scores)] == [("b", "x"), ("a", "y"), ("a", "x")]


def test_places_that_are_shared_say_so():
    assert place_labels([["a"], ["b"], ["c", "d"], ["e"]]) == {"a": "1", "b": "2", "c": "3–4", "d": "3–4", "e": "5"}


def test_an_order_of_one_tie_is_one_span_of_places():
    assert set(place_labels([["a", "b", "c"]]).values()) == {"1–3"}
    assert place_labels([]) == {}


def test_an_own_order_starts_from_the_own_means_with_ties():
    weights = {"text": 2, "committee": 1}
    scores = {
        "a": {"text": 1, "committee": 1},
        "b": {"text": 3, "committee": 0},
        "c": {"text": 2, "committee": 2},
        "d": {"text": 1, "committee": None},
    }
    assert starting_order(scores, weights) == (("b", "c"), ("a", "d"))


def test_a_candidate_of_whom_nothing_could_be_judged_waits_to_be_placed():
    assert starting_order({"a": {"text": None}, "b": {"text": 0}}, {"text": 1}) == (("b",),)
