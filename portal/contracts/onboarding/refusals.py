"""What cannot be done with the first days' checklist, each with a sentence that says what to do."""

from portal.refusal import N_, Refusal

WHAT_MISSING = N_("Skriv vad som ska göras.")
STEP_GONE = N_("Steget är borttaget sedan du öppnade sidan. Se i listan vad som är kvar.")
REASON_MISSING = N_("Skriv varför steget inte gäller.")


class EmploymentOver(Refusal):
    """The last day of work has gone by."""

    text = N_("Anställningen upphörde %(ends)s. Introduktionen ändras inte efter det.")
    status = 409


class NotBegun(Refusal):
    """There is no list yet."""

    text = N_("Introduktionen är inte påbörjad. Börja den först.")
    status = 409


class TickedAlready(Refusal):
    """A step is done once."""

    text = N_("Steget är redan avbockat, eller gäller inte. Ångra det först om något blev fel.")
    status = 409


class NothingToUndo(Refusal):
    """The step is as it was from the beginning."""

    text = N_("Steget är inte avbockat. Tryck på Öppna sidan på nytt och se hur det står.")
    status = 409


class OfTheRules(Refusal):
    """What the authority's rules say is left out with a reason, never taken away."""

    text = N_("Steget står i reglerna och tas inte bort. Välj Gäller inte, och skriv varför.")
    status = 409


class TooManySteps(Refusal):
    """A list that nobody reads."""

    text = N_("Listan har redan %(most)s steg. Ta bort något av era egna först.")
    field = "what"


class DayToCome(Refusal):
    """Nothing is done before it has been."""

    text = N_("%(day)s har inte varit än. Bocka av steget när det är gjort.")
    field = "done_on"


class TooFarFromStart(Refusal):
    """A slip of the year."""

    text = N_("Välj en dag högst ett år före eller efter tillträdet %(starts)s.")
    field = "due"


class DoneTooFarFromStart(TooFarFromStart):
    """The same, of a day on which something was done."""

    field = "done_on"
