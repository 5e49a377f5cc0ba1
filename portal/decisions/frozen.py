"""The decision file as it was kept when the recruitment ended: what has changed since, and it without one who is erased.
PURE."""

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final
from uuid import UUID

from portal.decisions.decision_file import ERASED, instant_in, is_sealed, with_joint
from portal.decisions.outcomes import STATUS_WORDS, Status
from portal.review.own_order import Groups
from portal.review.steps import words_of
from portal.review.wording import short_name

File = Mapping[str, Any]
Row = tuple[str, str, str, str]

KEY: Final = "since_kept"
HEADING: Final = "Ändrat sedan akten sparades"
COLUMNS: Final = ("Del", "Vad", "Så stod det", "Så står det nu")
NOTHING: Final = "–"
NEW: Final = "tillkom"
CANDIDATES: Final = frozenset({"Sökande", "A", "B"})  # columns that hold a candidate's name
WRITTEN: Final = frozenset({
    "Skäl", "Anteckning", "Gemensam bedömning", "Vad referensen sa", "Varför det togs tillbaka",
})  # columns that hold what somebody has written  # fmt: skip
SAID: Final = frozenset({"reason", "word", "declined_why"})  # the same of an outcome, and of a changed score
SEALED_PARTS: Final = ("notes",)  # sealed as the scores are
GONE: Final = "finns inte kvar"


def since(kept: File, now: File) -> dict[str, Any] | None:
    """A further part of the file as it is now: what differs from the kept one; None where nothing does."""
    rows = [*_people(kept, now), *_scores(kept, now), *_outcomes(kept, now), *_further(kept, now)]
    if not rows:
        return None
    return {"key": KEY, "heading": HEADING, "columns": list(COLUMNS), "rows": [list(row) for row in rows]}


def has_more(now: File, *, than: File) -> bool:
    """Whether somebody has come, or had their word written, since the other file was kept."""
    parts = (("candidates", "id"), ("outcomes", "candidate"))
    return any(not {one[key] for one in now[part]} <= {one[key] for one in than[part]} for part, key in parts)


def _people(kept: File, now: File) -> Iterator[Row]:
    for part, heading in (("candidates", "Sökande"), ("panel", "Bedömare")):
        before, after = ({one["id"]: one for one in file[part]} for file in (kept, now))
        for id, one in after.items():
            if id not in before:
                yield heading, one["name"], NOTHING, NEW
        for id, one in before.items():
            if id not in after:
                yield heading, one["name"], one["name"], GONE
            elif part == "candidates" and one["state"] != after[id]["state"]:
                yield heading, after[id]["name"], one["state"], after[id]["state"]


def _scores(kept: File, now: File) -> Iterator[Row]:
    """Nothing where the kept one has none because they were sealed: that they are there now is no change."""
    if is_sealed(kept):
        return
    judged = {row["id"]: row for row in now["requirements"]}
    names = {one["id"]: one["name"] for one in now["candidates"]} | {one["id"]: one["name"] for one in now["panel"]}

    def said(row: File | None) -> str:
        if row is None:
            return NOTHING
        return words_of(judged[row["criterion"]]["judged"], row["step"], row["present"])

    before, after = ({_cell(row): row for row in file["scores"]} for file in (kept, now))
    for cell, row in after.items():
        was, stands = said(before.get(cell)), said(row)
        if was != stands:
            criterion = short_name(judged[row["criterion"]]["text"])
            what = f"{names[row['candidate']]}, {criterion}, {names[row['assessor']]}"
            yield "Bedömningar", what, was, stands


def _cell(row: File) -> tuple[str, str, str]:
    return row["assessor"], row["candidate"], row["criterion"]


def _outcomes(kept: File, now: File) -> Iterator[Row]:
    names = {one["id"]: one["name"] for one in now["candidates"]}
    before = {row["candidate"]: row for row in kept["outcomes"]}
    for row in now["outcomes"]:
        was = before.get(row["candidate"])
        former, present = (_stands(one) if one is not None else NOTHING for one in (was, row))
        if not _is_as_kept(former, present):
            yield "Utfall", names[row["candidate"]], former, present


def _is_as_kept(kept: str, now: str) -> bool:
    """The same words, also where the name of somebody who is erased was taken out of the kept ones."""
    if ERASED not in kept:
        return kept == now
    return re.fullmatch(re.escape(kept).replace(re.escape(ERASED), ".+"), now, re.DOTALL) is not None


