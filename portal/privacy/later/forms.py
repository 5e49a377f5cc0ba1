"""The candidate's form: how long, and a tick that nobody has put there."""

from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from portal.privacy.later.consent import MONTHS
from portal.privacy.later.refusals import CHOOSE_MONTHS, TICK
from portal.web.forms import HouseForm, SelectChoice


class LaterForm(HouseForm):
    """Let the party keep the application and ask about later posts."""

    months = RadioField(
        lazy_gettext("Hur länge får partiet spara ansökan, räknat från i dag?"),
        choices=[SelectChoice(str(months), lazy_gettext(words)) for months, words in MONTHS.items()],
        validators=[InputRequired(lazy_gettext(CHOOSE_MONTHS))],
    )
    agree = BooleanField(lazy_gettext("Ja, jag samtycker"), validators=[InputRequired(lazy_gettext(TICK))])
