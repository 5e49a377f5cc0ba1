"""What one assessor says: about jäv, by the scale, in order."""

from collections.abc import Sequence

from wtforms import RadioField, ValidationError

from portal.review.conflicts import Ground
from portal.review.services.noting import LONGEST_NOTE
from portal.review.services.scoring import LONGEST_REASON
from portal.web.fields import StringField, TextAreaField
from portal.web.forms import HouseForm, SelectChoice


class ConflictFoundForm(HouseForm):
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


class ConflictsForm(HouseForm):
    """Ticks and grounds; one pair for each name, read by `routes.conflicts`."""


class ScoreForm(HouseForm):
    """One score. The step is read by `steps.read_step` or `steps.read_presence`."""

    step = StringField("Bedömning")
    known = StringField()  # what the page shows, said back
    material = StringField("Hur mycket säger materialet?")  # read by `steps.read_material`
    reason = TextAreaField(
        "Varför ändrar du?",
        description="En rad. Den sparas tillsammans med det du hade förut.",
        longest=LONGEST_REASON,
    )


class FillForm(HouseForm):
    """The own matrix; its boxes are read by `routes.filling`."""


class OrderForm(HouseForm):
    """Typed places, one for each candidate, read by `own_order.read_places`."""


class NoteForm(HouseForm):
    """Why one score is as it is."""

    note = TextAreaField(
        "Din anteckning",
        description="Högst 500 tecken.",
        longest=LONGEST_NOTE,
    )
