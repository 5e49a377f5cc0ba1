"""What can stand against offering, accepting and signing a contract, each with what to do."""

from portal.refusal import N_, Moved, Refusal


class NotNow(Refusal):
    """The contract is no longer, or not yet, where this can be done."""

    text = N_(
        "Avtalet är %(state)s, så det går inte att göra det här. Tryck på Öppna sidan på nytt och se vad som står på tur."
    )
    status = 409


class NotToBe(NotNow):
    """The employment was called off before its first day."""

    text = N_(
        "Anställningen blir inte av, så det skrivs inget avtal. Blir den av ändå, ta först tillbaka det på "
        "anställningens sida."
    )


class ChangedSince(Refusal):
    """Not what the person who pressed had seen."""

    text = N_("Avtalet har ändrats sedan du öppnade sidan. Läs det som står här nu och erbjud det sedan.")
    status = 409


class ContractMoved(Moved):
    """Somebody else has saved the draft since the page was opened."""

    text = N_("Avtalet har ändrats sedan sidan öppnades. Läs det som är sparat och spara igen.")


class StillOpen(Refusal):
    """Something that the rules leave open has not been filled in."""

    text = N_("Avtalet kan inte erbjudas än. %(sentence)s")


class DecisionToCome(Refusal):
    """The paper says that the decision has been taken, and its day is still ahead."""

    text = N_(
        "Beslutet om anställning är inskrivet med dagen %(day)s, som inte har varit än. Avtalet kan erbjudas när beslutet är "
        "fattat. Är det redan fattat rättar ni beslutsdagen först."
    )
    status = 409


class EmploymentOver(Refusal):
    """The last day has gone by."""

    text = N_("Anställningen slutade %(ends)s. Ett avtal om den kan inte längre erbjudas.")
    status = 409


class AcceptedAlready(Refusal):
    """A colleague has written down the yes, with another day."""

    text = N_(
        "Avtalet är redan antecknat som antaget %(day)s. Är den dagen fel rättar du den här: skriv den rätta och tryck igen."
    )
    field = "accepted_on"
    status = 409


class WrongDayOfYes(Refusal):
    """A day on which it cannot have been accepted."""

    field = "accepted_on"


YES_BEFORE_OFFER = N_("Avtalet erbjöds %(day)s och kan inte ha antagits före det.")
YES_TO_COME = N_("Dagen har inte varit än. Skriv den dag då svaret kom.")
YES_AFTER_THE_END = N_("Anställningen slutade %(day)s. Skriv den dag då svaret kom.")
YES_AFTER_IT_WAS_OFF = N_("Anställningen ställdes in %(day)s. Skriv den dag då svaret kom.")


class PaperPastItsDecision(Refusal):
    """Its end has been moved since the offer, or moved back. KL 4:33: nobody is employed for longer than is decided."""

    text = N_(
        "I avtalet står en anställning %(paper)s, men den som är beslutad gäller %(ends)s: slutdatumet har ändrats sedan "
        "avtalet erbjöds. Ta tillbaka avtalet och erbjud det på nytt."
    )
    status = 409


class NotInTurn(Refusal):
    """Somebody else signs first."""

    text = N_("%(role)s skriver under först. Lägg in den underskriften innan den här.")
    status = 409


class AlreadySigned(Refusal):
    """This signature is there, with another copy or another day."""

    text = N_("Underskriften av %(role)s är redan inlagd. Var och en skriver under en gång.")
    status = 409


class SignedAfterIt(Refusal):
    """The next signature follows on this one."""

    text = N_("%(role)s har skrivit under efter den här. Ta tillbaka den underskriften först.")
    status = 409


class SignedBeforeTheChange(Refusal):
    """The end has been moved since all had signed: no copy of this paper could be filed in its place."""

    text = N_(
        "Slutdatumet har ändrats sedan avtalet skrevs under: i avtalet står en anställning %(paper)s, och nu gäller "
        "%(ends)s. En rätt kopia skulle inte kunna läggas in, så underskriften står kvar. Blev ändringen fel, ta tillbaka "
        "den först."
    )
    status = 409


class WrongPerson(Refusal):
    """The name on the copy is not the one in the contract."""

    text = N_(
        "I avtalet ska %(expected)s skriva under här. Har någon annan gjort det gäller inte kopian: "
        "ta tillbaka avtalet, ändra vem som skriver under och erbjud det på nytt."
    )
    field = "name"


class WrongDay(Refusal):
    """A day on which it cannot have been signed."""

    field = "signed_on"


BEFORE_OFFER = N_("Avtalet erbjöds %(day)s och kan inte ha skrivits under före det.")
BEFORE_THE_OTHER = N_("Den som skriver under före gjorde det %(day)s. Skriv den dagen eller en senare.")
NOT_YET = N_("Dagen har inte varit än. Skriv den dag som står på kopian.")
AFTER_THE_END = N_("Anställningen slutade %(day)s. Skriv den dag som står på kopian.")
AFTER_IT_WAS_OFF = N_("Anställningen ställdes in %(day)s. Skriv den dag som står på kopian.")


class NotAPdf(Refusal):
    """A signed copy is a scan or a signed PDF, nothing that can be written on."""

    text = N_("Filen %(name)s är ingen PDF. Skanna det undertecknade avtalet till en PDF och välj den.")
    field = "file"


class NotSigned(Refusal):
    """The copy is, byte for byte, the paper that was offered."""

    text = N_("Filen %(name)s är avtalet som det erbjöds, utan underskrift. Välj den undertecknade kopian.")
    field = "file"


class CannotBeReadNow(Refusal):
    """No child was free to open it; nothing unopened is kept."""

    text = N_("Filen %(name)s hann inte öppnas och kontrolleras. Vänta en minut och välj den igen.")
    field = "file"


class NoCopyChosen(Refusal):
    """The button was pressed with no file."""

    text = N_("Ingen fil är vald. Välj den undertecknade kopian och tryck sedan på knappen igen.")
    field = "file"


class PaperUnset(Refusal):
    """More text than can be set while somebody waits."""

    text = N_("Avtalet är för långt för att skriva ut. Korta det som står under Övrigt.")
    field = "more"
