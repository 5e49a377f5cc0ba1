"""What is on a page beside characters: pictures, drawn outlines, links, filled-in fields and notes."""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
from pypdfium2 import raw

from portal.documents.engines.page_frame import Rect

MOST_THINGS = 20_000  # objects, or points of outlines; a map has as many
_DEEPEST = 8
_MOST_NOTES = 1_000
_MOST_LETTERS = 4_000  # of a note or an address
SOME_OUTLINES = 4  # shapes that could be letters; a name has as many
_LONGEST_LETTER = 30  # curves of one shape; a signature's stroke has more, and so has a circle from a browser,
_FEWEST_BENDS = 6  # which never bends the other way
_STRAIGHT = 0.05  # of a turn of a quarter: less than that is none
PATTERN = (191, 191, 191)  # the colour that PDFium gives of what is filled with a pattern; a plain grey may be the same
_LONGEST_LIGATURE = 4  # letters that one sign stands for; browsers mark each such sign
_FEWEST_POINTS = 6  # of an outline that may be a letter; a line, a frame and a bar have fewer
_ROUND = 12  # points of curves in a circle or in a frame with round corners, with at most four straight lines
_NOT_DRAWN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_Matrix = tuple[float, float, float, float, float, float]


@dataclass(slots=True)
class Note:
    """Something laid over the page: where it is, what it says, where it leads."""

    rect: Rect
    is_link: bool
    says: str


@dataclass(slots=True)
class Things:
    """All of a page. ``outlines`` counts drawn shapes that could be letters, a very long one as several; ``patterned`` are
    shapes filled with a pattern, or with a grey; ``is_replaced``: text is said to read otherwise than it is drawn, or its
    pieces to be one; ``is_whole`` is False where not all was seen."""

    pictures: list[Rect] = field(default_factory=list)
    patterned: list[tuple[ctypes.c_void_p, Rect]] = field(default_factory=list)
    outlines: int = 0
    notes: list[Note] = field(default_factory=list)
    is_replaced: bool = False
    is_whole: bool = True


def things_of(page: pypdfium2.PdfPage) -> Things:
    """Looks through the page's objects, those inside forms too, and through its notes."""
    things = Things()
    left, before = MOST_THINGS, 0
    for kind, thing, matrix in _objects(page):
        left -= 1
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            if (rect := _bounds(thing, matrix)) is not None:
                things.pictures.append(rect)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            left -= max(0, raw.FPDFPath_CountSegments(thing))
            things.outlines += _outlines(thing) if left > 0 else 0
            if _may_be_pattern(thing) and (rect := _bounds(thing, matrix)) is not None:
                things.patterned.append((thing, rect))
        elif kind == raw.FPDF_PAGEOBJ_TEXT:
            mark, letters = _actual_text(thing)
            things.is_replaced |= letters > _LONGEST_LIGATURE or bool(letters and mark == before)
            before = mark
        if left <= 0 or kind == raw.FPDF_PAGEOBJ_UNKNOWN:
            things.is_whole = False
            break
    count = raw.FPDFPage_GetAnnotCount(page)
    things.is_whole = things.is_whole and count <= _MOST_NOTES
    things.notes = list(_notes(page, min(count, _MOST_NOTES)))
    return things


def _objects(page: pypdfium2.PdfPage) -> Iterator[tuple[int, ctypes.c_void_p, tuple[_Matrix, ...]]]:
    """Each object with the matrices of the forms it is in, the innermost first; one too deep down is said to be unknown."""
    count = raw.FPDFPage_CountObjects(page)
    things = [raw.FPDFPage_GetObject(page, n) for n in range(min(count, MOST_THINGS + 1))]
    waiting: list[tuple[tuple[_Matrix, ...], Any]] = [((), thing) for thing in reversed(things)]
    while waiting:
        matrices, thing = waiting.pop()
        kind = raw.FPDFPageObj_GetType(thing) if thing else raw.FPDF_PAGEOBJ_UNKNOWN
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield kind, thing, matrices
            continue
        inside = max(0, raw.FPDFFormObj_CountObjects(thing))
        matrix = raw.FS_MATRIX()
        if len(matrices) == _DEEPEST or not raw.FPDFPageObj_GetMatrix(thing, matrix):
            yield raw.FPDF_PAGEOBJ_UNKNOWN, thing, matrices
            continue
        yield kind, thing, matrices
        own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        for n in range(min(inside, MOST_THINGS) - 1, -1, -1):
            waiting.append(((own, *matrices), raw.FPDFFormObj_GetObject(thing, n)))


