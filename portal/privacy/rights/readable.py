"""The copy of a candidate's data as a page to read: opens on a phone without a network, and asks nothing of anybody. PURE."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from html import escape
from typing import Any
from urllib.parse import quote

from portal.privacy.rights.copied import DATES

Say = Callable[[date | datetime], str]


def readable(described: Mapping[str, Any], *, title: str, language: str, say: Say) -> str:
    """`copied.described` as HTML, each field under what it means; ``say`` writes a day or an instant in words."""
    told = (one for one in described["sections"] if one.get("rows") or one.get("fields"))
    sections = "\n".join(_section(one, say) for one in told)
    return (
        f'<!doctype html>\n<html lang="{escape(language)}">\n<head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<style>body{max-width:40rem;overflow-wrap:anywhere}</style>"  # a checksum is wider than a telephone
        f"<title>{escape(title)}</title></head>\n<body>\n<main>\n<h1>{escape(title)}</h1>\n"
        f"<p>{escape(described['about'])}</p>\n{sections}\n</main>\n</body>\n</html>\n"
    )


def _section(section: Mapping[str, Any], say: Say) -> str:
    rows = section["rows"] if "rows" in section else [section["fields"]]
    return f"<h2>{escape(section['meaning'])}</h2>\n" + "\n<hr>\n".join(_fields(row, say) for row in rows)


def _fields(fields: Sequence[Mapping[str, Any]], say: Say) -> str:
    lines = (f"<dt><b>{escape(one['meaning'])}</b></dt><dd>{_value(one, say)}</dd>" for one in fields)
    return "<dl>\n" + "\n".join(lines) + "\n</dl>"


def _value(one: Mapping[str, Any], say: Say) -> str:
    text = str(one["value"])
    if one["field"] == "file":
        return f'<a href="{escape(quote(text))}">{escape(text)}</a>'
    if one["field"] in DATES:
        return escape(say(date.fromisoformat(text) if len(text) == len("2026-12-31") else datetime.fromisoformat(text)))
    return "<br>\n".join(escape(line) for line in text.split("\n"))
