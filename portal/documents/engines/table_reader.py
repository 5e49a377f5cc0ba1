"""The door for a table: an XLSX opened in the limited child, and the cells that come of it checked as hostile."""

from typing import Any

from portal import clock
from portal.documents import kinds
from portal.documents.engines import frames, keeper, places
from portal.documents.engines.reader import BUDGET, verdict_in
from portal.documents.reading import Verdict
from portal.documents.tables import (
    MAX_TABLE_BYTES,
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_TEXT,
    Cell,
    Kind,
    Table,
    TableRefused,
)

XLSX = "xlsx"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the box of old Excel files, and of those saved with a password
_MOST_COUNTED = 2_000_000


def read_table(data: bytes, *, name: str) -> Table:
    """The first visible sheet of an XLSX. Raises `TableRefused`, which says what to do."""
    shown = kinds.shown_name(name)
    _require_workbook(data, shown)
    until = clock.monotonic() + BUDGET
    try:
        with places.place(until):
            answer = keeper.ask(data, "cells", XLSX, 1, 1, until=until)
    except places.NoChildFree:
        raise TableRefused(Verdict.waiting, name=shown) from None
    told = [frames.facts_in(body) for letter, body in answer.frames if letter == frames.WORDS]
    verdict = next((found for facts in told if (found := verdict_in(facts))), None)
    whole = next((facts for facts in told if type(facts.get("count")) is int), None)
    if verdict or whole is None or not answer.ended:
        raise TableRefused(verdict or Verdict.stuck, name=shown)
    rows = dict(filter(None, map(_row, told[: MOST_ROWS + 1])))
    return Table(rows, max(0, min(whole["count"], _MOST_COUNTED)), whole.get("from_1904") is True)


def _require_workbook(data: bytes, name: str) -> None:
    if not data:
        raise TableRefused(Verdict.empty, name=name)
    if len(data) > MAX_TABLE_BYTES:
        raise TableRefused(Verdict.too_big, name=name)
    if not name.casefold().endswith(f".{XLSX}"):
        raise TableRefused(Verdict.wrong_kind, name=name)
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise TableRefused(Verdict.encrypted if locked else Verdict.wrong_kind, name=name)
    if not data.startswith(b"PK\x03\x04"):
        raise TableRefused(Verdict.not_what_it_says, name=name)


def _row(facts: dict[str, Any]) -> tuple[int, dict[int, Cell]] | None:
    number, cells = facts.get("row"), facts.get("cells")
    if type(number) is not int or not 0 < number < 10**7 or type(cells) is not list:
        return None
    return number, dict(filter(None, map(_cell, cells[:MOST_COLUMNS])))


def _cell(told: Any) -> tuple[int, Cell] | None:
    if type(told) is not list or [type(part) for part in told] != [int, str, str]:
        return None
    column, kind, text = told
    if not 0 <= column < MOST_COLUMNS or kind not in Kind.ALL:
        return None
    return column, Cell(kind, kinds.clean_text(text[: MOST_TEXT + 1]))
