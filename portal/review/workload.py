"""How much there is to judge, in words and minutes, so that it can be said before the first click."""

from collections.abc import Iterable
from math import ceil
from typing import Final

from portal.swedish_dates import in_words

_READING: Final = 3  # minutes to read one application
_SCORES_A_MINUTE: Final = 4


def applications_text(count: int) -> str:
    """ "Nio ansökningar" """
    return f"{in_words(count).capitalize()} {'ansökan' if count == 1 else 'ansökningar'}"


def minutes_left(left: Iterable[int]) -> int:
    """About how long what is left takes, in whole fives of minutes; by candidate, how many scores are missing."""
    needed = sum(_READING + missing / _SCORES_A_MINUTE for missing in left if missing)
    return ceil(needed / 5) * 5


def minutes(applications: int, criteria: int) -> int:
    """About how long it takes to read and judge, in whole fives of minutes."""
    return ceil(applications * (_READING + criteria / _SCORES_A_MINUTE) / 5) * 5
