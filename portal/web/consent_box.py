"""The box of a consent sentence in a form, with which wording its page showed: what was not shown is not agreed to."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, ValidationError


def consent_box() -> BooleanField:
    """The box itself."""
    missing = lazy_gettext("Partiet behöver ditt samtycke för att ta emot ansökan. Kryssa i rutan.")
    return BooleanField(validators=[InputRequired(missing)])


class _Shown(HiddenField):
    def process_formdata(self, valuelist: list[str]) -> None:
        """What was not sent was not shown: the library would leave the sentence that stands in its place."""
        self.data = valuelist[0] if valuelist else ""


def wording_shown(version: str) -> HiddenField:
    """The version of the sentence that stands now, and on the page; a page from before pages told theirs sends none."""
    return _Shown(default=version)


class AsksConsent:
    """A form with both, as ``consent`` and ``wording``."""

    consent: BooleanField
    wording: HiddenField

    def validate_consent(self, field: BooleanField) -> None:
        """Ticked beside a former sentence it is asked about anew, beside the one that stands."""
        if self.wording.data == self.wording.default:
            return
        field.data = False
        raise ValidationError(
            lazy_gettext("Texten om samtycke har ändrats sedan du öppnade sidan. Läs den och kryssa i rutan igen.")
        )

    def validate_wording(self, field: HiddenField) -> None:
        """The box has been judged by what was shown; a page that is shown again shows the sentence that stands."""
        field.data = str(field.default)
