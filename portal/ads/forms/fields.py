"""Fields that say in Swedish what to do, and texts freed from characters that cannot be stored or seen."""

from typing import Any

from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from portal.refusal import Refusal
from portal.swedish_dates import FIRST_DAY, LAST_DAY
from portal.web.fields import clean_text
from portal.web.forms import HouseForm
from portal.web.measures import Day, Number, Required
from portal.web.shared import Shared

__all__ = [
    "FIRST_DAY",
    "LAST_DAY",
    "AtMost",
    "Day",
    "Line",
    "Number",
    "PageForm",
    "Required",
    "SharedForm",
    "Text",
    "clean",
    "one_line",
]


class PageForm(HouseForm):
    """The form of one page, with its token. ``refused`` is why what it says was not done."""

    refused: Refusal | None = None


class SharedForm(PageForm, Shared):
    """The form of what several may write."""


def clean(text: str | None) -> str:
    """The text as `web.fields.clean_text` has it, of nothing too."""
    return clean_text(text) or ""


def one_line(text: str | None) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


class AtMost:
    """No longer than so many characters; says how many there are."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Any, field: Any) -> None:
        length = len(field.data or "")
        if length > self.most:
            raise ValidationError(f"Texten har {length} tecken. Korta den till högst {self.most}.")


class Line(StringField):
    """One line of text."""

    def __init__(self, label: str, *, most: int = 200, required: str = "", **more: Any) -> None:
        rules = [Required(required)] * bool(required) + [AtMost(most)]
        super().__init__(label, validators=rules, filters=[one_line], **more)


class Text(TextAreaField):
    """Text in several lines."""

    def __init__(self, label: str, *, most: int = 4000, required: str = "", **more: Any) -> None:
        rules = [Required(required)] * bool(required) + [AtMost(most)]
        super().__init__(label, validators=rules, filters=[clean], **more)
