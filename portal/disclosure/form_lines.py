"""What a record that is no file says, as lines to set: the form that was filled in, and an assessment. PURE."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Style = Literal["heading", "item", "row", "plain", "gap"]
SetLine = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Judged:
    """What one assessor, or whoever decided, has said of one criterion; ``reason`` may be empty."""

    by: str
    criterion: str
    words: str
    reason: str = ""


def lines_of_form(pairs: Sequence[tuple[str, str]], letter: str, answers: Iterable[tuple[str, str]]) -> list[SetLine]:
    """Names and values, the letter, and each krav with its answer."""
    lines = [("heading", "Ansökan"), *(("row", f"{name}\t{value}") for name, value in pairs if value)]
    if letter:
        lines += [("heading", "Personligt brev"), *_plain(letter)]
    if given := list(answers):
        lines.append(("heading", "Svar på kraven"))
        for criterion, said in given:
            lines += [("item", criterion), *_plain(said or "Inget svar")]
    return lines


def lines_of_assessment(
    name: str, scores: Sequence[Judged], rulings: Sequence[Judged], outcome: Judged | None
) -> list[SetLine]:
    """Who has judged what how, what was decided of krav, and the outcome with its reason."""
    lines = [("heading", "Bedömning"), ("row", f"Sökande\t{name}")]
    for heading, said in (("Bedömarnas svar", scores), ("Beslut om krav", rulings)):
        if said:
            lines.append(("heading", heading))
        for one in said:
            lines += [("item", f"{one.criterion}: {one.words}. {one.by}"), *_plain(one.reason)]
    if outcome is not None:
        lines += [("heading", "Utfall"), ("row", f"Utfall\t{outcome.words}"), ("row", f"Grund\t{outcome.criterion}")]
        lines += _plain(outcome.reason)
    return lines


def _plain(text: str) -> list[SetLine]:
    return [("plain", line) if line.strip() else ("gap", "") for line in text.split("\n")] if text else []
