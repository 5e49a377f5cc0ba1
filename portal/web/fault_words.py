"""What is said of a fault, to a person on a page and to a machine in its answer: the same words."""

from typing import Final

from portal.refusal import N_

FAULTS: Final[dict[int, tuple[str, str]]] = {
    400: (
        N_("Sidan hade gått ut"),
        N_("Gå tillbaka, ladda om sidan och skicka igen. Det du redan hade sparat finns kvar."),
    ),
    404: (N_("Sidan finns inte"), N_("Adressen leder ingenstans, eller så får du inte se sidan.")),
    408: (
        N_("Det gick för långsamt"),
        N_(
            "Förbindelsen var för långsam för att ta emot filen. Det du redan hade sparat finns kvar. "
            "Försök igen, gärna på ett annat nät."
        ),
    ),
    413: (
        N_("Det var för mycket på en gång"),
        N_(
            "Filerna får vara högst 10 MB var. Det du redan hade sparat finns kvar: gå tillbaka och välj en mindre fil."
        ),
    ),
    429: (N_("För många försök"), N_("Vänta en kvart och försök igen.")),
    500: (
        N_("Något gick fel hos oss"),
        N_("Felet är noterat. Försök igen om en stund. Det du redan hade sparat finns kvar."),
    ),
    503: (
        N_("Många skickar just nu"),
        N_("Vänta en halv minut och försök igen. Det du redan hade sparat finns kvar."),
    ),
}


def words_of(status: int) -> tuple[str, str]:
    """Heading and sentence, in Swedish and marked for the catalogue. A status without its own has those of 500."""
    return FAULTS.get(status, FAULTS[500])
