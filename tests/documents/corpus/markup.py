"""What stands in the XML of DOCX and ODT files: good shapes that are easily missed, and XML made to do harm."""

from portal.documents.reading import Verdict
from tests.documents.corpus.entry import files_of
from tests.documents.corpus.zips import HELLO
from tests.documents.hostile import W, docx, odt, p, utf16_entity

OK, DAMAGED, STUCK = Verdict.ok, Verdict.damaged, Verdict.stuck
TOO_MANY, NO_WORDS, NOTHING = Verdict.too_many_pages, Verdict.no_words, Verdict.nothing_shown
CALLED = "http://127.0.0.1:9/canary"
CANARY = "file:///tmp/portal-canary"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

_shape = files_of("an honest shape", "cv.docx")
_words = files_of("words that are easily lost", "cv.docx")
_odt = files_of("an honest shape", "cv.odt")
_entity = files_of("entities", "cv.docx")
_outside = files_of("leads outside", "cv.docx")
_much = files_of("too much XML", "cv.docx")


def _whole(body: str, dtd: str = "", code: str = "utf-8") -> bytes:
    text = f'<?xml version="1.0" encoding="{code}"?>{dtd}<w:document {W}><w:body>{body}</w:body></w:document>'
    return docx(text.encode(code))


def _related(kind: str, target: str) -> bytes:
    """A Word file one of whose relationships leads to an address elsewhere."""
    relation = f'<Relationship Id="r1" Type="{_REL}/{kind}" Target="{target}" TargetMode="External"/>'
    whole = f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relation}</Relationships>'
    used = f'<w:p><w:r><w:drawing r:link="r1" xmlns:r="{_REL}"/></w:r></w:p>'
    return docx(p(HELLO) + used, {"word/_rels/document.xml.rels": whole, "word/_rels/settings.xml.rels": whole})


def _laughs() -> bytes:
    names = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return _whole(p("&e9;"), f'<!DOCTYPE w [<!ENTITY e0 "ha">{names}]>')


def _quadratic() -> bytes:
    return _whole(p("&a;" * 50_000), f'<!DOCTYPE w [<!ENTITY a "{"ha" * 50_000}">]>')


def _field(code: str) -> str:
    return f'<w:p><w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{code}</w:instrText></w:r></w:p>'


def _box(text: str) -> str:
    inside = f"<w:txbxContent>{p(text)}</w:txbxContent>"
    both = f"<mc:Choice>{inside}</mc:Choice><mc:Fallback>{inside}</mc:Fallback>"
    return f"<w:p><w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r></w:p>"


_TRACKED = (
    '<w:p><w:r><w:t xml:space="preserve">Jag är </w:t></w:r><w:del><w:r><w:delText>chef</w:delText></w:r></w:del>'
    "<w:ins><w:r><w:t>handläggare</w:t></w:r></w:ins></w:p>"
)
_AROUND = {f"word/{name}1.xml": f"<w:{name} {W}>{p('070-174 06 05')}</w:{name}>" for name in ("header", "footer")}
_TABLE = f"<w:tbl><w:tr><w:tc>{p('2019–2022')}</w:tc><w:tc>{p('Utredare')}</w:tc></w:tr></w:tbl>"
_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink"'

