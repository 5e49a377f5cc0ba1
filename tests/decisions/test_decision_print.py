"""The decision file in print: tagged, in Swedish, and whatever a text in it is, it is text."""

import io
import json
import re
from typing import Any

import pypdfium2 as pdfium
import pytest
from pdfminer.high_level import extract_text
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1

from portal.decisions.engines import pdf_of
from portal.decisions.printed import blocks_of
from tests.decisions.judging import data, get
from tests.decisions.recruiting import decide, proofread
from tests.review.panel import Panel

HOSTILE = '#panic("x") #read("/etc/passwd") $x$ *b* \\ ","a":1} </script> 😀 漢 \u0000 ' + "å" * 300


def test_hostile_words_are_words_in_data_and_print(panel: Panel) -> None:
    world = panel.world
    panel.step(world.gunnel, panel.sent[1], 0, 1, '#panic("x") $x$ ","a":1} 😀')
    decide(world, panel.ad, panel.sent)
    file = data(panel)
    reasons = [change["reason"] for row in file["scores"] for change in row["changes"]]
    assert '#panic("x") $x$ ","a":1} 😀' in reasons
    answer = get(panel, world.kansli, "pdf")
    assert answer.status_code == 200
    assert '#panic("x") $x$' in " ".join(extract_text(io.BytesIO(answer.data)).split())


@pytest.mark.parametrize("text", [HOSTILE, "", "\ud800", "x" * 20_000, "\t\n\r"])
def test_whatever_a_text_is_it_makes_pages(text: str) -> None:
    blocks = [
        {"kind": "heading", "level": 2, "text": text or "–"},
        {"kind": "text", "text": text},
        {"kind": "table", "caption": text, "head": ["A", "B"], "rows": [[text, text]]},
    ]
    assert pdf_of("Beslutsakt", blocks).startswith(b"%PDF-")


@pytest.mark.parametrize("before", [2, 4, 6, 8, 10, 12, 14])
def test_no_line_breaks_between_a_number_and_its_sign(before: int) -> None:
    law = "(6 kap. 7 och 8 §§ offentlighets- och sekretesslagen, 43 och 44 §§ förvaltningslagen, 39 kap. 5 a § samma lag). "
    text = "i " * before + law * 6
    lines = extract_text(io.BytesIO(pdf_of("Beslut", [{"kind": "text", "text": text}]))).splitlines()
    assert [line for line in lines if line.startswith(("§", "a §"))] == []


def test_a_checksum_stays_within_its_column() -> None:
    table = {
        "kind": "table",
        "caption": "–",
        "head": ["Fil", "Metod", "Summa"],
        "rows": [["a.pdf", "SHA-256", "0a" * 32]],
    }
    page = pdfium.PdfDocument(pdf_of("Beslutsakt", [table]))[0]
    text = page.get_textpage()
    assert "0a" * 32 in re.sub(r"[^\w.]", "", text.get_text_range())
    edges = [text.get_charbox(n)[2] for n in range(text.count_chars())]
    assert max(edges) <= page.get_width() - 20 / 25.4 * 72


def test_a_file_of_more_than_can_be_printed_is_offered_as_data(panel: Panel, monkeypatch: pytest.MonkeyPatch) -> None:
    decide(panel.world, panel.ad, panel.sent)
    monkeypatch.setattr("portal.documents.engines.tagged.MOST", 500)
    answer = get(panel, panel.world.kansli, "pdf")
    assert answer.status_code == 422
    assert "Hämta den som data i stället" in answer.get_data(as_text=True)
    assert get(panel, panel.world.kansli, "json").status_code == 200


def test_the_print_is_tagged_speaks_swedish_and_has_headings_and_table_heads(panel: Panel) -> None:
    decide(panel.world, panel.ad, panel.sent)
    pdf = get(panel, panel.world.kansli, "pdf").data
    document = PDFDocument(PDFParser(io.BytesIO(pdf)))
    catalog = document.catalog
    assert resolve1(catalog["MarkInfo"])["Marked"] is True
    assert b"sv" in resolve1(catalog["Lang"])
    assert b"pdfuaid" in resolve1(catalog["Metadata"]).get_data(), "PDF/UA"
    kinds = kinds_of(resolve1(catalog["StructTreeRoot"]))
    assert {"H1", "H2", "H3", "P", "Table", "TR", "TH", "TD"} <= kinds
    text = " ".join(extract_text(io.BytesIO(pdf)).split())
    for words in ("Krav och meriter", "Svar om jäv", "Den gemensamma bilden", "Utfall och skäl", panel.sent[0].name,
                  "som ett stöd för samtalet", "Läste brevet en gång till."):  # fmt: skip
        assert words in text


def kinds_of(node: Any) -> set[str]:
    found, waiting = set(), [node]
    while waiting:
        one = resolve1(waiting.pop())
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, dict):
            if "S" in one:
                found.add(one["S"].name)
            waiting += [one[key] for key in ("K",) if key in one]
    return found


def test_what_each_has_read_is_printed_with_who_read_it_through(panel: Panel) -> None:
    decide(panel.world, panel.ad, panel.sent)
    before = json.dumps(blocks_of(data(panel)), ensure_ascii=False)
    assert "Beskedet till" not in before, "a proposal that nobody has read is no word"
    proofread(panel.world, panel.ad)
    file = data(panel)
    said = [block["text"] for block in blocks_of(file) if block["kind"] != "table"]
    for one in panel.sent:
        at = said.index(f"Beskedet till {one.name}")
        (word,) = [row["word"] for row in file["outcomes"] if row["candidate"] == str(one.id)]
        parts = word.split("\n\n")
        assert said[at + 1 : at + 1 + len(parts)] == parts
        assert said[at + 1 + len(parts)].startswith("Korrekturläst av Samira Hedvall, 14 december 2026")


def test_times_are_printed_as_in_stockholm(panel: Panel) -> None:
    words = json.dumps(blocks_of(data(panel)), ensure_ascii=False)
    assert "14 december 2026 kl.\u00a010.0" in words
    assert not re.search(r"\d{4}-\d\d-\d\dT", words)
