"""What a record that is no file says, as lines to set: the form that was filled in, and an assessment. PURE."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from portal.register.lines import SetLine
from portal.swedish_dates import NBSP

_SUM: Final = re.compile(r"\b(\d{1,3})(\d{3})(?= kronor per månad$)")


@dataclass(frozen=True, slots=True)
class Judged:
    """What one assessor, or whoever decided, has said of one criterion; ``reason`` may be empty."""

    by: str
    criterion: str
    words: str
    reason: str = ""


def lines_of_form(
    pairs: Sequence[tuple[str, str]], letter: str, answers: Iterable[tuple[str, str]], *, heading: str
) -> list[SetLine]:
    """Names and values, the letter, and each krav with its answer."""
    lines = [("heading", heading), *(("row", f"{name}\t{value}") for name, value in pairs if value)]
    if letter:
        lines += [("heading", "Personligt brev"), *plain(letter)]
    if given := list(answers):
        lines.append(("heading", "Svar på kraven"))
        for criterion, said in given:
            lines += [("item", criterion), *plain(said or "Inget svar")]
    return lines


def as_set(lines: Iterable[SetLine]) -> list[SetLine]:
    """The lines as a paper sets them: an amount as it is read, 48 000. The lines themselves stay as they are, since by them
    it is known whether the record has moved since it was reviewed."""
    return [(style, _SUM.sub(rf"\1{NBSP}\2", words) if style == "row" else words) for style, words in lines]


def lines_of_assessment(
    name: str, scores: Sequence[Judged], rulings: Sequence[Judged], joint: str, outcome: Judged | None
) -> list[SetLine]:
    """Who has judged what how, what was decided of krav, the panel's joint words, and the outcome with its reason."""
    lines = [("heading", "Bedömning"), ("row", f"Sökande\t{name}")]
    for heading, said in (("Bedömarnas svar", scores), ("Beslut om krav", rulings)):
        if said:
            lines.append(("heading", heading))
        for one in said:
            lines += [("item", f"{one.criterion}: {one.words}. {one.by}"), *plain(one.reason)]
    if joint:
        lines += [("heading", "Gemensam bedömning"), *plain(joint)]
    if outcome is not None:
        lines += [("heading", "Utfall"), ("row", f"Utfall\t{outcome.words}"), ("row", f"Grund\t{outcome.criterion}")]
        lines += plain(outcome.reason)
    return lines


def lines_of_minutes(
    title: str, about: Sequence[tuple[str, str]], present: Sequence[str], ended_as: str, order: Sequence[tuple[str, str]],
    votes: Sequence[tuple[str, str]], steps: Sequence[str],
) -> list[SetLine]:  # fmt: skip
    """The minutes of a meeting, its candidates by number: ``order`` is place and whose, ``votes`` what about and how."""
    lines = [("heading", "Protokoll från bedömningsmötet"), ("row", f"Annons\t{title}")]
    lines += [("row", f"{name}\t{said}") for name, said in about]
    lines += _listed("Närvarande", present)
    lines += [
        ("heading", "Ordning"),
        ("plain", ended_as),
        *(("row", f"Plats {place}\t{whose}") for place, whose in order),
    ]
    if votes:
        lines.append(("heading", "Omröstningar"))
        for about_what, said in votes:
            lines += [("item", about_what), *plain(said)]
    return [*lines, *_listed("Mötets gång", steps)]


def _listed(heading: str, items: Sequence[str]) -> list[SetLine]:
    return [("heading", heading), *(("plain", item) for item in items)] if items else []


def plain(text: str) -> list[SetLine]:
    """Typed words, line by line; an empty line is a gap."""
    return [("plain", line) if line.strip() else ("gap", "") for line in text.split("\n")] if text else []
