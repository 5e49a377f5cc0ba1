"""What is wrong with several employments at once: each fault beside its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.refusal import N_, Refusal


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to change, and the field (or column) it belongs beside."""

    sentence: str
    field: str = ""


class NothingRecorded(Refusal):
    """One of several cannot be recorded, so none is."""

    text = N_("Ingenting är registrerat. Rätta det som står vid raderna, eller ta bort dem, och försök igen.")

    def __init__(self, faults: Mapping[Any, Fault]) -> None:
        self.faults = dict(faults)
        super().__init__()
