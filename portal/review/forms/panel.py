"""Who assesses, and when the phases begin."""

from datetime import UTC, datetime, time
from typing import Any
from uuid import UUID

from wtforms import BooleanField, DateField, RadioField, SelectField
from wtforms.validators import DataRequired, Optional

from portal.clock import STOCKHOLM
from portal.refusal import Refusal
from portal.review.forms.fields import CheckboxesField
from portal.review.panel_choices import PanelChoices
from portal.review.panel_faults import faults_of
from portal.review.visibility import USUAL, Part, Sharing, example
from portal.web.fields import HiddenField, StringField
from portal.web.filters import sentence_of
from portal.web.forms import HouseForm, SelectChoice
from portal.web.measures import Day

PRINT = 16  # signs
BOTH, ALL = "bada", "alla"  # who must have handed in before assessors see each other's
HOURS = [SelectChoice(f"{hour:02}.00") for hour in range(8, 24)]


class PanelForm(HouseForm):
    """Who assesses, who leads, until when; and, for whom needs it, who decides and the deputies in order."""

    people = CheckboxesField("Bedömare", description="En till fem. De läser, bedömer och ordnar var för sig.")
    leader = RadioField(
        "Vem leder",
        description="Håller ihop arbetet och får kalla till intervju, liksom kansliet.",
        validators=[DataRequired("Välj vem som leder.")],
    )
    day = Day("Sista dag att lämna in", required="Välj sista dagen att lämna in.")
    hour = SelectField("Klockan", choices=HOURS, default="18.00")
    blind = BooleanField(
        "Blind bedömning",
        description="Bedömarna läser under kodnamn. Kansliet täcker det som röjer vem det är, och godkänner sida för sida. "
        "Namnen öppnas för den som kallas till intervju. Går att ändra tills den första bedömaren har svarat om jäv.",
    )
    scores = RadioField("När bedömarna ser varandras poäng")
    notes = RadioField(
        "När bedömarna ser varandras anteckningar",
        description="Aldrig före poängen, för en anteckning röjer vad den är skäl till.",
    )
    first_deputy = SelectField(
        "Första ersättare", description="Kallas in när en bedömare har jäv, bara för den ansökan.", default=""
    )
    second_deputy = SelectField("Andra ersättare", description="När den första också har jäv.", default="")
    third_deputy = SelectField("Tredje ersättare", default="")
    decider = SelectField(
        "Vem beslutar",
        description="Den som fattar beslutet om vem som anställs. Det behöver inte vara någon som bedömer.",
        default="",
    )
    seen = HiddenField(longest=PRINT)

    def validate(self, extra_validators: Any = None) -> bool:
        """What these people cannot be a panel for is told together with all the rest."""
        valid = bool(super().validate(extra_validators))
        if self.people.errors:
            return valid
        deputies = [field.data for field in self.deputy_fields if field.data]
        for refusal in faults_of(self.people.data or [], self.leader.data, deputies):
            valid = self.tell(refusal)
        return valid

    def tell(self, refusal: Refusal) -> bool:
        """Put it beside its field, where nothing else is said there already. Always False: the form does not stand."""
        field = self[refusal.field or "people"]
        field.errors = field.errors or [sentence_of(refusal)]
        return False

    def offer(self, people: list[tuple[str, str]]) -> None:
        """The people to choose from, as id and name."""
        choices = [SelectChoice(*one) for one in people]
        self.people.choices = self.leader.choices = choices
        self.decider.choices = [SelectChoice("", "Den som leder"), *choices]
        for field in self.deputy_fields:
            field.choices = [SelectChoice("", "Ingen"), *choices]

    def show_examples(self, author: str, viewer: str, last_minute: str) -> None:
        """Each choice of what assessors see of each other, told of two of them by name: it is read and not guessed."""
        told = {"author": author, "viewer": viewer, "last_minute_text": last_minute}
        for field, part in ((self.scores, Part.SCORES), (self.notes, Part.NOTES)):
            field.choices = [
                SelectChoice(key, example(part, Sharing(key == ALL, key == ALL), **told)) for key in (BOTH, ALL)
            ]

    @property
    def sharing(self) -> Sharing:
        """What was chosen of it."""
        return Sharing(self.scores.data == ALL, self.notes.data == ALL)

    @property
    def sharing_is_open(self) -> bool:
        """Whether that part is shown at once: something else than usual is chosen there, or wrong."""
        return self.sharing != USUAL or bool(self.scores.errors or self.notes.errors)

    @property
    def deputy_fields(self) -> list[SelectField]:
        """The deputies' fields in order."""
        return [self.first_deputy, self.second_deputy, self.third_deputy]

    @property
    def deputies(self) -> list[UUID]:
        """The deputies chosen, in order."""
        return [UUID(field.data) for field in self.deputy_fields if field.data]

    @property
    def decides(self) -> UUID | None:
        """Who decides; None for whoever leads."""
        return UUID(self.decider.data) if self.decider.data else None

    @property
    def more_is_open(self) -> bool:
        """Whether the part for larger panels is shown at once: something is chosen there, or wrong."""
        fields = [self.decider, *self.deputy_fields]
        return any(field.data or field.errors for field in fields)

    @property
    def hand_in_by(self) -> datetime:
        """The last minute as an instant."""
        assert self.day.data is not None
        return datetime.combine(self.day.data, time(int(self.hour.data[:2])), STOCKHOLM).astimezone(UTC)

    @property
    def leads(self) -> UUID:
        """Who leads."""
        return UUID(self.leader.data)

    @property
    def chosen(self) -> list[UUID]:
        """The people ticked."""
        return [UUID(id) for id in self.people.data or []]

    def choices(self, *, asks_sharing: bool, asks_blind: bool) -> PanelChoices:
        """All that was chosen; of what the page only told, nothing."""
        return PanelChoices(
            people=tuple(self.chosen),
            leader=self.leads,
            deputies=tuple(self.deputies),
            decider=self.decides,
            hand_in_by=self.hand_in_by,
            sharing=self.sharing if asks_sharing else None,
            blind=bool(self.blind.data) if asks_blind else None,
        )


class MoveOnForm(HouseForm):
    """The phase to move on to; each button carries its own."""

    to = StringField("Fas")


class PhasePlanForm(HouseForm):
    """When the coming phases begin by themselves. An empty day: when somebody moves on. Names begin with the phase."""

    intervjuer_day = DateField("Intervjuerna börjar", validators=[Optional()])
    intervjuer_hour = SelectField("Klockan", choices=HOURS, default="09.00")
    beslut_day = DateField("Beslutet börjar", validators=[Optional()])
    beslut_hour = SelectField("Klockan", choices=HOURS, default="09.00")
