"""In a blind review whoever decides reads no word to one whose papers are not masked, and is told when it opens."""

from collections.abc import Callable
from datetime import datetime

import pytest

from portal.review.models import ConflictAnswer
from tests.decisions.recruiting import decide, proofread
from tests.decisions.test_who_is_left import say_jav, shown
from tests.review.blind import approve_pages, approve_texts, burn_all, take_back
from tests.review.panel import Panel
from tests.review.test_stumbled_on import blind
from tests.world import World

LINE = "öppnas när du får läsa"
ONE = "Ett besked öppnas när du får läsa ansökan."
TWO = "Två besked öppnas när du får läsa ansökningarna."


@pytest.fixture
def decided(world: World, set_clock: Callable[[str], datetime]) -> Panel:
    """Two candidates under code names with an outcome each, of which no word is read; Gunnel decides."""
    panel = blind(world, set_clock)
    decide(world, panel.ad, panel.sent)
    return panel


def test_the_line_counts_those_who_are_not_masked_and_goes_when_they_are(decided: Panel) -> None:
    leader = decided.world.gunnel
    assert LINE not in shown(decided, "besked", leader)
    take_back(decided, decided.sent[0])
    assert ONE in shown(decided, "besked", leader)
    take_back(decided, decided.sent[1])
    page = shown(decided, "besked", leader)
    assert TWO in page and "Här är inget besked som du kan läsa nu." in page
    assert LINE not in shown(decided, "besked"), "the office reads them"
    for one in decided.sent:
        approve_pages(decided, one)
        burn_all(decided, one)
        approve_texts(decided, one)
    assert LINE not in shown(decided, "besked", leader)


def test_a_word_that_the_office_has_read_waits_for_nobody(decided: Panel) -> None:
    take_back(decided, decided.sent[0])
    proofread(decided.world, decided.ad)
    assert LINE not in shown(decided, "besked", decided.world.gunnel)


def test_of_one_for_whom_there_is_jav_it_is_the_jav_that_is_told(decided: Panel) -> None:
    take_back(decided, decided.sent[0])
    say_jav(decided, ConflictAnswer)
    page = shown(decided, "besked", decided.world.gunnel)
    assert "eftersom du har jäv" in page and LINE not in page


def test_a_word_that_is_shut_is_no_outcome_that_is_still_to_be_written(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    panel = blind(world, set_clock)
    decide(world, panel.ad, panel.sent[:1])
    take_back(panel, panel.sent[0])
    page = shown(panel, "besked", world.gunnel)
    assert ONE in page and "Här är inget besked som du kan läsa nu." in page and "Skriv utfallen först" not in page
