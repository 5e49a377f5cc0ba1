"""What a candidate changes after sending: the parts, the time for it, and the sentences when it cannot be done. PURE."""

from datetime import datetime
from enum import StrEnum

from portal.applications.states import COUNTS, State
from portal.refusal import N_, Refusal


class Part(StrEnum):
    """What a change is about, as it is logged and told; nothing of what stands there."""

    DETAILS = "details"
    ANSWERS = "answers"
    TERMS = "terms"
    LETTER = "letter"
    CV = "cv"
    ATTACHMENT = "attachment"

    @property
    def word(self) -> str:
        """The Swedish word, marked for the catalogue."""
        return _WORDS[self]


_WORDS = {
    Part.DETAILS: N_("namn, e-post eller telefon"),
    Part.ANSWERS: N_("svaren"),
    Part.TERMS: N_("lön och start"),
    Part.LETTER: N_("brevet"),
    Part.CV: N_("CV"),
    Part.ATTACHMENT: N_("bilagorna"),
}
OF_TEXT = {
    "name": Part.DETAILS,
    "email": Part.DETAILS,
    "phone": Part.DETAILS,
    "letter": Part.LETTER,
    "salary": Part.TERMS,
    "start": Part.TERMS,
    "posts": Part.TERMS,
}
OF_SLOT = {"cv": Part.CV, "letter": Part.LETTER, "attachment": Part.ATTACHMENT}
CHANGEABLE = COUNTS | {State.PROPOSAL}  # a proposal's page reads as any other's


class ChangesClosed(Refusal):
    """The last day has passed, or the recruitment is over."""

    text = N_(
        "Ansökningstiden har gått ut, så ansökan går inte att ändra. "
        "Är något fel, berätta det i din brevlåda på den privata sidan."
    )
    status = 409


class TakenBack(ChangesClosed):
    """The application was taken back by its candidate."""

    text = N_("Ansökan är tillbakatagen, så den går inte att ändra.")


class LiesSealed(TakenBack):
    """A consent that ran out under a legal hold: it was taken back by nobody."""

    text = N_("Ansökan ligger låst, så den går inte att ändra.")


class RecruitmentIsOver(ChangesClosed):
    """Before the last day, or after it: nothing more is judged."""

    text = N_(
        "Rekryteringen är avslutad, så ansökan går inte att ändra. "
        "Är något fel, berätta det i din brevlåda på den privata sidan."
    )


class AdIsGone(ChangesClosed):
    """The ad was taken back."""

    text = N_(
        "Annonsen är tillbakadragen, så ansökan går inte att ändra. "
        "Är något fel, berätta det i din brevlåda på den privata sidan."
    )


class ProtectedStays(ChangesClosed):
    """It came under a code name: name, address or file that were put here would be seen by everybody in the case."""

    text = N_(
        "Du söker under kodnamn, och det du skickade går inte att ändra här: då kunde ditt namn bli synligt. "
        "Är något fel, fråga i brevlådan utan att skriva ditt namn."
    )


class ApplyAgain(ProtectedStays):
    """The same while they can take it back and send another in time."""

    text = N_(
        "Du söker under kodnamn, och det du skickade går inte att ändra här: då kunde ditt namn bli synligt. "
        "Vill du ändra något, ta tillbaka ansökan och sök igen, eller fråga i brevlådan utan att skriva ditt namn."
    )


class StillAsked(Refusal):
    """A change would take away something that the ad asks for; all else of it is saved."""

    text = N_("Annonsen ber om det, så det går inte att ta bort. Byt ut det mot något annat i stället.")


class TwoStandBeside(Refusal):
    """A page brought a file in the place of one that another window has put there since: both are kept, and told of."""

    text = N_(
        "En annan flik eller enhet hade redan sparat en fil här, och båda är med nu. Ta bort den som inte ska vara kvar."
    )


def may_change(*, at: datetime, closes_at: datetime, withdrawn: bool, ended: bool, state: str) -> bool:
    """Whether what arrives at ``at`` still changes the application: before the first instant after the last day."""
    return at < closes_at and not withdrawn and not ended and state in CHANGEABLE
