"""What a line of the register can be about, and whether it has arrived or been made. PURE."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """One kind of record. The three in the middle are the kinds of files that a candidate sends."""

    APPLICATION = "application"
    CV = "cv"
    LETTER = "letter"
    ATTACHMENT = "attachment"
    ASSESSMENT = "assessment"

    @property
    def word(self) -> str:
        """As the register has it."""
        return WORDS[self]

    @property
    def made(self) -> bool:
        """Made by the authority (upprättad, TF 2:10) when the matter closed; everything else arrived (inkommen, 2:9)."""
        return self is Kind.ASSESSMENT


WORDS: Final[Mapping[Kind, str]] = {
    Kind.APPLICATION: "Ansökan",
    Kind.CV: "Meritförteckning",
    Kind.LETTER: "Personligt brev",
    Kind.ATTACHMENT: "Bilaga",
    Kind.ASSESSMENT: "Bedömning",
}
FILES: Final = frozenset({Kind.CV, Kind.LETTER, Kind.ATTACHMENT})
