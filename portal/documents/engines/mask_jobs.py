"""What the limited child does for masks: where on a page is what tells who wrote it, and a page with masks burnt in."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

import pypdfium2
from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import raw

from portal.documents.engines import pdf_pages
from portal.documents.engines.accents import accents_of, with_accents
from portal.documents.engines.page_characters import Character, around, as_laid_out, as_text, characters_of, runs
from portal.documents.engines.page_frame import Frame, Rect
from portal.documents.engines.page_things import PATTERN, SOME_OUTLINES, Note, Things, things_of
from portal.documents.kinds import clean_text
from portal.documents.masking import MASK, Known, Seek, leads_to_person, spans_of
from portal.documents.masks import WHOLE_PAGE, Box, Doubt, covered, merged, union
from portal.documents.reading import DocumentRefused

_LOOKED_AT = 1000  # pixels of the picture by which it is seen whether a word shows at all
_PAD = 0.08  # of a letter's height: its outline may reach out of its box
_MOST_OF_PAGE = 0.5  # a picture that is as large is the page, not a photo on it
_PAINT = (255, 0, 254)
_MOST_PATTERNS = 200  # a page; the largest
_LARGE_MARK, _MANY_MARKS = 0.02, 0.1  # of the page: one picture, and all together
_FEW_LETTERS = 20
_UNREAD_IN_A_ROW = 3  # characters of no known letter; one or two are the signs before a telephone number
_FLAT = 12  # steps of 255 by which colours differ where nothing is to be seen
_LARGE_WORD = 0.05  # of the page: not looked at, it would take long
_AROUND = 2  # pixels beyond each box
_LEGIBLE = 3  # pixels inside a word's outlines; of a smaller one its whole place is looked at
_ONE = "▇"
_ROW = re.compile(f"{_ONE}(?:[ \u00a0]{{0,3}}{_ONE})*")
_BANDS = 50


def suggest(
    pdf: pypdfium2.PdfDocument, number: int, known: Known, seek: Seek = Seek.WRITER
) -> tuple[tuple[Box, ...], set[Doubt]]:
    """The boxes of one page (from 1) and what only a hand can mask there. What cannot be looked through is covered whole."""
    try:
        page = pdf[number - 1]
        frame, characters = Frame(page), characters_of(page)
        things = things_of(page)
        if characters is None or not things.is_whole:
            return (WHOLE_PAGE,), {Doubt.UNREADABLE}
        words, doubts = _secret_words(characters, known, seek)
        boxes = [box for rect in words if (box := frame.box(rect)) is not None]
        boxes += _note_boxes(things.notes, frame, known, seek)
        image = pdf_pages.drawn(page, _LOOKED_AT)
        _take_patterns(page, things, frame, characters, image, doubts)
        boxes += _picture_boxes(things, frame, characters, doubts, seek)
        doubts |= _doubts_of(things, characters)
        if any(not seen for _word, seen in _words_seen(characters, frame, image)):
            doubts.add(Doubt.HIDDEN_LAYER)
    except (pypdfium2.PdfiumError, DocumentRefused):
        return (), {Doubt.UNREADABLE}
    return merged(boxes), doubts


def _secret_words(characters: list[Character], known: Known, seek: Seek) -> tuple[list[Rect], set[Doubt]]:
    """Both in the order in which the file draws its letters and in the one in which they stand on the page."""
    laid_out, places = as_laid_out(characters)
    readings: list[tuple[str, list[int | None]]] = [
        (as_text(characters), [*range(len(characters))]),
        (laid_out, places),
    ]
    if accents := accents_of(characters, *(numbers for _text, numbers in readings)):
        readings += [with_accents(characters, numbers, accents, text) for text, numbers in readings]
    rects: list[Rect] = []
    sure: set[int] = set()
    unsure: set[int] = set()
    for text, numbers in readings:
        for span in spans_of(seek, text, known):
            letters = [n for n in numbers[span.start : span.end] if n is not None]
            found = [n for letter in letters for n in (letter, accents.get(letter)) if n is not None]
            (sure if span.sure else unsure).update(n for n in found if characters[n].is_ink)
            if span.sure:
                rects += [rect.grown(_PAD * (rect.top - rect.bottom)) for rect in runs(characters, found)]
    return rects, {Doubt.DOUBTFUL_WORD} if unsure - sure else set()


def _note_boxes(notes: Iterable[Note], frame: Frame, known: Known, seek: Seek) -> list[Box]:
    """Links that lead to the person, and fields and remarks that name them."""
    boxes: list[Box] = []
    for note in notes:
        if note.is_link and seek is Seek.WRITER:
            secret = leads_to_person(unquote(note.says), known)
        else:
            secret = any(span.sure for span in spans_of(seek, unquote(note.says) if note.is_link else note.says, known))
        box = frame.box(note.rect) if secret else None
        boxes += [box] if box is not None else []
    return boxes


def _picture_boxes(
    things: Things, frame: Frame, characters: list[Character], doubts: set[Doubt], seek: Seek
) -> list[Box]:
    """A box over each picture; but where a picture, or many that fill it, is the page itself, a doubt. Where a photo is not
    what is sought, words in a picture may be: a doubt, unless it is no larger than a mark of an employer's."""
    boxes = [box for rect in things.pictures if (box := frame.box(rect)) is not None]
    if seek is not Seek.WRITER:
        sizes = [*map(_size, boxes)]
        if max(sizes, default=0) >= _LARGE_MARK or sum(sizes) >= _MANY_MARKS:
            doubts.add(Doubt.PICTURE_TEXT)
        return []
    photos = [box for box in boxes if _size(box) < _MOST_OF_PAGE]
    if len(photos) < len(boxes):
        doubts.add(Doubt.PICTURE_TEXT)
    if sum(map(_size, photos)) >= _MOST_OF_PAGE and sum(each.is_ink for each in characters) < _FEW_LETTERS:
        doubts.add(Doubt.PICTURE_TEXT)
        return []
    return photos


