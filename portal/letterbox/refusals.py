"""The ways in which the letterbox says no, each with a sentence that tells what is and what to do."""

from portal.refusal import N_, Moved, Refusal

LONGEST = 4000  # characters


class MessageMissing(Refusal):
    """Nothing is written, or far too much."""

    text = N_("Skriv vad det gäller, högst 4 000 tecken.")
    field = "text"


class TooManyWaiting(Refusal):
    """As many messages wait for the office as may."""

    text = N_("Du har skrivit tio brev som inte är besvarade än. Vänta på svar innan du skriver fler.")
    field = "text"
    status = 409


class LetterCame(Moved):
    """A letter has come, or a colleague has answered, since the page was opened."""

    text = (
        "Ett brev har kommit, eller en kollega har svarat, sedan du öppnade sidan. Läs det först, och tryck sedan igen."
    )


class NotAssessed(Refusal):
    """The application counts no more: taken back, or another one has taken its place."""

    text = N_("Ansökan är tillbakatagen, så det går inte att skriva här. Ring en kontaktperson i annonsen.")
    status = 409


class LiesSealed(NotAssessed):
    """A consent that ran out under a legal hold: it was taken back by nobody."""

    text = N_("Ansökan ligger låst, så det går inte att skriva här. Ring en kontaktperson i annonsen.")


class NotYours(Refusal):
    """What was there when the page was shown is not there any more."""

    text = "Ansökan finns inte längre. Gå tillbaka till brevlådan."
    status = 404
