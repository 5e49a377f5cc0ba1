"""One list that two have written at once: what each has done to its rows, put together row by row.

PURE.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from portal.seen import Seen

Row = Mapping[str, Any]
AsText = Callable[[Row], str]


@dataclass(frozen=True, slots=True)
class Merged:
    """``rows`` are those of both, in the order of whoever has moved any. ``taken`` are the rows that another has added or
    changed and the page had not touched, ``gone`` those that another has taken away. ``beside`` are the rows, as they are
    saved, that both have changed, or that the page has taken away and another changed; ``lost`` those, as the page has
    them, that another has taken away: saved again they are there anew."""

    rows: list[Row] = field(default_factory=list)
    taken: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)
    beside: list[Row] = field(default_factory=list)
    lost: list[Row] = field(default_factory=list)


def merge(mine: Sequence[Row], saved: Sequence[Row], seen: Seen, as_text: AsText) -> Merged:
    """What comes of the page's rows and those that are saved, where the page was opened with what ``seen`` tells of.

    A row is known by its ``id``; one without is the page's own. Of a page that tells of no rows everything saved that it
    does not have is taken for another's: ask `tells_of_rows` first.
    """
    there = {str(row["id"]): row for row in saved}
    made = Merged()
    for row in mine:
        id = str(row.get("id") or "")
        if id in there:
            _both_have(made, row, there[id], seen, as_text)
        elif not _knew(seen, id):
            made.rows.append(row)
        elif seen.shown(UUID(id), as_text(row)):
            made.gone.append(row)
        else:
            made.rows.append(row)
            made.lost.append(row)
    have = {str(row.get("id") or "") for row in mine}
    for id, theirs in there.items():
        if id in have:
            continue
        if not _knew(seen, id):
            made.rows.append(theirs)
            made.taken.append(theirs)
        elif not seen.shown(UUID(id), as_text(theirs)):
            made.beside.append(theirs)
    if not _has_moved(mine, seen):
        made.rows[:] = _in_order_of(there, made.rows)
    return made


def tells_of_rows(seen: Seen, field: str) -> bool:
    """Whether the page said which rows it was opened with: one from before pages did tells of the list alone."""
    return field not in seen.marks or any(map(_is_id, seen.marks))


def _both_have(made: Merged, mine: Row, theirs: Row, seen: Seen, as_text: AsText) -> None:
    id, written, stands = UUID(str(theirs["id"])), as_text(mine), as_text(theirs)
    untouched = written != stands and seen.shown(id, written)
    made.rows.append(theirs if untouched else mine)
    if untouched:
        made.taken.append(theirs)
    elif written != stands and not seen.shown(id, stands):
        made.beside.append(theirs)


def _has_moved(mine: Sequence[Row], seen: Seen) -> bool:
    """Whether the page has its rows in another order than it was opened with."""
    have = [UUID(id).hex for row in mine if _knew(seen, id := str(row.get("id") or ""))]
    return have != [mark for mark in seen.marks if mark in have]


def _in_order_of(there: Mapping[str, Row], rows: Sequence[Row]) -> list[Row]:
    """The saved rows in their order; any other stays below the one it stood below."""
    places = {id: place for place, id in enumerate(there)}
    keyed, place = [], -1
    for row in rows:
        place = places.get(str(row.get("id") or ""), place)
        keyed.append((place, row))
    return [row for _, row in sorted(keyed, key=lambda pair: pair[0])]


def _knew(seen: Seen, id: str) -> bool:
    return _is_id(id) and UUID(id).hex in seen.marks


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
