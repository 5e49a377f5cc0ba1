"""Shares in per cent are a hundred together, whatever the weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.review.shares import shares


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ([30, 25, 10], [46, 39, 15]),
        ([1, 1, 1], [34, 33, 33]),
        ([5], [100]),
        ([0, 3], [0, 100]),
        ([0, 0], [0, 0]),
        ([], []),
    ],
)
def test_what_is_left_goes_to_the_largest_remainders(weights: list[int], expected: list[int]) -> None:
    assert shares(weights) == expected


@given(st.lists(st.integers(0, 100), min_size=1, max_size=20))
def test_they_are_a_hundred_and_within_one_of_the_exact_share(weights: list[int]) -> None:
    given, total = shares(weights), sum(weights)
    assert sum(given) == (100 if total else 0)
    assert all(abs(share * total - 100 * weight) < total for share, weight in zip(given, weights, strict=True) if total)