ENTRIES = (
    _shape("one line", lambda: docx(p(HELLO)), OK, words=HELLO),
    _shape("in UTF-16", lambda: _whole(p(HELLO), code="utf-16"), OK, words=HELLO),
    _shape("in Latin-1", lambda: _whole(p(HELLO), code="iso-8859-1"), OK, words=HELLO),
    _shape(
        "the strict kind",
        lambda: docx(
            f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{p(HELLO)}</w:body></w:document>'.encode()
        ),
        OK,
        words=HELLO,
    ),
    _shape("nothing written", lambda: docx(""), NOTHING),
    _shape("numbered letters", lambda: docx(p("&#197;sa &#214;berg")), OK, words="Åsa Öberg"),
    _shape("letters of all kinds", lambda: docx(p("Zoë Žižek Ł 👩 العربية 中文")), OK, words="Zoë Žižek"),
    _words("a text box", lambda: docx(_box("070-174 06 05") + p(HELLO)), OK, words="070-174 06 05"),
    _words("a tracked change", lambda: docx(_TRACKED), OK, words="Jag är handläggare"),
    _words("a header and a footer", lambda: docx(p(HELLO), _AROUND), OK, words="070-174 06 05"),
    _words("a table", lambda: docx(_TABLE), OK, words="Utredare"),
    _words("a ring of its own", lambda: docx(p("Sa\u030a ha\u0308r")), OK, words="Så här"),
    _odt("one line", lambda: odt(f"<text:p>{HELLO}</text:p>"), OK, words=HELLO),
    _odt("nothing written", lambda: odt(""), NOTHING),
    _odt(
        "a tracked change and a remark",
        lambda: odt(
            "<text:tracked-changes><text:p>chef</text:p></text:tracked-changes><text:p><office:annotation><text:p>tips"
            f"</text:p></office:annotation>{HELLO}</text:p>"
        ),
        OK,
        words=HELLO,
    ),
    _odt(
        "its page's head",
        lambda: odt(
            f"<text:p>{HELLO}</text:p>",
            {
                "styles.xml": (
                    '<s:x xmlns:s="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
                    ' xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
                    "<s:header><t:p>070-174 06 05</t:p></s:header></s:x>"
                )
            },
        ),
        OK,
        words="070-174 06 05",
    ),
    _entity(
        "a file of ours", lambda: _whole(p("&e;"), '<!DOCTYPE w [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), DAMAGED
    ),
    _entity("a file of ours, hidden in UTF-16", utf16_entity, DAMAGED),
    _entity("an address", lambda: _whole(p("&e;"), f'<!DOCTYPE w [<!ENTITY e SYSTEM "{CALLED}">]>'), DAMAGED),
    _entity("a parameter", lambda: _whole(p("x"), f'<!DOCTYPE w [<!ENTITY % e SYSTEM "{CALLED}"> %e;]>'), DAMAGED),
    _entity("a DTD elsewhere", lambda: _whole(p("x"), f'<!DOCTYPE w SYSTEM "{CALLED}">'), DAMAGED),
    _entity("a thousand million laughs", _laughs, DAMAGED),
    _entity("one long laugh many times", _quadratic, DAMAGED),
    _entity("an entity that nobody declared", lambda: docx(p("&okänd;")), DAMAGED),
    _entity("in the list of types", lambda: docx(p(HELLO), {"[Content_Types].xml": "<!DOCTYPE x><x/>"}), DAMAGED),
    _entity(
        "in an ODT",
        lambda: odt(f"<text:p>{HELLO}</text:p>", {"META-INF/manifest.xml": '<!DOCTYPE m SYSTEM "x.dtd"><m/>'}),
        DAMAGED,
        called="cv.odt",
    ),
    _outside("a template elsewhere", lambda: _related("attachedTemplate", CALLED), OK, words=HELLO),
    _outside("a template in a file of ours", lambda: _related("attachedTemplate", CANARY), OK, words=HELLO),
    _outside(
        "a template on a Windows share", lambda: _related("attachedTemplate", "\\\\127.0.0.1\\canary"), OK, words=HELLO
    ),
    _outside("a picture elsewhere", lambda: _related("image", CALLED), OK, words=HELLO),
    _outside("another document elsewhere", lambda: _related("subDocument", CALLED), OK, words=HELLO),
    _outside("an object elsewhere", lambda: _related("oleObject", CALLED), OK, words=HELLO),
    _outside("a frame elsewhere", lambda: _related("frame", CALLED), OK, words=HELLO),
    _outside(
        "a chunk of a web page", lambda: docx(p(HELLO), {"word/chunk.html": f'<img src="{CALLED}">'}), OK, words=HELLO
    ),
    _outside("a field that starts a program", lambda: docx(p(HELLO) + _field("DDEAUTO c:\\\\x.exe")), OK, words=HELLO),
    _outside(
        "a field that includes a picture", lambda: docx(p(HELLO) + _field(f"INCLUDEPICTURE {CALLED}")), OK, words=HELLO
    ),
    _outside(
        "an inclusion",
        lambda: docx(
            p(HELLO) + f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{CANARY}" parse="text"/>'
        ),
        OK,
        words=HELLO,
    ),
    _outside(
        "a style sheet",
        lambda: docx(
            f'<?xml-stylesheet href="{CALLED}"?><w:document {W}><w:body>{p(HELLO)}</w:body></w:document>'.encode()
        ),
        OK,
        words=HELLO,
    ),
    _outside(
        "Typst in the words", lambda: docx(p('#read("/etc/passwd") #image("/etc/passwd") $x$')), OK, words="#read("
    ),
    _outside(
        "a picture in an ODT",
        lambda: odt(f'<text:p {_XLINK}><draw:image xmlns:draw="d" xlink:href="{CALLED}"/>{HELLO}</text:p>'),
        OK,
        words=HELLO,
        called="cv.odt",
    ),
    _outside(
        "a section of another ODT",
        lambda: odt(
            f'<text:section {_XLINK}><text:section-source xlink:href="{CANARY}"/><text:p>{HELLO}</text:p></text:section>'
        ),
        OK,
        words=HELLO,
        called="cv.odt",
    ),
    _outside(
        "a script in an ODT",
        lambda: odt(
            f'<office:scripts><office:event-listeners {_XLINK} xlink:href="{CALLED}"/></office:scripts>'
            f"<text:p>{HELLO}</text:p>"
        ),
        OK,
        words=HELLO,
        called="cv.odt",
    ),
    _much("ten thousand levels", lambda: docx("<w:r>" * 10_000 + "</w:r>" * 10_000), STUCK),
    _much("a hundred and eighty levels", lambda: docx("<w:x>" * 180 + p(HELLO) + "</w:x>" * 180), OK, words=HELLO),
    _much(
        "ten thousand levels of an ODT", lambda: odt("<text:x>" * 10_000 + "</text:x>" * 10_000), STUCK, called="cv.odt"
    ),
    _much(
        "ten thousand levels of nothing",
        lambda: docx(p(HELLO) + "<w:del>" + "<x>" * 10_000 + "</x>" * 10_000 + "</w:del>"),
        STUCK,
    ),
    _much("an attribute of twenty megabytes", lambda: docx(f'<w:p w:x="{"å" * 10_000_000}"/>' + p(HELLO)), OK, STUCK),
    _much(
        "a hundred thousand attributes",
        lambda: docx("<w:p " + " ".join(f'a{n}="x"' for n in range(100_000)) + "/>" + p(HELLO)),
        OK,
        STUCK,
    ),
    _much("a name of a million letters", lambda: docx(f"<{'a' * 1_000_000}/>" + p(HELLO)), OK),
    _much("a word of twenty megabytes", lambda: docx(p("å" * 10_000_000)), TOO_MANY),
    _much("three hundred thousand words", lambda: docx(p("ord " * 300_000)), TOO_MANY),
    _much("a million paragraphs", lambda: docx("<w:p/>" * 1_000_000 + p(HELLO)), OK, STUCK, words=HELLO),
    _much("as many lines as may be", lambda: docx(p("ett ord till") * 20_000), TOO_MANY),
    _much(
        "sixty tables, one in the other",
        lambda: docx("<w:tbl><w:tr><w:tc>" * 60 + p(HELLO) + "</w:tc></w:tr></w:tbl>" * 60),
        OK,
        words=HELLO,
    ),
    _much(
        "a row of a thousand cells",
        lambda: docx("<w:tbl><w:tr>" + f"<w:tc>{p('ord')}</w:tc>" * 1000 + "</w:tr></w:tbl>"),
        OK,
        words="ord",
    ),
    _much("a hundred thousand rings on one letter", lambda: docx(p("a" + "\u030a" * 100_000)), OK, STUCK, NO_WORDS),
    _much(
        "an ODT with a million blanks",
        lambda: odt(f'<text:p>{HELLO}<text:s text:c="999999999"/></text:p>'),
        OK,
        words=HELLO,
        called="cv.odt",
    ),
    _much("not closed", lambda: docx(b"<w:p>"), DAMAGED),
    _much(
        "another coding than it says",
        lambda: docx(f'<?xml version="1.0" encoding="utf-8"?><x>{"å" * 9}</x>'.encode("cp1252")),
        DAMAGED,
    ),
    _much("a coding nobody has", lambda: docx(b'<?xml version="1.0" encoding="x-made-up"?><x/>'), DAMAGED),
    _much("in UTF-7", lambda: docx(b'<?xml version="1.0" encoding="utf-7"?><x/>'), DAMAGED),
    _much("no XML at all", lambda: docx(b"Hej"), DAMAGED),
)
