"""What whoever decides may, as a pure rule: nothing before the open phase, and never what assesses or manages."""

from uuid import UUID

from portal.decisions.access import may_decide, may_decide_about
from portal.review.access import (
    Standing,
    may_assess,
    may_enter_case,
    may_mask,
    may_name_panel,
    may_read_papers,
    may_read_whole_papers,
    may_score,
    may_see_name,
    may_take_part,
)
from portal.review.phases import Phase

A, B = UUID(int=1), UUID(int=2)
DECIDER = Standing(decides=True, clear=frozenset({A}), conflicts=frozenset({B}), phase=Phase.OPEN)


def test_the_pure_rule() -> None:
    assert may_enter_case(DECIDER) and may_decide(DECIDER) and may_decide_about(DECIDER, A)
    assert not may_decide_about(DECIDER, B) and not may_decide_about(DECIDER, UUID(int=3))
    assert may_read_whole_papers(DECIDER, A) and not may_read_papers(DECIDER, B)
    assert not (may_assess(DECIDER) or may_score(DECIDER, A) or may_take_part(DECIDER) or may_name_panel(DECIDER))
    early = Standing(decides=True, clear=frozenset({A}), phase=Phase.CONFLICTS)
    assert not may_enter_case(early) and not may_decide(early) and not may_read_papers(early, A)
    blind = Standing(decides=True, clear=frozenset({A}), phase=Phase.OPEN, blind=True, approved=frozenset({A}))
    assert may_read_papers(blind, A) and not may_read_whole_papers(blind, A) and not may_see_name(blind, A)
    assert not may_mask(blind)
    applied = Standing(decides=True, clear=frozenset({A}), phase=Phase.OPEN, has_applied=True)
    assert not may_enter_case(applied) and not may_decide(applied)
    office = Standing(office=True, phase=Phase.OPEN)
    assert may_decide(office) and not may_decide_about(office, A)
