"""The ways in which the route for protected identity says no, each with a sentence that tells what is and what to do."""

from portal.refusal import N_, Refusal


class NoReader(Refusal):
    """The party has named nobody who may open an identity, so none can be left with it."""

    text = N_("Det går inte att söka den här vägen nu. Ring en kontaktperson i annonsen, och skriv inget namn här.")
    status = 409


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
