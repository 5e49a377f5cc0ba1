"""The forms: who a candidate is and what is judged of them, who reads, and why an identity is opened."""

from flask_babel import lazy_gettext
from flask_wtf.file import FileField
from wtforms import RadioField
from wtforms.validators import Optional

from portal.applications.consent import VERSION
from portal.applications.forms import address_to_send_to
from portal.documents.kinds import ACCEPT
from portal.protection.refusals import LARGEST_PAPER, ReasonMissing
from portal.protection.services.reading import LONGEST_REASON
from portal.web.consent_box import AsksConsent, consent_box, wording_shown
from portal.web.fields import EmailField, Filled, HiddenField, StringField, TextAreaField
from portal.web.forms import HouseForm
from portal.web.one_press import FormIdField
from portal.web.under_code_name import AsksFirst


class WhoForm(AsksFirst, HouseForm):
    """What only the reader sees, and the background as everybody in the case reads it."""

    form_id = FormIdField()
    opened = HiddenField()  # when the page was shown, signed
    name = StringField(lazy_gettext("Ditt namn"), [Filled(lazy_gettext("Skriv ditt namn."))], longest=120)
    contact = TextAreaField(
        lazy_gettext("Så når vi dig"),
        [Filled(lazy_gettext("Skriv hur den som läser kan nå dig, till exempel ett telefonnummer."))],
        longest=1000,
    )
    address = EmailField(
        lazy_gettext("E-post, om du vill ha ett mejl när något väntar"),
        [Optional(), address_to_send_to],
    )
    paper = FileField(lazy_gettext("Ditt CV som det är"), render_kw={"accept": ACCEPT, "data-max-bytes": LARGEST_PAPER})
    background = TextAreaField(
        lazy_gettext("Din utbildning och erfarenhet, utan namn"),
        [Filled(lazy_gettext("Skriv om din utbildning och erfarenhet."))],
    )


class ConsentingWhoForm(AsksConsent, WhoForm):
    """The same to a party, with the consent."""

    consent, wording = consent_box(), wording_shown(VERSION)


class ReaderForm(HouseForm):
    """Who alone may open identities; ``seen`` is whom the page said it was."""

    seen = HiddenField()
    reader = RadioField("Vem läser?", validate_choice=False)


class OpenForm(HouseForm):
    """Why."""

    reason = StringField("Varför behöver du öppna?", [Filled(ReasonMissing.text)], longest=LONGEST_REASON)


class ConflictForm(HouseForm):
    """Who has jäv for one under a code name, and why."""

    person = RadioField("Vem har jäv?", validate_choice=False)
    ground = RadioField("Varför?", validate_choice=False)
