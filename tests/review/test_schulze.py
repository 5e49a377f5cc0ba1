"""The Schulze method: published examples, its known properties, and a plain reference to compare with."""

import random
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.review.schulze import schulze, with_rest_last


def ballots(*lines):
    """ "5 ACBED" → five orders without ties."""
    return [[[name] for name in line.split()[1]] for line in lines for _ in range(int(line.split()[0]))]


# Examples 3, 1, 2, 4 and 5 of Markus Schulze's paper with the orders his tables of strongest paths give; the textbook
# case of Abby, Brad, Cora, Dave and Erin; and the choice of Tennessee's capital (Memphis, Nashville, Chattanooga,
# Knoxville), where a Condorcet winner exists.
PUBLISHED = {
    "45 voters": (
        ["5 ACBED", "5 ADECB", "8 BEDAC", "3 CABED", "7 CAEBD", "2 CBADE", "7 DCEBA", "8 EBADC"],
        ("E", "A", "C", "B", "D"),
    ),
    "21 voters": (["8 ACDB", "2 BADC", "4 CDBA", "4 DBAC", "3 DCBA"], ("D", "A", "C", "B")),
    "30 voters": (["3 ACDB", "9 BACD", "8 CDAB", "5 DABC", "5 DBCA"], ("C", "D", "B", "A")),
    "9 voters, two ties": (["3 ABCD", "2 CBDA", "2 DABC", "2 DBCA"], ("BD", "AC")),
    "63 voters, one tie": (["12 ABCD", "6 ADBC", "9 BCDA", "15 CDAB", "21 DBAC"], ("D", "AB", "C")),
    "921 voters": (
        [
            *("98 ACEDB", "64 BAECD", "12 BAEDC", "98 BEACD", "13 BEADC", "125 BEDAC", "124 CAEDB", "76 CEADB"),
            *("21 DABEC", "30 DBAEC", "98 DBECA", "139 DCABE", "23 DCBAE"),
        ],
        ("A", "B", "E", "D", "C"),
    ),
    "Tennessee": (["42 MNCK", "26 NCKM", "15 CKNM", "17 KCNM"], ("N", "C", "K", "M")),
}


@st.composite
def elections_with_ties(draw, most=7):
    """Candidates, and orders with ties that may leave candidates out."""
    candidates = list(range(draw(st.integers(1, most))))
    orders = []
    for _ in range(draw(st.integers(0, 9))):
        places = draw(st.lists(st.integers(0, 4), min_size=len(candidates), max_size=len(candidates)))
        groups = [[c for c in candidates if places[c] == place] for place in range(4)]  # place 4: left out
        orders.append([group for group in groups if group])
    return candidates, orders


def preferences(candidates, orders):
    counts = dict.fromkeys(permutations(candidates, 2), 0)
    for order in orders:
        for place, group in enumerate(order):
            for better in group:
                for worse in (c for later in order[place + 1 :] for c in later):
                    counts[better, worse] += 1
    return counts


def plain_schulze(candidates, orders):
    """The definition, word for word: strongest paths by Floyd and Warshall, then whoever nobody left beats."""
    counts = preferences(candidates, orders)
    path = {(i, j): counts[i, j] if counts[i, j] > counts[j, i] else 0 for i, j in counts}
    for k in candidates:
        for i, j in path:
            if k not in (i, j):
                path[i, j] = max(path[i, j], min(path[i, k], path[k, j]))
    left, groups = list(candidates), []
    while left:
        best = [i for i in left if not any(path[j, i] > path[i, j] for j in left if j != i)]
        groups.append(tuple(best))
        left = [i for i in left if i not in best]
    return tuple(groups)


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_example(name):
    lines, expected = PUBLISHED[name]
    orders = ballots(*lines)
    assert schulze(orders, sorted(lines[0].split()[1])) == tuple(tuple(group) for group in expected)


@given(elections_with_ties())
def test_it_agrees_with_the_definition(election):
    candidates, orders = election
    assert schulze(orders, candidates) == plain_schulze(candidates, orders)


@pytest.mark.parametrize("seed", range(5))
def test_it_agrees_with_the_definition_for_many_candidates(seed):
    rnd = random.Random(seed)
    candidates = list(range(40))
    orders = [
        [[c] for c in sorted(candidates, key=lambda c: c + rnd.gauss(0, 15)) if rnd.random() > 0.2] for _ in range(9)
    ]
    assert schulze(orders, candidates) == plain_schulze(candidates, orders)


@given(elections_with_ties())
def test_whoever_beats_each_of_the_others_is_alone_first(election):
    candidates, orders = election
    counts = preferences(candidates, orders)
    for candidate in candidates:
        if all(counts[candidate, other] > counts[other, candidate] for other in candidates if other != candidate):
            assert schulze(orders, candidates)[0] == (candidate,)


@given(elections_with_ties())
def test_every_candidate_stands_in_exactly_one_group(election):
    candidates, orders = election
    assert sorted(c for group in schulze(orders, candidates) for c in group) == candidates


@given(elections_with_ties())
def test_turning_every_order_round_turns_a_result_without_ties_round(election):
    candidates, orders = election
    result = schulze(orders, candidates)
    if len(result) == len(candidates):
        assert schulze([order[::-1] for order in orders], candidates) == result[::-1]


