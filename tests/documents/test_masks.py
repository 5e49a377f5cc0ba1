"""Boxes on a page's picture: which may be kept, which are one, and which characters they cover."""

import math

import pytest

from portal.disclosure.looking import DOUBTS
from portal.documents.masks import (
    MOST_BOXES,
    WHOLE_PAGE,
    Box,
    BoxesRefused,
    Doubt,
    box_within,
    covered,
    meet,
    merged,
    read_boxes,
)


def test_boxes_are_read_as_they_are_written():
    assert read_boxes([[0, 0, 1, 1], [0.25, 0.5, 0.5, 0.75]]) == (WHOLE_PAGE, Box(0.25, 0.5, 0.5, 0.75))
    assert read_boxes([]) == ()
    assert len(read_boxes([[0, 0, 1, 1]] * MOST_BOXES)) == MOST_BOXES


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "0,0,1,1",
        {"left": 0},
        [[0, 0, 1]],
        [[0, 0, 1, 1, 1]],
        ["0011"],
        [["0", "0", "1", "1"]],
        [[True, 0, 1, 1]],
        [[-0.1, 0, 1, 1]],
        [[0, 0, 1.1, 1]],
        [[0.5, 0, 0.5, 1]],
        [[0.6, 0, 0.5, 1]],
        [[0, 1, 1, 0]],
        [[0, 0, math.nan, 1]],
        [[0, 0, math.inf, 1]],
        [[0, 0, 10**400, 1]],
        [[0, 0, 1, 1]] * (MOST_BOXES + 1),
        [[[[]]]],
    ],
)
def test_what_is_no_box_is_refused_with_what_to_do(raw):
    with pytest.raises(BoxesRefused) as refused:
        read_boxes(raw)
    assert refused.value.sentence.endswith(".")
    assert "rutor" in refused.value.sentence.casefold()


def test_a_rectangle_is_cut_at_the_page_and_one_beside_it_is_none():
    assert box_within(-1, 0.5, 0.25, 3) == Box(0, 0.5, 0.25, 1)
    assert box_within(0.5, 0.75, 0.25, 0.5) == Box(0.25, 0.5, 0.5, 0.75)
    assert box_within(1.5, 0, 2, 1) is None
    assert box_within(0, 0, math.nan, 1) is None
    assert box_within(0, 0, math.inf, 1) is None


@pytest.mark.parametrize(
    ("other", "common"),
    [
        (Box(0.3, 0.3, 0.5, 0.5), True),
        (Box(0.25, 0.25, 0.35, 0.35), True),  # inside
        (Box(0.1, 0.1, 0.9, 0.9), True),  # around
        (Box(0.1, 0.3, 0.9, 0.32), True),  # across
        (Box(0.4, 0.2, 0.6, 0.4), False),  # edge by edge
        (Box(0.2, 0.4, 0.4, 0.6), False),
        (Box(0.7, 0.2, 0.9, 0.4), False),  # to the right
        (Box(0.0, 0.2, 0.1, 0.4), False),
        (Box(0.2, 0.7, 0.4, 0.9), False),  # below
        (Box(0.2, 0.0, 0.4, 0.1), False),
    ],
)
def test_two_boxes_meet_where_something_of_the_page_is_in_both(other, common):
    one = Box(0.2, 0.2, 0.4, 0.4)
    assert (meet(one, other), meet(other, one)) == (common, common)


def test_boxes_inside_others_go_and_those_that_touch_on_a_line_are_one():
    line = Box(0.1, 0.1, 0.2, 0.12)
    assert merged([line, line, Box(0.12, 0.105, 0.18, 0.115)]) == (line,)
    assert merged([line, Box(0.2, 0.1, 0.3, 0.12)]) == (Box(0.1, 0.1, 0.3, 0.12),)
    assert merged([line, Box(0.4, 0.1, 0.5, 0.12)]) == (line, Box(0.4, 0.1, 0.5, 0.12))
    assert merged([line, Box(0.1, 0.12, 0.2, 0.14)]) == (line, Box(0.1, 0.12, 0.2, 0.14))
    assert merged([]) == ()
    higher, lower = Box(0.2, 0.1, 0.3, 0.3), Box(0.2, 0.05, 0.3, 0.12)  # beside it, and on no line with it
    assert merged([line, higher]) == (line, higher)
    assert merged([lower, line]) == (lower, line)


@pytest.mark.parametrize("count", [MOST_BOXES + 1, 20 * MOST_BOXES])
def test_more_boxes_than_a_page_may_have_become_the_whole_page(count):
    apart = [Box(n / count, n / count, (n + 0.5) / count, (n + 0.5) / count) for n in range(count)]
    assert merged(apart) == (WHOLE_PAGE,)


@pytest.mark.parametrize(
    ("mask", "is_covered"),
    [
        (Box(0.1, 0.1, 0.2, 0.2), True),
        (Box(0.14, 0.14, 0.16, 0.16), True),  # its middle
        (Box(0.1, 0.1, 0.13, 0.2), True),  # three tenths of it
        (Box(0.1, 0.1, 0.12, 0.2), False),  # a fifth
        (Box(0.2, 0.1, 0.3, 0.2), False),
        (Box(0.5, 0.5, 0.6, 0.6), False),
    ],
)
def test_a_character_is_covered_by_its_middle_or_by_more_than_a_quarter(mask, is_covered):
    assert covered(Box(0.1, 0.1, 0.2, 0.2), [mask]) is is_covered


def test_every_doubt_says_in_swedish_what_to_do():
    assert all((doubt.text.endswith(".") and "idan" in doubt.text) or doubt is Doubt.OUTLINES for doubt in Doubt)


def test_a_doubt_says_no_more_than_what_raises_it():
    assert "eller har en" in Doubt.PICTURE_TEXT.text, "ordinary words on a pattern raise it too"
    assert "nummer" in Doubt.DOUBTFUL_WORD.text and "nummer" in DOUBTS[Doubt.DOUBTFUL_WORD], "so does a cut number"
