"""Refusal: the base of every "no" the domain can say, and the mark on sentences that are translated later."""

from collections.abc import Mapping
from typing import Any, Final


def N_(text: str) -> str:
    """Mark a Swedish sentence for the catalogue without translating it here (pure modules know no language)."""
    return text


OPEN_ANEW: Final = (
    "Öppna sidan på nytt"  # where a sentence says to press it, the page has it (components/open_anew.html)
)


class Refusal(Exception):
    """A rule of the domain says no. The sentence tells the person what is and what to do.

    ``text`` is Swedish with ``%(name)s`` places; ``values`` fill them. ``field`` names the form field the sentence
    belongs beside, where there is one. The web layer translates and shows it; nothing else need be caught.
    """

    text: str = N_("Det gick inte att göra det här. Tryck på Öppna sidan på nytt och försök igen.")
    field: str | None = None
    status: int = 422

    def __init__(self, text: str | None = None, /, *, field: str | None = None, **values: Any) -> None:
        self.text = text or type(self).text
        self.field = field or type(self).field
        self.values = values
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """The Swedish sentence with its values in place."""
        return self.text % self.values if self.values else self.text


class Moved(Refusal):
    """Somebody else has saved the same since the page was opened.

    ``written`` is what the page would have made of it, field by field, where the page cannot tell itself. ``asks`` is whether
    it may have anything of its own to save: else what is saved stands, and nothing is lost.
    """

    status = 409

    def __init__(self, written: Mapping[str, str] | None = None, *, asks: bool = True, **values: Any) -> None:
        self.written, self.asks = written or {}, asks
        super().__init__(**values)
