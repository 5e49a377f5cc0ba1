"""The ways in which review says no, each with a sentence that tells what is and what to do."""

from portal.refusal import Refusal
from portal.review.panel_choices import PanelChoices


class PanelSize(Refusal):
    """Nobody, or more than five."""

    text = "Välj en till fem bedömare."
    field = "people"


class LeaderOutside(Refusal):
    """Who leads must assess."""

    text = "Den som leder måste vara en av bedömarna. Kryssa för personen, eller låt någon annan leda."
    field = "leader"


class DeputyTwice(Refusal):
    """A deputy who assesses already, or is named as one twice, or is nobody the party can name."""

    text = "Välj en ersättare som inte redan är bedömare eller ersättare, eller låt fältet vara tomt."
    field = "first_deputy"


class DeciderOutside(Refusal):
    """Who decides is one of the party's people."""

    text = "Välj någon av partiets personer som beslutar, eller låt den som leder göra det."
    field = "decider"


class LastMinuteTooEarly(Refusal):
    """The last minute, or the date of a phase, is past or before the ad closes."""

    text = "Välj en tid efter %(after)s."
    field = "day"


class LastMinuteTooLate(Refusal):
    """The last minute, or the date of a phase, is so far ahead that it is a slip of the hand."""

    text = "Välj en tid senast %(latest)s. Längre fram än ett år väntar ingen på besked."
    field = "day"


class LastMinuteStands(Refusal):
    """The last minute has passed and opened what was set: to move it would seal that again."""

    text = (
        "Sista minuten har gått, så det bedömarna har satt är öppet och går inte att stänga igen. Låt sista minuten stå. "
        "Den som inte är klar kan lämna in ändå."
    )
    field = "day"
    status = 409


class SeatStands(Refusal):
    """To let an assessor go, or make them a deputy, when others may have seen what they set: it would stop counting."""

    text = (
        "Det %(name)s har satt är öppet för andra, så hen går inte att ta bort eller göra till ersättare. Låt hen stå kvar. "
        "Har hen jäv anmäler hen det själv, och då räknas det inte för den sökande."
    )
    field = "people"
    status = 409


class NotOpenYet(Refusal):
    """The ad still takes applications."""

    text = "Bedömningen öppnar när annonsen har stängt."


class NotOpenToYou(Refusal):
    """What was there when the page was shown is not there any more: taken back, or the person left the panel."""

    text = "Den ansökan finns inte längre bland dem du bedömer. Gå tillbaka till det som är kvar."
    status = 404


class CaseOver(Refusal):
    """The outcome is recorded."""

    text = "Rekryteringen är avslutad, så bedömningen går inte att ändra."
    status = 409


class ToldAlready(Refusal):
    """A call to interview of one who has been told what becomes of the application."""

    text = "Den sökande har redan fått besked, så det går inte att kalla till intervju."
    status = 409


class FellOnKrav(Refusal):
    """A call to interview of one who has fallen on a krav since the page was opened."""

    text = (
        "Den sökande har fallit på ett krav och kallas inte till intervju. Ta tillbaka det på Krav först om det är fel."
    )
    status = 409


class ReasonNeeded(Refusal):
    """A change after handing in, without its line of reason."""

    text = "Du har lämnat in. Skriv en rad om varför du ändrar, högst 500 tecken."
    field = "reason"


class ReasonNeededLate(ReasonNeeded):
    """A change after the last minute, when the joint view is open."""

    text = "Sista minuten har gått, så det du hade satt är öppet. Skriv en rad om varför du ändrar, högst 500 tecken."


class ReasonNeededDeciding(ReasonNeeded):
    """A change once it has come to be decided, before the last minute or a handing in."""

    text = "Rekryteringen är i fasen Beslut. Skriv en rad om varför du ändrar, högst 500 tecken."


