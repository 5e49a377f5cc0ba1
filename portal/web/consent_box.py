"""The box of a consent sentence in a form, with which wording its page showed: what was not shown is not agreed to."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, HiddenField
from wtforms.validators import InputRequired, ValidationError


def consent_box() -> BooleanField:
    """The box itself."""
    missing = lazy_gettext("Partiet behöver ditt samtycke för att ta emot ansökan. Kryssa i rutan.")
    return BooleanField(validators=[InputRequired(missing)])


def wording_shown(version: str) -> HiddenField:
    """The version of the sentence that stands now, and on the page; a page from before pages told theirs has none."""
    return HiddenField(default=version)


class AsksConsent:
    """A form with both, as ``consent`` and ``wording``."""

    consent: BooleanField
    wording: HiddenField

    def validate_consent(self, field: BooleanField) -> None:
        """Ticked beside a former sentence it is asked about anew, beside the one that stands."""
        standing = str(self.wording.default)
        if self.wording.data == standing:
            return
        self.wording.data, field.data = standing, False
        raise ValidationError(
            lazy_gettext("Texten om samtycke har ändrats sedan du öppnade sidan. Läs den och kryssa i rutan igen.")
        )
