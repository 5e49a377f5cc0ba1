"""A workbook that Excel and LibreOffice open, by a minimal writer: texts only, bold headings, columns for days."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from portal.documents.tables import address

_TIME = (2026, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_BOLD, _DAY, _WRAPPED = 1, 2, 3
_HEAD_STAYS = '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4">'
    '<xf xfId="0"/><xf fontId="1" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
    '<xf numFmtId="164" xfId="0" applyNumberFormat="1"/>'
    '<xf xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>'
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, the width of each column in characters, rows of texts (the first is the head), and which
    columns are for days."""

    name: str
    widths: Sequence[int]
    rows: Sequence[Sequence[str]]
    days: frozenset[int] = frozenset()
    wrapped: bool = False


def workbook(*sheets: Sheet) -> bytes:
    """The file's bytes, the same each time."""
    numbered = list(enumerate(sheets, 1))
    parts = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _links([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>'
        + "".join(f'<sheet name={quoteattr(one.name)} sheetId="{n}" r:id="rId{n}"/>' for n, one in numbered)
        + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _links(
            [*(("worksheet", f"worksheets/sheet{n}.xml") for n, _one in numbered), ("styles", "styles.xml")]
        ),
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{n}.xml": _sheet(one) for n, one in numbered},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, body in parts.items():
            box.writestr(zipfile.ZipInfo(name, _TIME), _HEAD + body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _sheet(sheet: Sheet) -> str:
    columns = "".join(_column(sheet, number, width) for number, width in enumerate(sheet.widths))
    body = "".join(_row(sheet, number, texts) for number, texts in enumerate(sheet.rows, 1))
    view = f'<sheetViews><sheetView workbookViewId="0">{_HEAD_STAYS}</sheetView></sheetViews>'
    return f'<worksheet xmlns="{_MAIN}">{view}<cols>{columns}</cols><sheetData>{body}</sheetData></worksheet>'


def _column(sheet: Sheet, number: int, width: int) -> str:
    style = f' style="{_DAY}"' if number in sheet.days else ""
    return f'<col min="{number + 1}" max="{number + 1}" width="{width}" customWidth="1"{style}/>'


def _row(sheet: Sheet, number: int, texts: Sequence[str]) -> str:
    style = _BOLD if number == 1 else _WRAPPED if sheet.wrapped else 0
    cells = "".join(
        f'<c r="{address(n, number)}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        for n, text in enumerate(texts)
    )
    return f'<row r="{number}">{cells}</row>'


def _types(sheets: int) -> str:
    overrides = [
        ("/xl/workbook.xml", "sheet.main"),
        *((f"/xl/worksheets/sheet{n}.xml", "worksheet") for n in range(1, sheets + 1)),
        ("/xl/styles.xml", "styles"),
    ]
    named = "".join(f'<Override PartName="{part}" ContentType="{_KIND}.{kind}+xml"/>' for part, kind in overrides)
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{named}</Types>'
    )


def _links(targets: Sequence[tuple[str, str]]) -> str:
    inside = "".join(
        f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
