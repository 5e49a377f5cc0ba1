"""The characters of a page with their places, in PDFium's order and in the order in which they stand on the page."""

import ctypes
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pypdfium2
from pypdfium2 import raw

from portal.documents.engines.page_frame import Rect

MOST_CHARACTERS = 60_000  # a page; a newspaper's has a tenth of it
_HYPHEN = 2  # what PDFium says of a hyphen at a line's end
_PRIVATE = range(0xE000, 0xF900)
_COLUMN = 1.8  # heights of a letter: a gap as wide parts columns
_SPACE = 0.18
_NEXT_LINE = 2.6
_QUARTER = math.pi / 2


@dataclass(slots=True)
class Character:
    """One letter. ``rect`` is all of its place, None for spaces and line ends that PDFium adds; ``outline`` its ink's;
    ``quarter``: turned by so many quarters."""

    letter: str
    rect: Rect | None
    quarter: int
    is_known: bool
    outline: Rect | None = None

    @property
    def is_ink(self) -> bool:
        """Whether it is more than a space."""
        return self.rect is not None and not self.letter.isspace()

    @property
    def line(self) -> tuple[float, float, float, float]:
        """Along the line of print from where to where, and across it from where to where, however the text is turned."""
        assert self.rect is not None
        r = self.rect
        return (
            (r.left, r.right, -r.top, -r.bottom),
            (r.bottom, r.top, r.left, r.right),
            (-r.right, -r.left, r.bottom, r.top),
            (-r.top, -r.bottom, -r.right, -r.left),
        )[self.quarter]


def characters_of(page: pypdfium2.PdfPage) -> list[Character] | None:
    """Every character in PDFium's order; None where there are more than anybody writes on a page."""
    text = page.get_textpage()
    count = text.count_chars()
    if count > MOST_CHARACTERS:
        return None
    return [_character(text, number) for number in range(count)]


def _character(text: pypdfium2.PdfTextPage, number: int) -> Character:
    code = raw.FPDFText_GetUnicode(text, number)
    letter = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
    if raw.FPDFText_IsGenerated(text, number) == 1:
        return Character(letter, None, 0, is_known=True)
    known = letter != "\ufffd" and code not in _PRIVATE and raw.FPDFText_HasUnicodeMapError(text, number) != 1
    angle = raw.FPDFText_GetCharAngle(text, number)
    quarter = round(-angle / _QUARTER) % 4 if math.isfinite(angle) else 0  # PDFium turns clockwise
    outline = _outline(text, number)
    return Character(letter, _with_line(text, number, outline), quarter, known or code == _HYPHEN, outline)


def _outline(text: pypdfium2.PdfTextPage, number: int) -> Rect | None:
    """What a letter's ink takes."""
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(text, number, left, right, bottom, top):
        return None
    found = left.value, bottom.value, right.value, top.value
    return Rect(*found) if all(map(math.isfinite, found)) else None


def _with_line(text: pypdfium2.PdfTextPage, number: int, outline: Rect | None) -> Rect | None:
    """All of a letter's place: what its outline takes, and the height of its line."""
    loose = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, number, loose):
        return outline
    left, bottom, right, top = loose.left, loose.bottom, loose.right, loose.top
    if not all(map(math.isfinite, (left, bottom, right, top))):
        return outline
    if outline is None:
        return Rect(min(left, right), min(bottom, top), max(left, right), max(bottom, top))
    xs, ys = (left, right, outline.left, outline.right), (bottom, top, outline.bottom, outline.top)
    return Rect(min(xs), min(ys), max(xs), max(ys))


def around(rects: Sequence[Rect]) -> Rect:
    """The smallest rectangle that holds all of these; there is at least one."""
    return Rect(
        min([r.left for r in rects]),
        min([r.bottom for r in rects]),
        max([r.right for r in rects]),
        max([r.top for r in rects]),
    )


def as_text(characters: list[Character]) -> str:
    """One letter a character: places in the text are numbers of characters."""
    return "".join(each.letter for each in characters)


@dataclass(slots=True)
class _Piece:
    """Letters of one line that stand close together."""

    quarter: int
    left: float
    right: float
    top: float
    bottom: float
    numbers: list[int]


