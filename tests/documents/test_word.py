"""Word and ODT files: the words people see are read, the deleted ones are not, and a bomb is not unpacked."""

import io
import zipfile

import pytest

from portal.demo.engines import papers
from portal.demo.people import candidates
from portal.documents.engines.archive import MAX_ENTRIES
from portal.documents.engines.odt import odt_lines
from portal.documents.engines.word import word_lines
from portal.documents.reading import DocumentRefused, Verdict
from tests.documents import hostile
from tests.documents.hostile import W, docx, odt, p, packed


def text(data):
    return "\n".join(text for _style, text in word_lines(data))


def refusal(read, data):
    with pytest.raises(DocumentRefused) as refused:
        read(data)
    return refused.value.verdict


def test_a_tracked_insertion_is_read_and_a_tracked_deletion_is_not():
    inserted = "<w:ins><w:r><w:t>handläggare</w:t></w:r></w:ins>"
    deleted = "<w:del><w:r><w:delText>chef</w:delText><w:t>chef</w:t></w:r></w:del>"
    assert (
        text(docx(f'<w:p><w:r><w:t xml:space="preserve">Jag är </w:t></w:r>{deleted}{inserted}</w:p>'))
        == "Jag är handläggare"
    )


def test_moved_words_are_read_once_where_they_stand_now():
    moved = (
        "<w:moveFrom><w:r><w:t>Umeå</w:t></w:r></w:moveFrom></w:p><w:p><w:moveTo><w:r><w:t>Umeå</w:t></w:r></w:moveTo>"
    )
    assert text(docx(f"<w:p>{moved}</w:p>")) == "Umeå"


def test_a_text_box_is_read_once_though_it_stands_twice_in_the_file():
    box = f"<w:txbxContent>{p('070-174 06 05')}</w:txbxContent>"
    both = f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
    assert text(docx(f"<w:p><w:r>{both}</w:r><w:r><w:t>Elin</w:t></w:r></w:p>")) == "070-174 06 05\nElin"


def test_words_that_stand_only_in_the_older_form_are_read():
    only = f"<mc:Choice><x/></mc:Choice><mc:Fallback><w:txbxContent>{p('Kontakt')}</w:txbxContent></mc:Fallback>"
    assert text(docx(f"<w:p><w:r><mc:AlternateContent>{only}</mc:AlternateContent></w:r></w:p>")) == "Kontakt"


def test_headers_and_footers_and_tables_are_read():
    table = f"<w:tbl><w:tr><w:tc>{p('2019–2022')}</w:tc><w:tc>{p('Utredare')}</w:tc></w:tr></w:tbl>"
    around = {f"word/{name}1.xml": f"<w:{name} {W}>{p(name)}</w:{name}>" for name in ("header", "footer")}
    assert text(docx(table, around)) == "header\n2019–2022\tUtredare\nfooter"


def test_cells_of_a_layout_table_come_one_after_the_other():
    row = f"<w:tbl><w:tr><w:tc>{p('A')}{p('B')}</w:tc><w:tc>{p('C')}</w:tc></w:tr></w:tbl>"
    assert text(docx(row)) == "A\nB\nC"


def test_headings_and_lists_are_known_by_their_styles():
    heading = '<w:p><w:pPr><w:pStyle w:val="Rubrik1"/></w:pPr><w:r><w:t>Utbildning</w:t></w:r></w:p>'
    item = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>Klarspråk</w:t></w:r></w:p>'
    assert word_lines(docx(heading + item)) == [("heading", "Utbildning"), ("item", "Klarspråk")]


def test_field_codes_are_not_words():
    assert (
        text(docx("<w:p><w:r><w:instrText>HYPERLINK x</w:instrText></w:r><w:r><w:t>länk</w:t></w:r></w:p>")) == "länk"
    )


def test_the_demo_writes_word_files_with_all_their_words():
    person = next(c.person for c in candidates() if c.layout == "word")
    read = text(papers.cv(person, "word")[1])
    for words in (person.name, person.phone, person.email, person.profile, *person.skills, *person.jobs[0].lines):
        assert words in read
    assert read.count(person.email) == 1


