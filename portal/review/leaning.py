"""The correction for strict and kind assessors, by plain sums: shown beside the means, never instead of them.

An assessor's leaning is how far above or below their colleagues they score what all of them have scored. It is taken
off their scores. Where everybody has scored everybody the leanings even out and nothing changes; the correction matters
for a candidate whom a strict or a kind assessor has not judged (jäv, *kan inte bedöma*).
"""

from collections.abc import Hashable, Mapping, Sequence
from fractions import Fraction
from typing import Final, TypeVar

K = TypeVar("K", bound=Hashable)
C = TypeVar("C", bound=Hashable)

Grid = Mapping[K, Mapping[C, Sequence[int | None]]]
"""By candidate and criterion the assessors' scores, each assessor at the same place in every row; None is no score."""

FEWEST_ASSESSORS: Final = 3  # between two there is no telling which of them is the strict one
FEWEST_SHARED: Final = 5  # candidates whom all have scored; fewer tell of the candidates rather than of the assessors
LOWEST, HIGHEST = Fraction(0), Fraction(3)


def leanings(grid: Grid[K, C], weights: Mapping[C, int]) -> dict[int, Fraction] | None:
    """How many steps above (kind) or below (strict) the others' mean each assessor stands, by weight and place.

    Only rows that every assessor has scored count, whoever has scored nothing at all being left out. Together the
    leanings are nought. None with fewer than three assessors, or fewer than five candidates whom all of them have scored.
    """
    assessors = _scoring(grid)
    if len(assessors) < FEWEST_ASSESSORS:
        return None
    above, total, shared = dict.fromkeys(assessors, 0), 0, 0
    for rows in grid.values():
        whole = [(weights[c], [row[n] for n in assessors]) for c, row in rows.items() if weights[c] > 0]
        whole = [(weight, given) for weight, given in whole if None not in given]
        shared += bool(whole)
        for weight, given in whole:
            total += weight
            summed = sum(given)  # type: ignore[arg-type]
            for who, step in zip(assessors, given, strict=True):
                above[who] += weight * ((step or 0) * len(given) - summed)
    if shared < FEWEST_SHARED:
        return None
    return {who: Fraction(lean, total * len(assessors)) for who, lean in above.items()}


def _scoring(grid: Grid[K, C]) -> list[int]:
    """The places of those who have scored anything."""
    found: set[int] = set()
    for rows in grid.values():
        for row in rows.values():
            found.update(n for n, step in enumerate(row) if step is not None)
    return sorted(found)


def corrected_means(grid: Grid[K, C], weights: Mapping[C, int]) -> dict[K, Fraction | None] | None:
    """Each candidate's weighted mean of the scores less their author's leaning, kept within the scale 0–3.

    None where there is no telling who is strict (see `leanings`); a candidate without a score has None.
    """
    leans = leanings(grid, weights)
    if leans is None:
        return None
    return {one: _corrected(rows, weights, leans) for one, rows in grid.items()}


def _corrected(
    rows: Mapping[C, Sequence[int | None]], weights: Mapping[C, int], leans: Mapping[int, Fraction]
) -> Fraction | None:
    sums, total = dict[int, int | Fraction](), 0  # by how many have given: they are added as whole numbers first
    for criterion, row in rows.items():
        given = [step for step in row if step is not None]
        if not given or not weights[criterion]:
            continue
        said: int | Fraction = sum(given)
        if len(given) < len(leans):
            said -= sum((leans[who] for who, step in enumerate(row) if step is not None), Fraction(0))
        sums[len(given)] = sums.get(len(given), 0) + weights[criterion] * said
        total += weights[criterion]
    above = sum((Fraction(said) / count for count, said in sums.items()), Fraction(0))
    return min(max(above / total, LOWEST), HIGHEST) if total else None
