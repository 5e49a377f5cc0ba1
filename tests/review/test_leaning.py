"""The correction for strict and kind assessors, and when two means cannot be told apart."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.review.leaning import corrected_means, leanings
from portal.review.ranking import mean, step_effect, told_apart, weighted_mean

ASSESSORS, CANDIDATES = "GEM", "abcdef"
WEIGHTS = {"text": 30, "alone": 10}

WHOLE = st.fixed_dictionaries(
    {(who, one, c): st.integers(0, 3) for who in ASSESSORS for one in CANDIDATES for c in WEIGHTS}
)
TORN = st.fixed_dictionaries(
    {(who, one, c): st.none() | st.integers(0, 3) for who in ASSESSORS for one in CANDIDATES for c in WEIGHTS}
)


def strict_and_kind():
    """Five whom all have scored: G always 1 (strict), E 2, M 3 (kind); f has been scored by M alone, a 3 and a 3."""
    steps = {
        (who, one, c): step for who, step in zip(ASSESSORS, (1, 2, 3), strict=True) for one in "abcde" for c in WEIGHTS
    }
    return steps | {("M", "f", c): 3 for c in WEIGHTS}


def grid(steps):
    return {
        one: {c: [steps.get((who, one, c)) for who in ASSESSORS] for c in WEIGHTS}
        for one in CANDIDATES
        if any(key[1] == one for key in steps)
    }


def leaning(steps):
    found = leanings(grid(steps), WEIGHTS)
    return found and {ASSESSORS[n]: lean for n, lean in found.items()}


def corrected_of(steps):
    return corrected_means(grid(steps), WEIGHTS)


def plain(steps, one):
    means = {c: mean(steps.get((who, one, c)) for who in ASSESSORS) for c in WEIGHTS}
    return weighted_mean(means, WEIGHTS)


def test_who_is_strict_and_who_is_kind_is_told_by_what_all_have_scored():
    assert leaning(strict_and_kind()) == {"G": -1, "E": 0, "M": 1}


def test_a_candidate_whom_only_the_kind_one_has_judged_comes_down_to_the_others():
    corrected = corrected_of(strict_and_kind())
    assert plain(strict_and_kind(), "f") == 3
    assert corrected["f"] == 2 and corrected["a"] == plain(strict_and_kind(), "a") == 2


def test_leanings_are_weighted_and_exact():
    steps = strict_and_kind() | {("G", "a", "alone"): 2}  # one of 20 tens: 10 of 200 in weight, a step up
    assert leaning(steps)["G"] == Fraction(-200 + 10, 200) + Fraction(-10, 600)


@pytest.mark.parametrize(
    "fewer",
    [
        lambda key: key[0] != "E",  # two assessors
        lambda key: key[1] not in "af",  # four candidates
        lambda key: not (key[0] == "G" and key[1] == "a"),  # five, but four whom all have scored
    ],
)
def test_with_too_little_to_go_by_there_is_no_correction(fewer):
    steps = {key: step for key, step in strict_and_kind().items() if fewer(key)}
    assert leaning(steps) is None
    assert corrected_of(steps) is None


@given(WHOLE)
def test_where_everybody_has_scored_everybody_nothing_changes(steps):
    assert sum(leaning(steps).values()) == 0
    assert corrected_of(steps) == {one: plain(steps, one) for one in CANDIDATES}


@given(TORN)
def test_a_corrected_mean_stays_on_the_scale_and_exists_where_a_mean_does(steps):
    corrected = corrected_of(steps)
    if corrected is not None:
        assert {one: figure is None for one, figure in corrected.items()} == {
            one: plain(steps, one) is None for one in CANDIDATES
        }
        assert all(0 <= figure <= 3 for figure in corrected.values() if figure is not None)


@given(TORN, st.permutations(ASSESSORS))
def test_it_does_not_matter_who_is_called_what(steps, other):
    names = dict(zip(ASSESSORS, other, strict=True))
    renamed = {(names[who], one, c): step for (who, one, c), step in steps.items()}
    assert corrected_of(renamed) == corrected_of(steps)


def test_one_step_of_one_vote_moves_a_mean_by_its_weight_over_all_votes():
    votes = {"text": [3, 2, None], "alone": [1, 1, 1]}
    assert step_effect(votes, WEIGHTS) == Fraction(30, 40 * 2)
    assert step_effect({"text": [None], "alone": [2]}, WEIGHTS) == 1
    assert step_effect({"text": [], "alone": [None]}, WEIGHTS) == 0


@pytest.mark.parametrize(("difference", "expected"), [(0, False), (1, False), (2, False), (3, True)])
def test_means_that_one_step_of_one_vote_can_level_are_not_told_apart(difference, expected):
    effect = Fraction(2, 40)
    assert told_apart(Fraction(2) + Fraction(difference, 40), Fraction(2), effect) is expected
    assert told_apart(Fraction(2), Fraction(2) + Fraction(difference, 40), effect) is expected


def test_a_candidate_without_a_mean_is_not_compared():
    assert told_apart(None, Fraction(2), Fraction(1)) and told_apart(Fraction(2), None, Fraction(1))


@given(TORN, st.sampled_from(ASSESSORS), st.sampled_from(CANDIDATES), st.sampled_from(list(WEIGHTS)))
def test_no_single_step_moves_a_mean_by_more_than_the_effect(steps, who, one, criterion):
    step = steps[who, one, criterion]
    if step is not None:
        votes = {c: [steps[a, one, c] for a in ASSESSORS] for c in WEIGHTS}
        moved = steps | {(who, one, criterion): step + 1 if step < 3 else 2}
        assert abs(plain(moved, one) - plain(steps, one)) <= step_effect(votes, WEIGHTS)
