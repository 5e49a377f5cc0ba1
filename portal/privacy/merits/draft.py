"""The draft of an uppgift om meriter (diskrimineringslagen 2:4): education, experience and other merits of whoever was
hired or called, without name or contact. From their own answers; never from a score or a machine's judgement. PURE."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from portal.documents.masking import Kind, Known, masked, secret_spans

HEADINGS: Final = ("Utbildning:", "Yrkeserfarenhet:", "Andra meriter:")
GONE: Final = "Personens ansökan är raderad, så uppgifterna finns inte längre kvar hos arbetsgivaren."
SEALED: Final = "Personens ansökan ligger låst, och ingen hos arbetsgivaren får läsa den."
NOBODY: Final = "Ingen anställdes och ingen kallades till intervju i den här rekryteringen."
NOBODY_HIRED: Final = "Ingen anställdes i den här rekryteringen."  # said to one who was called themself
FOUND: Final = {
    Kind.NAME: "ett namn",
    Kind.EMAIL: "en e-postadress",
    Kind.PHONE: "ett telefonnummer",
    Kind.NUMBER: "ett personnummer",
    Kind.ADDRESS: "en adress",
    Kind.LINK: "en länk",
}

_TITLES: Final = (
    (True, "Den som anställdes", "Anställd"),
    (False, "Den som kallades till intervju", "Kallad till intervju"),
)
_STARTS: Final = tuple(title for _, *titles in _TITLES for title in titles)


@dataclass(frozen=True, slots=True)
class Answered:
    """What was answered to the question made of one criterion."""

    criterion: str
    choice: str  # ja, nej or nothing
    text: str


@dataclass(frozen=True, slots=True)
class Described:
    """Somebody who was hired, or called to interview. ``known`` is None where their papers are erased, or kept
    ``sealed`` for whoever may still make a claim."""

    hired: bool
    known: Known | None
    answers: tuple[Answered, ...] = ()
    sealed: bool = False


def drafted(people: Sequence[Described], *, called: bool = False) -> str:
    """What the office goes on from: headings to be filled from the CV, and the answers as they were given. ``called``:
    whoever asks was called to interview themself, so of others who were nothing is owed."""
    if not people:
        return NOBODY_HIRED if called else NOBODY
    return "\n\n".join(_one(who, title) for who, title in zip(people, _titles(people), strict=True))


def _titles(people: Sequence[Described]) -> Iterable[str]:
    for hired, one, many in _TITLES:
        count = sum(who.hired is hired for who in people)
        yield from ([one] if count == 1 else [f"{many} {number}" for number in range(1, count + 1)])


def _one(who: Described, title: str) -> str:
    if who.known is None:
        return f"{title}\n{SEALED if who.sealed else GONE}"
    lines = [masked(_line(answer), who.known) for answer in who.answers if answer.choice or answer.text]
    return "\n\n".join((title, *HEADINGS[:2], "\n".join((HEADINGS[2], *lines))))


def _line(answer: Answered) -> str:
    said = " ".join(" ".join((answer.choice.capitalize() + "." if answer.choice else "", answer.text)).split())
    return f"- {answer.criterion.rstrip('.')}: {said}"


def telling(text: str, people: Iterable[Described]) -> list[str]:
    """What of a text tells who is meant, each once, in words; empty where nothing surely does."""
    kinds = [
        span.kind for who in people if who.known is not None for span in secret_spans(text, who.known) if span.sure
    ]
    return [FOUND[kind] for kind in dict.fromkeys(kinds)]


def unfilled(text: str) -> list[str]:
    """The headings of the draft that nothing stands below, each once: the office has still to fill them from the CV."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    empty = [
        line.rstrip(":")
        for line, after in zip(lines, [*lines[1:], ""], strict=True)
        if line in HEADINGS and (not after or after in HEADINGS or after.startswith(_STARTS))
    ]
    return list(dict.fromkeys(empty))
