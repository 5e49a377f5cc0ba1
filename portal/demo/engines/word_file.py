"""A CV as a DOCX that Word opens, by a minimal writer: a text box at the top, headings, a table, a footer."""

import io
import zipfile
from xml.sax.saxutils import escape

from portal.demo.people import Person

_TIME = (2026, 1, 1, 0, 0, 0)
_SPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"),
        ("v", "urn:schemas-microsoft-com:vml"),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    )
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def word_file(person: Person) -> bytes:
    """The file's bytes, the same each time."""
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": _document(person),
        "word/styles.xml": _styles(),
        "word/footer1.xml": f"<w:ftr {_SPACES}>{_paragraph(f'{person.name}, {person.phone}')}</w:ftr>",
        "word/_rels/document.xml.rels": _relations(("styles", "styles.xml"), ("footer", "footer1.xml")),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, body in parts.items():
            box.writestr(zipfile.ZipInfo(name, _TIME), _HEAD + body, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _document(person: Person) -> str:
    jobs = "".join(
        _row(job.years, _paragraph(f"{job.title}, {job.employer}", bold=True) + "".join(map(_paragraph, job.lines)))
        for job in person.jobs
    )
    schools = "".join(_row(s.years, _paragraph(s.title, bold=True) + _paragraph(s.school)) for s in person.education)
    body = (
        _paragraph(person.name, "Title")
        + _text_box((person.headline, person.phone, person.email, person.place))
        + _paragraph(person.profile)
        + _paragraph("Erfarenhet", "Heading1") + _table(jobs)
        + _paragraph("Utbildning", "Heading1") + _table(schools)
        + _paragraph("Kunskaper", "Heading1") + "".join(_paragraph(skill, "ListParagraph") for skill in person.skills)
        + _paragraph("Språk", "Heading1")
        + _paragraph(", ".join(f"{language} ({level})" for language, level in person.languages))
        + _paragraph("Fritid", "Heading1") + "".join(_paragraph(line) for line in person.engagements)
        + '<w:sectPr><w:footerReference w:type="default" r:id="r2"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567"'
        ' w:gutter="0"/>'
        "</w:sectPr>"
    )  # fmt: skip
    return f'<w:document {_SPACES} mc:Ignorable=""><w:body>{body}</w:body></w:document>'


def _paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    how = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    run = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{how}<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _text_box(lines: tuple[str, ...]) -> str:
    """A box at the right margin, written twice as Word does: for Word 2010 and later, and for older readers."""
    inside = "<w:txbxContent>" + "".join(map(_paragraph, lines)) + "</w:txbxContent>"
    wide, high = 2_500_000, 1_000_000  # English metric units, 360,000 to the centimetre
    drawing = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="114300" distR="114300" simplePos="0" relativeHeight="2" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>top</wp:align></wp:positionV>'
        f'<wp:extent cx="{wide}" cy="{high}"/><wp:wrapSquare wrapText="bothSides"/><wp:docPr id="1" name="Kontakt"/>'
        '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="'
        'http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        '</a:prstGeom><a:ln w="9525"><a:solidFill><a:srgbClr val="808080"/></a:solidFill></a:ln></wps:spPr>'
        f"<wps:txbx>{inside}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    older = (
        '<w:pict><v:shape style="position:absolute;margin-left:290pt;width:197pt;height:79pt">'
        f"<v:textbox>{inside}</v:textbox></v:shape></w:pict>"
    )
    both = f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{older}</mc:Fallback>'
    return f"<w:p><w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r></w:p>"


def _row(years: str, body: str) -> str:
    def cell(width: int, inside: str) -> str:
        return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'

    return f"<w:tr>{cell(1700, _paragraph(years))}{cell(7900, body)}</w:tr>"


def _table(rows: str) -> str:
    grid = '<w:tblGrid><w:gridCol w:w="1700"/><w:gridCol w:w="7900"/></w:tblGrid>'
    return f'<w:tbl><w:tblPr><w:tblW w:w="9600" w:type="dxa"/></w:tblPr>{grid}{rows}</w:tbl>{_paragraph("")}'


def _styles() -> str:
    def style(name: str, shown: str, size: int, more: str = "") -> str:
        look = f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr>' if size else ""
        return f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{shown}"/>{more}{look}</w:style>'

    bullet = '<w:pPr><w:ind w:left="360"/></w:pPr>'
    return (
        f'<w:styles {_SPACES}><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/>'
        '<w:sz w:val="22"/><w:lang w:val="sv-SE"/></w:rPr></w:rPrDefault></w:docDefaults>'
        + style("Title", "Title", 48) + style("Heading1", "heading 1", 28)
        + style("ListParagraph", "List Paragraph", 0, bullet) + "</w:styles>"
    )  # fmt: skip


def _types() -> str:
    parts = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in (("document", "document.main"), ("styles", "styles"), ("footer1", "footer"))
    )
    relations = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{relations}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{parts}</Types>'
    )


def _relations(*targets: tuple[str, str]) -> str:
    inside = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
