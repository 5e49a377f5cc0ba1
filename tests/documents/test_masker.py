"""Masks: wherever a name stands on a page its pixels are covered, or a human is told to look; and nothing else is touched."""

import io
import struct

import pytest
from PIL import Image, ImageChops, ImageDraw

from portal.documents.engines import masker, pdf_pages, places, reader
from portal.documents.engines.child import LETTER
from portal.documents.masking import MASK, Known, masked
from portal.documents.masks import WHOLE_PAGE, Box, Doubt, read_boxes
from portal.documents.reading import Verdict
from tests.documents import hostile
from tests.documents.named_pages import (
    FIELD,
    FREE_TEXT,
    GARBLED,
    LINK,
    NAME,
    NAMED,
    OTHERS,
    OUTLINES,
    OUTSIDE,
    PHOTO,
    SCAN,
    STRIPS,
    WHITE,
    layer_off,
    shown,
    with_notes,
)  # fmt: skip

KNOWN = Known(NAME, "karin.lind@example.se", "070-174 06 20")
EDGE = 3  # pixels beyond a box that may be covered too


@pytest.fixture(autouse=True)
def _a_machine_with_much_to_do_is_given_time(monkeypatch):
    monkeypatch.setattr(masker, "BUDGET", 90.0)
    monkeypatch.setattr(places, "WAIT_FOR_CHILD", 60.0)


def picture(data: bytes) -> Image.Image:
    """The first page as it is drawn without masks; these files are our own."""
    return pdf_pages.drawn(pdf_pages.opened(data)[0])


def opened(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def where(named, bare: Image.Image) -> list[tuple[int, int, int, int]]:
    """The boxes on the picture that the pieces of the name take: where it differs from the page without them."""
    return [ImageChops.difference(picture(named.with_only(n)), bare).getbbox() for n in range(len(named.pieces))]


def both(data: bytes, kind: str = "pdf"):
    """What is suggested, and the pages with just that burnt in."""
    suggested = masker.suggest_masks(data, kind, KNOWN)
    assert suggested.verdict is Verdict.ok
    burnt = masker.burn_masks(data, kind, {page.number: page.boxes for page in suggested.pages})
    assert burnt.verdict is Verdict.ok
    assert [page.number for page in burnt.pages] == [page.number for page in suggested.pages]
    return suggested, burnt


def is_black(image: Image.Image, area: tuple[int, int, int, int]) -> bool:
    return image.crop(area).getextrema() == ((0, 0), (0, 0), (0, 0))


def outside_is_untouched(image: Image.Image, before: Image.Image, boxes) -> bool:
    """Every pixel beyond the boxes and their edges is the one that was drawn."""
    change = ImageChops.difference(image, before)
    pen, (wide, high) = ImageDraw.Draw(change), image.size
    for box in boxes:
        corner = (box.left * wide - EDGE, box.top * high - EDGE, box.right * wide + EDGE, box.bottom * high + EDGE)
        pen.rectangle(corner, fill=(0, 0, 0))
    return image.size == before.size and change.getbbox() is None


@pytest.mark.parametrize("named", NAMED, ids=lambda named: named.title)
def test_every_pixel_of_the_name_is_covered_and_every_other_is_left(named):
    suggested, burnt = both(named.whole())
    (page,), (done,) = suggested.pages, burnt.pages
    image, before, bare = opened(done.picture), picture(named.whole()), picture(named.with_only())
    assert not ImageChops.multiply(ImageChops.difference(before, bare), image).getbbox()  # what differs is black
    assert len(named.pieces) > 3 or all(is_black(image, area) for area in where(named, bare))
    assert outside_is_untouched(image, before, page.boxes)
    assert masked(done.text, KNOWN) == done.text
    assert not {"karin", "lind", "linds"} & set(done.text.casefold().replace("-", " ").split())
    assert all(words in done.text for words in named.others)
    assert read_boxes([[box.left, box.top, box.right, box.bottom] for box in page.boxes]) == page.boxes
    assert sum((box.right - box.left) * (box.bottom - box.top) for box in page.boxes) < 0.3


@pytest.mark.parametrize(
    ("data", "doubt"),
    [
        (OUTLINES.whole(), Doubt.OUTLINES),
        (SCAN.whole(), Doubt.PICTURE_TEXT),
        (STRIPS.whole(), Doubt.PICTURE_TEXT),
        (layer_off(), Doubt.HIDDEN_LAYER),
        (WHITE.whole(), Doubt.HIDDEN_LAYER),
        (OUTSIDE.whole(), Doubt.HIDDEN_LAYER),
        (GARBLED.whole(), Doubt.UNREADABLE),
        (with_notes(FIELD, fields=True), Doubt.FORM_OR_NOTE),
        (with_notes(FREE_TEXT), Doubt.FORM_OR_NOTE),
        (hostile.pdf(hostile.CATALOG, hostile.PAGES, hostile.page(), hostile.stream(shown(b"en lind", 60, 700)),
                     hostile.HELVETICA), Doubt.DOUBTFUL_WORD),
    ],
)  # fmt: skip
def test_what_only_a_hand_can_mask_is_said_of_the_page(data, doubt):
    suggested, burnt = both(data)
    assert suggested.pages[0].doubts == (doubt,)
    assert doubt.text.endswith(".")
    assert "karin" not in burnt.pages[0].text.casefold()


@pytest.mark.parametrize("named", [SCAN, STRIPS], ids=lambda named: named.title)
def test_a_scanned_page_is_not_covered_by_the_machine(named):
    assert masker.suggest_masks(named.whole(), "pdf", KNOWN).pages[0].boxes == ()


def test_an_honest_page_has_no_doubts():
    assert masker.suggest_masks(hostile.plain(), "pdf", KNOWN).pages == (masker.PageSuggestion(1, (), ()),)


def test_a_photo_is_covered():
    _suggested, burnt = both(PHOTO.whole())
    assert is_black(opened(burnt.pages[0].picture), where(PHOTO, picture(PHOTO.with_only()))[0])


def test_words_that_do_not_show_are_not_in_the_text_even_where_a_human_took_the_box_away():
    for data in (layer_off(), WHITE.whole(), OUTSIDE.whole()):
        text = masker.burn_masks(data, "pdf", {1: ()}).pages[0].text
        assert "Karin" not in text and OTHERS[0] in text


def test_a_field_and_a_note_with_the_name_are_covered():
    for note, fields in ((FIELD, True), (FREE_TEXT, False)):
        (box,) = masker.suggest_masks(with_notes(note, fields=fields), "pdf", KNOWN).pages[0].boxes
        assert (box.left, box.top) == (pytest.approx(60 / 595, abs=0.01), pytest.approx((842 - 724) / 842, abs=0.01))


@pytest.mark.parametrize(
    ("target", "boxes"),
    [(b"mailto:x@example.se", 1), (b"https://www.linkedin.com/in/k-l", 1), (b"https://example.se/karin%2dlind", 1),
     (b"https://www.example.se/budget", 0)],
)  # fmt: skip
def test_a_link_is_covered_where_it_leads_to_the_person(target, boxes):
    (page,) = masker.suggest_masks(with_notes(LINK % target), "pdf", KNOWN).pages
    assert (len(page.boxes), page.doubts) == (boxes, ())


@pytest.mark.parametrize(("kind", "data"), [("docx", hostile.docx(hostile.p("1"))), ("odt", hostile.odt(""))])
def test_a_file_whose_pictures_do_not_stand_on_its_pages_is_a_doubt(kind, data):
    assert masker.suggest_masks(data, kind, KNOWN).pages[0].doubts == (Doubt.UNREADABLE,)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (hostile.docx(hostile.p("Karin Lind söker") + hostile.p("Nås på karin.lind@example.se")), "docx"),
        (hostile.odt("<text:p>Karin Lind söker</text:p><text:p>Nås på karin.lind@example.se</text:p>"), "odt"),
        ("Karin Lind söker\nNås på karin.lind@example.se".encode(), "txt"),
        ("Karin Lind söker\n\nNås på karin.lind@example.se".encode(), LETTER),
    ],
)
def test_files_of_words_and_letters_are_masked_on_the_pages_they_become(data, kind):
    suggested, burnt = both(data, kind)
    assert len(suggested.pages[0].boxes) == 2
    text = burnt.pages[0].text
    assert f"{MASK} söker" in text and f"Nås på {MASK}" in text
    before = opened(reader.draw_pages(data, kind, 1, 1).pictures[0])
    assert outside_is_untouched(opened(burnt.pages[0].picture), before, suggested.pages[0].boxes)
    image = opened(burnt.pages[0].picture)
    for box in suggested.pages[0].boxes:
        area = (int(box.left * image.width), int(box.top * image.height), int(box.right * image.width) + 1,
                int(box.bottom * image.height) + 1)  # fmt: skip
        assert is_black(image, area)


