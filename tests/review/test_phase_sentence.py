"""The sentence of a phase, beside what the guards let each open in it."""

from dataclasses import replace
from uuid import uuid4

import pytest

from portal.review.access import Standing, may_mask, may_see_name, may_see_salary, shown_to
from portal.review.phases import Phase, Shown, phases_of, sentence


@pytest.mark.parametrize("phase", Phase)
@pytest.mark.parametrize("blind", [False, True])
def test_the_sentence_says_what_the_guards_let_each_open(phase: Phase, blind: bool) -> None:
    if phase not in phases_of(blind=blind):
        return
    id, said = uuid4(), sentence(phase, blind=blind)
    one = frozenset([id])
    assessor = Standing(named=True, clear=one, approved=one, phase=phase, blind=blind)
    office = Standing(office=True, approved=one, phase=phase, blind=blind)
    words = {None: "bara namnen", Shown.MASKED: "under kodnamn", Shown.PAPERS: "allt som den sökande har skickat"}
    shown = shown_to(assessor, id)
    assert [key for key, part in words.items() if part in said] == [shown]
    tells_salary = "löneanspråket först när den sökande är kallad" in said or "handlingar och löneanspråk" in said
    assert tells_salary is may_see_salary(replace(assessor, shortlisted=one), id, called=True)
    assert not may_see_salary(assessor, id, called=False)
    assert may_see_name(office, id)
    assert ("Kansliet läser alla handlingar, med namn." in said) is (shown_to(office, id) is Shown.PAPERS)
    assert ("Kansliet ser namnen, och originalen" in said) is may_mask(office)
