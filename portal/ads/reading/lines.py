"""The lines of a posting as pasted or drawn out of a file, cleaned of what writing programs and page breaks leave."""

import re
import unicodedata

READ_AT_MOST = 60_000
"""Characters that are read. A posting has two to ten thousand; what lies beyond is something else."""

_MARKS_KEPT = 4
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"})
_SPACES_AND_HYPHENS = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2010": "-", "\u2011": "-"})
_BREAK = re.compile(r"\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_BULLET = re.compile(r"(?:[•*·▪◦‣●○■□➢✓\uf0b7]\s?|[-–—]\s?(?=[^\W\d])|o\s|\d{1,2}[.)]\s)")
_ONLY_BULLET = frozenset("-–—•*·▪◦‣●○■□➢✓\uf0b7")
_PAGE_NUMBER = re.compile(
    r"(?:sida|sid)\s\d{1,3}(?:\s(?:av|\()\s?\d{1,3}\)?)?|\d{1,3}\s?\(\d{1,3}\)|[-–]\s?\d{1,3}\s?[-–]", re.I
)
_MARKDOWN = re.compile(r"#{1,6}\s+|>\s+")
_HEADER_LINES, _HEADER_WIDTH, TITLE_WIDTH = 3, 60, 110
_ROLE = re.compile(r"sekreterare|samordnare|kommunikatör|kansli", re.I)


def clean_lines(text: str) -> list[str]:
    """The lines of `text`: NFC, single spaces, no control characters, no page numbers, no repeated page header.

    An empty string stands where the posting had an empty line.
    """
    lines = [_clean(line) for line in _BREAK.split(_composed(text[:READ_AT_MOST]))]
    lines = _marks_joined([line for line in lines if not _PAGE_NUMBER.fullmatch(line)])
    return _without_repeated_header(lines)


def bullet_of(line: str) -> str | None:
    """The words behind the bullet that begins `line`, or None when it begins with none."""
    found = _BULLET.match(line)
    return line[found.end() :].strip() if found else None


def _composed(text: str) -> str:
    """NFC; long runs of combining marks are cut first, since composing sorts each run slowly."""
    if not text.isascii():
        kept, run = [], 0
        for char in text:
            run = run + 1 if unicodedata.combining(char) else 0
            if run <= _MARKS_KEPT:
                kept.append(char)
        text = "".join(kept)
    return unicodedata.normalize("NFC", text).translate(_LIGATURES).translate(_SPACES_AND_HYPHENS)


def _clean(line: str) -> str:
    line = "".join(" " if char == "\t" else char for char in line if char == "\t" or not _unseen(char))
    line = " ".join(line.split())
    heading = _MARKDOWN.match(line)
    if heading:
        line = line[heading.end() :]
    for mark in ("**", "__"):
        line = line.replace(mark, "")
    return line.strip()


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Cn"}


def _marks_joined(lines: list[str]) -> list[str]:
    """A bullet that stands alone on its line belongs to the line after it."""
    joined: list[str] = []
    mark = ""
    for line in lines:
        if line in _ONLY_BULLET:
            mark = "•"
        elif line and mark:
            joined.append(f"{mark} {line}")
            mark = ""
        else:
            joined.append(line)
    return joined


def _without_repeated_header(lines: list[str]) -> list[str]:
    """Without the later copies of the lines the posting begins with: what a page break leaves in the text of a PDF.

    Empty lines between them do not count. A single line is only taken for a header where it stands alone.
    """
    places = [place for place, line in enumerate(lines) if line]
    words = [lines[place] for place in places]
    for size in range(_HEADER_LINES, 0, -1):
        header = words[:size]
        if len(header) < size or not all(_like_a_header(line) for line in header):
            continue
        again = [at for at in range(size, len(words)) if words[at] == header[0] and words[at : at + size] == header]
        copies = [at for at in again if size > 1 or _stands_alone(lines, places[at])]
        if copies:
            dropped = {places[at + step] for at in copies for step in range(size)}
            return [line for place, line in enumerate(lines) if place not in dropped]
    return lines


def names_a_role(line: str) -> bool:
    """Whether the line may be the posting's title: the name of a role, and no sentence."""
    return len(line) <= TITLE_WIDTH and line[-1] not in ".!?:;," and _ROLE.search(line) is not None


def _like_a_header(line: str) -> bool:
    usable = len(line) <= _HEADER_WIDTH and line[-1] not in ".:;!?," and bullet_of(line) is None
    return usable and not _ROLE.search(line)


def _stands_alone(lines: list[str], place: int) -> bool:
    before = lines[place - 1] if place else ""
    after = lines[place + 1] if place + 1 < len(lines) else ""
    return not before and not after
