"""What a record says that was made, as lines to set: how they are kept. PURE."""

import json
from collections.abc import Iterable
from uuid import UUID

SetLine = tuple[str, str]  # how it is set (heading, item, row, plain, gap), and its words


def as_text(lines: Iterable[SetLine]) -> str:
    """As they are sealed."""
    return json.dumps([list(line) for line in lines], ensure_ascii=False)


def lines_in(text: str) -> list[SetLine]:
    """Back from what `as_text` made."""
    return [(style, words) for style, words in json.loads(text)]


def made_place(entry_id: UUID) -> str:
    """What the lines about one candidate are bound to."""
    return f"made_record.{entry_id}"


def case_place(record_id: UUID) -> str:
    """What the lines about a case are bound to."""
    return f"case_record.{record_id}"
