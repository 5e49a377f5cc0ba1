"""What cannot be done about a candidate's rights, each with a sentence that says what to do."""

from portal.refusal import N_, Moved, Refusal

TEXT_MISSING = N_("Skriv vad du vill.")
ANSWER_MISSING = N_("Skriv svaret som den sökande ska läsa.")
REASON_MISSING = N_("Skriv varför det tar längre tid.")


class KeptForEmployment(Refusal):
    """Whoever is employed does not take back the application that the employment rests on."""

    text = N_("Du är eller har varit anställd, så ansökan går inte att ta tillbaka här. Tala med arbetsgivaren.")
    status = 409


class MustBeKept(Refusal):
    """It is not erased at the candidate's word; the page says why."""

    text = N_("Ansökan går inte att radera nu. Sidan säger varför, och hur länge.")
    status = 409


class FirstStays(Refusal):
    """The first of two from one address: its candidate is called to interview, and would give up the time and the scores with
    it, or has been told how it went, or is employed, or, where a party employs, a hold stands on it. The sentence does not
    say which."""

    text = N_(
        "Den första ansökan går inte att byta ut längre. Vill du tillägga något skriver du i brevlådan på din privata sida: "
        "länken står i mejlet om den första."
    )
    status = 409


class NothingToErase(Refusal):
    """It counts still: taking it back comes first."""

    text = N_("Ta tillbaka ansökan först. Där väljer du om allt ska raderas direkt.")
    status = 409


class AnsweredAlready(Refusal):
    """An answer is given once."""

    text = N_("Begäran är redan besvarad.")
    status = 409


class NotErased(Refusal):
    """An erasure that is called done, of an application that cannot be erased. ``why`` is the words of its keeping."""

    text = "Ansökan kan inte raderas nu, så välj Har gjorts till en del eller Har inte gjorts. %(why)s"
    field = "result"
    status = 409


class ErasedMeanwhile(Refusal):
    """The candidate has had everything erased while their request waited: nobody is left to answer."""

    text = N_("Ansökan har raderats sedan sidan öppnades, så begäran behöver inget svar.")
    status = 409


class LeftMeanwhile(Refusal):
    """Whoever was chosen counts no more: taken back, or erased."""

    text = N_(
        "Den du valde går inte att välja längre: ansökan kan vara tillbakatagen. Det du skrev är inte registrerat."
    )
    field = "application_id"
    status = 409


class ExtendedAlready(Refusal):
    """Once, and by two months at the most (GDPR art. 12.3)."""

    text = N_("Tiden är redan förlängd, och kan inte förlängas mer.")
    status = 409


class TooLateToExtend(Refusal):
    """The candidate is told within the first month (GDPR art. 12.3)."""

    text = N_("Tiden gick ut %(day)s, så den går inte att förlänga. Svara nu.")
    status = 409


class NotExtended(Refusal):
    """Only what GDPR art. 12.3 is about."""

    text = N_("Den här begäran ska besvaras skyndsamt, så tiden går inte att förlänga.")
    status = 409


class MeritsNotAskedFor(Refusal):
    """Only who has been told that they do not go further, DL 2:4."""

    text = N_("Du kan begära uppgift om meriter när du har fått besked att du inte går vidare.")
    status = 409


class NotFilledIn(Refusal):
    """A text about merits that leaves a heading empty."""

    text = "Ingenting står under %(headings)s. Fyll i från CV:t, eller skriv att uppgiften saknas."
    field = "text"


class TellsWho(Refusal):
    """A text about somebody's merits names them, or says how to reach them."""

    text = N_("Texten innehåller %(found)s. Ta bort det: uppgiften lämnas utan namn och kontaktuppgifter.")
    field = "text"


class MeritsMoved(Moved):
    """A colleague has gone on writing the text since the page was opened."""

    text = N_("Texten har ändrats sedan sidan öppnades. Läs den som är sparad, nedanför, och tryck sedan igen.")


class AskedAlready(Refusal):
    """The candidate has asked for the same kind of thing, in other words, and it waits for its answer."""

    text = N_(
        "Du har redan en sådan begäran som väntar på svar. Det du skrev nu är inte skickat: skriv det till kansliet i "
        "brevlådan, eller vänta tills begäran är besvarad."
    )
    field = "text"
    status = 409


class AskedOfTheFirst(AskedAlready):
    """A wish to have the application gone waits that is about an earlier one, which this has taken the place of."""

    text = N_(
        "Du har redan en sådan begäran som väntar på svar, om din förra ansökan. Det du skrev nu är inte skickat: skriv till "
        "kansliet i brevlådan, eller vänta tills begäran är besvarad."
    )


class CameLater(Refusal):
    """A request cannot have come on a day that is still to be."""

    text = N_("Den dagen har inte varit än. Skriv dagen då begäran kom.")
    field = "came_on"


class CameBefore(Refusal):
    """Nobody asks about an application that has not come."""

    text = N_("Ansökan kom in %(day)s. Skriv en dag som inte är före det.")
    field = "came_on"


class WaitsAlready(Refusal):
    """One of the same kind waits: the two would be one."""

    text = N_("Den sökande har redan en sådan begäran som väntar på svar. Öppna den i listan, och svara på båda där.")
    field = "kind"
    status = 409


class NoConsentToTakeBack(Refusal):
    """An authority needs none, and has none."""

    text = N_(
        "Regionen eller kommunen bedömer ansökan utan samtycke, så det finns inget att ta tillbaka. "
        "Välj invändning eller radering."
    )
    field = "kind"


class StaysForEmployment(Refusal):
    """Whoever is employed: the application belongs to the employment."""

    text = N_(
        "Den sökande är anställd, så ansökan hör till anställningen och går inte att ta tillbaka. "
        "Svara att den finns kvar, och varför."
    )
    status = 409


class OfAnEarlier(Refusal):
    """Asked of the first of two: its candidate has put another in its place since."""

    text = N_("Begäran gäller en tidigare ansökan, som den sökande sedan har bytt ut mot den här. Svara med ord.")
    status = 409


class NotLeaving(Refusal):
    """Only what asks for it takes an application back."""

    text = N_("Den här begäran gäller något annat än att ta tillbaka ansökan.")
    status = 409


class NobodyThere(Refusal):
    """Nobody whom the person answers has applied from the address."""

    text = (
        "Ingen ansökan här har den adressen. Se hur den är skriven. Har den sökande ingen e-postadress registrerar en "
        "kollega som inte bedömer, eller den sökande själv på sin egen sida."
    )
    field = "address"


class CameBeforeIt(Refusal):
    """The same as `CameBefore`, of an application whose day is not told."""

    text = "Den dagen hade ansökan inte kommit än. Skriv dagen då begäran kom."
    field = "came_on"
