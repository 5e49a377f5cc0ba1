"""Every table that can be taken away, opened as spreadsheets open it: what people have written is text in each cell."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pytest
from flask import url_for
from flask.testing import FlaskClient
from openpyxl import load_workbook
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from tests import canary
from tests.doors import address, browsers_of, places
from tests.permission_table import TABLE
from tests.proofs.plugin import Proof
from tests.stage import Side, set_stage
from tests.world import World

Clock = Callable[[str], datetime]
PACKAGE = Path(__file__).parents[2] / "portal"
# Who takes each away.
SHEETS: Final = {
    "contracts.employments_as_csv": "region",
    "contracts.employments_as_xlsx": "region",
    "contracts.take_over_template": "kansli",
    "disclosure.taken": "region",
    "posts.take_over_template": "region",
}
OF_PEOPLE: Final = {"contracts.employments_as_csv", "contracts.employments_as_xlsx", "disclosure.taken"}  # no templates
HEARD: Final = "gralarka"
WRITERS: Final = {"contracts/listing/engines.py", "documents/engines/workbook.py"}
PERSONS: Final = ("region", "kansli", "drift", "leader", "candidate")
PAYLOADS: Final = (
    "=1+1", "x,=1+1,", "+46", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "x;=1;", 'x";=1;"', "x\n=1+1", "x\t=1\t", "\uff1d1+1",
    "=cmd|' /C calc'!A0", "=HYPERLINK(1)", "\u00a0=1", "x|@SUM(1)|",
)  # fmt: skip
SEPARATORS: Final = (";", ",", "\t", "|")  # whichever the reader's own country or choice says
BEGINS: Final = re.compile(r"\s*[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20].")
NOT_IN_A_WORKBOOK: Final = re.compile(rb"<(\w+:)?(f|ddeLink|externalLink|oleLink|definedName|hyperlink)\b")


@dataclass(frozen=True)
class Sheet:
    """A table as it came: whether for a spreadsheet (``xlsx``) or as plain text, and its bytes."""

    kind: str
    data: bytes

    @property
    def texts(self) -> list[str]:
        """Every text in it, as the table itself says where a cell ends."""
        if self.kind == "csv":
            return [cell for row in rows_of(self.data, ";") for cell in row]
        book = load_workbook(io.BytesIO(self.data))
        return [cell.value for page in book for row in page.iter_rows() for cell in row if isinstance(cell.value, str)]


def rows_of(data: bytes, separator: str) -> list[list[str]]:
    """As a spreadsheet that parts by this sign reads it."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=separator))


def sheets_in(answer: TestResponse) -> Iterator[Sheet]:
    """Each table in an answer, whatever it calls itself; also within a folder."""
    data, name = answer.data, answer.headers.get("Content-Disposition", "")
    if data.startswith(b"PK\x03\x04"):
        yield from _unpacked(data)
    elif answer.mimetype in ("text/csv", "text/tab-separated-values") or re.search(r"\.(csv|tsv)\b", name):
        yield Sheet("csv", data)


def _unpacked(data: bytes) -> Iterator[Sheet]:
    with zipfile.ZipFile(io.BytesIO(data)) as folder:
        if "xl/workbook.xml" in folder.namelist():
            yield Sheet("xlsx", data)
            return
        for name in folder.namelist():
            if name.endswith((".csv", ".tsv")):
                yield Sheet("csv", folder.read(name))
            elif folder.read(name).startswith(b"PK\x03\x04"):
                yield from _unpacked(folder.read(name))


def faults_of(sheet: Sheet) -> list[str]:
    """What a spreadsheet would work out in it, fetch or start."""
    if sheet.kind == "csv":
        unquoted = io.StringIO(newline="")
        csv.writer(unquoted, delimiter=";", quoting=csv.QUOTE_ALL).writerows(rows_of(sheet.data, ";"))
        faults = ["a cell without quotes"] * (unquoted.getvalue() != sheet.data.decode("utf-8-sig"))
        cells = [cell for sign in SEPARATORS for row in rows_of(sheet.data, sign) for cell in row]
        return faults + [cell for cell in cells if BEGINS.match(cell)]
    with zipfile.ZipFile(io.BytesIO(sheet.data)) as parts:
        faults = [
            f"{name}: {found[0]!r}"
            for name in parts.namelist()
            if (found := NOT_IN_A_WORKBOOK.search(parts.read(name)))
        ]
        faults += [
            name for name in parts.namelist() if re.search(r"external|connection|macro|vba", name, re.IGNORECASE)
        ]
    cells = [cell for page in load_workbook(io.BytesIO(sheet.data)) for row in page.iter_rows() for cell in row]
    return faults + [str(one.value) for one in cells if one.data_type not in ("s", "inlineStr", "n", "d")]


