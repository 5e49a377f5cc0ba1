"""The texts that candidates are proposed to read: the result and the reason's criterion pick the text.

Each is written out in both languages here, since the office reads it in the candidate's language, whatever the page
around it speaks. The criterion is quoted as the ad has it.
"""

from typing import Final, Protocol

from portal.decisions.outcomes import Result

LONGEST_WORD: Final = 4000  # characters; two pages of print


class Criterion(Protocol):
    """What a text needs of a krav or a merit."""

    @property
    def kind(self) -> str: ...
    @property
    def judged(self) -> str: ...
    @property
    def text(self) -> str: ...


_NOT_FURTHER: Final = {
    "sv": (
        "Hej,\n\ntack för att du sökte, och för tiden du lade på din ansökan.\n\n"
        "Du går inte vidare i den här rekryteringen. {why}\n\n"
        "Beskedet gäller bara den här tjänsten. Du är välkommen att söka igen."
    ),
    "en": (
        "Hello,\n\nThank you for applying, and for the time you put into your application.\n\n"
        "You do not go further in this recruitment. {why}\n\n"
        "This concerns this post alone. You are welcome to apply again."
    ),
}
_HIRED: Final = {
    "sv": (
        "Hej,\n\ndet är dig vi vill anställa. {why}\n\n"
        "Vi hör av oss om tillträde och anställningsavtal. Säg till om du har ändrat dig."
    ),
    "en": (
        "Hello,\n\nIt is you we want to employ. {why}\n\n"
        "We will contact you about your first day and the contract. Tell us if you have changed your mind."
    ),
}
_WHY: Final = {
    ("krav", "skala"): {
        "sv": "Det som avgjorde var hur mycket din ansökan visade av ett av annonsens krav: ”{criterion}”.",
        "en": "What decided was how much your application showed of one of the requirements of the ad: “{criterion}”.",
    },
    ("krav", "finns"): {
        "sv": "Det som avgjorde var ett krav som tjänsten inte kan vara utan: ”{criterion}”.",
        "en": "What decided was a requirement that the post cannot do without: “{criterion}”.",
    },
    ("merit", "skala"): {
        "sv": "Det som avgjorde var hur mycket din ansökan visade av en merit: ”{criterion}”.",
        "en": "What decided was how much your application showed of a merit: “{criterion}”.",
    },
    ("merit", "finns"): {
        "sv": "Det som avgjorde var en av annonsens meriter: ”{criterion}”.",
        "en": "What decided was one of the merits of the ad: “{criterion}”.",
    },
}
_WHY_HIRED: Final = {
    "sv": "Särskilt det här i annonsen vägde tungt: ”{criterion}”.",
    "en": "One thing in the ad weighed heavily: “{criterion}”.",
}


def proposed(result: Result, criterion: Criterion, language: str) -> str:
    """The kind text for this result and reason, in the candidate's language (English or else Swedish)."""
    speaks = "en" if language == "en" else "sv"
    whole, why = _NOT_FURTHER, _WHY[criterion.kind, criterion.judged]
    if result is Result.HIRED:
        whole, why = _HIRED, _WHY_HIRED
    quoted = " ".join(criterion.text.split()).rstrip(".")
    # Put together piece by piece: braces in an ad's text are text.
    before, _, after = why[speaks].partition("{criterion}")
    start, _, end = whole[speaks].partition("{why}")
    return f"{start}{before}{quoted}{after}{end}"
