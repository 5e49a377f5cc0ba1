"""What cannot be done to an employment, each with what to do instead."""

from portal.refusal import N_, Refusal


class ActRefused(Refusal):
    """The act cannot be as it was written. The sentence and the field are those of the first objection."""


class EmploymentEnded(Refusal):
    """The last day has gone by."""

    text = N_(
        "Anställningen slutade %(ends)s, så det går inte att ändra den längre. Anställ på nytt om den ska fortsätta."
    )
    status = 409


DECIDED_BY_THEN = N_("Anställningen slutade %(ends)s. Skriv den dag då det beslutades, senast den dagen.")
GIVEN_BY_THEN = N_("Anställningen slutade %(ends)s. Skriv den dag då uppsägningen lämnades, senast den dagen.")


class LastsOn(Refusal):
    """The last day has gone by, but it had turned permanent before it (LAS 5 a §)."""

    text = N_(
        "Slutdatumet %(ends)s har varit, men anställningen är en tillsvidareanställning sedan %(since)s och tog inte slut "
        "då. Förnya den, så får den nya villkor. Ska den sluta, skriv in en uppsägning eller ett avslut i förtid."
    )
    status = 409


class CalledOff(Refusal):
    """It was called off before it began."""

    text = N_("Anställningen blir inte av: så beslutades %(decided)s. Ta tillbaka det först, om den blir av ändå.")
    status = 409


class NoEndToMove(Refusal):
    """It runs until further notice."""

    text = N_("Anställningen gäller tills vidare, så det finns inget slutdatum att flytta framåt.")
    field = "ends"


class NoticeStands(Refusal):
    """A notice has been given."""

    text = N_("Anställningen är uppsagd %(given)s. Ta tillbaka uppsägningen först, om den inte gäller längre.")
    status = 409


class AlreadyRenewed(Refusal):
    """Another employment of the same person goes on from this one."""

    text = N_(
        "Anställningen är förnyad från %(starts)s, så den kan inte sluta senare än dagen före. Ska förnyelsen inte bli av, "
        "skriv först det på den."
    )
    field = "ends"
    status = 409


class NoticeOfRenewal(Refusal):
    """The time of notice goes on into another employment of the same person, which this notice would not end."""

    text = N_(
        "Anställningen är förnyad från %(starts)s, och uppsägningstiden räcker till %(last)s. Skriv in uppsägningen på "
        "förnyelsen i stället: den här slutar ändå."
    )
    status = 409


class RenewalStands(Refusal):
    """Somebody who has left, or never came, would come back by a renewal."""

    text = N_(
        "Anställningen är förnyad från %(starts)s. Skriv först in på förnyelsen att förnyelsen inte blir av, och gör sedan "
        "om det här."
    )
    status = 409


class FormerGoesOn(Refusal):
    """What this one renews has been extended into its time, while it was off."""

    text = N_(
        "Den anställning som den här förnyar gäller %(ends)s, så den här kan inte börja %(starts)s. Ska den bli av, avsluta "
        "först den förra dagen före."
    )
    status = 409


class EndHasBeen(Refusal):
    """To take the act back would end an employment that is running, on a day that has been."""

    text = N_(
        "Slutdatumet som skulle gälla igen, %(ends)s, har redan varit. Ska anställningen sluta, avsluta den i förtid i "
        "stället."
    )
    status = 409


class ContractSaysTheDay(Refusal):
    """The paper that was offered says the first day; it is not moved behind it."""

    text = N_(
        "Avtalet är erbjudet med första dagen %(starts)s. Ta tillbaka avtalet, rätta dagen här och erbjud det på nytt. "
        "Har alla skrivit under gäller den dag som står i avtalet."
    )
    status = 409


class ContractSaysTheExtent(Refusal):
    """The paper that was offered says the extent; it is not moved behind it."""

    text = N_(
        "Avtalet är erbjudet med omfattningen %(percent)s procent. Ta tillbaka avtalet, rätta omfattningen här och erbjud "
        "det på nytt. Har alla skrivit under gäller den omfattning som står i avtalet."
    )
    status = 409


class ContractSaysTheForm(Refusal):
    """The paper that was offered says whether it is a stand-in; it is not changed behind it."""

    text = N_(
        "Avtalet är erbjudet, och där står om det är ett vikariat. Ta tillbaka avtalet, rätta vikariatet här och erbjud det "
        "på nytt. Har alla skrivit under gäller det som står i avtalet."
    )
    status = 409


class ActStands(Refusal):
    """The first day is that of the recording; what was done afterwards rests on it."""

    text = N_(
        "Anställningen har ändrats sedan den registrerades. Ta tillbaka ändringen först, och rätta sedan första dagen."
    )
    status = 409


class ChangedSince(Refusal):
    """Somebody else has changed the end since the page was opened."""

    text = N_(
        "Någon har ändrat anställningen sedan du öppnade sidan. Läs vad som gäller nu och gör sedan om det du ville."
    )
    status = 409


class NothingToTakeBack(Refusal):
    """No act stands, or another one came after it."""

    text = N_(
        "Det finns inget sådant att ta tillbaka. Bara det senaste kan tas tillbaka: "
        "tryck på Öppna sidan på nytt och se vad som gäller."
    )
    status = 409
