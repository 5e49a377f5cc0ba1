"""The decision file (beslutsakt): one recruitment as data, from its requirements to its outcomes. PURE.

``docs/decision-file.md`` says what each field means. All that the joint view shows can be worked out again from the file
alone: `board_of` does it, and `with_joint` writes down what came of it. But for the joint order where somebody is hidden from
the reader, or erased: it is one for all, and the file has not all that it was made of.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from portal.refusal import Refusal
from portal.review.joint import Assessor, Board, Criterion
from portal.review.own_order import Groups
from portal.review.wording import short_name

VERSION: Final = 1
ERASED: Final = "[raderad]"
HIDDEN: Final = "[dold för dig: jäv, eller obesvarad fråga om jäv]"
UNMASKED: Final = "[har inget kodnamn än]"
SEALED: Final[Mapping[str, Any]] = {
    "scores_sealed": True,  # it ended before the joint view had opened
    "joint": {"means": [], "candidates": [], "order": []},
}
INSTANTS: Final = frozenset({
    "När", "När det togs tillbaka", "Kallad", "Tid", "Sparad", "Kortet lämnades in", "Kom", "Gick", "Var", "Blev",
})  # columns of the further parts in which the program has written an instant; all else is as it stands  # fmt: skip
COUNTING: Final = "kvar"
TAKEN_BACK: Final = "tillbakatagen"


class NotOpenYet(Refusal):
    """The file would show what the joint view does not show yet: somebody has not handed in."""

    text = (
        "Beslutsakten öppnas när den gemensamma bilden är öppen för dig: när alla har lämnat in, "
        "eller när sista minuten har gått."
    )
    status = 409


class OwnNotHandedIn(NotOpenYet):
    """An assessor who has not handed in themselves: what the others say is not theirs to read, whatever has passed."""

    text = "Beslutsakten öppnas när den gemensamma bilden är öppen för dig. Lämna in din egen bedömning först."


class JavUnanswered(NotOpenYet):
    """Whoever decides reads of nobody of whom they have not said that they have no jäv."""

    text = "Svara först på om du känner någon av de sökande. Sedan öppnas beslutsakten."


class StillBlind(NotOpenYet):
    """The file has names, and names are for later phases."""

    text = (
        "Beslutsakten öppnas när den blinda bedömningen är över: när alla har lämnat in, eller när kansliet eller den "
        "som leder går vidare till nästa fas."
    )


def board_of(file: Mapping[str, Any]) -> Board:
    """The joint view's board from the file alone: candidates who count and are shown, steps of the scale, orders. Where
    somebody is hidden or erased the joint order is the one written down."""
    shown = {UUID(one["id"]): one["name"] for one in file["candidates"] if _counts(one)}
    scale = [row for row in file["requirements"] if row["judged"] == "skala"]
    known = {row["id"] for row in scale}
    return Board(
        criteria=[
            Criterion(UUID(row["id"]), short_name(row["text"]), row["weight"], row["kind"] == "merit") for row in scale
        ],
        assessors=[Assessor(UUID(row["id"]), row["name"], own=False) for row in file["panel"] if row["assesses"]],
        candidates=shown,
        steps={
            (UUID(row["assessor"]), UUID(row["candidate"]), UUID(row["criterion"])): row["step"]
            for row in file["scores"]
            if row["criterion"] in known
        },
        orders={
            UUID(row["assessor"]): tuple(tuple(UUID(one) for one in group) for group in row["groups"])
            for row in file["orders"]
        },
        conflicts=frozenset(
            (UUID(row["assessor"]), UUID(row["candidate"])) for row in file["conflicts"] if row["conflict"]
        ),
        order=_order_written(file),
    )


def _order_written(file: Mapping[str, Any]) -> Groups | None:
    """The file's joint order where its own orders cannot be all that it was made of."""
    if "joint" not in file or not any(one["hidden"] or one["name"] == ERASED for one in file["candidates"]):
        return None
    return tuple(tuple(UUID(one) for one in group) for group in file["joint"]["order"])


def instant_in(column: str, cell: str) -> datetime | None:
    """When it was, where the program has written an instant under this heading; None for all that people have written,
    also what looks like an instant: a candidate may call themselves what they like."""
    if column not in INSTANTS:
        return None
    try:
        at = datetime.fromisoformat(cell)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def is_sealed(file: Mapping[str, Any]) -> bool:
    """Whether it was kept without scores, for they were sealed."""
    return bool(file.get("scores_sealed"))


def _counts(candidate: Mapping[str, Any]) -> bool:
    """Whom the joint view places: not who has fallen on a krav, for a person has set them apart."""
    shown = not candidate["hidden"] and candidate["name"] not in (ERASED, UNMASKED)
    return candidate["state"] == COUNTING and shown and not candidate["fallen"]


def with_joint(file: Mapping[str, Any], order: Groups | None = None) -> dict[str, Any]:
    """The file with what its votes and orders add up to; with nothing where they are sealed. Means are exact fractions as
    text: "7/3". ``order`` is the joint order where it was made of more than the file has."""
    if is_sealed(file):
        return {**file, **SEALED}
    board = board_of(file) if order is None else replace(board_of(file), order=order)
    labels = board.labels()
    joint = {
        "means": [
            {"candidate": str(one), "criterion": str(criterion.id), "mean": str(mean)}
            for one in board.candidates
            for criterion in board.criteria
            if (mean := board.mean_of(one, criterion.id)) is not None
        ],
        "candidates": [
            {
                "candidate": str(one),
                "weighted_mean": str(weighted) if weighted is not None else None,
                "place": labels[one],
            }
            for one in board.candidates
            for weighted in (board.weighted(one),)
        ],
        "order": [[str(one) for one in group] for group in board.joined()] if board.orders else [],
    }
    return {**file, "joint": joint}
