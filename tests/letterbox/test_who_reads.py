"""Whoever assesses or decides is judge, and reads no letter that a candidate writes to the office, also where they see the
name."""

from uuid import uuid4

import pytest

from portal.letterbox.access import may_keep_letterbox, may_read_letterbox
from portal.review.access import Standing, may_see_name
from portal.review.phases import Phase

ONE = uuid4()
CLEAR = frozenset({ONE})


@pytest.mark.parametrize(
    "who",
    [
        Standing(named=True, clear=CLEAR),
        Standing(named=True, leads=True, clear=CLEAR),
        Standing(decides=True, clear=CLEAR, phase=Phase.DECISION),
    ],
)
def test_a_judge_who_sees_the_name_reads_no_letter(who: Standing) -> None:
    assert may_see_name(who, ONE)
    assert not may_keep_letterbox(who) and not may_read_letterbox(who, ONE)


def test_the_office_reads_them_but_of_whom_one_has_jav_or_assesses_blind() -> None:
    assert may_read_letterbox(Standing(office=True), ONE)
    assert not may_read_letterbox(Standing(office=True, conflicts=CLEAR), ONE)
    assert not may_read_letterbox(Standing(office=True, has_applied=True), ONE)
    blind = Standing(office=True, named=True, clear=CLEAR, blind=True, approved=CLEAR, phase=Phase.BLIND)
    assert may_keep_letterbox(blind) and not may_read_letterbox(blind, ONE)
