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
from portal.contracts.acts.services.standing_in import correct_stand_in

__all__ = [
    "Pressed",
    "call_off",
    "correct_extent",
    "correct_first_day",
    "correct_stand_in",
    "end_early",
    "extend",
    "give_notice",
    "take_back",
]
