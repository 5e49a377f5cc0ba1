"""The phases of a recruitment's review: one is active at a time, and each carries what an assessor may open and set.

PRODUCT 6, pretalx: *jäv → blind bedömning → öppen bedömning → intervjuer → beslut*. The blind phase is there where the
ad's review was chosen to be blind. A recruitment only moves forward. What a person reads of a phase is made from the
same table that lets them in or keeps them out.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from portal.refusal import Refusal


class Phase(StrEnum):
    """Where the review stands, in the order in which it is gone through."""

    CONFLICTS = "jav"
    BLIND = "blind"
    OPEN = "oppen"
    INTERVIEWS = "intervjuer"
    DECISION = "beslut"


class Shown(StrEnum):
    """What of a candidate an assessor may open."""

    NAMES = "names"  # a bare list, unlinked to the applications
    MASKED = "masked"  # the papers under a code name, with what tells of the person covered
    PAPERS = "papers"  # all that was sent; of the salary claim see `Salary`


class Salary(StrEnum):
    """Whether an assessor who may open all that was sent reads the salary claim too."""

    SHUT = "shut"
    OF_CALLED = "of_called"  # of whoever is called to interview


class Scoring(StrEnum):
    """Whether scores may be set."""

    SHUT = "shut"
    FREE = "free"
    WITH_REASON = "with_reason"  # each change says why, handed in or not


@dataclass(frozen=True, slots=True)
class Rights:
    """What a phase lets an assessor open and do, and what the office opens meanwhile.

    The office covers the papers of a blind review, so it has the originals there too.
    """

    opens: Shown
    salary: Salary
    scoring: Scoring
    office: Shown = Shown.PAPERS


RIGHTS: Final[Mapping[Phase, Rights]] = {
    Phase.CONFLICTS: Rights(Shown.NAMES, Salary.SHUT, Scoring.SHUT),
    Phase.BLIND: Rights(Shown.MASKED, Salary.SHUT, Scoring.FREE),
    Phase.OPEN: Rights(Shown.PAPERS, Salary.OF_CALLED, Scoring.FREE),
    Phase.INTERVIEWS: Rights(Shown.PAPERS, Salary.OF_CALLED, Scoring.FREE),
    Phase.DECISION: Rights(Shown.PAPERS, Salary.OF_CALLED, Scoring.WITH_REASON),
}
NAMES: Final[Mapping[Phase, str]] = {
    Phase.CONFLICTS: "Jäv",
    Phase.BLIND: "Blind bedömning",
    Phase.OPEN: "Öppen bedömning och möte",
    Phase.INTERVIEWS: "Intervjuer",
    Phase.DECISION: "Beslut",
}
PLANNED: Final = (Phase.INTERVIEWS, Phase.DECISION)  # an office may set the time at which these begin by themselves


class PhaseGoneBy(Refusal):
    """A move to a phase that the recruitment has reached or passed, or does not have."""

    text = "Rekryteringen är redan i fasen %(name)s. Den går bara framåt."
    status = 409


class PhaseUnknown(Refusal):
    """A word that names no phase of this recruitment."""

    text = "Välj en av de faser som är kvar."


class PlanMoved(Refusal):
    """Another has set the same date since the page was opened."""

    text = "Någon annan har ändrat det här datumet sedan sidan öppnades. Läs det som står nu och spara igen."
    status = 409


class DecisionFirst(Refusal):
    """The decision is planned to begin before the interviews, or with them."""

    text = "Beslutet börjar efter intervjuerna. Skriv ett senare datum här, eller ett tidigare för intervjuerna."


def phases_of(*, blind: bool) -> tuple[Phase, ...]:
    """The phases a recruitment goes through."""
    return tuple(phase for phase in Phase if blind or phase is not Phase.BLIND)


def later(phase: Phase, *, blind: bool) -> tuple[Phase, ...]:
    """The phases that are left after this one."""
    return tuple(one for one in phases_of(blind=blind) if _number(one) > _number(phase))


def first_scoring(*, blind: bool) -> Phase:
    """The phase in which assessors begin to score."""
    return Phase.BLIND if blind else Phase.OPEN


def may_meet(phase: Phase) -> bool:
    """Whether the panel may meet: from the open phase on. What is said aloud at a table cannot be kept blind."""
    return _number(phase) >= _number(Phase.OPEN)


def meets_from(phase: Phase) -> str:
    """What must come before the panel may meet, where it is the phase that keeps it: empty where it does not."""
    return "" if may_meet(phase) else NAMES[Phase.OPEN].lower()


def require_later(phase: Phase, to: Phase, *, blind: bool) -> None:
    """Raises PhaseGoneBy, and PhaseUnknown for a phase that the recruitment does not have."""
    if to not in phases_of(blind=blind):
        raise PhaseUnknown
    if to not in later(phase, blind=blind):
        raise PhaseGoneBy(name=NAMES[phase].lower())


def opens(phase: Phase, *, blind: bool, shortlisted: bool = False, office: bool = False) -> Shown:
    """What an assessor without jäv, or the ``office``, may open of one candidate.

    Where the review is blind it stays so for whoever is not called to interview: only the shortlist opens names.
    """
    shown = RIGHTS[phase].office if office else RIGHTS[phase].opens
    if shown is Shown.NAMES:
        return shown
    if blind:
        return Shown.PAPERS if shortlisted else Shown.MASKED
    return shown


_OPENS_WORDS: Final = {
    Shown.NAMES: "ser bedömarna bara namnen på dem som har sökt, utan någon handling",
    Shown.MASKED: "läser bedömarna handlingarna under kodnamn, med namn, kontaktuppgifter och bilder dolda och utan "
    "löneanspråk",
    Shown.PAPERS: "läser bedömarna allt som den sökande har skickat",
}
_SALARY_WORDS: Final = {
    Salary.SHUT: " utom löneanspråket",
    Salary.OF_CALLED: ", löneanspråket först när den sökande är kallad till intervju",
}
_OFFICE_WORDS: Final = {
    Shown.NAMES: "Kansliet ser bara namnen.",
    Shown.MASKED: "Kansliet ser namnen, och originalen för att kunna täcka dem.",
    Shown.PAPERS: "Kansliet läser alla handlingar, med namn.",
}
_SCORING_WORDS: Final = {
    Scoring.SHUT: "ingen kan bedöma än",
    Scoring.FREE: "de sätter sina poäng",
    Scoring.WITH_REASON: "den som ändrar en poäng skriver en rad om varför",
}


def sentence(phase: Phase, *, blind: bool) -> str:
    """Who sees what in a phase and may do what, in words made from the table."""
    shown, salary = opens(phase, blind=blind), RIGHTS[phase].salary
    words = f"I den här fasen {_OPENS_WORDS[shown]}"
    if shown is Shown.PAPERS:
        words += _SALARY_WORDS[salary]
    elif salary is Salary.OF_CALLED:
        words += "; den som är kallad till intervju visas med namn, alla handlingar och löneanspråk"
    office = _OFFICE_WORDS[opens(phase, blind=blind, office=True)]
    return f"{words}, och {_SCORING_WORDS[RIGHTS[phase].scoring]}. {office}"


def _number(phase: Phase) -> int:
    return list(Phase).index(phase)
