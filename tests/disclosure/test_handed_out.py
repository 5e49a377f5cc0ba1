"""What is handed out: pictures of pages with the marks burnt in, and in no byte or dot of them what was marked."""

import io

import pypdfium2
from PIL import Image

from portal import clock, scope
from portal.applications.models import Application
from portal.disclosure.models import CoveredRecord
from portal.disclosure.requests import Answer
from tests.applicants import Sent
from tests.disclosure.asking import UPPER, mark, prepared, review, verbs
from tests.world import World

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


def test_a_withdrawn_application_is_covered_too(world: World, sent: Sent) -> None:
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Application, sent.id)
        row.state, row.withdrawn_at = "withdrawn", clock.now()
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
