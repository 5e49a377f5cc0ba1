"""One form for each page of review. What cannot be said by fields alone (names, typed places) is read beside them."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, RadioField, SelectField, SelectMultipleField, ValidationError
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import DataRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from portal.clock import STOCKHOLM
from portal.review.conflicts import Ground
from portal.review.requirements import WORDS
from portal.review.services.agreeing import BASES, LONGEST_TEXT
from portal.review.services.noting import LONGEST_NOTE
from portal.review.services.scoring import LONGEST_REASON
from portal.review.visibility import USUAL, Part, Sharing, example
from portal.web.fields import HiddenField, StringField, TextAreaField

MOST_DIGITS = 9
BOTH, ALL = "bada", "alla"  # who must have handed in before assessors see each other's
HOURS = [SelectChoice(f"{hour:02}.00") for hour in range(8, 24)]


class CheckboxesField(SelectMultipleField):
    """Several choices as boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PanelForm(FlaskForm):  # type: ignore[misc]
    """Who assesses, who leads, until when; and, for whom needs it, who decides and the deputies in order."""

    people = CheckboxesField("Bedömare", description="En till fem. De läser, bedömer och ordnar var för sig.")
    leader = RadioField(
        "Vem leder",
        description="Håller ihop arbetet och får kalla till intervju, liksom kansliet.",
        validators=[DataRequired("Välj vem som leder.")],
    )
    day = DateField(
        "Sista dag att lämna in",
        validators=[DataRequired("Välj sista dagen att lämna in, till exempel 2026-12-17.")],
    )
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
    decider = SelectField(
        "Vem beslutar",
        description="Den som fattar beslutet om vem som anställs. Det behöver inte vara någon som bedömer.",
        default="",
    )
    first_deputy = SelectField(
        "Första ersättare", description="Kallas in när en bedömare har jäv, bara för den ansökan.", default=""
    )
    second_deputy = SelectField("Andra ersättare", description="När den första också har jäv.", default="")
    third_deputy = SelectField("Tredje ersättare", default="")

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


class MoveOnForm(FlaskForm):  # type: ignore[misc]
    """The phase to move on to; each button carries its own."""

    to = StringField("Fas")


class PhasePlanForm(FlaskForm):  # type: ignore[misc]
    """When the coming phases begin by themselves. An empty day: when somebody moves on. Names begin with the phase."""

    intervjuer_day = DateField("Intervjuerna börjar", validators=[Optional()])
    intervjuer_hour = SelectField("Klockan", choices=HOURS, default="09.00")
    beslut_day = DateField("Beslutet börjar", validators=[Optional()])
    beslut_hour = SelectField("Klockan", choices=HOURS, default="09.00")


class NudgeForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the button."""


class WhyForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the buttons: go on, or skip."""


class ConflictFoundForm(FlaskForm):  # type: ignore[misc]
    """Why one has jäv for the candidate one is reading."""

    ground = RadioField("Varför har du jäv?", validate_choice=False)

    def offer(self, grounds: Sequence[Ground]) -> None:
        """The grounds to choose from."""
        self.ground.choices = [SelectChoice(ground.key, ground.words) for ground in grounds]
        self.known = {ground.key for ground in grounds}

    def validate_ground(self, field: RadioField) -> None:
        """One of them: nothing, and a ground of another employer's, is none."""
        if field.data not in self.known:
            raise ValidationError("Välj varför du har jäv.")


class ConflictsForm(FlaskForm):  # type: ignore[misc]
    """Ticks and grounds; one pair for each name, read by `routes.conflicts`."""


class ScoreForm(FlaskForm):  # type: ignore[misc]
    """One score. The step is read by `steps.read_step` or `steps.read_presence`."""

    step = StringField("Bedömning")
    known = StringField()  # what the page shows, said back
    material = StringField("Hur mycket säger materialet?")  # read by `steps.read_material`
    reason = TextAreaField(
        "Varför ändrar du?",
        description="En rad. Den sparas tillsammans med det du hade förut.",
        longest=LONGEST_REASON,
    )


class FillForm(FlaskForm):  # type: ignore[misc]
    """The own matrix; its boxes are read by `routes.filling`."""


class OrderForm(FlaskForm):  # type: ignore[misc]
    """Typed places, one for each candidate, read by `own_order.read_places`."""


class HandInForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the button."""


class MaskForm(FlaskForm):  # type: ignore[misc]
    """Boxes, ticks and texts of a page to mask, read by `routes.mask_pages` and `routes.masking`."""


class CallForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the button."""


class RequirementForm(FlaskForm):  # type: ignore[misc]
    """What is decided of one krav and one candidate, and why. Read by `requirements.read_ruling` and `read_reason`."""

    result = RadioField(
        "Vad gäller?", choices=[SelectChoice(one.value, words) for one, words in WORDS.items()], validate_choice=False
    )
    reason = TextAreaField(
        "Varför?",
        description="En rad, högst 500 tecken. Skriv så att den sökande kan läsa den.",
        longest=LONGEST_REASON,
    )


class TakeBackForm(FlaskForm):  # type: ignore[misc]
    """Why a decision of a krav is taken back."""

    reason = TextAreaField(
        "Varför tar du tillbaka beslutet?",
        description="En rad, högst 500 tecken. Det gamla skälet sparas tillsammans med det nya.",
        longest=LONGEST_REASON,
    )


class NoteForm(FlaskForm):  # type: ignore[misc]
    """Why one score is as it is."""

    note = TextAreaField(
        "Din anteckning",
        description="Högst 500 tecken. De andra ser den när de ser din bedömning, och på mötet. Den sparas för sig.",
        longest=LONGEST_NOTE,
    )


class MeetingStepForm(FlaskForm):  # type: ignore[misc]
    """A step of the meeting; opening again takes its line of reason."""

    reason = TextAreaField(
        "Varför öppnas mötet igen?",
        description="En rad, som står i protokollet. Skriv inget om enskilda sökande här.",
        longest=LONGEST_REASON,
    )


class PresenceForm(FlaskForm):  # type: ignore[misc]
    """Who is there."""

    people = CheckboxesField("Med på mötet")


class VersionedForm(FlaskForm):  # type: ignore[misc]
    """Something that two may write at once: the version that the page showed is carried along."""

    version = HiddenField(longest=MOST_DIGITS)

    @property
    def began_from(self) -> int:
        """The version that this was written from; -1, which no version is, for what is no number."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS else -1


class JointTextForm(VersionedForm):
    """What the panel says together of one candidate, and the version it was written from."""

    text = TextAreaField("Gemensam bedömning", longest=LONGEST_TEXT)


class MeetingOrderForm(VersionedForm):
    """How the order was reached; typed places are read beside it by `own_order.read_places`."""

    basis = RadioField(
        "Hur kom ni fram till ordningen?", choices=[SelectChoice(*one) for one in BASES.items()], validate_choice=False
    )


class VoteForm(FlaskForm):  # type: ignore[misc]
    """Two candidates; each member's vote is read beside it."""

    first = SelectField("A", validate_choice=False)
    second = SelectField("B", validate_choice=False)
