"""The joint view as texts for its table: Swedish decimal commas, places, initials."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from portal.review.joint import Arrangement, Assessor, Board, Criterion
from portal.review.own_order import places_of
from portal.review.ranking import DISAGREEMENT, spread

NOTHING = "–"


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


def weight_text(criterion: Criterion, criteria: Sequence[Criterion]) -> str:
    """The criterion's share of all weight."""
    total = sum(one.weight for one in criteria)
    share = decimal_text(Fraction(100 * criterion.weight, total), 0) if total else "0"
    return f"{share}\u00a0%" + (" · merit" if criterion.merit else "")


def heat_table(board: Board, by: Arrangement, hrefs: dict[UUID, str]) -> dict[str, Any]:
    """What the heat map is drawn from; its shape stands at the top of ``components/heat_map.html``."""
    labels, order = board.labels(), board.arranged(by)
    heads = initials(board.assessors)
    own_places = {assessor: places_of(groups) for assessor, groups in board.orders.items()}
    return {
        "criteria": [{"name": c.name, "weight_text": weight_text(c, board.criteria)} for c in board.criteria],
        "assessors": [
            {"initial": head, "name": one.name, "own": one.own}
            for head, one in zip(heads, board.assessors, strict=True)
        ],
        "rows": [
            {
                "place_text": labels[one],
                "tie": _tie(labels, order, number) if by is Arrangement.JOINT else "",
                "name": board.candidates[one],
                "href": hrefs.get(one, ""),
                "mean_text": decimal_text(board.weighted(one), 2),
                "cells": [_cell(board, one, criterion) for criterion in board.criteria],
                "histogram": _histogram(board, one),
                "orders": [_own_place(own_places.get(a.id, {}), one, a.own) for a in board.assessors],
            }
            for number, one in enumerate(order)
        ],
    }


def _tie(labels: dict[UUID, str], order: Sequence[UUID], number: int) -> str:
    label = labels[order[number]]
    same = [place for place, one in enumerate(order) if label and labels[one] == label]
    if len(same) < 2:
        return ""
    return "first" if number == same[0] else "last" if number == same[-1] else "mid"


def _cell(board: Board, candidate: UUID, criterion: Criterion) -> dict[str, Any]:
    votes, middle = board.votes(candidate, criterion.id), board.mean_of(candidate, criterion.id)
    wide = (spread(votes) or 0) >= DISAGREEMENT
    given = [vote for vote in votes if vote is not None]
    ends = {min(given), max(given)} if wide else set()
    return {
        "mean_text": decimal_text(middle, 1),
        "step": None if middle is None else int(decimal_text(middle, 0)),
        "apart": wide,
        "votes": [_chip(board, assessor, candidate, criterion, ends) for assessor in board.assessors],
    }


def _chip(board: Board, assessor: Assessor, candidate: UUID, criterion: Criterion, ends: set[int]) -> dict[str, Any]:
    key = (assessor.id, candidate, criterion.id)
    if (assessor.id, candidate) in board.conflicts:
        text, none = "J", False
    elif key not in board.steps:
        text, none = "\u00a0", False
    else:
        step = board.steps[key]
        text, none = (NOTHING, True) if step is None else (str(step), False)
    return {"text": text, "own": assessor.own, "none": none, "far": board.steps.get(key) in ends}


def _histogram(board: Board, candidate: UUID) -> dict[str, list[int]]:
    every, mine = [0] * 4, [0] * 4
    for (assessor, one, _criterion), step in board.steps.items():
        if one == candidate and step is not None:
            every[step] += 1
            if any(known.own and known.id == assessor for known in board.assessors):
                mine[step] += 1
    return {"all": every, "own": mine}


def _own_place(places: dict[UUID, int], candidate: UUID, own: bool) -> dict[str, Any]:
    place = places.get(candidate)
    if place is None:
        return {"text": NOTHING, "own": own}
    shared = list(places.values()).count(place) > 1
    return {"text": f"{place}=" if shared else str(place), "own": own}


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
            rows.append(
                {
                    "name": board.candidates[candidate],
                    "criterion": criterion.name,
                    "votes": vote_words(votes) or NOTHING,
                    "mean": decimal_text(board.mean_of(candidate, criterion.id), 1),
                    "spread": NOTHING if wide is None else str(wide),
                }
            )
    return rows
