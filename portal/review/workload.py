"""How much there is to judge, in words and minutes, so that it can be said before the first click."""

from math import ceil
from typing import Final

from portal.swedish_dates import in_words

_READING: Final = 3  # minutes to read one application
_SCORES_A_MINUTE: Final = 4


def applications_text(count: int) -> str:
    """ "Nio ansökningar" """
    return f"{in_words(count).capitalize()} {'ansökan' if count == 1 else 'ansökningar'}"


def applications_left(judgements: int, criteria: int) -> int:
    """How many applications so many judgements are, of so many for each; a part of one is one. One who goes by criterion
    reads a little of everybody, so what is left goes down from the first judgement on."""
    return ceil(judgements / criteria) if criteria else 0


def minutes(applications: int, criteria: int) -> int:
    """About how long it takes to read and judge, in whole fives of minutes."""
    return ceil(applications * (_READING + criteria / _SCORES_A_MINUTE) / 5) * 5
