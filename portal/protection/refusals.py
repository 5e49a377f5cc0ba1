"""The ways in which the route for protected identity says no, each with a sentence that tells what is and what to do."""

from portal.refusal import N_, Refusal


class PaperRefused(Refusal):
    """A file that is no paper, or too big to lie in its row."""

    text = N_("Filen togs inte emot. Välj en PDF, DOCX, ODT eller TXT på högst 2 MB.")
    field = "paper"


class ReasonMissing(Refusal):
    """An opening without its reason."""

    text = "Skriv varför du öppnar, högst 500 tecken."
    field = "reason"


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


class HandedOver(Refusal):
    """Those who assess have it."""

    text = "De som bedömer har redan fått CV:t. Ta tillbaka det först, om något ska ändras."
    status = 409


class PersonMissing(Refusal):
    """Jäv of nobody."""

    text = "Välj vem som har jäv."
    field = "person"
