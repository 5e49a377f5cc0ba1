"""Sharing out the posts: each model that a region or municipality is known to use, in posts and in kronor."""

from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.posts.allocation import (
    NobodyHasSeats,
    NotInSteps,
    by_side,
    per_seat,
    posts_for,
    proportional,
    with_extra,
)

SEATS = st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 149), min_size=1, max_size=10)


def test_base_and_seats_as_in_goteborg_four_per_party_with_a_seat_and_more_for_each() -> None:
    assert per_seat({"S": 4, "M": 3, "utan": 0}, base=D("4.00"), each=D("0.25")) == {
        "S": D("5.00"), "M": D("4.75"), "utan": D("0.00"),
    }  # fmt: skip


def test_uppsala_gives_one_to_each_party_and_one_more_to_the_chair() -> None:
    shares = per_seat({"S": 5, "M": 4, "V": 1}, base=D("1.00"), each=D("0.00"))
    assert with_extra(shares, chair="S", extra=D("1.00")) == {"S": D("2.00"), "M": D("1.00"), "V": D("1.00")}


def test_one_sum_by_seats_gives_out_every_piece_as_in_tyreso() -> None:
    shares = proportional(
        {"S": 15, "M": 14, "SD": 8, "V": 5, "C": 4, "MP": 3, "KD": 2}, total=D("8.85"), step=D("0.05")
    )
    assert sum(shares.values()) == D("8.85")
    assert all(share % D("0.05") == 0 for share in shares.values())
    assert shares["S"] > shares["M"] > shares["SD"] > shares["V"] > shares["KD"]


def test_majority_and_opposition_have_a_sum_each_as_in_dalarna() -> None:
    shares = by_side(
        {"S": 28, "V": 7, "M": 17, "SD": 13, "C": 10}, majority={"S", "V"}, for_majority=D("2.50"),
        for_opposition=D("4.00"), step=D("0.50"),
    )  # fmt: skip
    assert shares == {"S": D("2.00"), "V": D("0.50"), "M": D("1.50"), "SD": D("1.50"), "C": D("1.00")}
    assert sum(shares.values()) == D("6.50")


def test_money_is_shared_in_whole_kronor_and_pays_for_posts_that_are_never_rounded_up() -> None:
    shares = proportional({"A": 2, "B": 1}, total=1_000_000, step=1)
    assert shares == {"A": 666_667, "B": 333_333}
    assert all(type(share) is int for share in shares.values())
    assert posts_for(666_667, kronor_per_post=800_000) == D("0.83")
    assert posts_for(799_999, kronor_per_post=800_000) == D("0.99")


def test_of_equal_remainders_more_seats_come_first_and_then_who_is_named_first() -> None:
    assert proportional({"B": 1, "A": 1}, total=D("0.03"), step=D("0.01")) == {"B": D("0.02"), "A": D("0.01")}


def test_a_sum_that_does_not_go_up_in_the_steps_is_refused_with_both_numbers() -> None:
    with pytest.raises(NotInSteps, match="5,30 går inte jämnt upp i steg om 0,25"):
        proportional({"A": 1}, total=D("5.30"), step=D("0.25"))


@pytest.mark.parametrize("seats", [{}, {"A": 0, "B": 0}])
def test_without_seats_there_is_nothing_to_share_out_by(seats: dict[str, int]) -> None:
    with pytest.raises(NobodyHasSeats):
        proportional(seats, total=D("1.00"), step=D("0.01"))
    with pytest.raises(NobodyHasSeats):
        by_side(seats, majority=(), for_majority=D("1.00"), for_opposition=D("1.00"), step=D("0.01"))


def test_a_side_without_seats_gets_nothing_and_the_other_its_own_sum() -> None:
    shares = by_side({"A": 3, "B": 0}, majority={"A"}, for_majority=D("2.00"), for_opposition=D("9.00"), step=D("0.01"))
    assert shares == {"A": D("2.00"), "B": D("0.00")}


@given(SEATS, st.integers(0, 10_000))
def test_a_share_is_never_a_whole_piece_from_its_quota_and_nothing_is_left_over(seats: dict[str, int], n: int) -> None:
    everybody = sum(seats.values())
    if not everybody:
        return
    total = D(n) / 100
    shares = proportional(seats, total=total, step=D("0.01"))
    assert sum(shares.values()) == total
    assert all(abs(shares[who] - total * seats[who] / everybody) < D("0.01") for who in seats)
    assert all(shares[a] >= shares[b] for a in seats for b in seats if seats[a] > seats[b])
