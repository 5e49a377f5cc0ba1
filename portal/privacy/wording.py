"""How long applications are kept, in the words of the pages. *Gallra* is an authority's word; a party *raderar*. PURE."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.privacy.clocks import NOTICE, Kept, Wait
from portal.swedish_dates import in_words, swedish_day

WHY: Final = {
    Wait.OPEN: "Tiden har inte börjat: rekryteringen är inte avslutad.",
    Wait.NOT_FINAL: "Tiden har inte börjat: det är inte inskrivet när anställningsbeslutet fick laga kraft.",
    Wait.UNSAID: "Tiden har inte börjat: ingen anställdes, så dagen som den räknas från behöver skrivas in.",
}
COMPARED: Final = (
    "Den som har varit anställd sparas så länge ett stopp eller en begäran gäller någon annan i rekryteringen."
)
SOON, LATER, WAITING, STOPPED = "Snart", "Senare", "Tiden har inte börjat", "Stoppat"
EMPLOYED = "Med anställningen"


@dataclass(frozen=True, slots=True)
class Line:
    """One recruitment on the page. ``soon`` where there is time to undo it, and not much more."""

    kept: Kept
    group: str
    text: str
    day: date | None


def verb_of(by_authority: bool) -> str:
    """ "gallras" or "raderas"."""
    return "gallras" if by_authority else "raderas"


def counted(number: int) -> str:
    """ "en ansökan", "tolv ansökningar"."""
    return "en ansökan" if number == 1 else f"{in_words(number)} ansökningar"


def line_of(kept: Kept, on: date) -> Line:
    """Where a recruitment stands, and the sentence that says it."""
    day = kept.day(on)
    if not kept.left and kept.employed:
        return Line(kept, EMPLOYED, "Den anställdas handlingar sparas med anställningen.", None)
    if not kept.left:
        return Line(kept, LATER, "Här finns ingenting kvar som har sin tid.", None)
    if not kept.to_go and not kept.all_held and not kept.held:
        return Line(kept, STOPPED, f"Sparas tills en begäran är besvarad: {counted(len(kept.left))}.", None)
    if not kept.to_go:
        return Line(kept, STOPPED, f"Stoppat tills någon häver det: {counted(len(kept.left))}.", None)
    if day is None and not isinstance(kept.start, Wait):
        return Line(kept, STOPPED, COMPARED, None)
    if day is None:
        assert isinstance(kept.start, Wait)
        return Line(kept, WAITING, WHY[kept.start], None)
    said = _sentence(kept, day)
    if isinstance(kept.start, Wait) and not all(map(kept.is_apart, kept.left)):
        said = f"{said} {WHY[kept.start]}"
    return Line(kept, SOON if day <= on + NOTICE else LATER, said, day)


def _sentence(kept: Kept, day: date) -> str:
    """What goes on the day, and what then is kept by its candidate's consent alone."""
    if kept.only_later:
        return f"{counted(len(kept.next)).capitalize()} som har sparats för senare raderas {swedish_day(day)}."
    staying = sum(kept.stays(id, day) for id in kept.next)
    going = counted(len(kept.next) - staying) if len(kept.next) > staying else "bedömningen"
    said = f"{going.capitalize()} {verb_of(kept.by_authority)} {swedish_day(day)}."
    return f"{said} {counted(staying).capitalize()} sparas för senare." if staying else said


def grouped(cases: Iterable[Kept], on: date) -> dict[str, list[Line]]:
    """The lines in their groups; those with a day in its order."""
    lines = [line_of(kept, on) for kept in cases if kept.left or kept.employed]
    by_day = sorted(lines, key=lambda line: line.day or date.max)
    names = (SOON, LATER, WAITING, STOPPED, EMPLOYED)
    groups = {name: [line for line in by_day if line.group == name] for name in names}
    return {name: found for name, found in groups.items() if found}