@given(elections_with_ties(), st.randoms())
def test_it_does_not_matter_whose_order_is_whose(election, rnd):
    candidates, orders = election
    shuffled = rnd.sample(orders, len(orders))
    assert schulze(shuffled, candidates) == schulze(orders, candidates)


@given(elections_with_ties(), st.randoms())
def test_it_does_not_matter_what_candidates_are_called(election, rnd):
    candidates, orders = election
    other = dict(zip(candidates, rnd.sample(range(100, 200), len(candidates)), strict=True))
    renamed = schulze([[[other[c] for c in group] for group in order] for order in orders], list(other.values()))
    assert renamed == tuple(tuple(other[c] for c in group) for group in schulze(orders, candidates))


@given(elections_with_ties(), st.randoms())
def test_the_order_of_the_list_breaks_no_tie(election, rnd):
    candidates, orders = election
    shuffled = rnd.sample(candidates, len(candidates))
    assert list(map(set, schulze(orders, shuffled))) == list(map(set, schulze(orders, candidates)))


def cloned(orders, one, clones, rnd=None):
    """The orders with ``clones`` where ``one`` stood: tied, or in an order that each voter chooses."""
    made = []
    for order in orders:
        groups = []
        for group in order:
            if one not in group:
                groups.append(list(group))
            elif rnd is None or len(group) > 1:  # whoever shares a place shares it with every clone
                groups.append([c for c in group if c != one] + clones)
            else:
                groups += [[c] for c in rnd.sample(clones, len(clones))]
        made.append(groups)
    return made


@given(elections_with_ties(), st.integers(2, 4))
def test_candidates_whom_nobody_tells_apart_take_one_place_together(election, count):
    candidates, orders = election
    one, clones = candidates[0], list(range(100, 100 + count))
    result = schulze(cloned(orders, one, clones), [*clones, *candidates[1:]])
    expected = [{*group} - {one} | ({*clones} if one in group else set()) for group in schulze(orders, candidates)]
    assert [set(group) for group in result] == expected


@given(elections_with_ties(), st.integers(2, 4), st.randoms())
def test_likes_of_a_candidate_neither_win_for_it_nor_take_the_win_from_it(election, count, rnd):
    candidates, orders = election
    one, clones = candidates[0], list(range(100, 100 + count))
    before = set(schulze(orders, candidates)[0])
    after = set(schulze(cloned(orders, one, clones, rnd), [*clones, *candidates[1:]])[0])
    assert after - {*clones} == before - {one}
    assert bool(after & {*clones}) == (one in before)


def test_when_everybody_ties_everybody_all_are_tied():
    assert schulze([[["a", "b", "c"]]] * 3, ["a", "b", "c"]) == (("a", "b", "c"),)


def test_one_assessor_alone_decides_with_ties_kept():
    assert schulze([[["b"], ["a", "c"]]], ["a", "b", "c"]) == (("b",), ("a", "c"))


def test_without_orders_everyone_is_tied():
    assert schulze([], ["a", "b"]) == (("a", "b"),)
    assert schulze([], []) == ()


def test_two_opposite_orders_are_a_tie():
    assert schulze([[["a"], ["b"]], [["b"], ["a"]]], ["a", "b"]) == (("a", "b"),)


def test_an_assessor_with_a_conflict_gives_no_vote_against_the_one_left_out():
    two_who_prefer_b = [[["b"], ["a"]]] * 2
    three_with_a_conflict_about_b = [[["a"]]] * 3
    assert schulze(two_who_prefer_b + three_with_a_conflict_about_b, ["a", "b"]) == (("b",), ("a",))


def test_one_whom_few_have_ordered_can_set_two_others_apart():
    assert schulze([[["a"], ["b"]], [["b"], ["a"]]], ["a", "b"]) == (("a", "b"),)
    assert schulze([[["a"], ["x"], ["b"]], [["b"], ["a"]]], ["a", "b", "x"]) == (("a",), ("x",), ("b",))


def test_the_rest_can_be_placed_last_on_purpose():
    order = with_rest_last([["c"]], ["a", "b", "c"])
    assert order == (("c",), ("a", "b"))
    assert schulze([order], ["a", "b", "c"]) == (("c",), ("a", "b"))
    assert with_rest_last([["a"], ["b"]], ["a", "b"]) == (("a",), ("b",))


@pytest.mark.parametrize(
    ("orders", "candidates", "words"),
    [
        ([[["a"]]], ["a", "a"], "listed twice"),
        ([[["a"], ["a"]]], ["a", "b"], "a candidate twice"),
        ([[["x"]]], ["a", "b"], "not listed"),
    ],
)
def test_orders_that_cannot_be_are_errors(orders, candidates, words):
    with pytest.raises(ValueError, match=words):
        schulze(orders, candidates)


@pytest.mark.parametrize("noise", [0, 50, 1000])
def test_a_thousand_candidates_and_nine_assessors_get_one_order_of_all(noise):
    rnd = random.Random(1)
    candidates = list(range(1000))
    orders = [[[c] for c in sorted(candidates, key=lambda c: c + rnd.gauss(0, noise))] for _ in range(9)]
    groups = schulze(orders, candidates)
    assert sorted(c for tied in groups for c in tied) == candidates
    if noise == 0:
        assert [list(tied) for tied in groups] == orders[0]
