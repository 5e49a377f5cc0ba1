"""The ways in which interviews say no, each with a sentence that tells what is and what to do."""

from portal.refusal import N_, Refusal


class HourUnreadable(Refusal):
    """A time of day that is none."""

    text = "Skriv klockslaget som 13.30."
    field = "hour"


class HourMissing(Refusal):
    """The clocks go forward: this hour does not exist."""

    text = "Klockan %(hour)s finns inte den dagen: klockan går fram från 02.00 till 03.00. Välj en annan tid."
    field = "hour"


class HourTwice(Refusal):
    """The clocks go back: this hour comes twice."""

    text = "Klockan %(hour)s kommer två gånger den dagen, när klockan går tillbaka från 03.00 till 02.00. Välj en annan tid."
    field = "hour"


class TimePast(Refusal):
    """A time that is over, or as good as."""

    text = "%(when)s har redan varit. Välj en tid som kommer."
    field = "day"


class TooFarAhead(Refusal):
    """More than a year away: most likely a slip."""

    text = "%(when)s är mer än ett år bort. Välj en närmare dag."
    field = "day"


class TimeOver(Refusal):
    """Taking away a time that has been: the meeting was held."""

    text = "Den tiden har redan varit, så den går inte att ta bort."
    status = 409


class Overlapping(Refusal):
    """Somebody of the panel would sit in two meetings at once."""

    text = "%(name)s har redan en tid %(when)s. Välj en annan tid, eller låt någon annan vara med."
    field = "hour"


class NobodyTakesPart(Refusal):
    """No member of the panel."""

    text = "Välj minst en från panelen som är med."
    field = "members"


class NotOpenToYou(Refusal):
    """What was there when the page was shown is not there any more."""

    text = "Det finns inte längre."
    status = 404


class TimeGone(Refusal):
    """A colleague, or another window, has taken the time away."""

    text = "Tiden är redan borttagen. Se här vilka tider som är kvar."
    status = 409


class JustBooked(Refusal):
    """Another has the time than who had it when it was shown, or it was booked in the instant in which it was to go."""

    text = "Tiden har bokats sedan du öppnade sidan. Se av vem innan du tar bort den."
    status = 409


class RecruitmentOver(Refusal):
    """The outcome is recorded."""

    text = "Rekryteringen är avslutad, så intervjuerna går inte att ändra."
    status = 409


class NotAsked(Refusal):
    """The candidate's application was taken back, or is decided: there is nothing to book."""

    text = N_("Ansökan är tillbakatagen eller avgjord, så det går inte att boka eller ändra något.")
    status = 409


class TimeTaken(Refusal):
    """Somebody else was quicker, or the time was taken away."""

    text = N_("Tiden hann bli upptagen. Välj en av de andra.")
    field = "slot"
    status = 409


class ChooseATime(Refusal):
    """Nothing was chosen."""

    text = N_("Välj en tid.")
    field = "slot"


class TooLateToMove(Refusal):
    """Less than a day is left to the booked time."""

    text = N_("Det är mindre än ett dygn kvar, så tiden går inte att ändra här. Ring en kontaktperson i annonsen.")
    field = "slot"
    status = 409


class WishMissing(Refusal):
    """A wish without words."""

    text = N_("Skriv vilka tider som passar dig, högst 1 000 tecken.")
    field = "wish"


class ReferencesFull(Refusal):
    """As many as there is room for."""

    text = N_("Du har lämnat tre referenser. Ta bort en om du vill lämna en annan.")
    field = "name"


class ReferenceAsked(Refusal):
    """What a reference has said is written down already."""

    text = N_("Referensen har redan hörts, så den går inte att ta bort här. Skriv till en kontaktperson i annonsen.")
    status = 409


class WordsMissing(Refusal):
    """Nothing said, or too much."""

    text = "Skriv vad referensen sa, högst 4 000 tecken."
    field = "words"


class CardHandedIn(Refusal):
    """The card is handed in."""

    text = "Du har lämnat in kortet. Det går inte att ändra."
    status = 409


class CardEmpty(Refusal):
    """Handing in with something neither judged nor said to be impossible to judge."""

    text = "%(count)s kvar att bedöma. Välj Kan inte bedöma där samtalet inte gav svar."
