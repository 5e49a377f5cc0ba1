"""The joint view as texts for its table: Swedish decimal commas, places, initials."""

from collections import Counter
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple
from uuid import UUID

from portal.review.joint import NOT_SET, Arrangement, Assessor, Board, Criterion
from portal.review.own_order import places_of
from portal.review.ranking import DISAGREEMENT, spread
from portal.review.shares import shares
from portal.review.steps import MATERIAL

NOTHING = "–"
THIN = "°"  # beside a vote: the material says little


@lru_cache(maxsize=4096)  # a table of two thousand cells has a few dozen figures
def decimal_text(value: Fraction | None, places: int) -> str:
    """2,43: half is rounded up; a dash where there is nothing."""
    if value is None:
        return NOTHING
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)).replace(".", ",")


def initials(assessors: Sequence[Assessor]) -> list[str]:
    """A letter each, or as many as it takes to tell them apart (at most three)."""
    for length in (1, 2, 3):
        found = [assessor.name[:length].capitalize() for assessor in assessors]
        if len(set(found)) == len(found):
            return found
    return [str(number) for number in range(1, len(assessors) + 1)]


def weight_texts(criteria: Sequence[Criterion]) -> list[str]:
    """Each criterion's share of all weight: "39 % · merit"."""
    percents = shares([criterion.weight for criterion in criteria])
    ends = [" · merit" if criterion.merit else "" for criterion in criteria]
    return [f"{percent}\u00a0%{end}" for percent, end in zip(percents, ends, strict=True)]


def heat_table(board: Board, by: Arrangement, hrefs: dict[UUID, str]) -> dict[str, Any]:
    """What the heat map is drawn from; its shape stands at the top of ``components/heat_map.html``."""
    labels, order = board.labels(), board.arranged(by)
    heads = initials(board.assessors)
    own_places = {assessor: _place_texts(places_of(groups)) for assessor, groups in board.orders.items()}
    ties = _ties(labels, order) if by is Arrangement.JOINT else {}
    near = _near(board, order) if by is Arrangement.JOINT else set()
    corrected = board.corrected
    return {
        "criteria": [
            {"name": criterion.name, "weight_text": weight}
            for criterion, weight in zip(board.criteria, weight_texts(board.criteria), strict=True)
        ],
        "assessors": [
            {"initial": head, "name": one.name, "own": one.own}
            for head, one in zip(heads, board.assessors, strict=True)
        ],
        "corrected": corrected is not None,
        "unplaced": bool(board.orders) and not all(labels.values()),
        "rows": [
            {
                "place_text": labels[one] or (NOTHING if board.orders else ""),
                "tie": ties.get(one, ""),
                "name": board.candidates[one],
                "href": hrefs.get(one, ""),
                "mean_text": decimal_text(board.weighted(one), 2),
                "range_text": _range_text(board.outermost(one)),
                "near": one in near,
                "corrected_text": decimal_text(corrected[one], 2) if corrected is not None else "",
                "cells": _cells(board, one),
                "histogram": _histogram(board, one),
                "orders": [{"text": own_places.get(a.id, {}).get(one, NOTHING), "own": a.own} for a in board.assessors],
            }
            for one in order
        ],
    }


def _range_text(ends: tuple[Fraction, Fraction] | None) -> str:
    """ "1,75–2,50" """
    return "" if ends is None else f"{decimal_text(ends[0], 2)}–{decimal_text(ends[1], 2)}"


def _near(board: Board, order: Sequence[UUID]) -> set[UUID]:
    """Whom the means cannot tell from the next one in the table."""
    return {one for one, following in pairwise(order) if not board.told_apart(one, following)}


def _ties(labels: dict[UUID, str], order: Sequence[UUID]) -> dict[UUID, str]:
    """Of those who share a place: which stands first, in the middle and last."""
    sharing: dict[str, list[UUID]] = {}
    for one in order:
        sharing.setdefault(labels[one], []).append(one)
    found: dict[UUID, str] = {}
    for label, same in sharing.items():
        if label and len(same) > 1:
            found |= dict.fromkeys(same, "mid") | {same[0]: "first", same[-1]: "last"}
    return found


