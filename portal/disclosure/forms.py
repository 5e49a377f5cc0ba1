"""The forms of the register and of requests for records."""

import re
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import InputRequired, ValidationError

from portal.clock import STOCKHOLM
from portal.disclosure.asked import Asked, id_of
from portal.disclosure.decision_text import OPENINGS, lacks_decider
from portal.disclosure.grounds import OTHER, grounds
from portal.disclosure.queries.register import RegisterCase
from portal.disclosure.requests import ANSWER_WORDS, NOT_APPEALED_WORDS, WAYS, NotAppealed, Outcome
from portal.web.fields import Filled, HiddenField, StringField, TextAreaField
from portal.web.forms import HouseForm, SelectChoice
from portal.web.measures import Day
from portal.web.one_press import FormIdField

LONGEST_NUMBER, LONGEST_TEXT = 60, 5_000
LONGEST_DECISION = 100_000  # a case may have thousands of records, each named by its number
# What is typed there is proposed for the decision, which whoever asked is given.
REASON = "Frivilligt, men behövs för en annan grund. Skrivs i förslaget till beslut, så skriv inget hemligt."


class FilterForm(HouseForm):
    """Which lines of the register; it changes nothing, so it is asked with GET and carries no token. Never those of a party:
    an authority makes no search that selects persons by an opinion (lagen 2018:218 3 kap. 3 §)."""

    class Meta:
        csrf = False

    fran = Day("Från och med")
    till = Day("Till och med")
    arende = SelectField("Ärende", validate_choice=False)

    def offer(self, cases: Sequence[RegisterCase]) -> None:
        """The cases there are to choose."""
        named = [
            (str(one.ad_id), " · ".join(filter(None, (one.diary_number, one.title, one.party_name)))) for one in cases
        ]
        self.arende.choices = [SelectChoice("", "Alla"), *(SelectChoice(*pair) for pair in named)]

    def validate_till(self, field: Day) -> None:
        """The last day is not before the first."""
        if field.data and self.fran.data and field.data < self.fran.data:
            raise ValidationError("Den sista dagen är före den första. Byt plats på dem.")

    def asked(self, before: int | None = None) -> Asked:
        """What is asked for."""
        return Asked(self.fran.data, self.till.data, id_of(self.arende.data), before)

    def as_query(self) -> dict[str, str]:
        """The same for an address."""
        fields = {"fran": self.fran.data, "till": self.till.data, "arende": self.arende.data}
        return {name: str(value) for name, value in fields.items() if value}


class DiaryForm(HouseForm):
    """The authority's own number of a case."""

    number = StringField(
        "Diarienummer", [Filled("Skriv diarienumret, som RS/2026/1234.")], longest=LONGEST_NUMBER,
        description="Ärendets nummer i ert eget diarium. Står vid varje handling i ärendet.",
    )  # fmt: skip


class RequestForm(HouseForm):
    """Somebody has asked for records. Nothing asks who they are."""

    form_id = FormIdField()
    came_on = Day("Vilken dag den kom", required="Ange dagen då begäran kom.")
    came_time = StringField("Klockan", [Filled("Skriv klockslaget, som 14.05.")])
    came_by = RadioField(
        "Hur den kom", [InputRequired("Välj hur begäran kom.")], choices=[SelectChoice(*way) for way in WAYS.items()]
    )
    asked = TextAreaField(
        "Vad som begärs", [Filled("Skriv vad som begärs, med den frågandes egna ord om det går.")], longest=LONGEST_TEXT
    )
    asker = StringField(
        "Dit svaret ska", longest=200,
        description="Bara om det behövs för att lämna ut. Fråga inte vem det är eller varför (TF 2 kap. 18 §).",
    )  # fmt: skip

    def came_at(self) -> datetime | None:
        """The instant, in Stockholm; None where the time cannot be read, with its sentence at the field."""
        found = re.fullmatch(r"([01]?\d|2[0-3])[.:]([0-5]\d)", self.came_time.data or "", re.ASCII)
        if found is None or self.came_on.data is None:
            self.came_time.errors = ["Skriv klockslaget med timme och minut, som 14.05."]
            return None
        return datetime.combine(self.came_on.data, time(int(found[1]), int(found[2])), STOCKHOLM)


def _grounds() -> list[SelectChoice]:
    known = [SelectChoice(one.key, f"{one.paragraph}: {one.words}") for one in grounds().values()]
    return [SelectChoice("", "Välj grund"), *known, SelectChoice(OTHER, "Annan grund, skriv vilken")]


