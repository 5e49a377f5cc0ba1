"""What a file may be called, what it says it is, and which characters its text may hold."""

import unicodedata

import pytest

from portal.documents import kinds
from portal.documents.kinds import Kind, clean_text, decode_text, kind_of, shown_name
from portal.documents.reading import DocumentRefused, Verdict
from tests.documents import hostile

ODT = hostile.odt("<text:p>Hej</text:p>")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Åsa Öberg.pdf", "Åsa Öberg.pdf"),
        ("../../x.pdf", "x.pdf"),
        ("C:\\Users\\asa\\CV.docx", "CV.docx"),
        ("", "dokument.pdf"),
        (".pdf", "dokument.pdf"),
        ("..", "dokument.pdf"),
        ("cv\x00\n\x1b.pdf", "cv.pdf"),
        ("cv\u202efdp.exe.pdf", "cvfdp.exe.pdf"),
        ("a\u0308pple.pdf", "äpple.pdf"),
        ("👩.pdf", "👩.pdf"),
        ('a"b<c>.pdf', "a_b_c_.pdf"),
        ("mitt   cv .pdf", "mitt cv.pdf"),
        ("utan ändelse", "utan ändelse"),
    ],
)
def test_a_shown_name_has_no_path_and_no_marks_but_keeps_its_letters(name, shown):
    assert shown_name(name) == shown


@pytest.mark.parametrize("length", [145, 150, 151, 4000])
def test_a_long_name_is_cut_and_keeps_its_extension(length):
    shown = shown_name("å" * length + ".docx")
    assert len(shown) <= kinds.MAX_NAME
    assert shown.endswith("å.docx")


def test_a_shown_name_is_not_changed_by_being_shown_again():
    for name in ("../a/.pdf", " . .pdf", "x" * 400 + ".odt", "a\u0308\u202e .TXT", "\x00"):
        assert shown_name(shown_name(name)) == shown_name(name)


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("cv.pdf", hostile.plain(), Kind.PDF),
        ("CV.PDF", b"\n" * 900 + hostile.plain(), Kind.PDF),
        ("cv.docx", hostile.docx(hostile.p("Hej")), Kind.DOCX),
        ("cv.odt", ODT, Kind.ODT),
        ("brev.txt", "Hej på dig".encode("cp1252"), Kind.TXT),
        ("brev.txt", "Hej på dig".encode("utf-16"), Kind.TXT),
    ],
)
def test_a_kind_is_known_by_extension_and_first_bytes(name, data, kind):
    assert kind_of(name, data) is kind


@pytest.mark.parametrize(
    ("name", "data", "verdict"),
    [
        ("cv.pdf", b"", Verdict.empty),
        ("cv.pdf", b"%PDF-" + bytes(kinds.MAX_BYTES), Verdict.too_big),
        ("cv.exe", b"MZ", Verdict.wrong_kind),
        ("cv.doc", b"\xd0\xcf\x11\xe0", Verdict.wrong_kind),
        ("cv", hostile.plain(), Verdict.wrong_kind),
        ("cv.pdf", hostile.PNG, Verdict.not_what_it_says),
        ("cv.docx", b"<html><body>Hej</body></html>", Verdict.not_what_it_says),
        ("cv.docx", hostile.plain(), Verdict.not_what_it_says),
        ("cv.txt", hostile.plain(), Verdict.not_what_it_says),
        ("cv.txt", hostile.PNG, Verdict.not_what_it_says),
        ("cv.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), Verdict.encrypted),
    ],
)
def test_a_file_that_is_not_taken_in_gets_the_verdict_that_helps(name, data, verdict):
    with pytest.raises(DocumentRefused) as refused:
        kind_of(name, data)
    assert refused.value.verdict is verdict
    assert name in refused.value.sentence


@pytest.mark.parametrize("verdict", list(Verdict))
def test_every_verdict_has_a_sentence_with_the_name_in_it(verdict):
    refused = DocumentRefused(verdict, name="Åsas cv.pdf")
    assert "Åsas cv.pdf" in refused.sentence
    assert "%" not in refused.sentence
    assert "!" not in refused.sentence
    if not verdict.accepted:
        assert "välj" in refused.sentence


def test_a_file_of_exactly_the_limit_is_let_in():
    assert kind_of("cv.pdf", b"%PDF-".ljust(kinds.MAX_BYTES)) is Kind.PDF


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_a_text_file_is_read_in_the_codes_people_use(code):
    assert decode_text("Åsa Öberg är här".encode(code)) == "Åsa Öberg är här"


def test_clean_text_keeps_lines_and_tabs_and_no_other_control_characters():
    dirty = "a\u030a\x00\x1b\x07\u0085b\tc\r\nd\re\ud800"
    assert clean_text(dirty) == "åb\tc\nd\ne"
    assert unicodedata.is_normalized("NFC", clean_text(dirty))
