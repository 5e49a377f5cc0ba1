"""The forms of a registration: who applied when and how, and the papers with the consent."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Optional, ValidationError

from portal.ads.forms.fields import Day
from portal.applications.consent import UNNUMBERED, VERSION
from portal.applications.forms import FILES, address_to_send_to, number_to_call
from portal.documents.attachments import AttachmentKind
from portal.documents.kinds import ACCEPT
from portal.intake.refusals import LARGEST_FORM
from portal.intake.ways import CONSENTS, WAYS, Consent
from portal.web.fields import EmailField, Filled, StringField
from portal.web.forms import HouseForm, SelectChoice


class BeginForm(HouseForm):
    """Whose application it is, when it came and how."""

    name = StringField("Den sökandes namn", [Filled("Skriv den sökandes namn.")], longest=120)
    email = EmailField("Den sökandes e-post", [Optional(), address_to_send_to])
    phone = StringField("Den sökandes telefon", [Optional(), number_to_call], longest=40)
    day = Day("Dagen då ansökan kom", required="Skriv dagen då ansökan kom.")
    way = RadioField(
        "Hur kom den?",
        choices=[SelectChoice(value, text) for value, text in WAYS.items()],
        validators=[InputRequired("Välj hur ansökan kom.")],
    )

    def texts(self) -> dict[str, str]:
        """What is kept of the person."""
        return {name: self[name].data or "" for name in ("name", "email", "phone")}


class PapersForm(HouseForm):
    """The files that came."""

    cv = FileField("CV", render_kw={"accept": ACCEPT})
    letter_file = FileField("Personligt brev", render_kw={"accept": ACCEPT})
    attachment_kind = SelectField(
        "Vad är det för bilaga?",
        choices=[SelectChoice(kind.value, kind.word) for kind in AttachmentKind],
        default=AttachmentKind.CERTIFICATE.value,
        validate_choice=False,
    )
    attachment = FileField("Bilaga", render_kw={"accept": ACCEPT})

    def kind_of_attachment(self) -> str:
        """What the attachment is said to be."""
        kind = self.attachment_kind.data
        return kind if kind in set(AttachmentKind) else AttachmentKind.OTHER.value

    def chosen_files(self) -> dict[str, Any]:
        """The files that were chosen, by slot."""
        return {slot: self[name].data for slot, name in FILES.items() if self[name].data}


class ConsentForm(HouseForm):
    """How the applicant has agreed, to a party."""

    consent = RadioField(
        "Hur har den sökande samtyckt?",
        choices=[SelectChoice(value, text) for value, text in CONSENTS.items()],
        validators=[InputRequired("Välj hur den sökande har samtyckt.")],
    )
    wording = RadioField(
        "Lydelsen på blanketten",
        choices=[SelectChoice(VERSION, f"Lydelse {VERSION}"), SelectChoice(UNNUMBERED, "Ingen lydelse står på den")],
        validate_choice=False,
    )  # none is chosen beforehand: what stands on the paper is read off it
    consent_day = Day("Dagen då den sökande samtyckte", required="Skriv dagen som står vid namnteckningen.")
    form_file = FileField("Blanketten", render_kw={"accept": ".pdf,.jpg,.jpeg,.png", "data-max-bytes": LARGEST_FORM})

    def validate_wording(self, field: RadioField) -> None:
        """Of a signed form alone: own words have none."""
        if self.consent.data == Consent.FORM and field.data not in (VERSION, UNNUMBERED):
            raise ValidationError("Välj vilken lydelse som står på blanketten. Lägg också till filen igen.")
