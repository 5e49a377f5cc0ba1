"""A workbook from a stranger: read as plain cells, or refused with a sentence; nothing in it is worked out or followed."""

import random
from datetime import date

import pytest

from portal.documents.engines.table_reader import read_table
from portal.documents.engines.template import template_of
from portal.documents.reading import Verdict
from portal.documents.table_values import CellFault, Column, columns_in, day_in, number_in, text_in
from portal.documents.tables import MOST_ROWS, Cell, Kind, Table, TableRefused, address
from tests.documents.workbooks import MAIN, sheet, workbook

COLUMN = Column("x", "X", "", "", most=5)
OPTIONAL = Column("y", "Y", "", "", required=False)


def test_texts_numbers_days_and_formulas_are_told_apart() -> None:
    strings = f'<sst xmlns="{MAIN}"><si><r><t>Å</t></r><r><t>sa</t></r><rPh sb="0" eb="1"><t>ruby</t></rPh></si></sst>'
    shared = '<row r="9"><c r="B9" t="s"><v>0</v></c><c t="s"><v>7</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>'
    data = workbook(
        parts={
            "xl/sharedStrings.xml": strings,
            "xl/worksheets/sheet1.xml": sheet([["Ö <b>", 12.5, date(2027, 1, 1), "=1+40"]], extra=shared),
        }
    )
    table = read_table(data, name="a.xlsx")
    assert table.rows == {
        1: {
            0: Cell(Kind.TEXT, "Ö <b>"), 1: Cell(Kind.NUMBER, "12.5"), 2: Cell(Kind.NUMBER, "46388"),
            3: Cell(Kind.FORMULA, "41"),
        },
        9: {1: Cell(Kind.TEXT, "Åsa"), 3: Cell(Kind.TRUTH, "1"), 4: Cell(Kind.FAULT, "#N/A")},
    }  # fmt: skip
    assert table.count == 2


def test_a_sheet_that_is_hidden_is_passed_over() -> None:
    book = (
        f'<workbook xmlns="{MAIN}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>'
        '<sheet name="Dolt" sheetId="1" state="hidden" r:id="rId9"/><sheet name="Syns" sheetId="2" r:id="rId1"/>'
        "</sheets></workbook>"
    )
    assert read_table(workbook([["syns"]], parts={"xl/workbook.xml": book}), name="a.xlsx").rows[1][0].text == "syns"


def test_ten_thousand_rows_are_counted_and_the_first_thousand_read() -> None:
    table = read_table(workbook([["Namn"], *(["Åsa"] for _ in range(10_000))]), name="a.xlsx")
    assert (table.count, len(table.rows)) == (10_001, MOST_ROWS)


def bomb() -> bytes:
    return workbook(parts={"xl/worksheets/sheet1.xml": b" " * 120_000_000})


ENTITIES = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>' + sheet([["&amp;"]]).replace("&amp;amp;", "&b;")
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + sheet([["x"]]).replace(">x<", ">&a;<")
MACRO_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
)
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "name", "verdict"),
    [
        (b"", "a.xlsx", Verdict.empty),
        (b"x" * 2_100_000, "a.xlsx", Verdict.too_big),
        (workbook(), "a.csv", Verdict.wrong_kind),
        (workbook(), "a.xlsm", Verdict.wrong_kind),
        (OLD, "a.xlsx", Verdict.wrong_kind),
        (OLD + "EncryptedPackage".encode("utf-16-le"), "a.xlsx", Verdict.encrypted),
        (b"Namn;Titel", "a.xlsx", Verdict.not_what_it_says),
        (b"PK\x03\x04" + random.Random(1).randbytes(4000), "a.xlsx", Verdict.damaged),
        (workbook(parts={"[Content_Types].xml": "<Types/>"}), "a.xlsx", Verdict.not_what_it_says),
        (workbook(parts={"[Content_Types].xml": MACRO_TYPES}), "a.xlsx", Verdict.macros),
        (workbook(parts={"xl/vbaProject.bin": b"x"}), "a.xlsx", Verdict.macros),
        (workbook(parts={"xl/worksheets/sheet1.xml": ENTITIES}), "a.xlsx", Verdict.damaged),
        (workbook(parts={"xl/worksheets/sheet1.xml": OUTSIDE}), "a.xlsx", Verdict.damaged),
        (workbook(parts={"xl/worksheets/sheet1.xml": "<a>" * 300}), "a.xlsx", Verdict.stuck),
        (workbook(parts={"xl/worksheets/sheet1.xml": "<worksheet"}), "a.xlsx", Verdict.damaged),
        (workbook(parts={"xl/_rels/workbook.xml.rels": "<Relationships/>"}), "a.xlsx", Verdict.not_what_it_says),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(data: bytes, name: str, verdict: Verdict) -> None:
    with pytest.raises(TableRefused) as refusal:
        read_table(data, name=name)
    assert refusal.value.verdict is verdict
    assert name in refusal.value.sentence


def test_a_zip_bomb_is_not_unpacked() -> None:
    with pytest.raises(TableRefused) as refusal:
        read_table(bomb(), name="bomb.xlsx")
    assert refusal.value.verdict is Verdict.stuck


def test_another_files_sheet_is_not_followed() -> None:
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="x" TargetMode="External" Target="http://169.254.169.254/latest"/></Relationships>'
    )
    with pytest.raises(TableRefused):
        read_table(workbook(parts={"xl/_rels/workbook.xml.rels": rels}), name="a.xlsx")


