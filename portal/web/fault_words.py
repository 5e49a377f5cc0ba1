"""What is said of a fault, to a person on a page and to a machine in its answer: the same words."""

from typing import Final

from flask import has_request_context, render_template, request
from flask_babel import gettext

from portal.refusal import N_

OUTAGE: Final = "outage"  # 503 too, but for another reason

TOO_LONG: Final = "too_long"  # 413 of a form without files

OTHER_HOST: Final = "other_host"  # 400 of a name that the portal does not answer to

FAULTS: Final[dict[int | str, tuple[str, str]]] = {
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
    TOO_LONG: (
        N_("Texten var för lång"),
        N_("Gå tillbaka, korta texten och skicka igen. Det du redan hade sparat finns kvar."),
    ),
    OTHER_HOST: (
        N_("Portalen har en annan adress"),
        N_(
            "Skriv portalens egen adress, eller följ länken i mejlet eller annonsen. Den här adressen svarar den inte på."
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
    OUTAGE: (
        N_("Portalen når inte sina uppgifter just nu"),
        N_("Vänta en halv minut och ladda om sidan. Det du redan hade sparat eller skickat finns kvar."),
    ),
}


def words_of(fault: int | str) -> tuple[str, str]:
    """Heading and sentence for a status or `OUTAGE`, in the reader's language. One without its own has those of 500."""
    title, text = FAULTS.get(fault, FAULTS[500])
    return gettext(title), gettext(text)


WAYS_ON: Final = {
    "/arbete": ("/arbete", N_("Till Att göra")),
    "/drift": ("/drift", N_("Till driften")),
    "": ("/", N_("Till lediga tjänster")),
}


def way_on() -> tuple[str, str]:
    """Address and words of a link that leads on, by the address that was asked for alone: whoever works here comes back to
    their own start page and not to the public one."""
    path = request.path if has_request_context() else ""
    href, words = next(way for start, way in WAYS_ON.items() if path == start or path.startswith(f"{start}/"))
    return href, gettext(words)


def fault_page(fault: int | str) -> str:
    """The page of a fault. Needs no session, no person and no database."""
    title, text = words_of(fault)
    return render_template("errors/fault.html", title=title, text=text, way_on=way_on())
