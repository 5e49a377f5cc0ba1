"""The joint view: every vote, what it adds up to, and the own orders joined. An aid; the people decide.

No rule of who sees what is applied here: `Board` is given only what its viewer may see, and the joint order as it was made
of more than that where somebody is hidden from them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from typing import Final
from uuid import UUID

from portal.review.leaning import corrected_means
from portal.review.own_order import Groups, among, shown_of
from portal.review.ranking import (
    DISAGREEMENT,
    disagreements,
    mean,
    place_labels,
    schulze,
    spread,
    step_effect,
    told_apart,
    weighted_mean,
    with_rest_last,
)

NOT_SET: Final = -1  # no step: an assessor has said nothing, and "kan inte bedöma" is said


class Arrangement(StrEnum):
    """In which order the rows stand."""

    JOINT = "gemensam"
    DISAGREEMENT = "oenighet"
    NAME = "namn"


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion judged by the scale."""

    id: UUID
    name: str
    weight: int
    merit: bool


@dataclass(frozen=True, slots=True)
class Assessor:
    """One assessor; ``own`` is the viewer."""

    id: UUID
    name: str
    own: bool


def joint_order(orders: Iterable[Groups], candidates: Sequence[UUID]) -> Groups:
    """The orders joined by Schulze, of these candidates alone. Whom an order leaves out is not compared in it, and whom none
    sets beside another is not in what comes of them: to be beaten by nobody is no place where nobody has compared.

    An order of one among several (a deputy's, who was called in for nobody else) compares no more than an empty one. Where
    all are such, those who are in them share the place.
    """
    known = set(candidates)
    own = [among(order, known) for order in orders]
    telling = [order for order in own if sum(map(len, order)) > 1] or own
    compared = {one for order in telling for group in order for one in group}
    return schulze(telling, [one for one in candidates if one in compared])


