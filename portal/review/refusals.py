"""The ways in which review says no, each with a sentence that tells what is and what to do."""

from portal.refusal import Refusal


class PanelSize(Refusal):
    """Nobody, or more than five."""

    text = "Välj en till fem bedömare."
    field = "people"


class LeaderOutside(Refusal):
    """Who leads must assess."""

    text = "Den som leder måste vara en av bedömarna. Kryssa för personen, eller låt någon annan leda."
    field = "leader"


class LastMinuteTooEarly(Refusal):
    """The last minute is past, or before the ad closes."""

    text = "Välj en tid efter %(after)s, så att det går att hinna bedöma."
    field = "day"


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


class ReasonNeeded(Refusal):
    """A change after handing in, without its line of reason."""

    text = "Du har lämnat in. Skriv en rad om varför du ändrar, högst 500 tecken."
    field = "reason"


class ConflictUnanswered(Refusal):
    """Handing in, or going on, while names wait for an answer about jäv."""

    text = "Svara först på om du känner någon av de sökande."


class ScoresMissing(Refusal):
    """Handing in while something is neither scored nor said to be impossible to judge."""

    text = "%(count)s kvar att bedöma. Välj Kan inte bedöma där handlingarna inte räcker."


class OrderHandedIn(Refusal):
    """The own order was handed in."""

    text = "Du har lämnat in din ordning. Den gemensamma ordningen bestämmer ni tillsammans."
    status = 409
