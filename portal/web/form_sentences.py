"""The portal's own sentences for what the form library says by itself: of a choice that is none, a day or a figure."""

from typing import Final

from flask import Flask, request
from flask_babel import gettext
from wtforms import Form
from wtforms.meta import DefaultMeta

from portal.refusal import N_

_CHOOSE: Final = N_("Välj ett av alternativen som finns.")
_FILL: Final = N_("Fyll i det här fältet.")
_DAY: Final = N_("Skriv dagen med år, månad och dag, till exempel 2026-12-11.")
_HOUR: Final = N_("Skriv klockslaget som 13.30.")
_NUMBER: Final = N_("Skriv ett tal med siffror.")
_LOOK: Final = N_("Titta igenom det som står i fältet och rätta det.")
_SENTENCES: Final = {
    "Not a valid choice.": _CHOOSE,
    "Invalid Choice: could not coerce.": _CHOOSE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _CHOOSE,
    "'%(value)s' is not a valid choice for this field.": _CHOOSE,
    "This field is required.": _FILL,
    "Not a valid date value.": _DAY,
    "Not a valid datetime value.": _DAY,
    "Not a valid time value.": _HOUR,
    "Not a valid integer value.": _NUMBER,
    "Not a valid decimal value.": _NUMBER,
    "Not a valid float value.": _NUMBER,
}
_ASKED_OF_REQUEST: Final = (
    "wtforms_translations"  # where Flask-WTF looks for those of this request before it loads its own
)


class HouseSentences:
    """Translates each of the library's messages (by its English words) into a sentence of ours; one that nobody has written
    a sentence for says that the field is to be looked at."""

    def gettext(self, text: str) -> str:
        """The sentence, in the language of the request."""
        return str(gettext(_SENTENCES.get(text, _LOOK)))

    def ngettext(self, singular: str, _plural: str, _count: int) -> str:
        """The same, whatever the number."""
        return self.gettext(singular)

    ugettext, ungettext = gettext, ngettext  # as Flask-WTF calls them


HOUSE: Final = HouseSentences()


class Row(Form):
    """A form within a form: it is told nothing of its form's language by the library."""

    class Meta(DefaultMeta):
        """Ours."""

        def get_translations(self, form: object) -> HouseSentences:  # the library has no types
            """Our sentences."""
            return HOUSE


def init_form_sentences(app: Flask) -> None:
    """Let all forms of a request speak by our sentences."""

    @app.before_request
    def speak() -> None:
        setattr(request, _ASKED_OF_REQUEST, HOUSE)
