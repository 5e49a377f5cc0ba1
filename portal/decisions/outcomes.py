"""What can become of a candidate, in the words of the trade, and the rules' own "no"."""

from enum import StrEnum
from typing import Final

from portal.refusal import N_, Refusal

LONGEST_REASON: Final = 500  # characters: a line or a few, not an essay


class Result(StrEnum):
    """The two outcomes. Nobody is ever "refused": one candidate is hired, another does not go further."""

    HIRED = "anstalls"
    NOT_FURTHER = "gar_inte_vidare"


WORDS: Final = {Result.HIRED: N_("anställs"), Result.NOT_FURTHER: N_("går inte vidare")}


class TooManyHired(Refusal):
    """More candidates would be hired than the ad has posts."""

    text = N_("Annonsen gäller %(posts)s, så fler kan inte anställas. Ändra först ett annat utfall från anställs.")
    field = "result"


class CandidatesUnanswered(Refusal):
    """The recruitment cannot end while a candidate has no outcome."""

    text = N_("%(count)s sökande saknar besked. Skriv utfallet för var och en, sedan kan rekryteringen avslutas.")


class StillOpen(Refusal):
    """The ad can still be applied to."""

    text = N_("Annonsen är öppen till och med %(day)s. Rekryteringen kan avslutas när den har stängt.")


class OutcomeReleased(Refusal):
    """The candidates have had their word."""

    text = N_("Rekryteringen är avslutad och alla har fått besked, så utfallet går inte att ändra.")


class OutcomeSettled(Refusal):
    """An employment has been recorded on the outcome."""

    text = N_("Anställningen är redan registrerad, så utfallet kan inte ändras till går inte vidare.")
    field = "result"


class UnknownCriterion(Refusal):
    """The criterion is not one of this ad's."""

    text = N_("Välj ett av annonsens krav eller meriter.")
    field = "criterion"


class ReasonMissing(Refusal):
    """No words of reason."""

    text = N_("Skriv skälet i en rad eller två.")
    field = "reason"
