"""Text fields whose content is cleaned at the door: no control characters, composed letters, one limit each.

PostgreSQL refuses U+0000, XML the signs that Unicode keeps for nobody's use, searches miss decomposed letters, and marks
that turn the direction of text around deceive the reader; none of it is ever meant. Use these instead of WTForms' own.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence
from textwrap import shorten
from typing import Any

import wtforms
from flask_babel import gettext
from markupsafe import Markup
from wtforms.validators import StopValidation

from portal.web.filters import whole_number

LINE = 200
LONG_TEXT = 20_000
LONGEST_NAME = 60  # characters of a field that a sentence names

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_ADDRESS = re.compile(r"://|\bwww\.|@|\.[^\W\d_][\w-]+(?::\d+)?/", re.IGNORECASE)
_TURNING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x061C, 0x200E, 0x200F, 0xFEFF}


def clean(text: str | None) -> str | None:
    """Text as typed, without control and direction marks, line ends as ``\\n``, letters composed (NFC)."""
    if text is None:
        return None
    kept = (c for c in _BREAKS.sub("\n", text) if c in "\n\t" or not _is_mark(c))
    return unicodedata.normalize("NFC", "".join(kept))


def clean_line(text: str | None) -> str | None:
    """The same for one line: every run of blanks and line ends is one blank, none at the ends."""
    return None if text is None else " ".join((clean(text) or "").split())


def clean_text(text: str | None) -> str | None:
    """The same for several lines: no blanks at the ends."""
    return None if text is None else (clean(text) or "").strip()


def _is_mark(letter: str) -> bool:
    sign = ord(letter)
    is_nobodys = sign & 0xFFFE == 0xFFFE or 0xFDD0 <= sign <= 0xFDEF  # Unicode 23.7: noncharacters
    return unicodedata.category(letter) in ("Cc", "Cs") or sign in _TURNING or is_nobodys


class NoLink:
    """Refuses a name that holds an address: in a letter it would become something to press."""

    def __call__(self, _form: wtforms.Form, field: wtforms.Field) -> None:
        if _ADDRESS.search(field.data or ""):
            raise StopValidation(gettext("Skriv bara namnet, utan länk eller adress."))


class AtMost:
    """Refuses what is longer than ``longest`` letters, and says how long it is."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, _form: wtforms.Form, field: wtforms.Field) -> None:
        length = len(field.data or "")
        if length > self.longest:
            raise StopValidation(
                gettext(
                    "%(label)s får vara högst %(longest)s tecken. Nu är det %(length)s: korta texten.",
                    label=gettext("Texten") if str(field.label.text).endswith("?") else field.label.text,
                    longest=whole_number(self.longest),
                    length=whole_number(length),
                )
            )


class TextWithin:
    """Refuses what is longer than ``longest`` characters, and says of which field and how many are to go. Without a mark on
    the control, for a browser that is told the limit cuts off what is pasted and says nothing."""

    def __init__(self, longest: int) -> None:
        self.longest = longest

    def __call__(self, _form: Any, field: Any) -> None:
        over = len(field.data or "") - self.longest
        if over > 0:
            raise StopValidation(
                gettext(
                    "Texten i ”%(label)s” får vara högst %(longest)s tecken. Ta bort %(over)s tecken.",
                    label=name_of(field),
                    longest=whole_number(self.longest),
                    over=whole_number(over),
                )
            )


def name_of(field: Any) -> str:
    """A field's label as plain words: of a long criterion its beginning."""
    label = field.label.text
    words = label.striptags() if isinstance(label, Markup) else str(label)
    return shorten(words, LONGEST_NAME, placeholder=" …")


class Filled:
    """Refuses an empty field with the sentence that says what to write."""

    field_flags = {"required": True}  # noqa: RUF012

    def __init__(self, sentence: Any) -> None:
        self.sentence = sentence

    def __call__(self, _form: wtforms.Form, field: wtforms.Field) -> None:
        if not (field.data or "").strip():
            field.errors = []
            raise StopValidation(str(self.sentence))


def _with(
    options: dict[str, Any], filter: Callable[[str | None], str | None], validators: Sequence[Any], longest: int
) -> dict[str, Any]:
    return {
        **options,
        "filters": (filter, *options.get("filters", ())),
        "validators": [AtMost(longest), *validators],
    }


class StringField(wtforms.StringField):
    """One line of text, at most ``longest`` letters."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, longest: int = LINE, **options: Any
    ) -> None:
        super().__init__(label, **_with(options, clean_line, validators, longest))


class EmailField(wtforms.EmailField):
    """One address, without the blanks that a phone adds."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, longest: int = 254, **options: Any
    ) -> None:
        super().__init__(label, **_with(options, clean_line, validators, longest))


class TextAreaField(wtforms.TextAreaField):
    """Several lines of text, at most ``longest`` letters."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, longest: int = LONG_TEXT, **options: Any
    ) -> None:
        super().__init__(label, **_with(options, clean_text, validators, longest))


class HiddenField(wtforms.HiddenField):
    """A value that the page carries along, cleaned like one line."""

    def __init__(
        self, label: Any = None, validators: Sequence[Any] = (), *, longest: int = LONG_TEXT, **options: Any
    ) -> None:
        super().__init__(label, **_with(options, clean_line, validators, longest))
