"""A ä, ö, å or é that a file draws as two signs is one letter, and the name it stands in is covered whole."""

import pytest

from portal.documents.engines import masker, places
from portal.documents.masking import Known, Seek
from portal.documents.reading import Verdict
from tests.documents import hostile

KNOWN = Known("Björn Åkerlund-Édberg", "b@example.se")
WORDS = b"BT /F 12 Tf 60 520 Td (Handlaggare, 25 \260C och en karta) Tj ET "
BEFORE = b"[(Bj) (\250) 333 (orn) -250 (\260) 400 (Akerlund-) (\264) 333 (Edberg)] TJ"
AFTER = b"[(Bjo) 445 (\250) 0 (rn) -250 (A) 533 (\260) (kerlund-E) 445 (\264) 0 (dberg)] TJ"
RAISED = (
    b"[(Bj) (\250) 333 (orn )] TJ 34.4 2.6 Td (\260) Tj -1.9 -2.6 Td (Akerlund-) Tj 63.7 2.6 Td (\264) Tj"
    b" -2.3 -2.6 Td (Edberg) Tj"
)


@pytest.fixture(autouse=True)
def _a_machine_with_much_to_do_is_given_time(monkeypatch):
    monkeypatch.setattr(masker, "BUDGET", 90.0)
    monkeypatch.setattr(places, "WAIT_FOR_CHILD", 60.0)


def what_is_left(line: bytes, seek: Seek = Seek.WRITER, known: Known = KNOWN, font: bytes = hostile.HELVETICA) -> str:
    """What is to be read of a page with this line when what is suggested is burnt in, a line a row."""
    words = hostile.stream(WORDS + b"BT /F 14 Tf 60 700 Td " + line + b" ET")
    data = hostile.pdf(hostile.CATALOG, hostile.PAGES, hostile.page(), words, font)
    suggested = masker.suggest_masks(data, "pdf", known, seek=seek)
    burnt = masker.burn_masks(data, "pdf", {page.number: page.boxes for page in suggested.pages})
    assert burnt.verdict is Verdict.ok
    return burnt.pages[0].text


@pytest.mark.parametrize("line", [BEFORE, AFTER, RAISED], ids=["before", "after", "raised"])
def test_a_name_with_accents_drawn_apart_is_covered_whole(line):
    assert what_is_left(line) == "Handlaggare, 25 °C och en karta\n▇▇▇"


def test_an_address_with_accents_drawn_apart_is_covered_whole():
    line = b"[(Bj) (\250) 333 (orkv) (\250) 333 (agen 5, 123 45 V) (\250) 333 (aster)(\260) 400 (as)] TJ"
    assert what_is_left(line, Seek.CONTACTS) == "Handlaggare, 25 °C och en karta\n▇▇▇"


def test_an_accent_that_stands_by_itself_makes_no_letter():
    assert what_is_left(b"(vid 20 \260 och ~ 5 km, O \250 Bjorn) Tj").endswith("vid 20 ° och ~ 5 km, O ¨ ▇▇▇")


@pytest.mark.parametrize(
    "line", [b"[(Wa) 445 (\316) 112 (sik)] TJ", b"[(W) (\316) 333 (asik)] TJ"], ids=["after", "before"]
)
def test_a_hook_below_a_letter_is_of_the_letter(line):
    polish = hostile.HELVETICA.replace(b"WinAnsiEncoding", b"StandardEncoding")
    assert polish != hostile.HELVETICA
    assert what_is_left(line, known=Known("Anna W\u0105sik", "a@example.se"), font=polish).splitlines()[1:] == ["▇▇▇"]
