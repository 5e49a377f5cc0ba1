"""The forms of how long applications are kept: one class for each thing a person can decide."""

from collections.abc import Mapping
from uuid import UUID

from wtforms import SelectField
from wtforms.validators import ValidationError

from portal.privacy.services.holding import LONGEST_REASON
from portal.web.fields import Filled, StringField, TextAreaField
from portal.web.forms import HouseForm, SelectChoice
from portal.web.measures import Day

WHY = "Skriv varför, så att den som läser det om två år förstår."


class PostponeForm(HouseForm):
    """A later day."""

    until = Day("Tas bort tidigast", required="Ange dagen då ansökningarna tidigast får tas bort.")
    reason = TextAreaField("Varför de sparas längre", [Filled(WHY)], longest=LONGEST_REASON)


class HoldForm(HouseForm):
    """Stop it until somebody lifts the hold."""

    whom = SelectField("Vems ansökan", validate_choice=False)  # its own sentence below
    why = TextAreaField(
        "Varför",
        [Filled(WHY)],
        longest=LONGEST_REASON,
        description="Till exempel att Diskrimineringsombudsmannen har avbrutit preskriptionen, eller att någon ställt krav.",
    )

    def offer(self, names: Mapping[UUID, str]) -> None:
        """Everybody, or one of those whom the person sees."""
        self.offered = {"", *(str(id) for id in names)}
        choices = (("", "Alla i rekryteringen"), *((str(id), name) for id, name in names.items()))
        self.whom.choices = [SelectChoice(*pair) for pair in choices]

    def validate_whom(self, field: SelectField) -> None:
        """What is chosen is in the list; nothing chosen is the first line."""
        if (field.data or "") not in self.offered:
            raise ValidationError("Välj ett av namnen i listan.")

    @property
    def application_id(self) -> UUID | None:
        """Whom it is of; None for everybody."""
        return UUID(self.whom.data) if self.whom.data else None


class StartForm(HouseForm):
    """From which day it is counted."""

    day = Day("Räknas från", required="Ange dagen som tiden räknas från.")
    basis = StringField(
        "Vad dagen vilar på",
        [Filled("Skriv vad dagen vilar på, så att den som läser det om två år förstår.")],
        longest=LONGEST_REASON,
        description="Till exempel när beslutet att avbryta rekryteringen fick laga kraft, med paragraf.",
    )
