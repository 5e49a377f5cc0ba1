"""What a panel's scores and orders add up to: means, disagreements, places. An aid for the meeting, never a decision.

Scores are 0 framgår inte, 1 svagt, 2 gott, 3 starkt; None is *kan inte bedöma* and is left out of every sum, so that
it neither helps nor harms. Means are exact fractions; how they are written is the page's business.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final, Generic, TypeVar

from portal.review.schulze import Order, schulze, with_rest_last

__all__ = [
    "DISAGREEMENT",
    "Disagreement",
    "Order",
    "disagreements",
    "mean",
    "place_labels",
    "schulze",
    "spread",
    "starting_order",
    "step_effect",
    "told_apart",
    "weighted_mean",
    "with_rest_last",
]

K = TypeVar("K", bound=Hashable)
C = TypeVar("C", bound=Hashable)

DISAGREEMENT: Final = 2  # steps of the scale between the highest and the lowest score


@dataclass(frozen=True, slots=True)
class Disagreement(Generic[K, C]):
    """One candidate and one criterion on which the assessors differ by ``steps`` of the scale."""

    candidate: K
    criterion: C
    steps: int


def mean(scores: Iterable[int | Fraction | None]) -> Fraction | None:
    """The mean of the scores that were given; None where there is none."""
    given = [score for score in scores if score is not None]
    return _mean(sum(given), len(given)) if given else None


@lru_cache(maxsize=1024)  # a page of two hundred candidates has a few dozen
def _mean(total: int | Fraction, count: int) -> Fraction:
    return Fraction(total) / count


def weighted_mean(scores: Mapping[C, int | Fraction | None], weights: Mapping[C, int]) -> Fraction | None:
    """The mean of the scores by weight, over the criteria that were scored; None where no weight is scored.

    A criterion without a score (absent or None) takes its weight out of the mean. Raises KeyError for a scored
    criterion without a weight and ValueError for a negative one.
    """
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("a weight is negative")
    given = [(score, weights[criterion]) for criterion, score in scores.items() if score is not None]
    total = sum(weight for _, weight in given)
    return Fraction(sum(score * weight for score, weight in given)) / total if total else None


def spread(scores: Iterable[int | None]) -> int | None:
    """Steps between the highest and the lowest score given; None where there is none, 0 for a single one."""
    given = [score for score in scores if score is not None]
    return max(given) - min(given) if given else None


def step_effect(votes: Mapping[C, Collection[int | None]], weights: Mapping[C, int]) -> Fraction:
    """The most that a candidate's weighted mean moves when one assessor changes one score by one step.

    ``votes`` has the scores of all assessors by criterion. Nought where nothing with a weight is scored.
    """
    given = {criterion: sum(vote is not None for vote in all) for criterion, all in votes.items()}
    total = sum(weights[criterion] for criterion, count in given.items() if count)
    return max((Fraction(weights[c], total * n) for c, n in given.items() if n and total), default=Fraction(0))


def told_apart(first: Fraction | None, second: Fraction | None, effect: Fraction) -> bool:
    """Whether two weighted means differ by more than ``effect``: the larger of the two candidates' `step_effect`.

    Otherwise one assessor who changes one score by one step can level or turn them, and the page says that they cannot be
    told apart. A rule of thumb for people, not a test of significance. A candidate without a mean is not compared.
    """
    return first is None or second is None or abs(first - second) > effect


def disagreements(scores: Mapping[K, Mapping[C, Collection[int | None]]]) -> tuple[Disagreement[K, C], ...]:
    """Where the assessors stand two steps or more apart, widest first; otherwise in the order of ``scores``.

    ``scores`` has, for each candidate and criterion, the scores of all assessors.
    """
    found = [
        Disagreement(candidate, criterion, steps)
        for candidate, rows in scores.items()
        for criterion, given in rows.items()
        if (steps := spread(given)) is not None and steps >= DISAGREEMENT
    ]
    return tuple(sorted(found, key=lambda one: -one.steps))


def place_labels(groups: Sequence[Collection[K]]) -> dict[K, str]:
    """The place of each candidate as text: "1", "2", and "3–4" for two who share."""
    labels: dict[K, str] = {}
    taken = 0
    for group in groups:
        first, last = taken + 1, taken + len(group)
        label = str(first) if first == last else f"{first}–{last}"
        labels.update(dict.fromkeys(group, label))
        taken = last
    return labels


def starting_order(scores: Mapping[K, Mapping[C, int | None]], weights: Mapping[C, int]) -> tuple[tuple[K, ...], ...]:
    """An assessor's own order to begin from: by weighted mean of the own scores, equal means tied, best first.

    Candidates of whom nothing could be judged are left out; the assessor places them, or says nothing of them.
    """
    groups: dict[Fraction, list[K]] = {}
    for candidate, own in scores.items():
        score = weighted_mean(own, weights)
        if score is not None:
            groups.setdefault(score, []).append(candidate)
    return tuple(tuple(groups[score]) for score in sorted(groups, reverse=True))