def test_our_own_template_is_read_as_its_headings() -> None:
    table = read_table(template_of("Blad", (COLUMN, OPTIONAL), "Högst 5."), name="mall.xlsx")
    assert columns_in(table, (COLUMN, OPTIONAL)) == ({"x": 0, "y": 1}, [])
    assert table.count == 1


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (Cell(Kind.NUMBER, "46388"), date(2027, 1, 1)),
        (Cell(Kind.NUMBER, "46388.0"), date(2027, 1, 1)),
        (Cell(Kind.TEXT, " 2027-01-01 "), date(2027, 1, 1)),
        (Cell(Kind.DAY, "2027-01-01T00:00:00"), date(2027, 1, 1)),
        (None, None),
    ],
)
def test_a_day_may_be_a_date_or_text(cell: Cell | None, day: date | None) -> None:
    assert day_in(cell, OPTIONAL, from_1904=False) == day


def test_days_of_an_old_mac_are_counted_from_1904() -> None:
    assert day_in(Cell(Kind.NUMBER, "44926"), OPTIONAL, from_1904=True) == date(2027, 1, 1)
    assert read_table(workbook([["x"]], book='<workbookPr date1904="1"/>'), name="a.xlsx").from_1904


@pytest.mark.parametrize(
    "text", ["01/02/2027", "2027-02-30", "2027", "46388.5", "-1", "1e9", "Infinity", "NaN", "1 januari", "20270101"]
)
def test_what_is_no_day_is_never_guessed(text: str) -> None:
    for kind in (Kind.NUMBER, Kind.TEXT):
        with pytest.raises(CellFault, match=r"datum|1980"):
            day_in(Cell(kind, text), OPTIONAL, from_1904=False)


def test_formulas_faults_and_too_much_are_told() -> None:
    for cell, words in (
        (Cell("f", "41"), "formel"),
        (Cell("e", "#N/A"), "fel från Excel"),
        (Cell("s", "sexton"), "fler än 5"),
    ):
        with pytest.raises(CellFault, match=words):
            text_in(cell, COLUMN)
    with pytest.raises(CellFault, match="Fyll i x"):
        text_in(None, COLUMN)
    for text in ("många", "1e999999", "Infinity", "9" * 50):
        with pytest.raises(CellFault, match="inget tal"):
            number_in(Cell("s", text), OPTIONAL)
    assert str(number_in(Cell("s", "1 000,50"), OPTIONAL)) == "1000.50"


def test_wrong_headings_are_each_named() -> None:
    cells = {0: Cell("s", "X"), 1: Cell("s", "x "), 2: Cell("s", "Lön"), 28: Cell("s", "Z")}
    _places, faults = columns_in(Table({1: cells}, 1), (COLUMN, Column("w", "W", "", "")))
    assert [(one.cell, one.sentence.split(".")[0]) for one in faults] == [
        ("B1", "Kolumnen X finns två gånger"), ("C1", "Kolumnen ”Lön” finns inte i mallen"),
        ("AC1", "Kolumnen ”Z” finns inte i mallen"), ("A1", "Kolumnen W saknas"),
    ]  # fmt: skip
    assert columns_in(Table({3: cells}, 1), (COLUMN,))[1][0].sentence.startswith("Den första raden ska ha")
    assert address(26, 3) == "AA3"


def test_a_type_that_nobody_knows_is_text_and_a_column_far_out_is_left() -> None:
    odd = '<row r="x"><c r="A1" t="konstig"><v>1</v></c><c r="ZZZ1"><v>2</v></c><c r="A1A"><v>3</v></c></row>'
    table = read_table(workbook(parts={"xl/worksheets/sheet1.xml": sheet([], extra=odd)}), name="a.xlsx")
    assert table.rows == {1: {0: Cell(Kind.TEXT, "1")}}