@dataclass(frozen=True)
class Board:
    """All that goes into the joint view. ``steps`` has a key for each score that is seen; None is *kan inte bedöma*.

    What is asked of it many times for one page (votes, means, the joint order) is worked out once.
    """

    criteria: Sequence[Criterion]
    assessors: Sequence[Assessor]
    candidates: Mapping[UUID, str]  # names, in alphabetical order
    steps: Mapping[tuple[UUID, UUID, UUID], int | None]  # assessor, candidate, criterion
    orders: Mapping[UUID, Groups]
    conflicts: frozenset[tuple[UUID, UUID]]  # assessor, candidate
    materials: Mapping[tuple[UUID, UUID, UUID], int] = field(default_factory=dict)  # how much there was to go by
    order: Groups | None = None  # the joint order, made of more than ``orders`` where somebody is hidden

    def votes(self, candidate: UUID, criterion: UUID) -> list[int | None]:
        """The scores seen of one candidate by one criterion, without those of whoever has jäv or has not scored."""
        return self._votes.get(candidate, {}).get(criterion, [])

    def given(self, candidate: UUID) -> Mapping[UUID, Sequence[int | None]]:
        """By criterion what is seen of each assessor, in their order; `NOT_SET` where nothing is."""
        return self._cells[candidate]

    @cached_property
    def _cells(self) -> dict[UUID, dict[UUID, list[int | None]]]:
        """All votes in their places, in one pass: everything else of the view is read from here, without asking again for a
        key of three ids."""
        nothing: list[int | None] = [NOT_SET] * len(self.assessors)
        cells = {one: {criterion: nothing.copy() for criterion in self.weights} for one in self.candidates}
        place = {assessor.id: n for n, assessor in enumerate(self.assessors)}
        for (assessor, candidate, criterion), step in self.steps.items():
            rows, seat = cells.get(candidate), place.get(assessor)
            if rows is not None and seat is not None and (row := rows.get(criterion)) is not None:
                row[seat] = step
        return cells

    @cached_property
    def _votes(self) -> dict[UUID, dict[UUID, list[int | None]]]:
        return {
            one: {criterion: [step for step in row if step != NOT_SET] for criterion, row in rows.items()}
            for one, rows in self._cells.items()
        }

    def mean_of(self, candidate: UUID, criterion: UUID) -> Fraction | None:
        """The mean of the votes that were given."""
        return self._means.get(candidate, {}).get(criterion)

    @cached_property
    def _means(self) -> dict[UUID, dict[UUID, Fraction | None]]:
        return {one: {criterion: mean(votes) for criterion, votes in rows.items()} for one, rows in self._votes.items()}

    def weighted(self, candidate: UUID) -> Fraction | None:
        """The means by weight."""
        return self._weighted[candidate]

    @cached_property
    def _weighted(self) -> dict[UUID, Fraction | None]:
        return {one: weighted_mean(means, self.weights) for one, means in self._means.items()}

    @cached_property
    def weights(self) -> dict[UUID, int]:
        """The criteria's weights."""
        return {criterion.id: criterion.weight for criterion in self.criteria}

    @cached_property
    def _grid(self) -> dict[UUID, dict[UUID, list[int | None]]]:
        """By candidate and criterion what each assessor gave, at the assessor's own place; None for nothing too."""
        return {
            one: {criterion: [None if step == NOT_SET else step for step in row] for criterion, row in rows.items()}
            for one, rows in self._cells.items()
        }

    def outermost(self, candidate: UUID) -> tuple[Fraction, Fraction] | None:
        """The lowest and the highest of the assessors' own weighted means; None with fewer than two of them."""
        sums = [[0, 0] for _ in self.assessors]
        for criterion, row in self._grid[candidate].items():
            for own, step in zip(sums, row, strict=True):
                if step is not None:
                    own[0] += self.weights[criterion] * step
                    own[1] += self.weights[criterion]
        given = [Fraction(scored, weight) for scored, weight in sums if weight]
        return (min(given), max(given)) if len(given) > 1 else None

    @cached_property
    def corrected(self) -> dict[UUID, Fraction | None] | None:
        """The means corrected for strict and kind assessors; None where `leaning` has too little to go by."""
        return corrected_means(self._grid, self.weights)

    def told_apart(self, first: UUID, second: UUID) -> bool:
        """Whether the two candidates' weighted means say anything of who is better."""
        return told_apart(self.weighted(first), self.weighted(second), max(self._effect(first), self._effect(second)))

    def _effect(self, candidate: UUID) -> Fraction:
        rows = self._grid[candidate]
        counted = tuple(len(row) - row.count(None) for row in rows.values())
        if counted not in self._effects:
            self._effects[counted] = step_effect(rows, self.weights)
        return self._effects[counted]

    @cached_property
    def _effects(self) -> dict[tuple[int, ...], Fraction]:
        """Two hundred candidates have been judged by the same few counts of votes."""
        return {}

    def joined(self) -> Groups:
        """The joint order: one for all, whoever is left out of what one of them sees. Equal ones stand by name; whom nobody
        has compared is not in it."""
        return self._joined

    @cached_property
    def _joined(self) -> Groups:
        if self.order is None:
            return joint_order(self.orders.values(), list(self.candidates))
        return shown_of(self.order, self.candidates)

    def sets_nobody_first(self, assessor: UUID) -> bool:
        """Whether the assessor's own order has everybody in one place, so that it says nothing. One alone is no order."""
        groups = among(self.orders.get(assessor, ()), self.candidates)
        return len(groups) == 1 < len(groups[0])

    def sets_somebody_first(self, assessor: UUID) -> bool:
        """Whether the assessor's own order sets one before another."""
        return len(among(self.orders.get(assessor, ()), self.candidates)) > 1

    def labels(self) -> dict[UUID, str]:
        """The joint places as text; empty while no order is seen, and for whoever is in none that compares."""
        return dict.fromkeys(self.candidates, "") | (place_labels(self.joined()) if self.orders else {})

    def apart(self) -> list[tuple[UUID, UUID, int]]:
        """Candidate, criterion and steps where the assessors stand two steps or more apart: widest first, then what
        weighs most."""
        found = [(one.candidate, one.criterion, one.steps) for one in disagreements(self._votes)]
        return sorted(found, key=lambda one: (-one[2], -self.weights[one[1]]))

    def arranged(self, by: Arrangement) -> list[UUID]:
        """The candidates in the order asked for; equal ones by name, and whoever has no joint place after all who have."""
        placed = self.joined() if self.orders else ()
        joint = [one for group in with_rest_last(placed, list(self.candidates)) for one in group]
        if by is Arrangement.NAME:
            return list(self.candidates)
        if by is Arrangement.DISAGREEMENT:
            return sorted(joint, key=lambda one: (-self._widest(one), -self._weight_apart(one)))
        return joint

    def _weight_apart(self, candidate: UUID) -> int:
        """The weights together of all on which the assessors stand apart."""
        votes = ((c.weight, spread(self.votes(candidate, c.id)) or 0) for c in self.criteria)
        return sum(weight for weight, steps in votes if steps >= DISAGREEMENT)

    def _widest(self, candidate: UUID) -> int:
        return max((spread(self.votes(candidate, c.id)) or 0 for c in self.criteria), default=0)