def _take_patterns(
    page: pypdfium2.PdfPage,
    things: Things,
    frame: Frame,
    characters: list[Character],
    image: Image.Image,
    doubts: set[Doubt],
) -> None:
    """What is filled with a picture is one, such as a portrait that is cut round; where words stand on it, a doubt.

    PDFium does not say whether a fill is a pattern or a grey. So each is painted over in the page's copy in memory, and is a
    grey where what it then takes was grey before.
    """
    looked_at = sorted(
        things.patterned, key=lambda each: (each[1].right - each[1].left) * (each[1].bottom - each[1].top)
    )
    for path, _rect in looked_at[:_MOST_PATTERNS]:
        raw.FPDFPageObj_SetFillColor(path, *_PAINT, 255)
    painted = _only(pdf_pages.drawn(page, _LOOKED_AT), _PAINT) if looked_at else image
    grey = _only(image, PATTERN) if looked_at else image
    for _path, rect in looked_at[:_MOST_PATTERNS]:
        box = frame.box(rect)
        area = _pixels(box, image, 0) if box is not None else (0, 0, 0, 0)
        taken = painted.crop(area)
        if 2 * ImageChops.multiply(taken, grey.crop(area)).histogram()[255] < taken.histogram()[255]:
            if sum(rect.holds(each.rect) for each in characters if each.is_ink and each.rect) < _FEW_LETTERS:
                things.pictures.append(rect)
            else:
                doubts.add(Doubt.PICTURE_TEXT)


def _only(image: Image.Image, colour: tuple[int, int, int]) -> Image.Image:
    """White where the picture has exactly this colour, black elsewhere."""
    red, green, blue = (
        band.point([255 * (level == wanted) for level in range(256)])
        for band, wanted in zip(image.split(), colour, strict=True)
    )
    return ImageChops.multiply(ImageChops.multiply(red, green), blue)


def _size(box: Box) -> float:
    return (box.right - box.left) * (box.bottom - box.top)


def _doubts_of(things: Things, characters: list[Character]) -> set[Doubt]:
    doubts: set[Doubt] = set()
    if things.outlines >= SOME_OUTLINES:
        doubts.add(Doubt.OUTLINES)
    if any(not note.is_link for note in things.notes):
        doubts.add(Doubt.FORM_OR_NOTE)
    if things.is_replaced:
        doubts.add(Doubt.UNREADABLE)
    in_a_row = 0
    for each in characters:
        in_a_row = (0 if each.is_known else in_a_row + 1) if each.is_ink else in_a_row
        if in_a_row == _UNREAD_IN_A_ROW:
            doubts.add(Doubt.UNREADABLE)
    return doubts


