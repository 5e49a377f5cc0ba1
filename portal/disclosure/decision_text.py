"""The decision on a request in words, and how to appeal against it. PURE.

A decision not to hand out a record, or not all of it, is appealed to kammarrätten (OSL 6:7–8), in writing, to the authority
that took it, within three weeks of the day one got it (FL 43–44 §§).
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.disclosure.requests import Answer, Outcome
from portal.swedish_dates import MONTHS

OPENINGS: Final = {
    Outcome.WHOLE: "{authority} lämnar ut de begärda handlingarna.",
    Outcome.PARTLY: "{authority} lämnar ut de begärda handlingarna, men inte de uppgifter som sekretess gäller för.",
    Outcome.REFUSED: "{authority} avslår begäran.",
}
WHAT_IS_LEFT: Final = "{authority} lämnar ut de begärda handlingar som finns kvar."  # the others have been disposed of
APPEAL: Final = (
    "Beslutet kan överklagas till kammarrätten (6 kap. 7 och 8 §§ offentlighets- och sekretesslagen).",
    "Skriv till {authority}. Tala om vilket beslut du överklagar, hur du vill att det ska ändras och varför.",
    "Överklagandet ska ha kommit in till {authority} inom tre veckor från den dag då du fick del av beslutet"
    " (43 och 44 §§ förvaltningslagen).",
    "Har det kommit in i rätt tid lämnar vi det till kammarrätten, om vi inte själva ändrar beslutet så som du vill.",
)
DECIDED_BY: Final = (
    "Beslutat av …, med stöd av …."  # filled in by hand: who decides is often another than who writes (FL 31 §)
)
NONE_FOUND: Final = "Det finns ingen sådan handling hos oss."


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One record by its number and kind, what becomes of it, and why; ``gone`` says it of one that has been disposed of."""

    number: int
    word: str
    answer: Answer
    grounds: Sequence[str] = ()
    gone: str = ""


def proposed(authority: str, outcome: Outcome, came_on: date, records: Sequence[Reviewed]) -> str:
    """What the registrar begins with: the decision, the request's day, all records and why, and who decides, to be filled in.
    No name of a candidate."""
    came = f"Begäran kom in {came_on.day} {MONTHS[came_on.month - 1]} {came_on.year}."
    lines = [_opening(outcome, records).format(authority=authority), came, ""]
    lines += _together(records) or [NONE_FOUND]
    return "\n".join([*lines, "", DECIDED_BY])


def lacks_decider(text: str) -> bool:
    """Whether the line of who decides stands as it was proposed, in any part of it."""
    return any(line.startswith(DECIDED_BY.split("…")[0]) and "…" in line for line in text.splitlines())


def _opening(outcome: Outcome, records: Sequence[Reviewed]) -> str:
    whole = all(one.gone or one.answer is Answer.OPEN for one in records)
    return WHAT_IS_LEFT if outcome is Outcome.PARTLY and whole else OPENINGS[outcome]


def _together(records: Sequence[Reviewed]) -> list[str]:
    """A line for all of a kind of which the same is said: a case may have thousands of records, a decision is to be read."""
    same: dict[Hashable, list[Reviewed]] = {}
    for one in sorted(records, key=lambda one: one.number):
        same.setdefault((one.word, one.answer, frozenset(one.grounds), one.gone), []).append(one)
    return [_line(those[0], [one.number for one in those]) for those in same.values()]


def _line(record: Reviewed, numbers: Sequence[int]) -> str:
    named = f"Nummer {numbers_told(numbers)}, {record.word.lower()}"
    if record.gone:
        return f"{named}: finns inte kvar, {record.gone.lower()}."
    masked = "lämnas ut maskad" if len(numbers) == 1 else "lämnas ut maskade"
    what = {Answer.OPEN: "lämnas ut", Answer.MASKED: masked, Answer.WITHHELD: "lämnas inte ut"}
    why = f" Grund: {'; '.join(record.grounds)}." if record.grounds else ""
    return f"{named}: {what[record.answer]}.{why}"


def numbers_told(numbers: Sequence[int]) -> str:
    """Numbers in order as a sentence has them, three or more in a row by the first and the last: 7–9, 11 och 12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    told = [part for run in runs for part in (map(str, run) if len(run) < 3 else [f"{run[0]}–{run[-1]}"])]
    return f"{', '.join(told[:-1])} och {told[-1]}" if len(told) > 1 else told[0]


def appeal_lines(authority: str, outcome: Outcome) -> list[str]:
    """How to appeal; empty where all is handed out, for then there is nothing to appeal against."""
    return [] if outcome is Outcome.WHOLE else [line.format(authority=authority) for line in APPEAL]
