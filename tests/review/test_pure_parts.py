"""The small pure parts: steps, shuffle, names, own order, the walk through the pages, words."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.posts.employer_model import Employer
from portal.review.conflicts import basis_for, grounds_for, is_ground
from portal.review.outliers import stands_out
from portal.review.own_order import PlaceUnreadable, groups_of, moved, places_of, read_places
from portal.review.queueing import Mode, next_missing, walk
from portal.review.shuffle import opaque_key, shuffled
from portal.review.steps import PresenceUnknown, StepUnknown, read_presence, read_step, words_of
from portal.review.wording import short_name
from portal.review.workload import applications_text, minutes

A, B, C, D = (UUID(int=n) for n in range(1, 5))


@pytest.mark.parametrize("value", ["4", "-1", "x", "", "1.0", "²", " 1", "01"])
def test_what_is_no_step_is_refused_with_a_sentence(value: str) -> None:
    with pytest.raises(StepUnknown, match="0–3"):
        read_step(value)


def test_cannot_judge_is_a_step_without_a_number() -> None:
    assert read_step("none") is None
    assert read_step("0") == 0


@pytest.mark.parametrize("value", ["ja", "maybe", "", "0"])
def test_what_is_no_presence_is_refused(value: str) -> None:
    with pytest.raises(PresenceUnknown):
        read_presence(value)


def test_scores_are_said_in_words_first() -> None:
    assert words_of("skala", 2, None) == "Gott 2"
    assert words_of("skala", None, None) == "Kan inte bedöma"
    assert words_of("finns", None, "framgar_inte") == "Framgår inte"


def test_the_shuffle_is_stable_and_does_not_follow_arrival() -> None:
    ids = [uuid4() for _ in range(30)]
    assert shuffled(A, ids) == shuffled(A, reversed(ids)) != ids
    assert shuffled(A, ids) != shuffled(B, ids)


def test_a_late_addition_moves_nobody() -> None:
    ids, late = [uuid4() for _ in range(9)], uuid4()
    assert [one for one in shuffled(A, [*ids, late]) if one != late] == shuffled(A, ids)


def test_a_key_tells_one_assessor_nothing_of_anothers() -> None:
    assert opaque_key(A, C) != opaque_key(B, C) != opaque_key(B, D)
    assert str(C).replace("-", "")[:8] not in opaque_key(A, C)


def test_typed_places_may_be_tied_and_have_gaps() -> None:
    groups = groups_of(read_places({A: "5", B: " 1 ", C: "5", D: ""}))
    assert groups == ((B,), (A, C))
    assert places_of(groups) == {B: 1, A: 2, C: 2}


@pytest.mark.parametrize("typed", ["0", "-1", "x", "1,5", "²", "1000", "9" * 400, "NaN"])
def test_a_typed_place_that_is_none_names_its_field(typed: str) -> None:
    with pytest.raises(PlaceUnreadable) as refused:
        read_places({A: "1", B: typed})
    assert refused.value.field == str(B)


def test_moving_leaves_a_shared_place_and_passes_a_neighbour() -> None:
    order = ((A,), (B, C), (D,))
    assert moved(order, C, up=True) == ((A,), (C,), (B,), (D,))
    assert moved(order, C, up=False) == ((A,), (B,), (C,), (D,))
    assert moved(order, D, up=True) == ((A,), (D,), (B, C))
    assert moved(order, A, up=True) == order


@given(st.lists(st.integers(1, 9), min_size=1, max_size=9), st.integers(0, 8), st.booleans())
def test_moving_loses_nobody(places: list[int], which: int, up: bool) -> None:
    groups = groups_of({UUID(int=n): place for n, place in enumerate(places)})
    after = moved(groups, UUID(int=which % len(places)), up)
    assert sorted(one for group in after for one in group) == sorted(one for group in groups for one in group)


def test_what_is_skipped_comes_back_last() -> None:
    pages = walk([C, D], [A, B], Mode.CRITERION)
    assert next_missing(pages, set()) == (C, A)
    assert next_missing(pages, set(), after=(C, A)) == (C, B)
    assert next_missing(pages, {(C, B), (D, A), (D, B)}, after=(D, B)) == (C, A)
    assert next_missing(pages, set(pages)) is None
    assert walk([C, D], [A, B], Mode.CANDIDATE)[:2] == [(C, A), (D, A)]


def test_an_authority_has_the_laws_grounds_and_a_party_its_own() -> None:
    assert "6 kap. 28 §" in basis_for(Employer.AUTHORITY)
    assert "Kommunallagens jävsregler gäller inte" in basis_for(Employer.PARTY)
    assert {ground.key for ground in grounds_for(Employer.AUTHORITY)} >= {"narstaende", "ombud", "fortroende"}
    assert is_ground(Employer.PARTY, "vanskap") and not is_ground(Employer.AUTHORITY, "vanskap")


def test_one_score_far_from_a_candidates_others_stands_out() -> None:
    assert stands_out({A: {1: 3, 2: 3, 3: 0}, B: {1: 2, 2: 2, 3: 3}, C: {1: 0, 2: 3}}) == {(A, 3)}


def test_nine_applications_by_five_criteria_take_forty_minutes() -> None:
    assert (applications_text(9), minutes(9, 5)) == ("Nio ansökningar", 40)
    assert applications_text(1) == "En ansökan"


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("Du skriver väl, också när det är bråttom", "Skriver väl"),
        ("Du är självgående och tar egna initiativ", "Självgående och tar egna initiativ"),
        ("Du har B-körkort", "B-körkort"),
    ],
)
def test_a_krav_has_a_short_name(text: str, short: str) -> None:
    assert short_name(text) == short


@given(st.text(max_size=300))
def test_a_short_name_is_never_long(text: str) -> None:
    assert len(short_name(text)) <= 36
