"""What cannot be said of how long applications are kept."""

from portal.refusal import N_, Moved, Refusal


class NotLater(Refusal):
    """A postponement that postpones nothing."""

    text = N_("Välj en dag efter %(day)s, då ansökningarna annars tas bort.")
    field = "until"


class ReasonMissing(Refusal):
    """Whoever reads it in two years must know why."""

    text = N_("Skriv varför, så att den som läser det om två år förstår.")
    field = "reason"


class AlreadyHeld(Refusal):
    """One legal hold of each."""

    text = N_("Det är redan stoppat. Tryck på Öppna sidan på nytt och se vad som gäller nu.")
    status = 409


class BeforeTheEnd(Refusal):
    """Breaking off never shortens what an authority keeps."""

    text = N_("Välj %(day)s eller en senare dag. Att avbryta förkortar aldrig tiden för allmänna handlingar.")
    field = "day"


class NotYet(Refusal):
    """A day to come; a mistyped year would keep everything that much longer."""

    text = N_("Välj i dag eller en tidigare dag: tiden räknas från något som har hänt.")
    field = "day"


class NoStartToSay(Refusal):
    """The day follows from the employment decision, or from the recruitment's own end."""

    text = N_("Dagen följer av anställningen eller av när rekryteringen avslutades, så den skrivs inte här.")
    status = 409


class KeepingMoved(Moved):
    """A colleague has said another day, or another reason, since the page was opened."""

    text = N_("En kollega har ändrat hur länge det sparas sedan du öppnade sidan. Läs vad som står nu, och tryck igen.")


class AllIsHeld(Refusal):
    """A legal hold stands above every day."""

    text = N_("Allt är stoppat, så ingenting tas bort. Häv stoppet först om en dag ska gälla i stället.")
    status = 409


class NothingToPostpone(Refusal):
    """There is no day yet."""

    text = N_("Det finns ingen dag att skjuta upp än.")
    status = 409