def as_laid_out(characters: list[Character]) -> tuple[str, list[int | None]]:
    """The text as the eye finds it, whatever order it was drawn in: columns apart, line after line in each.

    With it the number of the character each letter is; None for spaces and line ends.
    """
    letters: list[str] = []
    numbers: list[int | None] = []
    for block in _blocks(characters):
        for piece in block:
            for number, gap in _with_gaps(characters, piece):
                letters += (" ", characters[number].letter) if gap else (characters[number].letter,)
                numbers += (None, number) if gap else (number,)
            letters.append("\n")
            numbers.append(None)
        letters.append("\n")
        numbers.append(None)
    return "".join(letters), numbers


def _with_gaps(characters: list[Character], piece: _Piece) -> Iterator[tuple[int, bool]]:
    """Its letters, each with whether there is a space before it; one that is drawn twice for weight comes once."""
    before: Character | None = None
    for number in piece.numbers:
        here = characters[number]
        left, _right, top, bottom = here.line
        if before is None:
            yield number, False
        else:
            high = max(bottom - top, 0.1)
            if here.letter == before.letter and abs(left - before.line[0]) < 0.15 * high:
                continue
            yield number, left - before.line[1] > _SPACE * high
        before = here


def _blocks(characters: list[Character]) -> Iterator[list[_Piece]]:
    """Lines that stand under each other."""
    last: list[_Piece] = []
    blocks: dict[int, list[_Piece]] = {}
    for piece in _pieces(characters):
        near = [
            other
            for other in last[-60:]
            if other.quarter == piece.quarter
            and other.left < piece.right
            and piece.left < other.right
            and 0 < piece.top - other.top < _NEXT_LINE * max(0.1, other.bottom - other.top)
            and blocks[id(other)][-1] is other
        ]
        block = blocks[id(near[-1])] if near else []
        block.append(piece)
        blocks[id(piece)] = block
        last.append(piece)
    seen: set[int] = set()
    for piece in last:
        block = blocks[id(piece)]
        if id(block) not in seen:
            seen.add(id(block))
            yield block


def _pieces(characters: list[Character]) -> Iterator[_Piece]:
    """Lines from the top down, each cut where a column ends."""
    for quarter in range(4):
        inked = [n for n, each in enumerate(characters) if each.is_ink and each.quarter == quarter]
        inked.sort(key=lambda n: characters[n].line[2] + characters[n].line[3])
        line: list[int] = []
        for number in inked:
            if line and not _on_one_line(characters[line[-1]], characters[number]):
                yield from _cut(characters, line, quarter)
                line = []
            line.append(number)
        yield from _cut(characters, line, quarter)


def _on_one_line(one: Character, other: Character) -> bool:
    """Whether the second one's middle is no further down than a third of the smaller one's height."""
    _, _, top, bottom = one.line
    _, _, other_top, other_bottom = other.line
    high = max(0.1, min(bottom - top, other_bottom - other_top))
    return abs((top + bottom) - (other_top + other_bottom)) / 2 < 0.34 * high


def _cut(characters: list[Character], line: list[int], quarter: int) -> Iterator[_Piece]:
    piece: _Piece | None = None
    for number in sorted(line, key=lambda n: characters[n].line[0]):
        left, right, top, bottom = characters[number].line
        if piece is not None and left - piece.right < _COLUMN * max(0.1, bottom - top):
            piece.right, piece.top, piece.bottom = (
                max(piece.right, right),
                min(piece.top, top),
                max(piece.bottom, bottom),
            )
            piece.numbers.append(number)
            continue
        if piece is not None:
            yield piece
        piece = _Piece(quarter, left, right, top, bottom, [number])
    if piece is not None:
        yield piece


def runs(characters: list[Character], numbers: list[int]) -> Iterator[Rect]:
    """One rectangle for each stretch of these characters that stands on one line."""
    run: list[Character] = []
    for number in numbers:
        here = characters[number]
        if here.rect is None:
            continue
        if run and not _follows(run[-1], here):
            yield _around(run)
            run = []
        run.append(here)
    if run:
        yield _around(run)


def _follows(one: Character, other: Character) -> bool:
    if one.quarter != other.quarter:
        return False
    left, right, top, bottom = one.line
    other_left, other_right, other_top, other_bottom = other.line
    high = max(0.1, bottom - top)
    shared = min(bottom, other_bottom) - max(top, other_top)
    return shared > 0.5 * min(high, other_bottom - other_top) and max(other_left - right, left - other_right) < 2 * high


def _around(run: list[Character]) -> Rect:
    return around([each.rect for each in run if each.rect is not None])
