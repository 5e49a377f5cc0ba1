"""Weights as whole hundredths that add up: what each criterion counts for, as people read it."""

from collections.abc import Sequence


def shares(weights: Sequence[int]) -> list[int]:
    """Each weight's share of all of them in whole per cent, a hundred together; the largest remainders are rounded up, of
    equal ones the first. Nought for all where nothing weighs."""
    total = sum(weights)
    if not total:
        return [0] * len(weights)
    whole = [100 * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda n: -(100 * weights[n] % total))
    for n in by_remainder[: 100 - sum(whole)]:
        whole[n] += 1
    return whole
