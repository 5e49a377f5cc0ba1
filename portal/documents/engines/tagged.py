"""Our own papers as tagged PDF. What people wrote comes in as data; Typst source is never built from it."""

import json
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final, Literal

from portal.documents.engines.setter import Order, TooMuchToSet, set_papers
from portal.documents.engines.writing import with_few_marks

MOST: Final = 600_000  # characters of data: three hundred candidates with all that may be written of each
_LONG_WORD = re.compile(r"([0-9a-f]{16}(?=[0-9a-f]{16})|\S{40})(?=\S)")  # a checksum stands in a narrow column
_NO_LETTERS = {"Cc", "Cf", "Cs", "Co", "Cn"}
Standard = Literal["ua-1", "a-2a"]
READ_ALOUD: Final[tuple[Standard, ...]] = ("ua-1",)
READ_ALOUD_AND_KEPT: Final[tuple[Standard, ...]] = (
    "ua-1",
    "a-2a",
)  # a sheet that is to be kept sets the day of its document


def tagged_pdf(sheet: bytes, data: Mapping[str, Any], standards: tuple[Standard, ...] = READ_ALOUD) -> bytes:
    """The pages that a Typst sheet of ours makes of ``data``, as PDF/UA-1, or that and PDF/A-2a; the same data give the same
    bytes. Raises TooMuchToSet, and NotSetNow where no child could set it."""
    text = json.dumps(_settable(data), ensure_ascii=False)
    if len(text) > MOST:
        raise TooMuchToSet
    (paper,) = set_papers([Order(sheet, text, standards)])
    return paper


def _settable(value: Any) -> Any:
    """Without signs that are no letters; long words are given places to break, so that none runs out of the page."""
    if isinstance(value, str):
        printed = "".join(
            c for c in value.replace("\t", "    ") if c == "\n" or unicodedata.category(c) not in _NO_LETTERS
        )
        return _LONG_WORD.sub("\\1\u200b", with_few_marks(printed))
    if isinstance(value, Mapping):
        return {key: _settable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_settable(part) for part in value]
    return value
