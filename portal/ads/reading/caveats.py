"""What a reading could not settle (unclear) and what the posting says that cannot hold (warnings)."""

from dataclasses import dataclass

from portal.ads.reading.dates import Found


@dataclass(frozen=True)
class Unclear:
    """A field the posting leaves open: its own words, and the question a person must answer."""

    field: str
    text: str
    question: str


@dataclass(frozen=True)
class Warned:
    """A field whose words cannot hold: the words, why in Swedish, and what to write instead where that is known."""

    field: str
    text: str
    suggestion: str | None


def unclear_day(field: str, found: Found) -> Unclear:
    """The question about a day that the posting does not state in full, or in words that may mean another."""
    if found.lacks == "day":
        question = f"Annonsen säger ”{found.text}” utan dag. Vilken dag gäller?"
    elif found.lacks == "calendar":
        question = f"”{found.text}” finns inte i kalendern. Vilken dag gäller?"
    elif found.lacks == "last":
        question = f"Annonsen säger ”{found.text}”. Vilken dag är den sista att söka?"
    elif found.lacks == "first":
        question = f"Annonsen säger ”{found.text}”. När kan anställningen börja tidigast?"
    else:
        question = f"Annonsen säger ”{found.text}” utan år. Vilket år gäller?"
    return Unclear(field, found.text, question)
