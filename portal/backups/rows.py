"""A row as a line of JSON, and back again, exact: by what kind of value each column holds. PURE."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

Columns = Mapping[str, str]  # name: kind

_WRITTEN: dict[str, Callable[[Any], Any]] = {
    "uuid": lambda value: value.hex,
    "instant": lambda value: value.isoformat(),
    "day": lambda value: value.isoformat(),
    "bytes": lambda value: base64.b64encode(value).decode(),
}
_READ: dict[str, Callable[[Any], Any]] = {
    "uuid": UUID,
    "instant": datetime.fromisoformat,
    "day": date.fromisoformat,
    "bytes": base64.b64decode,
}


def as_line(columns: Columns, row: Sequence[Any]) -> bytes:
    """The row's values, which come in the order of ``columns``, as one line."""
    values = [_through(_WRITTEN, kind, value) for kind, value in zip(columns.values(), row, strict=True)]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def from_line(columns: Columns, line: bytes) -> dict[str, Any]:
    """What `as_line` wrote."""
    values = json.loads(line)
    return {name: _through(_READ, kind, value) for (name, kind), value in zip(columns.items(), values, strict=True)}


def _through(ways: Mapping[str, Callable[[Any], Any]], kind: str, value: Any) -> Any:
    return value if value is None or kind not in ways else ways[kind](value)
