"""Whether an employment is a stand-in, and whose post it is in place of."""

from dataclasses import dataclass
from typing import Self
from uuid import UUID


@dataclass(frozen=True, slots=True)
class StandIn:
    """``in_place_of`` is the employment of whom it stands in for, where that one is registered here: then it is a stand-in
    whatever else is said."""

    is_one: bool
    in_place_of: UUID | None = None

    @classmethod
    def of(cls, in_place_of: UUID | None, *, ticked: bool = False) -> Self:
        """As somebody fills it in."""
        return cls(is_one=ticked or in_place_of is not None, in_place_of=in_place_of)

    @property
    def packed(self) -> str:
        """For a hidden field."""
        return str(self.in_place_of or ("1" if self.is_one else "0"))

    @classmethod
    def unpacked(cls, text: str) -> Self | None:
        """What `packed` made; None of anything else."""
        if text in ("0", "1"):
            return cls(is_one=text == "1")
        try:
            return cls.of(UUID(text))
        except ValueError:
            return None