def _words_seen(
    characters: list[Character], frame: Frame, image: Image.Image
) -> Iterable[tuple[list[tuple[int, Box | None]], bool]]:
    """The page's words as PDFium has them, each with whether anything shows where it stands."""
    word: list[tuple[int, Box | None]] = []
    for number, each in enumerate(characters):
        if each.is_ink and each.rect is not None:
            word.append((number, frame.box(each.rect)))
        elif word:
            yield word, _shows(word, characters, frame, image)
            word = []
    if word:
        yield word, _shows(word, characters, frame, image)


def _shows(word: list[tuple[int, Box | None]], characters: list[Character], frame: Frame, image: Image.Image) -> bool:
    """Within the outlines of its letters, where there are some: a bar over a line hides its ink, not all of its height."""
    boxes = [box for _number, box in word if box is not None]
    if not boxes:
        return False
    whole = union(boxes)
    if _size(whole) > _LARGE_WORD:
        return True
    area = _pixels(whole, image, 0)
    if sum(characters[number].letter.isalnum() for number, _box in word) > 1:  # a dash is ink all over
        rects = [rect for number, _box in word if (rect := characters[number].outline) is not None]
        inked = frame.box(around(rects)) if rects else None
        inside = _pixels(inked, image, -1) if inked is not None else area
        area = inside if min(inside[2] - inside[0], inside[3] - inside[1]) >= _LEGIBLE else area
    bands = image.crop(area).getextrema()
    return any(high - low > _FLAT for low, high in bands)  # type: ignore[misc]


def _pixels(box: Box, image: Image.Image, around: int) -> tuple[int, int, int, int]:
    """The pixels a box touches, and so many more on each side."""
    wide, high = image.size
    left, top = int(box.left * wide) - around, int(box.top * high) - around
    right, bottom = -int(-box.right * wide // 1) + around, -int(-box.bottom * high // 1) + around
    return max(0, left), max(0, top), min(wide, right), min(high, bottom)


def burn(pdf: pypdfium2.PdfDocument, number: int, boxes: Sequence[Box], most: int | None = None) -> tuple[bytes, str]:
    """The PNG of one page (from 1) with every box filled, and of its text what is still to be seen. ``most``: bytes that the
    PNG should keep to.

    Raises `DocumentRefused` where the page cannot be drawn.
    """
    page = pdf_pages.page_of(pdf, number)
    image = pdf_pages.drawn(page)
    text = _text_left(page, image, boxes)
    pen = ImageDraw.Draw(image)
    for box in boxes:
        left, top, right, bottom = _pixels(box, image, _AROUND)
        pen.rectangle((left, top, right - 1, bottom - 1), fill=(0, 0, 0))
    return pdf_pages.as_png(image, most), text


def _text_left(page: pypdfium2.PdfPage, image: Image.Image, boxes: Sequence[Box]) -> str:
    """Nothing under a mask, and nothing that does not show: nobody would have seen that it had to be masked."""
    try:
        characters, frame = characters_of(page), Frame(page)
    except pypdfium2.PdfiumError:
        return ""
    bands = _in_bands(boxes)
    letters = ["" if each.is_ink else each.letter for each in characters or ()]
    for word, seen in _words_seen(characters or [], frame, image):
        for number, box in word:
            if seen and box is not None and characters:
                near = {each for band in bands[int(box.top * _BANDS) : int(box.bottom * _BANDS) + 1] for each in band}
                letters[number] = _ONE if covered(box, near) else characters[number].letter
    return clean_text(_ROW.sub(MASK, "".join(letters)))


def _in_bands(boxes: Sequence[Box]) -> list[list[Box]]:
    bands: list[list[Box]] = [[] for _ in range(_BANDS + 1)]
    for box in boxes:
        for band in bands[int(box.top * _BANDS) : int(box.bottom * _BANDS) + 1]:
            band.append(box)
    return bands
