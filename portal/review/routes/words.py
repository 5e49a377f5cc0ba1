"""Sentences that several pages of review share, made from the rules themselves."""

from datetime import datetime

from portal.clock import STOCKHOLM
from portal.review.queries.case import Case
from portal.review.visibility import note_seen, others_seen, when_open, who_sees
from portal.swedish_dates import MONTHS, WEEKDAYS


def instant_words(at: datetime) -> str:
    """ "torsdag 17 december kl. 18.00" """
    local = at.astimezone(STOCKHOLM)
    return f"{WEEKDAYS[local.weekday()]} {local.day}\u00a0{MONTHS[local.month - 1]} kl.\u00a0{local:%H.%M}"


def last_minute_words(case: Case) -> str:
    """The last minute in words; empty where none is set."""
    return instant_words(case.hand_in_by) if case.hand_in_by else ""


def seen_by(case: Case) -> str:
    """Who sees what an assessor sets, and when."""
    return who_sees(last_minute_words(case), case.sharing)


def others_are_seen(case: Case) -> str:
    """When whoever has handed in sees what the others have set."""
    return others_seen(last_minute_words(case), case.sharing)


def note_is_seen(case: Case) -> str:
    """When others read an assessor's note."""
    return note_seen(last_minute_words(case), case.sharing)


def seen_by_whoever_decides(case: Case) -> str:
    """When what the assessors say is open: an assessor is told of their own, the office of all."""
    if case.standing.named:
        return seen_by(case)
    return opens_for_the_office(case)


def opens_for_the_office(case: Case) -> str:
    """When what the assessors say is open to the office."""
    return when_open(last_minute_words(case))