class MarkForm(HouseForm):
    """The ground of a new mark. Its sides are read by the route."""

    ground = SelectField("Grund", choices=_grounds, validate_choice=False)
    reason = StringField("Skäl", longest=300, description=REASON)


class ApprovalForm(HouseForm):
    """The ground of what the machine suggests on a page: its own, whatever ground a box beside it has."""

    ground = SelectField("Grund för förslagen", choices=_grounds, validate_choice=False, id="approve-ground")
    reason = StringField("Skäl för förslagen", longest=300, description=REASON, id="approve-reason")


class ReviewForm(HouseForm):
    """What becomes of one record; ``shown`` is what had been said of it when the page was opened."""

    shown = HiddenField()
    protected = BooleanField("Personen har skyddade personuppgifter (21 kap. 3 § OSL)")
    answer = RadioField(
        "Vad som lämnas ut", [InputRequired("Välj vad som lämnas ut av handlingen.")],
        choices=[SelectChoice(key.value, words) for key, words in ANSWER_WORDS.items()],
    )  # fmt: skip
    ground = SelectField("Grund, om den inte lämnas ut", choices=_grounds, validate_choice=False)
    reason = StringField("Skäl", longest=300, description=REASON)
    leads_nowhere = BooleanField(
        "Jag har läst varje sida. Ingenting där leder till den som är skyddad: inget namn, ingen adress, inget "
        "telefonnummer, ingen e-post, ingen arbetsplats eller skola och inget foto"
    )
    bare = BooleanField("Lämna ut utan någon av de föreslagna rutorna")

    @classmethod
    def about(cls, *, whole_case: bool) -> "ReviewForm":
        """The form of one record: what is about a whole case is no one person's."""
        form = cls()
        if whole_case:
            form.protected.label.text = "Någon i handlingen har skyddade personuppgifter (21 kap. 3 § OSL)"
        return form


class DecisionForm(HouseForm):
    """The decision in words; ``seen`` is what the page said that it comes to, ``records`` of which records."""

    seen = HiddenField()
    records = HiddenField()
    text = TextAreaField(
        "Beslutet", [Filled("Skriv beslutet.")], longest=LONGEST_DECISION,
        description="Förslaget är gjort av prövningen. Fyll i sist vem som beslutar och med stöd av vilken delegation.",
    )  # fmt: skip

    def validate_text(self, field: TextAreaField) -> None:
        """A decision says who has taken it (FL 31 §)."""
        if lacks_decider(field.data or ""):
            raise ValidationError("Fyll i sist vem som beslutar och med stöd av vilken delegation.")


class OutsideForm(DecisionForm):
    """The same of what nobody can choose here: minutes, or what another register of the authority's has."""

    outside = BooleanField(
        "Det finns hos oss, men väljs inte här, och lämnas ut",
        description="Referenser, önskemål om en annan intervjutid och svar på ett erbjudande har inget nummer. De finns "
        "vid ansökan hos partiets kansli: hämta dem där.",
    )  # fmt: skip

    def validate_outside(self, field: BooleanField) -> None:
        """Nothing is handed out in the words that were proposed for a refusal."""
        if field.data and OPENINGS[Outcome.REFUSED].format(authority="").strip() in (self.text.data or ""):
            raise ValidationError("Förslaget säger att begäran avslås. Skriv om beslutet.")


class AppealForm(HouseForm):
    """The day of an appeal, or on which it was settled."""

    day = Day("När överklagandet kom in", required="Skriv dagen.")

    @classmethod
    def about(cls, *, appealed: bool, **more: Any) -> "AppealForm":
        """The form that a request has now: a court has it, or not."""
        form = cls(**more)
        if appealed:
            form.day.label.text = "När det avgjordes"
        return form


class AppealCorrectedForm(HouseForm):
    """Another day for an appeal that waits; ``seen`` is the one that the page showed."""

    appealed_on = Day("När överklagandet kom in", required="Skriv dagen.")
    seen = HiddenField()


class AppealTakenBackForm(HouseForm):
    """An appeal that was none of this decision; ``seen`` is the day that the page showed."""

    why = RadioField(
        "Varför ska det tas bort?",
        [InputRequired("Välj varför överklagandet ska tas bort.")],
        choices=[SelectChoice(key.value, words) for key, words in NOT_APPEALED_WORDS.items()],
    )
    seen = HiddenField()

    @property
    def chosen(self) -> NotAppealed:
        """Why, once the form is valid."""
        return NotAppealed(self.why.data)