@pytest.mark.proof(
    "Ingen cell i en tabell som hämtas ur portalen är en formel, vad någon än har skrivit.",
    how="payloads in every text column of the database; each table that any address answers with, found by asking all of "
    "them, read as spreadsheets read it: texts as texts in XLSX, CSV parted by semicolon, comma, tab and bar",
    short={"payloads": 2},
    full={"payloads": len(PAYLOADS)},
)
def test_no_cell_of_any_table_is_a_formula(
    proof: Proof, world: World, set_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.app.test_client_class = FlaskClient
    side, _rival = set_stage(world, set_clock, employer="authority")
    browsers = browsers_of(side)
    found = _answering_with_sheets(side, browsers)
    payloads, faults, cells, reached = PAYLOADS[: proof.size("payloads")], [], 0, set[tuple[str, str]]()
    for payload in payloads:
        _plant(side, payload, monkeypatch)
        for endpoint, person in SHEETS.items():
            for sheet in _taken(side, browsers[person], endpoint):
                cells += len(sheet.texts)
                faults += [(endpoint, payload, fault) for fault in faults_of(sheet)]
                reached |= {(endpoint, payload) for text in sheet.texts if _kept(sheet.kind, payload) in text}
    proof.came_to(payloads=len(payloads), tables=len(SHEETS), cells=cells, formulas=len(faults))
    assert found == set(SHEETS)
    assert faults == []
    assert reached == {(endpoint, payload) for endpoint in OF_PEOPLE for payload in payloads}


def test_only_those_who_keep_formulas_out_write_tables() -> None:
    """What is sent by a form, which nobody here presses, comes from the same two."""
    writes = re.compile(r"csv\.(writer|DictWriter)|Workbook\(|<worksheet")
    found = {str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if writes.search(path.read_text())}
    assert found == WRITERS


@pytest.mark.parametrize(
    ("line", "opens"),
    [
        ('"Per";"x,\'=1+1"', False), ('"Per";"x,=1+1"', True), ('"=1";"x"', True), ('"\'=1";"x"', False),
        ('"Per";"x\n=1"', True), ('"500,-";"a-b, c+d"', False),
    ],
)  # fmt: skip
def test_the_reading_knows_a_formula_wherever_a_cell_may_begin(line: str, opens: bool) -> None:
    assert bool(faults_of(Sheet("csv", f"\ufeff{line}\r\n".encode()))) is opens


def _answering_with_sheets(side: Side, browsers: dict[str, FlaskClient]) -> set[str]:
    """Every address asked by the first of some persons whom it answers."""
    at = {person: places(side, person) for person in PERSONS}
    return {
        rule.endpoint
        for rule in side.world.app.url_map.iter_rules()
        if "GET" in (rule.methods or ())
        and any(any(sheets_in(answer)) for answer in _first_answer(side, browsers, rule, at))
    }


def _first_answer(
    side: Side, browsers: dict[str, FlaskClient], rule: Rule, at: dict[str, Any]
) -> Iterator[TestResponse]:
    for person in PERSONS:
        for place in TABLE[rule.endpoint].pages or ("none",):
            if rule.arguments <= set(at[person][place]):
                answer = browsers[person].get(address(side, rule, at[person][place]))
                if answer.status_code == 200:
                    yield answer
                    return


def _taken(side: Side, browser: FlaskClient, endpoint: str) -> list[Sheet]:
    with side.world.app.test_request_context():
        answer = browser.get(url_for(endpoint))
    assert answer.status_code == 200, endpoint
    return list(sheets_in(answer))


def _kept(kind: str, payload: str) -> str:
    """What is left of it: in a workbook every sign that can be seen."""
    return f"{payload}{HEARD}".replace("\r", "") if kind == "xlsx" else HEARD


def _plant(side: Side, payload: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It begins every text of the party's, of its people's and of what the authority says of it."""
    for name in ("WORD", "OF_AUTHORITY", "OF_PEOPLE"):
        monkeypatch.setattr(canary, name, f"{payload}{HEARD}")
    canary.plant(side)
