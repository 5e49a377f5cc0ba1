"""When the board (styrelsen) of a new term can begin. Which day it is in one authority is decided there."""

from datetime import date
from typing import Final

from portal.elections.calendar import FIRST_TERM_FROM_15_OCTOBER, Election, elections, term_start

ARTICLE: Final = "kommunallagen (2017:725) 6 kap. 18 §"


def latest_board_day(election: Election) -> date:
    """1 January after the election: what the law says where fullmäktige has not decided on an earlier day (KL 6:18)."""
    return date(election.year + 1, 1, 1)


def election_of_board(first_day: date) -> Election | None:
    """The election after which a board can begin on this day: from the new fullmäktige's first day to 1 January."""
    for election in elections(first=FIRST_TERM_FROM_15_OCTOBER):
        if term_start(election) <= first_day <= latest_board_day(election):
            return election
    return None