class ConflictUnanswered(Refusal):
    """Handing in, or going on, while names wait for an answer about jäv."""

    text = "Svara först på om du känner någon av de sökande."


class ScoresMissing(Refusal):
    """Handing in while something is neither scored nor said to be impossible to judge."""

    text = "%(count)s kvar att bedöma. Välj Kan inte bedöma där handlingarna inte räcker."


class StillBlind(Refusal):
    """A call to interview would open a name before others have answered about jäv, or while they judge without names."""

    text = "Bedömningen är blind än så länge. Kalla när alla har lämnat in, eller gå vidare till öppen bedömning."
    status = 409


class OrderHandedIn(Refusal):
    """The own order was handed in."""

    text = "Du har lämnat in din ordning. Den gemensamma ordningen bestämmer ni tillsammans."
    status = 409


class OrderMoved(Refusal):
    """The own order was put otherwise in another window since the page was opened."""

    text = (
        "Din ordning är ändrad i ett annat fönster sedan sidan öppnades. Det du har skrivit står kvar här: spara igen om det "
        "ska gälla."
    )
    status = 409


class OrderStands(Refusal):
    """Those whose order was handed in are to be put in another order among themselves."""

    text = (
        "Den ordning du har lämnat in står fast. Ge den som har kommit till en plats, och låt de andra stå som de stod: "
        "tryck på Öppna sidan på nytt så ser du hur. Tycker du något annat nu, säg det på mötet."
    )
    status = 409


class StillMasking(Refusal):
    """Handing in while applications wait for the office to mask them."""

    text = "%(count)s väntar på att kansliet ska dölja vem det är. Lämna in när du har bedömt dem också."


class BlindSettled(Refusal):
    """The choice between blind and open came after papers could be opened."""

    text = "Handlingarna har redan kunnat öppnas, så det går inte längre att ändra om bedömningen är blind."
    field = "blind"
    status = 409


class SharingSettled(Refusal):
    """The choice of what assessors see of each other came after they had begun by what they were told."""

    text = (
        "Bedömarna har redan fått veta när de ser varandras poäng och anteckningar, så det går inte längre att ändra."
    )
    field = "scores"
    status = 409


class MasksChanged(Refusal):
    """The boxes or texts are not those that the page showed: a colleague, or another tab, has changed them."""

    text = "Sidan har ändrats sedan du öppnade den. Se över den som den är nu och tryck igen."
    status = 409


class DoubtsUnseen(Refusal):
    """Approval without having looked at what a machine cannot judge."""

    text = "Kryssa i att du har tittat på det som bara en människa kan bedöma."
    field = "seen"


class BoxUnknown(Refusal):
    """A number that is no box of the page."""

    text = "Den rutan finns inte på sidan längre."
    status = 404


class ApprovedAlready(Refusal):
    """A change of what is approved: the assessors may be reading it."""

    text = "Sidan är godkänd. Ta tillbaka godkännandet först om något ska ändras."
    status = 409


class MaskingHandedIn(Refusal):
    """Taking an approval back when somebody's scores of it are handed in."""

    text = "Någon har redan lämnat in sin bedömning av den här ansökan, så godkännandet går inte att ta tillbaka."
    status = 409


class PanelStale(Refusal):
    """Another has saved other choices of the panel since the page was opened. Both are shown; nothing is lost."""

    text = "Bedömarna har sparats i ett annat fönster, eller av en kollega, sedan du öppnade sidan. Dina val är inte sparade."
    status = 409

    def __init__(self, saved: PanelChoices) -> None:
        super().__init__()
        self.saved = saved


class NudgedToday(Refusal):
    """The office has reminded this assessor to-day already."""

    text = "%(name)s är redan påmind i dag. Vänta till i morgon, eller ring."
    status = 409


class NothingToNudge(Refusal):
    """The assessor has nothing left, or is not in the panel any more."""

    text = "Det finns inget kvar att påminna om. Här ser du hur det står till nu."
    status = 409
