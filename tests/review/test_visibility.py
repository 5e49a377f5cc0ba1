"""Who sees a score and when, as one table (PRODUCT C6), and the sentence made from it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from portal.review.routes.words import instant_words
from portal.review.visibility import (
    CARDS,
    RULE,
    TOGETHER,
    USUAL,
    Condition,
    Moment,
    Part,
    Sharing,
    Viewer,
    covers,
    example,
    may_see,
    may_see_card,
    when_cards_open,
    when_open,
    who_sees,
    who_sees_cards,
    why_lines,
)
from tests.pages import whole_days_read
from tests.review.panel import LAST_MINUTE, Panel

LAST = datetime(2026, 12, 17, 17, 0, tzinfo=UTC)


def moment(author: bool = False, viewer: bool = False, others: bool = False, passed: bool = False) -> Moment:
    at = LAST if passed else LAST - timedelta(seconds=1)
    return Moment(author_in=author, viewer_in=viewer, handed_in=(author, viewer, others), last_minute=LAST, at=at)


@pytest.mark.parametrize(("author", "viewer", "others", "passed"), list(product((False, True), repeat=4)))
def test_the_rule_in_every_case(author: bool, viewer: bool, others: bool, passed: bool) -> None:
    now = moment(author, viewer, others, passed)
    assert may_see(Viewer.AUTHOR, now)
    assert may_see(Viewer.ASSESSOR, now) is (author and viewer)
    assert may_see(Viewer.JOINT, now) is ((author and viewer and others) or passed)


def test_the_last_minute_opens_at_its_instant_and_not_a_second_before() -> None:
    assert may_see(Viewer.JOINT, moment(passed=True))
    assert not may_see(Viewer.JOINT, moment())


def test_without_a_last_minute_only_handing_in_opens() -> None:
    never = Moment(author_in=True, viewer_in=False, handed_in=(True, False), last_minute=None, at=LAST)
    assert not may_see(Viewer.JOINT, never)


def test_a_panel_of_nobody_opens_nothing() -> None:
    nobody = Moment(author_in=False, viewer_in=False, handed_in=(), last_minute=None, at=LAST)
    assert not may_see(Viewer.JOINT, nobody)


def test_what_came_after_handing_in_is_not_covered_by_it() -> None:
    assert covers(LAST, LAST - timedelta(hours=1))
    assert not covers(LAST, LAST + timedelta(seconds=1))
    assert not covers(None, LAST)
    hour = timedelta(hours=1)
    assert covers(LAST, LAST - hour, None, LAST)  # masked, called in, back from a fall: by then
    assert not covers(LAST, LAST - hour, LAST - hour, LAST + hour)


def test_the_sentence_says_every_condition_of_the_rule() -> None:
    said = who_sees("torsdag 17/12 kl. 18.00", TOGETHER)
    assert "torsdag 17/12" in said and "när både du och hen har lämnat in" in said and "när alla har lämnat in" in said
    assert "sista minuten" not in who_sees()
    assert said.count(". ") == 2 + said.count("kl. "), "one sentence for each who sees"


def test_the_sentence_changes_with_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULE, Viewer.ASSESSOR, (Condition.ALWAYS,))  # type: ignore[misc]
    assert "En annan bedömare ser det hela tiden." in who_sees(sharing=TOGETHER)


@pytest.mark.parametrize(("author", "others", "deciding"), list(product((False, True), repeat=3)))
def test_a_card_opens_to_the_office_when_all_are_in_or_when_it_is_decided(
    author: bool, others: bool, deciding: bool
) -> None:
    now = replace(moment(author, False, others, passed=True), handed_in=(author, others), deciding=deciding)
    assert may_see_card(Viewer.JOINT, now) is (author and (others or deciding))
    assert may_see_card(Viewer.AUTHOR, now) and not may_see_card(Viewer.ASSESSOR, now)
    assert not may_see(Viewer.JOINT, replace(now, last_minute=None, handed_in=(author, False))), "no score by that"


def test_the_sentences_of_a_card_are_made_from_its_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(CARDS, Viewer.JOINT, (Condition.ALL_HANDED_IN,))  # type: ignore[misc]
    for said in (who_sees_cards(), when_cards_open()):
        assert said.endswith("ser det när alla som är med vid intervjun har lämnat in.")


EVERY_SHARING = [Sharing(scores, notes) for scores, notes in product((False, True), repeat=2)]


@pytest.mark.parametrize("sharing", EVERY_SHARING)
@pytest.mark.parametrize(("author", "viewer", "others", "passed"), list(product((False, True), repeat=4)))
def test_each_switch_in_every_case(sharing: Sharing, author: bool, viewer: bool, others: bool, passed: bool) -> None:
    now, both, everybody = moment(author, viewer, others, passed), author and viewer, author and viewer and others
    waited = everybody or (both and passed)
    scores = may_see(Viewer.ASSESSOR, now, Part.SCORES, sharing)
    assert scores is (waited if sharing.scores_wait_for_all else both)
    notes = may_see(Viewer.ASSESSOR, now, Part.NOTES, sharing)
    assert notes is (waited if sharing.scores_wait_for_all or sharing.notes_wait_for_all else both)
    assert scores or not notes, "a note tells its score"
    for viewer_, expected in ((Viewer.AUTHOR, True), (Viewer.JOINT, everybody or passed)):
        assert {may_see(viewer_, now, part, sharing) for part in Part} == {expected}, (
            "the switches are the assessors' own"
        )


@pytest.mark.parametrize("part", list(Part))
@pytest.mark.parametrize("last", ["", "torsdag 17 december kl. 18.00"])
def test_the_two_choices_of_a_switch_read_differently_and_name_people(part: Part, last: str) -> None:
    early, late = (
        example(part, Sharing(wait, wait), author="Gunnel", viewer="Elof", last_minute_text=last)
        for wait in (False, True)
    )
    assert early.startswith("Elof ser Gunnels") and early.endswith("när både Gunnel och Elof har lämnat in.")
    assert "när alla har lämnat in" in late and "alla" not in early and (last in late) is True
    assert example(part, USUAL, author="Elias", viewer="Bo").startswith("Bo ser Elias ")


def test_where_notes_come_later_than_scores_an_assessor_is_told_of_each() -> None:
    said = who_sees("torsdag 17/12 kl. 18.00", USUAL)
    assert "ser dina poäng och din ordning när både du och hen har lämnat in." in said
    assert (
        "Dina anteckningar ser hen när alla har lämnat in, eller när sista minuten har gått, torsdag 17/12 kl. "
        "18.00, och både du och hen har lämnat in." in said
    )
    assert why_lines(names_hidden=True, last_minute_text="torsdag")[2] == (
        "Vad en annan bedömare sätter ser du när både du och hen har lämnat in. Anteckningarna ser du när alla har lämnat "
        "in, eller när sista minuten har gått och både du och hen har lämnat in. Innan dess påverkar ingen någon annan."
    )
    assert "Anteckningarna" not in why_lines(names_hidden=True, sharing=TOGETHER)[2]


def test_the_offices_page_says_the_rule_in_its_own_words(panel: Panel) -> None:
    page = panel.world.browser(panel.world.kansli).get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert whole_days_read(when_open(instant_words(LAST_MINUTE))) in page