def _bounds(thing: ctypes.c_void_p, matrices: tuple[_Matrix, ...]) -> Rect | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
        return None
    corners = [(x.value, y.value) for x in (left, right) for y in (bottom, top)]
    for a, b, c, d, e, f in matrices:
        corners = [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
    xs, ys = zip(*corners, strict=True)
    return Rect(min(xs), min(ys), max(xs), max(ys))


def _actual_text(thing: ctypes.c_void_p) -> tuple[int, int]:
    """What marks a text as reading otherwise (ISO 32000-1, 14.9.4), as a number of its own, and how many letters that has.

    PDFium then gives all of them the place of the first piece that is so marked, and the others none.
    """
    size = ctypes.c_ulong()
    for n in range(max(0, raw.FPDFPageObj_CountMarks(thing))):
        mark = raw.FPDFPageObj_GetMark(thing, n)
        if mark and raw.FPDFPageObjMark_GetParamStringValue(mark, b"ActualText", None, 0, size) and size.value > 2:
            return ctypes.addressof(mark.contents), size.value // 2 - 1
    return 0, 0


def _may_be_pattern(path: ctypes.c_void_p) -> bool:
    """Whether it is filled, with a colour that stands for a pattern too: a portrait cut round is such a shape."""
    colour = tuple(ctypes.c_uint() for _ in range(4))
    mode, stroked = ctypes.c_int(), ctypes.c_int()
    if not raw.FPDFPath_GetDrawMode(path, mode, stroked) or not mode.value:
        return False
    return bool(raw.FPDFPageObj_GetFillColor(path, *colour)) and tuple(one.value for one in colour[:3]) == PATTERN


def _outlines(path: ctypes.c_void_p) -> int:
    """How many of its closed shapes could be letters: neither few straight lines, nor a circle or a round frame."""
    found = curves = lines = first = 0
    count = max(0, raw.FPDFPath_CountSegments(path))
    for n in range(count):
        kind = raw.FPDFPathSegment_GetType(raw.FPDFPath_GetPathSegment(path, n))
        if kind == raw.FPDF_SEGMENT_MOVETO:
            found += _letters_in(path, first, n, curves, lines)
            curves = lines = 0
            first = n
        curves += kind == raw.FPDF_SEGMENT_BEZIERTO
        lines += kind == raw.FPDF_SEGMENT_LINETO
    return found + _letters_in(path, first, count, curves, lines)


def _letters_in(path: ctypes.c_void_p, first: int, end: int, curves: int, lines: int) -> int:
    """Of one shape, by its points; a stroke that bends to and fro for long is a name by itself."""
    if curves // 3 > _LONGEST_LETTER and _bends(path, first, end) >= _FEWEST_BENDS:
        return SOME_OUTLINES
    return int(_may_be_letter(curves, lines))


def _bends(path: ctypes.c_void_p, first: int, end: int) -> int:
    """How often a shape turns from bending to one side to bending to the other."""
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for n in range(first, end):
        if raw.FPDFPathSegment_GetPoint(raw.FPDFPath_GetPathSegment(path, n), x, y):
            points.append((x.value, y.value))
    found, side = 0, 0.0
    for (ax, ay), (bx, by), (cx, cy) in zip(points, points[1:], points[2:], strict=False):
        turn = (bx - ax) * (cy - by) - (by - ay) * (cx - bx)
        if abs(turn) > _STRAIGHT * (math.hypot(bx - ax, by - ay) * math.hypot(cx - bx, cy - by)):
            found += turn * side < 0
            side = turn
    return found


def _may_be_letter(curves: int, lines: int) -> bool:
    return curves // 3 + lines >= _FEWEST_POINTS and not (curves == _ROUND and lines <= 4)


def _notes(page: pypdfium2.PdfPage, count: int) -> Iterator[Note]:
    for n in range(count):
        note = raw.FPDFPage_GetAnnot(page, n)
        if not note:
            continue
        try:
            kind, rect = raw.FPDFAnnot_GetSubtype(note), raw.FS_RECTF()
            seen = kind != raw.FPDF_ANNOT_POPUP and not raw.FPDFAnnot_GetFlags(note) & _NOT_DRAWN
            if not seen or not raw.FPDFAnnot_GetRect(note, rect):
                continue
            is_link = kind == raw.FPDF_ANNOT_LINK
            says = _address(page, note) if is_link else _words(page, note, is_field=kind == raw.FPDF_ANNOT_WIDGET)
            yield Note(_upright(rect), is_link, says)
        finally:
            raw.FPDFPage_CloseAnnot(note)


def _upright(rect: raw.FS_RECTF) -> Rect:
    xs, ys = sorted((rect.left, rect.right)), sorted((rect.bottom, rect.top))
    return Rect(xs[0], ys[0], xs[1], ys[1])


def _address(page: pypdfium2.PdfPage, note: ctypes.c_void_p) -> str:
    link = raw.FPDFAnnot_GetLink(note)
    action = raw.FPDFLink_GetAction(link) if link else None
    if not action:
        return ""
    size = raw.FPDFAction_GetURIPath(page.pdf, action, None, 0)
    held = ctypes.create_string_buffer(min(max(size, 1), _MOST_LETTERS))
    raw.FPDFAction_GetURIPath(page.pdf, action, held, len(held))
    return held.value.decode("utf-8", "replace")


def _words(page: pypdfium2.PdfPage, note: ctypes.c_void_p, *, is_field: bool) -> str:
    held = ctypes.create_string_buffer(2 * _MOST_LETTERS)
    words = ctypes.cast(held, ctypes.POINTER(raw.FPDF_WCHAR))
    said: list[str] = []
    for key in (b"Contents", b"V", b"T" if not is_field else b"TU"):
        said.append(_utf16(held, raw.FPDFAnnot_GetStringValue(note, key, words, len(held))))
    if is_field and page.formenv:
        said.append(_utf16(held, raw.FPDFAnnot_GetFormFieldValue(page.formenv, note, words, len(held))))
    return "\n".join(said)


def _utf16(held: "ctypes.Array[ctypes.c_char]", size: int) -> str:
    return held.raw[: max(0, size - 2)].decode("utf-16-le", "replace") if size <= len(held) else ""
