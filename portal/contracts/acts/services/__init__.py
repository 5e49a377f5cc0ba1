"""The verbs of an employment's acts."""

from portal.contracts.acts.services.acting import (
    Pressed,
    call_off,
    end_early,
    extend,
    give_notice,
    take_back,
)

__all__ = ["Pressed", "call_off", "end_early", "extend", "give_notice", "take_back"]
