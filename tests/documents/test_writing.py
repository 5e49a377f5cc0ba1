"""Marks that pile up on one letter beyond any writing are not set; all that is written is."""

import pytest

from portal.documents.engines.writing import MOST_MARKS, with_few_marks

WRITTEN = ["Åsa Ö", "a\u0301\u0302 e\u0308", "क्षत्रिय", "ཀྵྨྲྱ", "Việt", "שָׁלוֹם", "❤️ 👨‍👩‍👧"]


@pytest.mark.parametrize("text", WRITTEN)
def test_what_is_written_anywhere_is_left_as_it_is(text: str) -> None:
    assert with_few_marks(text * 100) == text * 100


@pytest.mark.parametrize("mark", ["\u0301", "\ufe0f", "\u0903", "\u20dd"])
def test_of_a_pile_as_many_stay_as_any_writing_has(mark: str) -> None:
    assert with_few_marks(f"a{mark * 5000}b{mark}c") == f"a{mark * MOST_MARKS}b{mark}c"
