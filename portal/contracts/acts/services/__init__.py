"""The verbs of an employment's acts."""

from portal.contracts.acts.services.acting import (
    call_off,
    end_early,
    extend,
    give_notice,
    take_back,
)
from portal.contracts.acts.services.correcting import correct_extent, correct_first_day
from portal.contracts.acts.services.holding import Pressed

__all__ = [
    "Pressed",
    "call_off",
    "correct_extent",
    "correct_first_day",
    "end_early",
    "extend",
    "give_notice",
    "take_back",
]
