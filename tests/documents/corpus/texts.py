"""Text files in the codes people use, things that are no text at all, and names that mean harm."""

from portal.documents.reading import Verdict
from tests.documents.corpus.entry import files_of
from tests.documents.hostile import PNG, docx, p, plain

OK, NOT_IT, WRONG, EMPTY = Verdict.ok, Verdict.not_what_it_says, Verdict.wrong_kind, Verdict.empty
HELLO = "Åsa Öberg är här"
FOUND = "Handlaggare i Region Adalen"

_text = files_of("text in some code", "brev.txt")
_no_text = files_of("two kinds in one", "brev.txt")
_much = files_of("too much text", "brev.txt")
_name = files_of("a name that means harm")

_NAMES = (
    ("reads backwards", "cv\u202efdp.exe.pdf"),
    ("three hundred letters", "å" * 300 + ".pdf"),
    ("a device of Windows", "CON.pdf"),
    ("a picture of a woman", "👩\u200d💼.pdf"),
    ("upwards", "../../../../tmp/portal-canary.pdf"),
    ("upwards with the other slash", "..\\..\\portal-canary.pdf"),
    ("from the root", "/etc/passwd.pdf"),
    ("two extensions", "cv.exe.pdf"),
    ("large letters", "CV.PDF"),
    ("markup", '"><img src=x onerror=alert(1)>.pdf'),
    ("a formula", "=cmd|'calc'!A1.pdf"),
    ("a template", "{{ 7*7 }}${7*7}<%= 7*7 %>.pdf"),
    ("a place of SQL", "'; DROP TABLE document;--.pdf"),
    ("a per cent sign", "100 %(name)s %s %d.pdf"),
    ("a percent-coded zero", "cv%00.exe.pdf"),
    ("a stream of Windows", "cv.txt:evil.pdf"),
    ("a ring of its own", "A\u030asa O\u0308berg.pdf"),
    ("only blanks before the dot", "   .pdf"),
    ("only the extension", ".pdf"),
    ("a blank after it", "cv.pdf "),
    ("a dot after it", "cv.pdf."),
    ("invisible letters", "c\u200bv\ufeff.pdf"),
    ("an option", "--help.pdf"),
)
_WRONG = (
    ("the other extension last", "cv.pdf.exe"),
    ("none", "cv"),
    ("letters that only look right", "cv.ｐｄｆ"),
    ("a dot that only looks right", "cv\uff0epdf"),
    ("reads backwards to a PDF", "cv\u202efdp.exe"),
    ("a web page", "cv.html"),
    ("a drawing", "cv.svg"),
    ("an archive", "cv.zip"),
    ("a file with programs", "cv.docm"),
    ("a shortcut", "cv.lnk"),
)

ENTRIES = (
    _text("UTF-8", HELLO.encode(), OK, words=HELLO),
    _text("UTF-8 with its mark", HELLO.encode("utf-8-sig"), OK, words=HELLO),
    _text("UTF-16", HELLO.encode("utf-16"), OK, words=HELLO),
    _text("UTF-16 the other way", b"\xfe\xff" + HELLO.encode("utf-16-be"), OK, words=HELLO),
    _text("UTF-16 cut in a letter", HELLO.encode("utf-16")[:-1], OK, words="Åsa Öberg"),
    _text("Windows", HELLO.encode("cp1252"), OK, words=HELLO),
    _text("half UTF-8 and half Windows", HELLO.encode() + HELLO.encode("cp1252"), OK),
    _text("a ring of its own", "Sa\u030a ha\u0308r".encode(), OK, words="Så här"),
    _text("line ends of three kinds", b"ett\r\ntva\rtre\nfyra", OK, words="ett\ntva\ntre\nfyra"),
    _text("control characters", b"ett\x1b[31m\x08tva\x1a", OK, words="ett[31mtva"),
    _text("marks of direction", "ett \u202etva\u202c \u2066tre\u2069".encode(), OK),
    _text("half surrogates", b"\xff\xfe\x00\xd8h\x00e\x00j\x00", OK, words="hej"),
    _text("only blanks", b" \n\t\n ", Verdict.empty),
    _text("nothing", b"", EMPTY),
    _text("markup", b"<script>alert(1)</script> CV", OK, words="<script>alert(1)</script>"),
    _text("Typst", b'#read("/etc/passwd") #panic() $x$ @a <b>', OK, words="#panic()"),
    _no_text("a picture", PNG, NOT_IT),
    _no_text("a PDF", plain, NOT_IT),
    _no_text("a Word file", lambda: docx(p("Hej")), NOT_IT),
    _no_text("a program", b"\x7fELF" + bytes(99), NOT_IT),
    _no_text("zeros in the middle", b"Hej\0\0\0", NOT_IT),
    _no_text("UTF-16 without its mark", HELLO.encode("utf-16-le"), NOT_IT),
    _no_text("a database", b"SQLite format 3\0" + bytes(99), NOT_IT),
    _much("a line of a megabyte", b"ord " * 50_000, OK),
    _much("a word of a megabyte", b"x" * 1_000_000, Verdict.too_many_pages),
    _much("ten megabytes of short lines", b"a\n" * 5_000_000, Verdict.too_many_pages),
    _much("ten megabytes of empty lines", b"\n" * 10_000_000 + b"slut", Verdict.too_many_pages),
    _much("a hundred thousand lines", b"a\n" * 100_000, Verdict.too_many_pages),
    _much("more than ten megabytes", lambda: b"x" * (10 * 1024 * 1024 + 1), Verdict.too_big),
    *(_name(title, plain, OK, words=FOUND, called=name) for title, name in _NAMES),
    *(_name(title, plain, WRONG, called=name) for title, name in _WRONG),
    _name("the extension of another kind", plain, NOT_IT, called="cv.odt"),
    _name("large letters of another kind", lambda: docx(p("Hej på dig")), OK, words="Hej på dig", called="BREV.DocX"),
)
