"""Which change of mandate to look at, in the address."""

from wtforms import SelectField
from wtforms.validators import ValidationError

from portal.contracts.mandate.change import change_of, changes
from portal.web.forms import HouseForm, SelectChoice


class ChangeForm(HouseForm):
    """The election year. What is no election year has a sentence of its own."""

    class Meta:
        csrf = False

    val = SelectField(
        "Visa valåret",
        validate_choice=False,
        choices=[SelectChoice(str(one.election.year), f"{one.election.year}") for one in changes()],
    )

    @property
    def year(self) -> int | None:
        """The year that was asked for, where it is one of four digits."""
        text = self.val.data or ""
        return int(text) if len(text) == 4 and text.isascii() and text.isdigit() else None

    def validate_val(self, field: SelectField) -> None:
        """Only a year in which fullmäktige is elected in the whole country."""
        if field.data and (self.year is None or change_of(self.year) is None):
            raise ValidationError("Det året är inget val i hela landet. Välj ett av åren i listan.")
