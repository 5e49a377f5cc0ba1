"""The ways in which the meeting says no."""

from portal.refusal import Refusal


class MeetingNotOpen(Refusal):
    """Somebody has not handed in, and the last minute, where one is set, has not passed."""

    text = "Mötet kan börja när alla har lämnat in eller sista minuten har gått."
    status = 409


class HandInBeforeMeeting(Refusal):
    """Whoever leads assesses too and has handed in nothing: the meeting would be shut to them."""

    text = "Du leder mötet, och det öppnas för dig när du har lämnat in. Lämna in först och starta sedan."
    status = 409


class MeetingTooEarly(Refusal):
    """The phase does not let the panel meet yet, whatever has been handed in."""

    text = "Mötet kan börja när rekryteringen är i fasen %(phase)s. Kansliet eller den som leder går vidare dit."
    status = 409


class MeetingNotOn(Refusal):
    """Writing while the meeting is paused, or has not begun."""

    text = "Mötet är inte i gång. Den som leder fortsätter det, sedan går det att spara."
    status = 409


class MeetingOver(Refusal):
    """Writing after the end."""

    text = "Mötet är avslutat, så protokollet står fast. Den som leder kan öppna det igen med en rad om varför."
    status = 409


class StepUnfit(Refusal):
    """A step that does not follow from how the meeting stands."""

    text = "Mötet har ändrats sedan sidan visades. Tryck på Öppna sidan på nytt och se hur det står."
    status = 409


class ReopeningReasonNeeded(Refusal):
    """Reopened without a line of reason."""

    text = "Skriv en rad om varför mötet öppnas igen, högst 500 tecken."
    field = "reason"


class NobodyThere(Refusal):
    """Ended with nobody noted as present."""

    text = "Kryssa för vilka som är med innan mötet avslutas."


class NobodyThereAtPause(NobodyThere):
    """The same while it is paused, when there is nothing to tick."""

    text = (
        "Ingen är antecknad som närvarande. Fortsätt mötet och kryssa för vilka som är med. Sedan går det att avsluta."
    )


class NamesSomebody(Refusal):
    """The text names somebody in a blind review. Nothing is saved yet; whoever means it saves it anyway."""

    text = "%(sentence)s Texten är inte sparad än. Ta bort namnet, eller spara ändå."
    status = 409


class TextStale(Refusal):
    """Another has saved the same text since the page was shown. Both are shown; nothing is lost."""

    text = "%(by)s har sparat en annan text under tiden. Båda visas: ta med det ni vill ha kvar och spara igen."
    status = 409

    def __init__(self, *, present: str, version: int, by: str) -> None:
        super().__init__(by=by)
        self.present, self.version, self.by = present, version, by


class OrderStale(Refusal):
    """Another has saved the order since the page was shown."""

    text = "Ordningen har sparats av någon annan under tiden. Se de sparade platserna bredvid, och spara igen."
    status = 409


class BasisUnknown(Refusal):
    """Neither agreed nor voted."""

    text = "Välj om ordningen är enad eller röstad."
    field = "basis"


class LeaderRecords(Refusal):
    """A vote about two whom the leader may deal with, by somebody else."""

    text = "Den som leder mötet skriver in omröstningen om de här två."
    field = "second"
    status = 409


class PairUnfit(Refusal):
    """A vote that is not between two different candidates."""

    text = "Välj två olika sökande att rösta om."
    field = "second"


class BallotsMissing(Refusal):
    """Nobody voted."""

    text = "Fyll i hur var och en röstade. Minst en måste ha röstat."
    field = "ballots"


class VoterCompetes(Refusal):
    """One who has applied to the ad themself has a vote."""

    text = "%(name)s har själv sökt tjänsten och röstar inte. Välj Deltog inte för %(name)s."
    field = "ballots"


class VoterConflicted(Refusal):
    """One with jäv for either of the two has a vote."""

    text = "%(name)s har jäv mot en av de två och röstar inte. Välj Deltog inte för %(name)s."
    field = "ballots"


class VoterNotCalled(VoterConflicted):
    """A deputy who is not called in for both of the two has a vote."""

    text = "%(name)s är ersättare, är inte inkallad för båda och röstar inte. Välj Deltog inte för %(name)s."


class NoteStands(Refusal):
    """A note changed after handing in, after the last minute, or when it has come to be decided."""

    text = "%(why)s, så anteckningen går inte att ändra. Ändrar du bedömningen skriver du en rad om varför."
    status = 409


class MinutesUnset(Refusal):
    """More text than can be set while somebody waits."""

    text = "Protokollet är för långt för att bli en PDF. Öppna mötet igen och korta de längsta texterna."
    status = 409
