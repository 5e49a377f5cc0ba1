"""One form for each page of review. What cannot be said by fields alone (names, typed places) is read beside them."""

from datetime import UTC, datetime, time
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import DateField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from portal.clock import STOCKHOLM
from portal.review.services.scoring import LONGEST_REASON
from portal.web.fields import StringField, TextAreaField

HOURS = [(f"{hour:02}.00", f"{hour:02}.00") for hour in range(8, 24)]


class CheckboxesField(SelectMultipleField):
    """Several choices as boxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class PanelForm(FlaskForm):  # type: ignore[misc]
    """Who assesses, who leads, and until when."""

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

    def offer(self, people: list[tuple[str, str]]) -> None:
        """The people to choose from, as id and name."""
        self.people.choices = list(people)
        self.leader.choices = list(people)

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


class ConflictsForm(FlaskForm):  # type: ignore[misc]
    """Ticks and grounds; one pair for each name, read by `routes.conflicts`."""


class ScoreForm(FlaskForm):  # type: ignore[misc]
    """One score. The step is read by `steps.read_step` or `steps.read_presence`."""

    step = StringField("Bedömning")
    reason = TextAreaField(
        "Varför ändrar du?",
        description="En rad. Den sparas tillsammans med det du hade förut.",
        longest=LONGEST_REASON,
    )


class OrderForm(FlaskForm):  # type: ignore[misc]
    """Typed places, one for each candidate, read by `own_order.read_places`."""


class HandInForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the button."""


class CallForm(FlaskForm):  # type: ignore[misc]
    """Nothing but the button."""
