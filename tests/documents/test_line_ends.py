"""What tells who somebody is, or how they are reached, is found where a line's end or a rare blank cuts it."""

import time

import pytest

from portal.documents.engines import mask_jobs, pdf_pages
from portal.documents.engines.typeset import lines_of, pdf_of
from portal.documents.masking import Known, Seek, spans_of

KNOWN = Known("Karin Lind", "karin.lind@example.se", "070-174 06 20")


def found(text: str, seek: Seek = Seek.WRITER) -> list[str]:
    return [text[span.start : span.end] for span in spans_of(seek, text, KNOWN) if span.sure]


@pytest.mark.parametrize("end", [".", ",", ")", "!"])
def test_nor_does_one_that_ends_a_sentence_go_on(end: str) -> None:
    text = f"Se www.sundsvall.se{end}\nb-körkort\nSpråk"
    assert [(text[span.start : span.end], span.sure) for span in spans_of(Seek.WRITER, text, KNOWN)] == [
        ("www.sundsvall.se", True),
        ("b-körkort", False),
    ]


@pytest.mark.parametrize(
    "whole",
    [
        "0920-\n123 45",
        "08-\r\n123 45 67",
        "070\u2009174\u200906\u200905",
        "+46\u202f8\u202f123 45 67",
        "08\x02\r\n123 45 67",
        "anna\x02maria.svensson@region.example.se",
        "anna\x02\nmaria.svensson@region.example.se",
        "anna.svensson@lansstyrelsen-\u200bkommunikation.example.se",
        "anna.svensson@lansstyrelsen\u200b\r\nkommunikation.example.se",
        "anna-\nmaria.svensson@region.ex\nample.se",
        "umeaflickan85@exempelp\r\nost.example.se",
        "123\u00a045 Luleå",
        "972\u202f31\u2009Luleå",
    ],
)
def test_a_number_or_an_address_that_is_cut_is_found_whole(whole):
    assert found(f"Referens: {whole}\nHandläggare", Seek.CONTACTS) == [whole]
    assert found(f"Referens: {whole}\nHandläggare") == [whole]


@pytest.mark.parametrize(
    "whole",
    [
        "https://github.com/umeafli\r\nckan85/politik",
        "instagram.com/\numeaflickan85",
        "linkedin.com/in/karin\u200blind-politisk",
        "linkedin.com/in/karin-lindqvist\u200b\r\nmsson-politisk",
        "linkedin.com/in/karin\x02\nvist\x02\n8a7b6c5d4",
        "/in/karin-lindqvist\u200b\r\nmsson-politisk",
    ],
)
def test_a_web_address_that_is_cut_is_found_whole(whole):
    assert found(f"Profil: {whole}\nSpråk\nsvenska") == [whole]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("www.example.se\nSpråk\nsvenska", ["www.example.se"]),
        ("www.example.se\npython\ndjango", ["www.example.se"]),
        ("www.example.se\n2019–2021\nUtredare", ["www.example.se"]),
        ("www.example.se\noch en rad till", ["www.example.se"]),
        ("Kontakt\nanna@example.se\nSpråk", ["anna@example.se"]),
        ("Åren 2019-\n2021 och 100-\n200 dagar", []),
        ("En budget på 5\u2009000\u2009000\u2009000 kronor", []),
    ],
)
def test_the_next_line_is_left_where_nothing_goes_on_in_it(text, told):
    assert found(text) == told


def test_a_word_under_a_web_address_that_fills_its_line_is_left_to_a_human():
    text = "linkedin.com/in/karin-lind\nkvist\nSpråk"
    assert [(text[span.start : span.end], span.sure) for span in spans_of(Seek.WRITER, text, KNOWN)] == [
        ("linkedin.com/in/karin-lind", True),
        ("kvist", False),
    ]


@pytest.mark.parametrize(
    ("address", "below"),
    [
        ("www.sundsvall.se", "b-körkort"),
        ("region.se", "hr-strateg"),
        ("github.com/x", "node.js"),
        ("www.region.se", "python/django"),
        ("www.sundsvall.se", "3D-modellering"),
        ("https://example.se", "c++/python"),
        ("https://www.linkedin.com/in/karin\nlind-politik", "b-körkort"),
    ],
)
def test_what_need_not_go_on_with_a_web_address_is_left_to_a_human(address, below):
    text = f"{address}\n{below}\nSpråk"
    assert [(text[span.start : span.end], span.sure) for span in spans_of(Seek.WRITER, text, KNOWN)] == [
        (address, True),
        (below, False),
    ]


@pytest.mark.parametrize(
    "whole",
    [
        "www.lansstyrel\nsen.se/karin-lind",
        "https://lanss\ntyrelsen.se/karin",
        "www.example.se/\nb-karin",
        "www.example.se\n/karin-l",
        "www.example.se/politisk-\nsekreterare.html",
        "https://www.example.se/politisk-sekreterare-\nsom-har-skrivit-en-lang-text-i-sitt-\ncv.html",
    ],
)
def test_what_surely_goes_on_with_a_web_address_is_covered(whole):
    assert found(f"Profil: {whole}\nSpråk") == [whole]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Ledamot 2018-\nkarin@example.se", ["karin@example.se"]),
        ("Ledamot anna85-\nkarin@example.se", ["anna85-\nkarin@example.se"]),
    ],
)
def test_a_year_before_an_address_is_no_part_of_it(text, told):
    assert found(text) == told


@pytest.mark.parametrize("lead", [3, 33, 48])
def test_an_address_that_our_own_pages_break_is_covered_whole(lead):
    rest = "anna.lindqvist-abrahamsson.politisk@lansstyrelsen-kommunikation.example.se"
    web = "https://www.linkedin.com/in/lindqvist-abrahamsson-politisk-sekreterare-aaaa-bbbb-cccc-1a2b3c4d"
    pdf = pdf_pages.opened(pdf_of(lines_of(f"{'o' * lead} {rest}\n{'u' * lead} {web}\nHandläggare")))
    boxes, _doubts = mask_jobs.suggest(pdf, 1, KNOWN)
    left = mask_jobs.burn(pdf, 1, boxes)[1]
    assert set(left.split()) - {"▇▇▇", "1", "av"} == {"o" * lead, "u" * lead, "Handläggare"}


@pytest.mark.parametrize("piece", ["0-1", "0\u200b1", "a\u200b\n", "a.\n", "www.a\na\n", "0-\n1", "-\n", "a-\na.se\n"])
def test_a_text_made_to_be_slow_to_look_through_is_not(piece):
    text = "x@" + piece * 30_000 + "@"
    start = time.process_time()
    spans_of(Seek.WRITER, text, KNOWN)
    assert time.process_time() - start < 6