def _cells(board: Board, candidate: UUID) -> list[dict[str, Any]]:
    """One for each criterion, with a chip for each assessor."""
    jav = [(assessor.id, candidate) in board.conflicts for assessor in board.assessors] if board.conflicts else None
    return [_cell(board, candidate, criterion, row, jav) for criterion, row in board.given(candidate).items()]


def _cell(
    board: Board, candidate: UUID, criterion: UUID, row: Sequence[int | None], jav: Sequence[bool] | None
) -> dict[str, Any]:
    votes, middle = board.votes(candidate, criterion), board.mean_of(candidate, criterion)
    wide = (spread(votes) or 0) >= DISAGREEMENT
    given = [vote for vote in votes if vote is not None]
    ends = {min(given), max(given)} if wide else set()
    chips = [_chip(step, one.own, step in ends) for step, one in zip(row, board.assessors, strict=True)]
    if jav is not None:
        chips = [_JAV[one.own] if out else chip for chip, out, one in zip(chips, jav, board.assessors, strict=True)]
    if board.materials:
        chips = _with_material(board, candidate, criterion, chips)
    return {
        "mean_text": decimal_text(middle, 1),
        "step": None if middle is None else int(decimal_text(middle, 0)),
        "apart": wide,
        "votes": chips,
    }


class Chip(NamedTuple):
    """One vote in a cell. A thousand cells have the same few."""

    text: str
    own: bool
    none: bool
    far: bool


_JAV = {own: Chip("J", own, none=False, far=False) for own in (False, True)}


@lru_cache(maxsize=64)
def _chip(step: int | None, own: bool, far: bool) -> Chip:
    if step == NOT_SET:
        return Chip("\u00a0", own, none=False, far=False)
    return Chip(NOTHING, own, none=True, far=False) if step is None else Chip(str(step), own, none=False, far=far)


def _with_material(board: Board, candidate: UUID, criterion: UUID, chips: Sequence[Chip]) -> list[Chip]:
    """A mark beside the votes of whom the material said little."""
    thin = [board.materials.get((assessor.id, candidate, criterion)) == 1 for assessor in board.assessors]
    return [chip._replace(text=chip.text + THIN) if little else chip for chip, little in zip(chips, thin, strict=True)]


def _histogram(board: Board, candidate: UUID) -> dict[str, list[int]]:
    every, mine = [0] * 4, [0] * 4
    owns = [assessor.own for assessor in board.assessors]
    for row in board.given(candidate).values():
        for step, own in zip(row, owns, strict=True):
            if step is not None and step != NOT_SET:
                every[step] += 1
                mine[step] += own
    return {"all": every, "own": mine}


def _place_texts(places: dict[UUID, int]) -> dict[UUID, str]:
    """ "3", or "3=" where it is shared."""
    sharing = Counter(places.values())
    return {one: f"{place}=" if sharing[place] > 1 else str(place) for one, place in places.items()}


def vote_words(votes: Sequence[int | None]) -> str:
    """ "0 3 2", with a dash for *kan inte bedöma*."""
    return " ".join(NOTHING if vote is None else str(vote) for vote in votes)


def every_figure(board: Board, by: Arrangement) -> list[dict[str, str]]:
    """Each candidate and criterion with all votes, mean and spread, for whoever reads a table rather than a picture."""
    rows = []
    for candidate in board.arranged(by):
        for criterion in board.criteria:
            votes = board.votes(candidate, criterion.id)
            wide = spread(votes)
            said = [board.materials.get((a.id, candidate, criterion.id)) for a in board.assessors]
            rows.append(
                {
                    "material": ", ".join(MATERIAL[one].lower() for one in said if one) or NOTHING,
                    "name": board.candidates[candidate],
                    "criterion": criterion.name,
                    "votes": vote_words(votes) or NOTHING,
                    "mean": decimal_text(board.mean_of(candidate, criterion.id), 1),
                    "spread": NOTHING if wide is None else str(wide),
                }
            )
    return rows