def _stands(row: File) -> str:
    """ "Har tackat nej: Fick ett annat arbete." """
    words = [STATUS_WORDS[Status(row["status"])], *(["anställd"] if row["employed_at"] else [])]
    return ", ".join(words) + (f": {row['declined_why']}" if row["declined_why"] else "") + f" ({row['reason']})"


def _further(kept: File, now: File) -> Iterator[Row]:
    before = {part["key"]: part for part in kept["sections"]}
    apart = SEALED_PARTS if is_sealed(kept) else ()
    for part in (one for one in now["sections"] if one["key"] not in apart):
        known = {tuple(row) for row in before.get(part["key"], {"rows": []})["rows"]}
        shortened = [row for row in known if any(ERASED in cell for cell in row)]
        for row in part["rows"]:
            if tuple(row) not in known and not any(_is_row_as_kept(one, row) for one in shortened):
                told = (cell for column, cell in zip(part["columns"], row, strict=True) if not instant_in(column, cell))
                yield part["heading"], " · ".join(cell for cell in told if cell), NOTHING, NEW


def _is_row_as_kept(kept: tuple[str, ...], now: list[str]) -> bool:
    """Of a row about somebody who is erased nothing is left to compare with but that it was about one: to-day's is too."""
    if set(kept) == {ERASED} and ERASED not in now:
        return False
    return all(map(_is_as_kept, kept, now))


def without(kept: File, ids: Collection[str]) -> dict[str, Any]:
    """The kept file without what it tells of these candidates: that somebody was there is left, as in the file of to-day."""
    names = {one["name"] for one in kept["candidates"] if one["id"] in ids} - {ERASED}
    left_names = {one["name"] for one in kept["candidates"] if one["id"] not in ids}
    told = [name for name in names - left_names if " " in name]
    left = {
        **kept,
        "candidates": [
            {**one, "name": ERASED, "scores": None} if one["id"] in ids else one for one in kept["candidates"]
        ],
        **{
            part: [_said_without(row, told) for row in kept[part] if row["candidate"] not in ids]
            for part in ("conflicts", "scores", "outcomes")
        },
        "orders": [
            {**row, "groups": [group for group in ([o for o in g if o not in ids] for g in row["groups"]) if group]}
            for row in kept["orders"]
        ],
        "sections": [{**part, "rows": _rows_without(part, ids, names, told)} for part in kept["sections"]],
    }
    return with_joint(left, _order_without(kept, ids))


def _order_without(kept: File, ids: Collection[str]) -> Groups | None:
    """The joint order as it was kept, without these: made anew of whoever is left it could be another. None in a file that
    has none."""
    if "joint" not in kept:
        return None
    groups = [tuple(UUID(one) for one in group if one not in ids) for group in kept["joint"]["order"]]
    return tuple(group for group in groups if group)


def _rows_without(part: File, ids: Collection[str], names: Collection[str], told: Collection[str]) -> list[list[str]]:
    """A row about one of them keeps its times alone. In what somebody has written about others their whole names are taken
    out: those in ``told``, which nobody who is left has too.

    A file from before its rows said whom they are about tells it by the name, where a candidate's stands.
    """
    columns = part["columns"]
    about = part.get("about") or [
        ids if any(cell in names for cell, column in zip(row, columns, strict=True) if column in CANDIDATES) else ()
        for row in part["rows"]
    ]
    return [
        [cell if instant_in(column, cell) else ERASED for cell, column in zip(row, columns, strict=True)]
        if not set(whom).isdisjoint(ids)
        else [_unnamed(cell, told) if column in WRITTEN else cell for cell, column in zip(row, columns, strict=True)]
        for row, whom in zip(part["rows"], about, strict=True)
    ]


def _said_without(row: Mapping[str, Any], told: Collection[str]) -> dict[str, Any]:
    """What is kept of one who is left, where a reason or a word may name one who is not."""
    left = {key: _unnamed(value, told) if key in SAID and value else value for key, value in row.items()}
    return left | {"changes": [_said_without(one, told) for one in row["changes"]]} if "changes" in row else left


def _unnamed(text: str, names: Collection[str]) -> str:
    """Without these names where they stand as words of their own."""
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", ERASED, text)
    return text
