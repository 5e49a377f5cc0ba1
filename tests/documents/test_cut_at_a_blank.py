"""A telephone number, a postcode and a street that a line's end cuts where there was a blank: the usual place to cut."""

import time

import pytest

from portal.documents.engines import mask_jobs, pdf_pages
from portal.documents.engines.typeset import lines_of, pdf_of
from portal.documents.masking import Known, Seek, spans_of
from portal.documents.masks import Doubt

KNOWN = Known("Karin Lind", "karin.lind@example.se", "070-174 06 20")


def told(text: str, seek: Seek = Seek.CONTACTS) -> list[tuple[str, bool]]:
    return [(text[span.start : span.end], span.sure) for span in spans_of(seek, text, KNOWN)]


@pytest.mark.parametrize(
    "whole",
    [
        "070-174 06\n05",
        "070-174\r\n06 05",
        "070-174 06 \r\n05",
        "070\n174 06 05",
        "070\n1740605",
        "+46 70\u00a0174\n06 05",
        "+46 (0)8-123 45\n67",
        "0046 90 12 34\n56",
        "08-123\n45 67",
        "08-123 45\n67",
        "08-508 29\n000",
        "0920-123\n45",
        "(0920) 123\n45",
        "031-701\n23 45",
        "+358 40 123\n4567",
        "Granvägen\n12",
        "Stora Nygatan\r\n12 B, 972 31 Luleå",
        "Granvägen 12, 972 31\nLuleå",
        "Granvägen 12, 972\n31 Luleå",
        "Box 12, 972 31\nLuleå",
        "SE-972 31\nLuleå",
    ],
)
def test_it_is_found_whole(whole: str) -> None:
    for seek in Seek:
        assert told(f"Referens: {whole}, som ovan\nHandläggare", seek) == [(whole, True)]
        assert told(f"Referens: {whole}\nHandläggare", seek) == [(whole, True)]


@pytest.mark.parametrize(
    ("text", "doubtful"),
    [
        ("Bor i 972 31\nLuleå sedan 2019", "972 31\nLuleå"),
        ("Bor i 972\n31 Luleå sedan 2019", "972\n31 Luleå"),
        ("Bor på Granvägen\n12 sedan 2019", "Granvägen\n12"),
        ("Diarienr 0123-\n456789 och mer", "0123-\n456789"),
        ("Dnr: 0123-456789", "0123-456789"),
        ("Vecka 08 12 13\n17 18 19", "08 12 13\n17 18"),
    ],
)
def test_what_can_be_something_else_is_left_to_a_human(text: str, doubtful: str) -> None:
    assert told(text) == [(doubtful, False)]


@pytest.mark.parametrize(
    "text",
    [
        "Öppet 08-12\n13-17",
        "Öppet 07.30-16.30 och 07.30-\n16.30",
        "Den 01-02-\n2019 och 01-02-2019",
        "Ärende 08-123\n2019–2021 Utredare",
        "Vecka 08\n12 13 14 15",
        "Läsåret 07-08\n09-10 Lärare",
        "Betyg 05 06\n07 08",
        "Omsättning +20\n2019–2021 Utredare",
        "Projekt 012 345\n678 personer",
        "Kurs 0123 45\n67 deltagare",
        "Budget 1 200\n300 tkr",
        "Högskolepoäng 180\n30 hp",
        "Handlingsplan\n3 år",
        "Verksamhetsplan\n12",
        "På min arbetsplats\n12 personer",
        "Karriärväg\n3 projekt",
        "Diarienr 12345\nHandläggare",
        "Box\n12 Kurser",
        "2015\n2019\n12\nUtredare",
    ],
)
def test_lines_that_have_nothing_to_do_with_each_other_are_left(text: str) -> None:
    assert told(text) == [] == told(text, Seek.WRITER)


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("070-174 06 05\n12 år", "070-174 06 05"),
        ("08-123 45 67\n90 års erfarenhet", "08-123 45 67"),
        ("0920-123 45\n10 års erfarenhet", "0920-123 45"),
        ("090-12 34 56\n20 år", "090-12 34 56"),
        ("+47 12 34 56 78\n20 år", "+47 12 34 56 78"),
    ],
)
def test_a_number_that_is_whole_takes_nothing_of_the_next_line(line: str, number: str) -> None:
    assert told(f"Tel {line}") == [(number, True)]


@pytest.mark.parametrize("what", ["070-174 06 05", "08-123 45 67", "Granvägen 12, 972 31 Luleå", "972 31 Luleå"])
def test_wherever_our_own_pages_cut_it_no_piece_is_left_without_a_doubt(what: str) -> None:
    for lead in range(52, 84, 2):
        pdf = pdf_pages.opened(pdf_of(lines_of(f"{'m ' * (lead // 2)}{what} och annat")))
        boxes, doubts = mask_jobs.suggest(pdf, 1, KNOWN, Seek.CONTACTS)
        left = mask_jobs.burn(pdf, 1, boxes)[1].split()
        pieces = {piece.strip(",") for piece in what.split()} & {piece.strip(",") for piece in left}
        assert not pieces or Doubt.DOUBTFUL_WORD in doubts, (lead, left)


@pytest.mark.parametrize("piece", ["0 1\n", "070\n", "0", "(0\n", "+1 ", "972 ", "972\n31\n", "Agatan\n1", "12 34\n"])
def test_a_text_made_to_be_slow_to_look_through_is_not(piece: str) -> None:
    text = piece * 30_000
    start = time.process_time()
    spans_of(Seek.WRITER, text, KNOWN)
    assert time.process_time() - start < 6
