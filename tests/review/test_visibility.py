"""Who sees a score and when, as one table (PRODUCT C6), and the sentence made from it."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from portal.review.routes.words import instant_words
from portal.review.visibility import RULE, Condition, Moment, Viewer, covers, may_see_score, when_open, who_sees
from tests.review.panel import LAST_MINUTE, Panel

LAST = datetime(2026, 12, 17, 17, 0, tzinfo=UTC)


def moment(author: bool = False, viewer: bool = False, others: bool = False, passed: bool = False) -> Moment:
    at = LAST if passed else LAST - timedelta(seconds=1)
    return Moment(author_in=author, viewer_in=viewer, handed_in=(author, viewer, others), last_minute=LAST, at=at)


@pytest.mark.parametrize(("author", "viewer", "others", "passed"), list(product((False, True), repeat=4)))
def test_the_rule_in_every_case(author: bool, viewer: bool, others: bool, passed: bool) -> None:
    now = moment(author, viewer, others, passed)
    assert may_see_score(Viewer.AUTHOR, now)
    assert may_see_score(Viewer.ASSESSOR, now) is (author and viewer)
    assert may_see_score(Viewer.JOINT, now) is ((author and viewer and others) or passed)


def test_the_last_minute_opens_at_its_instant_and_not_a_second_before() -> None:
    assert may_see_score(Viewer.JOINT, moment(passed=True))
    assert not may_see_score(Viewer.JOINT, moment())


def test_without_a_last_minute_only_handing_in_opens() -> None:
    never = Moment(author_in=True, viewer_in=False, handed_in=(True, False), last_minute=None, at=LAST)
    assert not may_see_score(Viewer.JOINT, never)


def test_a_panel_of_nobody_opens_nothing() -> None:
    nobody = Moment(author_in=False, viewer_in=False, handed_in=(), last_minute=None, at=LAST)
    assert not may_see_score(Viewer.JOINT, nobody)


def test_what_came_after_handing_in_is_not_covered_by_it() -> None:
    assert covers(LAST, LAST - timedelta(hours=1))
    assert not covers(LAST, LAST + timedelta(seconds=1))
    assert not covers(None, LAST)
    hour = timedelta(hours=1)
    assert covers(LAST, LAST - hour, None, LAST)  # masked, called in, back from a fall: by then
    assert not covers(LAST, LAST - hour, LAST - hour, LAST + hour)


def test_the_sentence_says_every_condition_of_the_rule() -> None:
    said = who_sees("torsdag 17/12 kl. 18.00")
    assert "torsdag 17/12" in said and "när både du och hen har lämnat in" in said and "när alla har lämnat in" in said
    assert "sista minuten" not in who_sees()
    assert said.count(". ") == 2 + said.count("kl. "), "one sentence for each who sees"


def test_the_sentence_changes_with_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(RULE, Viewer.ASSESSOR, (Condition.ALWAYS,))  # type: ignore[misc]
    assert "En annan bedömare ser det hela tiden." in who_sees()


def test_the_offices_page_says_the_rule_in_its_own_words(panel: Panel) -> None:
    page = panel.world.browser(panel.world.kansli).get(f"{panel.url}/bedomare").get_data(as_text=True)
    assert when_open(instant_words(LAST_MINUTE)) in page
