"""The corpus is large enough, the same each time, and covers every class of file that is known to do harm."""

from collections import Counter

import pytest

from portal.documents.engines.odt import odt_lines
from portal.documents.engines.typeset import is_too_long
from portal.documents.engines.word import word_lines
from portal.documents.kinds import MAX_BYTES, clean_text, shown_name
from portal.documents.reading import DocumentRefused, Verdict
from tests.documents.corpus import CORPUS
from tests.documents.corpus.entry import Entry

CLASSES = {
    "an honest CV", "an honest shape", "words that are easily lost", "page limit", "pictures without words", "page size",
    "damaged", "encrypted", "two kinds in one", "acts when opened", "goes round for ever", "a table without end",
    "one thing inside the other", "inflates", "paints without end", "a letter table by path", "too much of one thing",
    "a zip that grows", "names in a zip", "a damaged zip", "macros", "entities", "leads outside", "too much XML",
    "text in some code", "too much text", "a name that means harm",
}  # fmt: skip


def test_the_corpus_has_files_of_every_class() -> None:
    assert set(Counter(entry.of for entry in CORPUS)) == CLASSES
    assert len(CORPUS) >= 300
    assert len({(entry.of, entry.title, entry.name) for entry in CORPUS}) == len(CORPUS)


def test_every_verdict_that_depends_on_the_file_alone_is_expected_of_some_file() -> None:
    alone = {verdict for entry in CORPUS if len(entry.verdicts) == 1 for verdict in entry.verdicts}
    assert alone == set(Verdict) - {Verdict.waiting}


SMALL = ("a damaged zip", "names in a zip", "entities", "encrypted", "macros", "leads outside", "an honest shape")


def _words(entry: Entry, data: bytes) -> tuple[str, Verdict]:
    read = odt_lines if entry.name.endswith(".odt") else word_lines
    try:
        words = clean_text("\n".join(text for _style, text in read(data)))
    except DocumentRefused as refused:
        return "", refused.verdict
    return words, Verdict.ok if words.strip() else Verdict.nothing_shown


@pytest.mark.parametrize(
    "entry",
    [e for e in CORPUS if e.of in SMALL and e.name.endswith(("docx", "odt")) and e.make() and e.make()[:2] == b"PK"],
    ids=lambda entry: f"{entry.of}: {entry.title}",
)
def test_the_words_of_a_zip_are_read_or_it_is_refused_by_the_right_verdict(entry: Entry) -> None:
    data = entry.make()
    assert len(data) < MAX_BYTES
    assert data == entry.make()
    words, verdict = _words(entry, data)
    assert verdict in entry.verdicts
    assert entry.words in words or verdict is not Verdict.ok


@pytest.mark.parametrize("entry", [e for e in CORPUS if e.of == "a name that means harm"], ids=lambda e: e.title)
def test_a_name_that_means_harm_is_shown_harmless(entry: Entry) -> None:
    shown = shown_name(entry.name)
    assert 0 < len(shown) <= 150
    assert not set(shown) & set('/\\:"<>|\u202e\u200b\ufeff\x00')
    assert not shown.startswith((".", " "))


def test_a_hundred_pages_may_be_set_and_more_are_not_tried() -> None:
    assert not is_too_long([("plain", "ett ord")] * 4_000)
    assert not is_too_long([("plain", "ord " * 62_000)])
    assert is_too_long([("plain", "ett ord")] * 6_001)
    assert is_too_long([("plain", "ett\nord")] * 3_001)
    assert is_too_long([("plain", "x" * 250_001)])
