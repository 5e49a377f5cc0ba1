"""The ways in which a registration says no, each with a sentence that tells what is and what to do."""

from portal.applications.window import AdWithdrawn, ApplicationsClosed, NotOpen
from portal.refusal import Moved, Refusal

LARGEST_FORM = 2_000_000  # bytes


class LateForParty(Refusal):
    """It came after the last day, to a party that takes in nothing late."""

    text = (
        "Ansökan kom efter sista ansökningsdag, och partiet tar inte emot sena ansökningar. Registrera den inte. "
        "Skicka tillbaka den, eller berätta för den sökande att den inte togs emot."
    )
    field = "day"


class CameAfterAll(Refusal):
    """The words are out: nobody assesses what is found after that."""

    text = (
        "Rekryteringen är avgjord, så ansökan går inte att registrera här. Berätta det för den sökande. "
        "Har den kommit in till en myndighet är den en allmän handling: lämna den till registratorn."
    )


class CameAfterWithdrawal(Refusal):
    """The ad had been taken back before it came."""

    text = (
        "Annonsen var tillbakadragen när ansökan kom, så den går inte att registrera här. Berätta det för den sökande. "
        "Har den kommit in till en myndighet är den en allmän handling: lämna den till registratorn."
    )
    field = "day"


class ConsentMissing(Refusal):
    """A party may not keep an application without consent, let alone assess it."""

    text = "Partiet får inte bedöma ansökan förrän den sökande har samtyckt. Skriv ut frågan om samtycke och vänta på svaret."
    field = "consent"


class FormMissing(Refusal):
    """A signed form without its file, or one that is too big to lie in its row."""

    text = "Lägg till den undertecknade blanketten som PDF eller bild, högst 2 MB."
    field = "form_file"


class NothingCame(Refusal):
    """An application without a single paper."""

    text = "Lägg till minst en fil av det som kom."


class FileUnreadable(Refusal):
    """One of the files cannot be opened, as was found when it was read later."""

    text = "En av filerna går inte att läsa. Ta bort den, och lägg till den en gång till, helst som PDF."
    status = 409


class AnswersMoved(Moved):
    """A colleague has typed answers since the page was opened."""

    text = "En kollega har skrivit svar sedan du öppnade sidan. Läs det som är sparat och tryck igen."


class ConsentMoved(Moved):
    """A colleague has noted a consent since the page was opened."""

    text = (
        "En kollega har noterat samtycket sedan du öppnade sidan. Läs det som står nu, och tryck igen om ditt ska gälla i "
        "stället."
    )
    field = "consent"


class NotThere(Refusal):
    """The registration is gone: finished or taken away in another tab."""

    text = "Registreringen finns inte längre. Den är klar eller borttagen."
    status = 404


def said_to_the_office(refusal: NotOpen) -> Refusal:
    """Why it is not taken in, for whoever holds the letter: the other sentence is the applicant's."""
    if isinstance(refusal, ApplicationsClosed):
        return LateForParty()
    return CameAfterWithdrawal() if isinstance(refusal, AdWithdrawn) else CameAfterAll()
