"""The ways in which the route for protected identity says no, each with a sentence that tells what is and what to do."""

from portal.refusal import N_, Moved, Refusal

LARGEST_PAPER = 2_000_000  # bytes


class NoReader(Refusal):
    """The party has named nobody who may open an identity, so none can be left with it."""

    text = N_("Det går inte att söka den här vägen nu. Ring en kontaktperson i annonsen, och skriv inget namn här.")
    status = 409


class TakenBack(Refusal):
    """The form was sent before, and what came of it is taken back or over."""

    text = N_("Det som skickades härifrån finns inte kvar. Vill du söka på nytt, tryck på knappen en gång till.")
    status = 409


class PaperRefused(Refusal):
    """A file that is no paper, or too big to lie in its row."""

    text = N_("Filen togs inte emot. Välj en PDF, DOCX, ODT eller TXT på högst 2 MB.")
    field = "paper"


class ReasonMissing(Refusal):
    """An opening without its reason."""

    text = "Skriv varför du öppnar, högst 500 tecken."
    field = "reason"


class ReaderMoved(Moved):
    """A colleague has named another reader since the page was opened."""

    text = "En kollega har ändrat vem som läser sedan du öppnade sidan. Här står vem det är nu: välj igen om det ska ändras."
    field = "reader"


class ReaderOutside(Refusal):
    """Who reads is one of the party's office."""

    text = "Välj någon på kansliet, eller ingen."
    field = "reader"


class PaperUnreadable(Refusal):
    """The machine cannot open what was left as a CV."""

    text = "CV:t gick inte att läsa, så det går inte att täcka. De som bedömer läser det som är skrivet i stället."
    status = 409


class NotDrawn(Refusal):
    """No child was free, or it stopped."""

    text = "Sidorna gick inte att rita just nu. Försök igen om en stund."
    status = 503


class CoveredTooLarge(Refusal):
    """Its pages are no file that those who assess can be given, with few colours either."""

    text = "CV:t har för många bilder för att kunna lämnas täckt. Täck hela sidor som de som bedömer inte behöver."
    status = 422


class HandedOver(Refusal):
    """Those who assess have it."""

    text = "De som bedömer har redan fått CV:t. Ta tillbaka det först, om något ska ändras."
    status = 409


class IdentityGone(Refusal):
    """Taken back or erased since the page was shown."""

    status = 404


class PersonMissing(Refusal):
    """Jäv of nobody."""

    text = "Välj vem som har jäv."
    field = "person"
