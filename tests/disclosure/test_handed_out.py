"""What is handed out: pictures of pages with the marks burnt in, and in no byte or dot of them what was marked."""

import io
import re
import zipfile
import zlib

import pypdfium2
from PIL import Image
from sqlalchemy import select

from portal import clock, scope
from portal.disclosure.models import CoveredRecord
from portal.disclosure.requests import Answer
from portal.disclosure.services.burning import page_count
from portal.disclosure.services.marking import review_record
from portal.disclosure.services.requesting import cover
from portal.documents.masks import WHOLE_PAGE
from tests.applicants import Sent
from tests.applications.paper import apply
from tests.disclosure.asking import UPPER, approve, entries_of, mark, note, prepared, registrar, review, shown, verbs
from tests.door import own_browser
from tests.forms import submit
from tests.interviews.meetings import give_links
from tests.world import World, publish_ad

DESK = "/arbete/utlamnande"
FORM = ("application",)


def test_what_is_marked_is_in_no_byte_and_no_dot_of_the_file(world: World, sent: Sent) -> None:
    request, (record,) = prepared(world, sent, *FORM)
    address = f"{DESK}/{request}/handlingar/{record}"
    browser = world.browser(world.region)
    assert browser.get(f"{address}.pdf").status_code == 404, "not before it is reviewed"
    with world.writing(scope.authority(world.authority)) as session:
        review(session, world, request, record, Answer.OPEN)
    plain = browser.get(f"{address}.pdf").data
    with world.writing(scope.authority(world.authority)) as session:
        mark(session, world, request, record)
        review(session, world, request, record, Answer.MASKED)
    masked = browser.get(f"{address}.pdf")
    pages = [pypdfium2.PdfDocument(data)[0] for data in (plain, masked.data)]
    before, after = (next(iter(page.get_objects())).get_bitmap().to_pil().convert("L") for page in pages)
    wide, high = after.size
    upper, lower = (0, 0, wide, high // 2), (0, high // 2 + 4, wide, high)
    assert before.crop(upper).getextrema() == (0, 255), "there was something to be read"
    assert after.crop(upper).getextrema() == (0, 0)
    assert after.crop(lower).tobytes() == before.crop(lower).tobytes()
    for said in (sent.name, sent.email, *sent.name.split()):
        for data in (plain, masked.data):
            assert said.encode() not in data and said.encode("utf-16-be") not in data
    assert all(page.get_textpage().get_text_bounded() == "" for page in pages)
    assert pypdfium2.PdfDocument(masked.data).get_metadata_dict(skip_empty=True) == {}
    for word in (b"/Info", b"/Metadata", b"/Font", b"/Author"):
        assert word not in masked.data
    assert masked.headers["Cache-Control"] == "no-store"
    assert verbs(world).count("record.handed_out") == 2


def test_a_file_with_words_a_layer_and_a_history_is_handed_out_without_any_of_them(world: World) -> None:
    """What was sent has its words in a text layer; what is handed out has a picture of each page and not a byte more."""
    own = own_browser(world)
    apply(own, publish_ad(world))
    entry = next(row for row in entries_of(world) if row.kind == "cv")
    sent_file = world.browser(world.region).get("/arbete/inkomna/register.zip?filer=ja").data
    original = zipfile.ZipFile(io.BytesIO(sent_file)).read("handlingar/00002-cv.pdf")
    words = [
        word for page in pypdfium2.PdfDocument(original) for word in page.get_textpage().get_text_bounded().split()
    ]
    assert len(words) > 1, "there is something to be found"
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
        cover(
            session, actor=registrar(world), request_id=request, offered={entry.id}, wanted={entry.id}, at=clock.now()
        )
        (record,) = [row.id for row in session.scalars(select(CoveredRecord))]
        pages = page_count(session, entry)
        for page in range(1, pages + 1):
            mark(session, world, request, record, box=WHOLE_PAGE, page=page)
            approve(session, world, request, record, page=page)
        review_record(
            session, actor=registrar(world), request_id=request, record_id=record, shown=shown(session, record),
            answer=Answer.MASKED, protected=False, ground="", reason="", pages=pages, at=clock.now(),
        )  # fmt: skip
    data = world.browser(world.region).get(f"{DESK}/{request}/handlingar/{record}.pdf").data
    assert (data.count(b"%%EOF"), data.count(b"startxref")) == (1, 1), "no earlier version below"
    for part in (b"/Thumb", b"/EmbeddedFile", b"/Annots", b"/OCProperties", b"/AcroForm", b"/Prev", b"/XMP", b"/Font"):
        assert part not in data
    unpacked = data + b"".join(zlib.decompressobj().decompress(piece) for piece in streams(data))
    for word in {word for word in words if len(word) > 3}:
        for spelling in (word.encode(), word.encode("utf-16-be"), word.encode("latin-1", "ignore").hex().encode()):
            assert spelling not in unpacked
    for page in pypdfium2.PdfDocument(data):
        picture = next(iter(page.get_objects())).get_bitmap().to_pil().convert("L")
        assert picture.getextrema() == (0, 0), "all of it is covered"


def streams(data: bytes) -> list[bytes]:
    return [one for one in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", data, re.S) if one[:1] == b"x"]


def test_a_withdrawn_application_is_covered_too(world: World, sent: Sent) -> None:
    token = give_links(world, world.party, [sent])[sent.id]
    leave = f"/ansokan/{token}/ta-tillbaka"  # all that may be erased is erased: nothing of this may be
    assert submit(own_browser(world), leave, {"copies": True}, "Ta tillbaka ansökan").status_code == 303
    request, (record,) = prepared(world, sent, *FORM)
    browser = world.browser(world.region)
    assert "Tillbakatagen" in browser.get(f"{DESK}/{request}").get_data(as_text=True)
    assert browser.get(f"{DESK}/{request}/handlingar/{record}/1.png").data.startswith(b"\x89PNG")


def test_a_mark_drawn_after_the_review_asks_for_another(world: World, sent: Sent) -> None:
    request, (record,) = prepared(world, sent, *FORM)
    with world.writing(scope.authority(world.authority)) as session:
        review(session, world, request, record, Answer.OPEN)
        mark(session, world, request, record, box=UPPER)
        assert session.get_one(CoveredRecord, record).handed_out == ""
    assert world.browser(world.region).get(f"{DESK}/{request}/handlingar/{record}.pdf").status_code == 404


def test_a_picture_in_the_file_is_a_whole_picture(world: World, sent: Sent) -> None:
    """The page that is marked is the page that is handed out: the same dots."""
    request, (record,) = prepared(world, sent, *FORM)
    browser = world.browser(world.region)
    shown = browser.get(f"{DESK}/{request}/handlingar/{record}/1.png").data
    with world.writing(scope.authority(world.authority)) as session:
        review(session, world, request, record, Answer.OPEN)
    page = pypdfium2.PdfDocument(browser.get(f"{DESK}/{request}/handlingar/{record}.pdf").data)[0]
    drawn = Image.open(io.BytesIO(shown)).convert("L")
    assert next(iter(page.get_objects())).get_bitmap().to_pil().convert("L").tobytes() == drawn.tobytes()
