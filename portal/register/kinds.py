"""What a line of the register can be about, and whether it has arrived or been made. PURE."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """One kind of record."""

    APPLICATION = "application"
    CV = "cv"
    LETTER = "letter"
    ATTACHMENT = "attachment"
    CHANGE = "change"
    MESSAGE_IN = "message_in"
    MESSAGE_OUT = "message_out"
    ASSESSMENT = "assessment"
    MINUTES = "minutes"
    REQUEST = "request"
    DECISION = "decision"

    @property
    def word(self) -> str:
        """As the register has it."""
        return WORDS[self]

    @property
    def made(self) -> bool:
        """Made by the authority (upprättad, TF 2:10): sent out, or there when the matter closed. Everything else arrived
        (inkommen, 2:9)."""
        return self in MADE


WORDS: Final[Mapping[Kind, str]] = {
    Kind.APPLICATION: "Ansökan",
    Kind.CV: "Meritförteckning",
    Kind.LETTER: "Personligt brev",
    Kind.ATTACHMENT: "Bilaga",
    Kind.CHANGE: "Ändring av ansökan",
    Kind.MESSAGE_IN: "Brev från den sökande",
    Kind.MESSAGE_OUT: "Brev till den sökande",
    Kind.ASSESSMENT: "Bedömning",
    Kind.MINUTES: "Protokoll från bedömningsmötet",
    Kind.REQUEST: "Begäran om handlingar",
    Kind.DECISION: "Beslut om utlämnande",
}
MADE: Final = frozenset({Kind.ASSESSMENT, Kind.MESSAGE_OUT, Kind.MINUTES, Kind.DECISION})
# The kinds of files that a candidate sends.
FILES: Final = frozenset({Kind.CV, Kind.LETTER, Kind.ATTACHMENT})
MESSAGES: Final = frozenset({Kind.MESSAGE_IN, Kind.MESSAGE_OUT})
