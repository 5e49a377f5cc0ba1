"""The paper itself: tagged PDF whose words are those of the contract, whoever has written what into it."""

from dataclasses import replace
from io import BytesIO

import pypdfium2
import pytest
from pdfminer.high_level import extract_text

from portal.contracts.written.engines import pdf_of
from portal.contracts.written.filling import Filled, Signatory
from portal.contracts.written.sheet import data_of, sheet_of
from portal.documents.engines.setter import TooMuchToSet
from tests.contracts.written.test_pure_parts import BY_PARTY, FACTS, ON, rules_called, whole


def paper_of(filled: Filled | None = None, key: str = "region-vasternorrland", mark: str = "") -> bytes:
    rules = rules_called(key)
    return pdf_of(data_of(sheet_of(FACTS, rules, filled or whole(rules), on=ON), mark=mark))


def text_of(pdf: bytes) -> str:
    return " ".join(extract_text(BytesIO(pdf)).split())


def test_the_paper_is_tagged_says_its_language_and_is_the_same_twice() -> None:
    pdf = paper_of()
    assert pdf == paper_of()
    assert b"/StructTreeRoot" in pdf or b"/MarkInfo" in pdf
    assert b"<pdfuaid:part>1" in pdf
    assert b"(sv" in pdf
    assert pypdfium2.PdfDocument(pdf).get_metadata_dict()["Title"] == "Anställningsavtal"


def test_the_paper_is_made_to_be_kept_and_bears_its_day() -> None:
    pdf = paper_of()
    assert (b"<pdfaid:part>2" in pdf, b"<pdfaid:conformance>A" in pdf) == (True, True)
    assert pypdfium2.PdfDocument(pdf).get_metadata_dict()["CreationDate"].startswith("D:20261214")


def test_it_has_parties_term_notice_the_responsible_and_a_line_for_each_who_signs() -> None:
    text = text_of(paper_of())
    for words in (
        "Region Exempel", "Alma Ek", "31 december 2030", "8 september 2030", "två månader för båda", "Arbetsledare",
        "Arbetsmiljöansvar", "1. Enhetschefen", "2. Den politiska sekreteraren", "Ort och datum", "Namnteckning",
    ):  # fmt: skip
        assert words in text, words
    assert text.index("1. Enhetschefen") < text.index("2. Den politiska sekreteraren")


def test_three_lines_in_jamtland_harjedalen() -> None:
    text = text_of(paper_of(key="region-jamtland-harjedalen"))
    order = [text.index(f"{place}. {role}") for place, role in (
        (1, "Regionstabschefen"), (2, "Gruppledaren för partiet"), (3, "Den anställde"),
    )]  # fmt: skip
    assert order == sorted(order)


def test_a_draft_says_that_it_is_one_on_every_page() -> None:
    pages = pypdfium2.PdfDocument(paper_of(mark="UTKAST, inte erbjudet"))
    assert len(pages) >= 2
    assert all("UTKAST" in page.get_textpage().get_text_bounded() for page in pages)


@pytest.mark.parametrize(
    "words", ["#set page(fill: red)", "*fet* _lutad_ $x$ @fotnot", "<script>alert(1)</script>", "\\ #panic()"]
)
def test_what_people_write_is_words_and_never_source(words: str) -> None:
    rules = rules_called("region-vasternorrland")
    assert words.split()[0] in text_of(paper_of(replace(whole(rules), more=words, work_leader=words)))


def test_a_letter_that_no_font_has_does_not_stop_the_paper() -> None:
    rules = rules_called("region-vasternorrland")
    signing = (Signatory("Enhetschefen", "李娜"), Signatory("Den politiska sekreteraren", "Alma Ek"))
    assert paper_of(replace(whole(rules), signatories=signing, more="Välkommen 🎉")).startswith(b"%PDF-")


def test_more_than_can_be_set_while_somebody_waits_is_refused() -> None:
    with pytest.raises(TooMuchToSet):
        paper_of(replace(whole(rules_called("region-vasternorrland")), more="ord " * 200_000))


def test_a_partys_paper_tells_of_las() -> None:
    rules = rules_called("region-vasternorrland", "party")
    text = text_of(pdf_of(data_of(sheet_of(BY_PARTY, rules, whole(rules), on=ON), mark="")))
    assert "blir den då en tillsvidareanställning" in text
    assert "Dalpartiet i Ådalen" in text
