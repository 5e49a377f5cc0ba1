"""What cannot be done with a decision that is written down, each with a sentence that says what to do."""

from portal.refusal import N_, Moved, Refusal


class NothingWritten(Refusal):
    """Nothing becomes of a decision that nobody has written down."""

    text = N_("Skriv in beslutet först: vem som beslutade, enligt vilken punkt och när.")
    status = 409


class ActGone(Refusal):
    """What was taken back is decided by nobody."""

    text = N_(
        "Ändringen är tillbakatagen, så det finns inget beslut att skriva om. Läs vad som gäller nu bland ändringarna."
    )
    status = 409


class DecisionMoved(Moved):
    """Somebody else has written it down, or corrected it, since the page was opened."""

    text = N_("Beslutet har skrivits in eller rättats sedan sidan öppnades. Läs det som är sparat och spara igen.")


class StandingMoved(Refusal):
    """Somebody else has written down an appeal, taken one away, or confirmed that none came, since the page was opened."""

    text = N_(
        "Det har hänt något med beslutet sedan sidan öppnades. Läs det som står här nu och gör sedan om det du ville."
    )
    status = 409


class NothingToAppeal(Refusal):
    """A party's own decision is no authority's."""

    text = N_("Partiet är arbetsgivare. Beslutet anslås inte och kan inte överklagas enligt kommunallagen.")
    status = 409


class Settled(Refusal):
    """Final decisions stay as they are."""

    text = N_("Beslutet har vunnit laga kraft och ändras inte.")
    status = 409


class SetAside(Settled):
    """What a court has set aside stays so."""

    text = N_("Domstolen har upphävt beslutet, och det ändras inte.")


class DisposedSince(Refusal):
    """What the court came to has been acted on: the applications' time was counted from it."""

    text = N_(
        "Ansökningar i rekryteringen har gallrats sedan domstolens avgörande skrevs in, så det går inte att rätta eller ta "
        "tillbaka. Anteckna i ärendet vad som blev fel."
    )
    status = 409


class AppealNoted(Refusal):
    """What is before a court stays as it was when it came there."""

    text = N_("Ett överklagande är inskrivet. Ta bort det om det blev fel, eller skriv in när domstolen är klar.")
    status = 409


class NothingAppealed(Refusal):
    """No appeal is noted that could be over."""

    text = N_("Inget överklagande är inskrivet. Tryck på Öppna sidan på nytt och se vad som står där.")
    status = 409


class NotAnnounced(Refusal):
    """The time of appeal has not begun."""

    text = N_("Skriv in när justeringen anslogs först. Från den dagen räknas tiden för överklagande.")
    status = 409


class StillAppealable(Refusal):
    """An appeal may still come."""

    text = N_(
        "Beslutet kan överklagas till och med %(last_day)s. Bekräfta dagen därefter, när du vet att inget överklagande "
        "har kommit in."
    )
    field = "none_came"


class AppealBeforeDecision(Refusal):
    """Nobody appeals what is not decided."""

    text = N_("Beslutet fattades %(decided)s och kan inte ha överklagats %(day)s. Rätta dagen.")
    field = "came"


class FinalBeforeItCanBe(Refusal):
    """An appealed decision is not final while it could still be appealed."""

    text = N_("Det kan tidigast ha vunnit laga kraft dagen efter %(last_day)s. Rätta dagen.")
    field = "stands"


class SetAsideBeforeAppeal(Refusal):
    """No court sets aside what nobody has yet appealed."""

    text = N_("Överklagandet kom in %(came)s. Domstolens avgörande vann laga kraft senare än så. Rätta dagen.")
    field = "ruled"


class DayToCome(Refusal):
    """Nothing is written down before it has been."""

    text = N_("%(day)s har inte varit än. Skriv in dagen när det har skett.")
