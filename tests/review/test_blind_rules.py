"""Who may open what of a blind review, as a table; and code names that tell nothing and offend nobody."""

import re
from uuid import UUID

import pytest

from portal.review.access import (
    Standing,
    may_call,
    may_mask_application,
    may_read_papers,
    may_see_name,
    may_see_salary,
    shown_to,
)
from portal.review.blind.code_names import COLOURS, EN, ETT, draw, pairs
from portal.review.phases import Phase, Shown


@pytest.mark.parametrize(
    ("standing", "shown"),
    [
        ({"named": True, "clear": True, "approved": True}, Shown.MASKED),
        ({"named": True, "clear": True, "approved": False}, None),
        ({"named": True, "clear": False, "approved": True}, None),
        ({"named": True, "clear": True, "approved": True, "phase": Phase.CONFLICTS}, None),
        (
            {"named": True, "clear": True, "approved": True, "shortlisted": True, "phase": Phase.INTERVIEWS},
            Shown.PAPERS,
        ),
        ({"named": True, "clear": True, "approved": True, "phase": Phase.DECISION}, Shown.MASKED),
        ({"office": True, "approved": True}, Shown.MASKED),
        ({"office": True, "approved": False}, None),
        ({"office": True, "shortlisted": True}, Shown.PAPERS),
        ({"office": True, "named": True, "clear": True, "approved": True}, Shown.MASKED),
        ({"office": True, "approved": True, "has_applied": True}, None),
    ],
)
def test_what_each_may_open_of_a_blind_review(standing: dict[str, object], shown: Shown | None) -> None:
    one = UUID(int=1)
    who = _standing(one, **standing)
    assert shown_to(who, one) == shown
    assert may_see_salary(who, one, called=True) is (shown is Shown.PAPERS)


def _standing(one: UUID, *, phase: Phase = Phase.BLIND, **is_: object) -> Standing:
    sets = {
        name: frozenset([one] if is_.get(name) else []) for name in ("clear", "approved", "shortlisted", "conflicts")
    }
    rest = {name: bool(is_.get(name)) for name in ("office", "named", "has_applied")}
    return Standing(**rest, **sets, phase=phase, blind=True)


def test_jav_keeps_an_office_person_from_masking_and_calling() -> None:
    one = UUID(int=1)
    for conflicted in (
        _standing(one, office=True, conflicts=True),
        _standing(one, office=True, named=True, conflicts=True),
    ):
        assert not (
            may_mask_application(conflicted, one) or may_call(conflicted, one) or may_read_papers(conflicted, one)
        )
    assert not may_mask_application(_standing(one, office=True, named=True), one)
    assert may_mask_application(_standing(one, office=True), one)
    assert may_see_name(_standing(one, office=True), one)
    assert not may_see_name(_standing(one, office=True, named=True, clear=True, approved=True), one)


def test_code_names_are_a_thousand_and_more_and_each_agrees_in_gender() -> None:
    every = list(pairs())
    assert len(every) == len(set(every)) >= 1000
    assert {"Röd räv", "Rött rådjur", "Grön älg", "Grönt lodjur"} <= set(every)
    for en, ett in COLOURS.items():
        assert not any(f"{ett} {animal}".capitalize() in every for animal in EN if en != ett)
        assert not any(f"{en} {animal}".capitalize() in every for animal in ETT if en != ett)


def test_no_code_name_can_be_taken_for_a_word_about_a_person() -> None:
    skin, scorn = (
        r"svart|vit|brun|gul|grå|blek|mörk|ljus",
        r"gris|apa|råtta|orm|åsna|hyena|get|ko|höna|gås|gök|mes|hare|svin",
    )
    for pair in pairs():
        colour, animal = pair.casefold().split()
        assert not re.search(skin, colour), pair
        assert not re.fullmatch(scorn, animal), pair


def test_a_code_name_is_never_given_twice_in_an_ad_nor_to_whoever_is_called_so() -> None:
    taken: set[str] = set()
    for _ in range(1500):
        taken.add(draw(taken))
    assert len(taken) == 1500
    assert not any("räv" in draw((), name="Åsa Räv").casefold().split() for _ in range(300))


def test_code_names_do_not_follow_the_order_of_arrival() -> None:
    drawn = {tuple(draw(()) for _ in range(3)) for _ in range(20)}
    assert len(drawn) > 15