def test_boxes_drawn_by_hand_are_burnt_to_the_pixel_and_take_the_text_with_them():
    box = Box(0.05, 0.366, 0.9, 0.386)  # over the first line of words
    data = NAMED[0].with_only()
    (page,) = masker.burn_masks(data, "pdf", {1: [box]}).pages
    assert OTHERS[0] not in page.text and MASK in page.text and OTHERS[1] in page.text
    assert outside_is_untouched(opened(page.picture), picture(data), [box])


def test_a_word_partly_under_a_box_loses_the_letters_that_are_covered():
    (found,) = masker.suggest_masks(NAMED[0].whole(), "pdf", KNOWN).pages[0].boxes
    to_the_l = Box(found.left, found.top, found.left + 0.66 * (found.right - found.left), found.bottom)
    (page,) = masker.burn_masks(NAMED[0].whole(), "pdf", {1: [to_the_l]}).pages
    assert page.text.endswith(f"{MASK}ind")


def test_the_picture_carries_nothing_but_its_pixels():
    (page,) = masker.burn_masks(NAMED[0].whole(), "pdf", {1: ()}).pages
    kinds, place = set(), 8
    while place < len(page.picture):
        (length,) = struct.unpack_from(">I", page.picture, place)
        kinds.add(page.picture[place + 4 : place + 8])
        place += 12 + length
    assert kinds <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def test_only_the_pages_that_are_named_are_drawn():
    burnt = masker.burn_masks(hostile.many_pages(7), "pdf", {2: (), 7: (WHOLE_PAGE,), 3: (), 5: (), 4: ()})
    assert burnt.verdict is Verdict.ok
    assert ([page.number for page in burnt.pages], burnt.page_count) == ([2, 3, 4, 5, 7], 7)
    assert is_black(opened(burnt.pages[-1].picture), (0, 0, *opened(burnt.pages[-1].picture).size))
    assert masker.burn_masks(hostile.many_pages(2), "pdf", {1: (), 3: ()}).verdict is Verdict.stuck
    assert masker.burn_masks(hostile.many_pages(2), "pdf", {}).pages == ()


def test_every_page_of_a_long_file_has_its_suggestion():
    suggested = masker.suggest_masks(hostile.many_pages(23), "pdf", KNOWN)
    assert suggested.verdict is Verdict.ok
    assert [page.number for page in suggested.pages] == list(range(1, 24))
