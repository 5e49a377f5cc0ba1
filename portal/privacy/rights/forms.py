"""The forms of a candidate's rights: what they ask for, and what the office answers."""

from collections.abc import Mapping
from uuid import UUID

from flask_babel import lazy_gettext
from wtforms import BooleanField, RadioField, SelectField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from portal.applications.forms import address_to_send_to, number_to_call
from portal.privacy.rights.kinds import ASKED, LONGEST_TEXT, REGISTERED, RESULTS, WAYS, WORDLESS, WORDS
from portal.privacy.rights.refusals import ANSWER_MISSING, REASON_MISSING, TEXT_MISSING
from portal.web.fields import EmailField, Filled, HiddenField, StringField, TextAreaField
from portal.web.forms import HouseForm, SelectChoice
from portal.web.measures import Day
from portal.web.under_code_name import AsksFirst

LONGEST_ANSWER = 8_000  # characters
ERASE, KEEP = "radera", "behall"


class AskForm(AsksFirst, HouseForm):
    """What is asked for, in the candidate's own words."""

    kind = RadioField(
        lazy_gettext("Vad gäller det?"),
        choices=[SelectChoice(kind.value, lazy_gettext(WORDS[kind])) for kind in ASKED],
        validators=[InputRequired(lazy_gettext("Välj vad det gäller."))],
    )
    text = TextAreaField(lazy_gettext("Vad vill du?"), longest=LONGEST_TEXT)

    def validate_text(self, field: TextAreaField) -> None:
        """Words are asked for where nobody could answer without them."""
        if self.kind.data not in WORDLESS:
            Filled(lazy_gettext(TEXT_MISSING))(self, field)


class RegisterForm(HouseForm):
    """What somebody has asked the staff for by letter, telephone or visit."""

    known: tuple[UUID, ...] = ()
    application_id = SelectField("Vem gäller det?", [InputRequired("Välj den sökande.")], validate_choice=False)
    kind = RadioField(
        "Vad begärs?",
        choices=[SelectChoice(kind.value, WORDS[kind]) for kind in REGISTERED],
        validators=[InputRequired("Välj vad som begärs.")],
    )
    way = RadioField(
        "Hur kom begäran?",
        choices=[SelectChoice(way.value, words) for way, words in WAYS.items()],
        validators=[InputRequired("Välj hur begäran kom.")],
    )
    came_on = Day("Dagen då begäran kom", required="Skriv dagen då begäran kom.")
    text = TextAreaField("Vad den sökande vill", [Filled("Skriv vad den sökande vill.")], longest=LONGEST_TEXT)
    checked = BooleanField(
        "Vi har kontrollerat att det är den sökande själv, eller någon som får företräda hen",
        [InputRequired("Kontrollera vem det är innan ni registrerar. Är ni osäkra, fråga den sökande i brevlådan.")],
    )

    def offer(self, known: Mapping[UUID, str]) -> None:
        """The candidates to choose between."""
        self.known = tuple(known)
        self.application_id.choices = [
            SelectChoice("", "Välj"),
            *(SelectChoice(str(id), name) for id, name in known.items()),
        ]

    def chosen(self) -> UUID | None:
        """Who was chosen, of those that were offered."""
        return next((id for id in self.known if str(id) == self.application_id.data), None)


class BlindRegisterForm(RegisterForm):
    """The same for whoever sees only some by name: of the others whoever asks has told their address."""

    application_id = SelectField("Vem gäller det?", validate_choice=False)
    address = EmailField(
        "Eller den sökandes e-postadress, som i ansökan", [Optional(), address_to_send_to], longest=254
    )

    def validate_application_id(self, field: SelectField) -> None:
        """One of the two says who it is."""
        if bool(field.data) == bool(self.address.data):
            raise ValidationError("Välj den sökande, eller skriv adressen. Fyll inte i båda.")


class CorrectForm(HouseForm):
    """A candidate's details, put right by the office. What is left empty stands as it is."""

    name = StringField("Namn", [Filled("Skriv namnet.")], longest=120)
    email = EmailField("E-post", [Optional(), address_to_send_to])
    phone = StringField("Telefon", [Optional(), number_to_call], longest=40)
    without_phone = BooleanField("Ta bort telefonnumret")

    def texts(self) -> dict[str, str]:
        """What is to stand from now on."""
        given = {name: self[name].data for name in ("name", "email", "phone") if self[name].data}
        return {**given, "phone": ""} if self.without_phone.data else given


class LeaveForm(HouseForm):
    """Taking an application back where the candidate chooses what becomes of the papers."""

    papers = RadioField(
        lazy_gettext("Vad ska hända med handlingarna?"),
        choices=[
            SelectChoice(ERASE, lazy_gettext("Radera allt direkt")),
            SelectChoice(KEEP, lazy_gettext("Låt dem ligga låsta och olästa")),
        ],
        default=ERASE,
        validators=[DataRequired(lazy_gettext("Välj vad som ska hända med handlingarna."))],
    )
    copies = BooleanField(lazy_gettext("Radera det som får raderas"))  # where an authority keeps what it was sent


class AnswerForm(HouseForm):
    """The office's answer."""

    result = RadioField(
        "Vad blev det?",
        choices=[SelectChoice(result.value, words) for result, words in RESULTS.items()],
        validators=[InputRequired("Välj vad det blev.")],
    )
    text = TextAreaField("Svar till den sökande", [Filled(ANSWER_MISSING)], longest=LONGEST_ANSWER)
    beside = HiddenField()  # the print of somebody else's answer, which the page has shown and this one is added to


class ExtendForm(HouseForm):
    """Two months more, with the reason that the candidate is told."""

    reason = TextAreaField("Varför det tar längre tid", [Filled(REASON_MISSING)], longest=1_000)


class MeritsForm(HouseForm):
    """The text about somebody's merits, before it is sent."""

    text = TextAreaField("Uppgift om meriter", [Filled(ANSWER_MISSING)], longest=LONGEST_ANSWER)
