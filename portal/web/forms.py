"""What every form is made of: the library's form, typed here once, for it has no types of its own."""

from flask_wtf import FlaskForm
from wtforms.fields.choices import SelectChoice as SelectChoice  # type: ignore[attr-defined]  # newer than its stubs


class HouseForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """A form with the token that says it was our page that sent it."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # neither has its inner class
        """How the library binds the fields."""


class PressForm(HouseForm):
    """Nothing but buttons: the token alone. What stands in the address, or is ticked beside, the view reads itself."""
