"""Texts made to make a reader slow. Reading is measured in calls, and bounded in processor time."""

import sys
import time
from collections.abc import Callable
from datetime import date

import pytest

from portal.ads.reading.lines import READ_AT_MOST, clean_lines
from portal.ads.reading.posting import read_posting

SIZE = 200_000
ON = date(2026, 11, 22)
PIECES = {
    "one letter": "a",
    "spaces": " ",
    "empty lines": "\n",
    "at signs": "a@",
    "mail addresses": "a.b@c.se ",
    "zeros": "0",
    "numbers": "0 ",
    "bullets": "- a\n",
    "dashes": "- ",
    "full stops": ". A",
    "combining marks": "\u0301\u0327",
    "short paragraphs": "a\n\n",
    "broken words": "a-\n",
    "labels": "Krav: ",
    "headings": "Krav\n",
    "brackets": "(",
    "quotes": '"',
    "verdicts": "är ett krav ",
    "not needed": "du behöver inte a, men du ",
    "denials": "krävs inte men är en fördel, men du måste a ",
    "denials of one thing": "krävs inte men ",
    "clauses": "Du är a, men b är ett krav och inte att du c. ",
    "no krav": "(inget krav, men inte ett krav ",
    "joined words": "a och ",
    "days": "anställning 1 maj 2027–",
    "first days": "Tillträde: 1 maj 2027 ",
    "last days": "Ansökningstid: 1 maj 2027 ",
    "names": "Aa Bb ",
    "offices": "vice ",
    "roles": "politisk ",
    "deadlines": "ansök senast ",
    "nulls": "\0",
    "emoji": "😀",
    "regions": "Region A",
    "all marks": "".join(map(chr, range(256))),
    "sentences": "Du har a, b och c. ",
}
SECONDS = 20  # a text that makes a pattern go wrong takes hours; a slow machine takes one or two


def calls_during(work: Callable[[], object]) -> int:
    count = 0

    def counted(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.slow
@pytest.mark.parametrize("name", PIECES)
def test_two_hundred_thousand_hostile_characters_are_read_at_once_and_without_an_error(name):
    piece = PIECES[name]
    text = f"Kvalifikationer\n\n{piece * (SIZE // len(piece))}"
    begun = time.process_time()
    posting = read_posting(text, on=ON)
    assert time.process_time() - begun < SECONDS
    assert posting.unclear


@pytest.mark.parametrize("name", ["days", "sentences", "joined words", "short paragraphs", "mail addresses", "names"])
def test_twice_the_text_takes_about_twice_the_steps(name):
    piece = PIECES[name]
    half, whole = (
        calls_during(lambda size=size: read_posting(f"Krav\n\n{piece * (size // len(piece))}", on=ON))
        for size in (READ_AT_MOST // 6, READ_AT_MOST // 3)
    )
    assert whole < 2.5 * half


def test_a_pile_of_combining_marks_on_one_letter_is_cut():
    (line,) = clean_lines("a" + "\u0327\u0301" * 500)
    assert len(line) < 6


def test_a_text_longer_than_a_posting_is_said_to_be_read_in_part():
    posting = read_posting("Vi söker dig. " * SIZE, on=ON)
    assert [entry.field for entry in posting.unclear][-1] == "text"
