"""One table of states, and the sets computed from it."""

import pytest

from portal.ads.states import EDITABLE, FINAL, SHOWN, TRANSITIONS, AdState, WrongState, moved, require_editable

STEPS = [(a, b) for a in AdState for b in AdState]


@pytest.mark.parametrize(("present", "to"), STEPS)
def test_only_the_steps_of_the_table_can_be_taken(present: AdState, to: AdState) -> None:
    if to in TRANSITIONS[present]:
        assert moved(present.value, to) is to
    else:
        with pytest.raises(WrongState):
            moved(present.value, to)


def test_withdrawn_and_ended_are_final_and_the_rest_can_be_edited() -> None:
    assert {AdState.WITHDRAWN, AdState.ENDED} == FINAL
    assert {AdState.DRAFT, AdState.PUBLISHED} == EDITABLE
    assert {AdState.PUBLISHED, AdState.WITHDRAWN, AdState.ENDED} == SHOWN


def test_an_ad_that_is_over_cannot_be_edited_and_the_sentence_says_what_it_is() -> None:
    with pytest.raises(WrongState, match="tillbakadragen"):
        require_editable("withdrawn")