@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        (b"PK\x03\x04 och sedan inget", Verdict.damaged),
        (lambda: docx(p("Hej"))[:300], Verdict.damaged),
        (lambda: packed({"xl/workbook.xml": "<x/>"}), Verdict.not_what_it_says),
        (lambda: docx(p("Hej"), main="glossary"), Verdict.not_what_it_says),
        (lambda: docx(p("Hej"), {"word/vbaProject.bin": b"x"}), Verdict.macros),
        (lambda: docx(p("Hej"), {"annat/VBAPROJECT.BIN": b"x"}), Verdict.macros),
        (lambda: hostile.duplicate_names(), Verdict.damaged),
        (lambda: hostile.utf16_entity(), Verdict.damaged),
        (lambda: docx(b"<!DOCTYPE x><x/>"), Verdict.damaged),
        (lambda: docx(b"<w:p>"), Verdict.damaged),
        (lambda: docx(b'<?xml version="1.0" encoding="x-made-up"?><x/>'), Verdict.damaged),
        (lambda: docx("<w:r>" * 250 + "</w:r>" * 250), Verdict.stuck),
        (lambda: docx(p("Hej"), {f"{n}.xml": "" for n in range(MAX_ENTRIES)}), Verdict.stuck),
        (lambda: docx(p("Hej"), {"a.xml": bytes(101 * 1024 * 1024)}), Verdict.stuck),
        (lambda: docx(b"<x>" + b" " * (31 * 1024 * 1024) + b"</x>"), Verdict.stuck),
        (lambda: hostile.lying_bomb(40), Verdict.damaged),
    ],
)
def test_a_word_file_that_is_not_read_gets_the_right_verdict(data, verdict):
    assert refusal(word_lines, data() if callable(data) else data) is verdict


def test_a_locked_entry_is_told_as_locked():
    locked = bytearray(docx(p("Hej")))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.rfind(mark) + place] |= 1
    assert refusal(word_lines, bytes(locked)) is Verdict.encrypted


def test_a_packing_that_word_does_not_use_is_refused():
    out = io.BytesIO(docx(p("Hej")))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_LZMA) as box:
        box.writestr("a.xml", "x")
    assert refusal(word_lines, out.getvalue()) is Verdict.damaged


def test_odt_text_is_read_without_deletions_and_comments():
    body = (
        "<text:tracked-changes><text:p>struket</text:p></text:tracked-changes><text:h>CV</text:h>"
        '<text:p>Elin<text:s text:c="2"/>Forsvik<text:line-break/>Väster<text:span>lund</text:span></text:p>'
        "<text:p><office:annotation><text:p>tips</text:p></office:annotation>Sist</text:p>"
        "<table:table-row><table:table-cell><text:p>2020</text:p></table:table-cell>"
        "<table:table-cell><text:p>Utredare</text:p></table:table-cell></table:table-row>"
    )
    lines = odt_lines(odt(body))
    assert lines == [
        ("heading", "CV"),
        ("plain", "Elin  Forsvik\nVästerlund"),
        ("plain", "Sist"),
        ("row", "2020\tUtredare"),
    ]


def test_a_locked_odt_is_told_as_locked_and_one_with_programs_as_such():
    name = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<m:manifest xmlns:m="{name}"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    assert refusal(odt_lines, odt("", {"META-INF/manifest.xml": manifest})) is Verdict.encrypted
    assert refusal(odt_lines, odt("", {"Basic/Standard/Module1.xml": "<x/>"})) is Verdict.macros
    assert refusal(odt_lines, docx(p("Hej"))) is Verdict.not_what_it_says


def test_what_is_said_of_a_picture_in_an_odt_is_no_part_of_the_text_around_it():
    svg = 'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    picture = (
        f"<text:span {svg}><office:binary-data>AAAABBBB</office:binary-data><svg:title>Porträtt</svg:title>"
        "<svg:desc>Foto av Karin Lind</svg:desc></text:span>"
    )
    assert odt_lines(odt(f"<text:p>{picture}Curriculum vitae</text:p>")) == [("plain", "Curriculum vitae")]


def test_headers_and_footers_of_a_first_and_of_a_left_page_are_read_where_they_show():
    names = (
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"'
    )
    kinds = ("style:header", "style:header-first", "style:header-left", "style:footer-left", "loext:footer-first")
    around = "".join(f"<{kind}><text:p>{kind}</text:p></{kind}>" for kind in kinds)
    away = '<style:header-left style:display="false"><text:p>Bort</text:p></style:header-left><text:p>Utanför</text:p>'
    styles = f"<style:page {names}>{around}{away}</style:page>"
    lines = odt_lines(odt("<text:p>Mitt i</text:p>", {"styles.xml": styles}))
    assert [text for _style, text in lines] == [*kinds, "Mitt i"]


def test_the_stops_of_a_paragraph_are_no_tabs():
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="1000"/><w:tab w:val="right" w:pos="9000"/></w:tabs></w:pPr>'
    body = f"<w:p>{stops}<w:r><w:t>2019</w:t><w:tab/><w:t>Handläggare</w:t></w:r></w:p>"
    assert word_lines(docx(body)) == [("plain", "2019\tHandläggare")]
