"""What can become of a candidate, how far the news of it has come, and the rules' own "no"."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol
from uuid import UUID

from portal.refusal import N_, Moved, Refusal

LONGEST_REASON: Final = 500  # characters: a line or a few, not an essay


class Result(StrEnum):
    """The two outcomes. Nobody is ever "refused": one candidate is hired, another does not go further."""

    HIRED = "anstalls"
    NOT_FURTHER = "gar_inte_vidare"


OFFERED_TO_YOU: Final = "erbjuds"  # as the candidate's own page is told it
NOT_TO_BE: Final = "blir_inte_av"  # the same, where the employment is called off
WORDS: Final = {Result.HIRED: N_("anställs"), Result.NOT_FURTHER: N_("går inte vidare")}


class Status(StrEnum):
    """How far one candidate's outcome has come. Parked: written down, and the candidate knows nothing of it."""

    PARKED = "parkerat"
    OFFERED = "erbjudet"
    ACCEPTED = "tackat_ja"
    DECLINED = "tackat_nej"
    TOLD = "besked"


# Nobody who has been told that they do not go further is offered the post, and nobody is told twice.
NEXT: Final = MappingProxyType(
    {
        Status.PARKED: frozenset({Status.OFFERED, Status.TOLD}),
        Status.OFFERED: frozenset({Status.ACCEPTED, Status.DECLINED}),
        Status.ACCEPTED: frozenset({Status.DECLINED}),  # until the employment is recorded
        Status.TOLD: frozenset({Status.DECLINED}),  # one who was told along with everybody that they are hired
        Status.DECLINED: frozenset(),
    }
)
STATUS_WORDS: Final = {
    Status.PARKED: "parkerat",
    Status.OFFERED: "erbjuden, har inte svarat",
    Status.ACCEPTED: "har tackat ja",
    Status.DECLINED: "har tackat nej",
    Status.TOLD: "har fått besked",
}


class Recorded(Protocol):
    """The times by which a status is known."""

    @property
    def released_at(self) -> datetime | None: ...
    @property
    def offered_at(self) -> datetime | None: ...
    @property
    def accepted_at(self) -> datetime | None: ...
    @property
    def declined_at(self) -> datetime | None: ...


def status_of(outcome: Recorded) -> Status:
    """Where an outcome stands: the last of its times decides."""
    if outcome.declined_at is not None:
        return Status.DECLINED
    if outcome.accepted_at is not None:
        return Status.ACCEPTED
    if outcome.offered_at is not None:
        return Status.OFFERED
    return Status.PARKED if outcome.released_at is None else Status.TOLD


def may_become(outcome: Recorded, then: Status) -> bool:
    """Whether the table has this step."""
    return then in NEXT[status_of(outcome)]


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


class FileUnset(Refusal):
    """A decision file of more than can be printed while somebody waits."""

    text = N_("Akten är för lång för att skrivas som PDF. Hämta den som data i stället.")


class OutcomeReleased(Refusal):
    """The candidate has had their word."""

    text = N_("Den sökande har fått sitt besked, så utfallet går inte att ändra.")


class OutcomeSettled(Refusal):
    """An employment has been recorded on the outcome."""

    text = N_(
        "Anställningen är redan registrerad, så utfallet kan inte ändras till går inte vidare. "
        "Ska den inte bli av, skriv in det på anställningens sida först."
    )
    field = "result"


class UnknownCriterion(Refusal):
    """The criterion is not one of this ad's."""

    text = N_("Välj ett av annonsens krav eller meriter.")
    field = "criterion"


class ReasonMissing(Refusal):
    """No words of reason."""

    text = N_("Skriv skälet i en rad eller två.")
    field = "reason"


class StillUnnamed(Refusal):
    """Hiring out of a blind review somebody whose name is not open yet."""

    text = "Kalla hen till intervju först. Bedömningen är blind, så namnet är inte öppet för bedömarna än."
    field = "result"


class NotReady(Refusal):
    """Something of the checklist is missing; the sentence is the checklist's own."""

    text = "Något saknas innan beskeden kan gå ut. Gå igenom listan."


class ChangedSince(Refusal):
    """What is about to be told is not what the page showed."""

    text = "Något har ändrats sedan sidan visades, och ingen har fått besked. Läs igenom igen."
    status = 409


class NoCandidate(Refusal):
    """Whose button was pressed has taken the application back since the page was shown; others' texts came along."""

    text = "Den sökande är inte kvar. Det du har skrivit om andra står kvar, men är inte sparat."
    status = 409


class WordMissing(Refusal):
    """No words to the candidate."""

    text = "Skriv vad den sökande ska få läsa."
    field = "text"


class WordChanged(Refusal):
    """A text that was to be marked as proof-read, as it was shown, is not the one that stands."""

    text = "Beskedet har ändrats sedan sidan visades. Läs igen och markera sedan."
    status = 409


class WordMoved(Moved):
    """A colleague has kept another text for the candidate since the page was shown."""

    text = "En kollega har sparat en annan text sedan sidan visades. Den står under din. Spara igen om din ska gälla."


class WordsNotKept(Refusal):
    """Of all the texts of a page some cannot be kept, so that none is: what of which candidate's, in ``faults``."""

    def __init__(self, faults: Mapping[UUID, Refusal]) -> None:
        super().__init__()
        self.faults = faults
        self.status = max(fault.status for fault in faults.values())


class OutcomeMoved(Moved):
    """A colleague has recorded another outcome since the page was shown."""

    text = (
        "En kollega har sparat ett annat utfall sedan sidan visades: %(result)s. Gäller: %(criterion)s. Skäl: %(reason)s "
        "Spara igen om ditt ska gälla i stället."
    )
    field = "result"


class OutcomeIsAnother(Refusal):
    """The employment that is to be after all rests on no outcome."""

    text = "Den sökande har inte utfallet anställs längre. Skriv det först på sidan med utfall, och ta tillbaka sedan."
    status = 409


class NobodyToOffer(Refusal):
    """Everybody who is to be hired has been asked, or nobody is to be."""

    text = "Ingen väntar på ett erbjudande. Skriv först utfallet anställs för den som ska erbjudas tjänsten."


class NoSuchAnswer(Refusal):
    """The outcome stands where this answer cannot be given."""

    text = "Det svaret går inte att skriva in. Den sökande är inte erbjuden, eller har redan svarat."
    status = 409


class AnsweredThemselves(Refusal):
    """An answer that is not the office's to take back."""

    text = "Den sökande har svarat på sin egen sida, så svaret går inte att ta tillbaka här."
    status = 409


class AnswerMoved(Refusal):
    """The answer that was to be taken back is not the one that stands."""

    text = "Svaret är ett annat än när sidan visades. Läs igenom igen."
    status = 409


class OfferAnswered(Refusal):
    """The candidate answers an offer that has another answer already, or that is made no more."""

    text = N_("Erbjudandet är redan besvarat. Stämmer inte svaret på din sida, skriv till kansliet i brevlådan.")
    status = 409


class DeclinedMeanwhile(Refusal):
    """An employment of one who has said no, maybe an instant ago on their own page."""

    text = "Den sökande har tackat nej, så anställningen är inte registrerad. Se utfallet för vem som är nästa."
    status = 409


class EmployedAlready(Refusal):
    """A no after the employment has been recorded."""

    text = "Anställningen är redan registrerad, så det går inte att skriva in ett nej."
    status = 409
