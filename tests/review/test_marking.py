"""The criterion's own words in a candidate's text: found as Swedish bends them, and never at the text's cost."""

import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from portal.review.marking import marked, stems_of


def found(criterion: str, text: str) -> list[str]:
    return [piece.text for piece in marked(text, stems_of(criterion)) if piece.mark]


@pytest.mark.parametrize(
    ("criterion", "text", "expected"),
    [
        ("Du skriver väl, också när det är bråttom", "Jag skrev, skrivandet, bråttom", ["skrivandet", "bråttom"]),
        ("Utbildning i journalistik", "Utbildad journalist, utbildningar", ["Utbildad", "journalist", "utbildningar"]),
        ("Du är självgående", "SJÄLVGÅENDE och själv", ["SJÄLVGÅENDE"]),
        ("Du har B-körkort", "Körkortet tog jag i Örnsköldsvik", ["Körkortet"]),
        ("Ärlig översättare", "ärligt talat, en översättning; arlig oversattning", ["ärligt", "översättning"]),
        ("Du skriver väl", "Vid skrivbordet: skrivarna skriver", ["skrivarna", "skriver"]),
        ("Kommunikation", "Kommunikationsansvarig med kommunikationer", ["Kommunikationsansvarig", "kommunikationer"]),
        ("Du är och har för att", "Du är och har för att", []),
        ("", "Allt", []),
    ],
)  # fmt: skip
def test_words_are_known_by_how_they_begin(criterion: str, text: str, expected: list[str]) -> None:
    assert found(criterion, text) == expected


def test_decomposed_letters_are_the_same_letters() -> None:
    assert found("Körkort", unicodedata.normalize("NFD", "mitt körkort")) == ["körkort"]


@given(st.text(max_size=300), st.text(max_size=80))
def test_the_text_is_put_together_again_letter_for_letter(text: str, criterion: str) -> None:
    assert "".join(piece.text for piece in marked(text, stems_of(criterion))) == unicodedata.normalize("NFC", text)


def test_what_is_hostile_stays_text() -> None:
    pieces = marked('<script>skriver</script> & "skriv"', stems_of("Du skriver väl"))
    drawn = "".join(f"<mark>{escape(one.text)}</mark>" if one.mark else str(escape(one.text)) for one in pieces)
    assert drawn == "&lt;script&gt;<mark>skriver</mark>&lt;/script&gt; &amp; &#34;<mark>skriv</mark>&#34;"


@pytest.mark.parametrize("text", ["skriver " * 100_000, "a" * 800_000, "-" * 800_000, "skri" * 200_000])
def test_a_huge_text_takes_no_more_than_its_length(text: str) -> None:
    stems = stems_of("Du skriver väl " + " ".join(f"skriv{n}" for n in "abcdefghij"))
    begun = time.process_time()
    marked(text, stems)
    assert time.process_time() - begun < 4
