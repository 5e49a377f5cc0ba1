"""What can be wrong with a profile's file: where, and a Swedish sentence that says what to do."""

from dataclasses import dataclass
from typing import Final

from portal.profiles.lines import line_of
from portal.refusal import Refusal

SHOWN_LONGEST: Final = 60


class BadProfile(Refusal):
    """A profile's file that is not followed: none of its rules is used until it has been mended."""

    text = "%(file)s, rad %(line)s: %(sentence)s"


@dataclass(frozen=True, slots=True)
class File:
    """A profile's file as it was read: its name, and its text, by which a line is found."""

    name: str
    text: str

    def bad(self, path: tuple[str, ...], sentence: str) -> BadProfile:
        """The fault at what ``path`` leads to."""
        return BadProfile(file=self.name, line=line_of(self.text, path), sentence=sentence)


def shown(word: object) -> str:
    """A stranger's word fit for one line: nothing invisible, not too long."""
    clean = "".join(sign if sign.isprintable() else "?" for sign in str(word)[: SHOWN_LONGEST + 1])
    return clean if len(clean) <= SHOWN_LONGEST else clean[:SHOWN_LONGEST] + "…"
