"""The forms of the candidate's pages. Each message says what to do."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from uuid import UUID

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from flask_babel import gettext, lazy_gettext
from flask_wtf.file import FileField
from markupsafe import Markup, escape
from werkzeug.datastructures import MultiDict
from wtforms import (
    EmailField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput

from portal.applications import consent, several_posts
from portal.applications.questions import LONGEST_ANSWER, NO, YES, Question, Reply, questions_of
from portal.documents.attachments import AttachmentKind
from portal.documents.kinds import ACCEPT, MAX_BYTES
from portal.posts.employer_model import Employer, model_for
from portal.web.amounts import kronor_in
from portal.web.consent_box import AsksConsent, consent_box, wording_shown
from portal.web.fields import TextWithin, clean_line, clean_text
from portal.web.filters import swedish
from portal.web.forms import HouseForm, SelectChoice
from portal.web.one_press import FormIdField

LONGEST_LETTER = 20_000  # characters
FILES = {"cv": "cv", "letter": "letter_file", "attachment": "attachment"}  # slot: field


def _one_line(text: str | None) -> str:
    return clean_line(text) or ""


def _many_lines(text: str | None) -> str:
    return clean_text(text) or ""


def address_to_send_to(_form: Any, field: Any) -> None:
    """Refuses what no mail can be sent to, and keeps the rest as it is written in mails."""
    try:
        field.data = validate_email(field.data or "", check_deliverability=False).normalized
    except EmailNotValidError:
        raise ValidationError(
            gettext("E-postadressen går inte att skicka till. Skriv den som namn@exempel.se.")
        ) from None


def number_to_call(_form: Any, field: Any) -> None:
    """Refuses what cannot be called."""
    try:
        number = phonenumbers.parse(field.data, "SE")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise ValidationError(gettext("Telefonnumret går inte att ringa. Skriv det som 070-174 06 05."))


def _sum(_form: Any, field: Any) -> None:
    if field.data and kronor_in(field.data) is None:
        raise ValidationError(gettext("Skriv löneanspråket i hela kronor per månad, till exempel 42 500."))


def _long(longest: int) -> dict[str, Any]:
    """For a control of several lines: its limit, for the counter that a script shows."""
    return {"data-longest": longest}


class DetailsForm(HouseForm):
    """Page one, where the authority employs."""

    name = StringField(
        lazy_gettext("Namn"),
        filters=[_one_line],
        validators=[DataRequired(lazy_gettext("Skriv ditt namn.")), TextWithin(120)],
    )
    email = EmailField(
        lazy_gettext("E-post"),
        filters=[_one_line],
        validators=[DataRequired(lazy_gettext("Skriv din e-postadress.")), TextWithin(254), address_to_send_to],
    )
    phone = TelField(
        lazy_gettext("Telefon"), filters=[_one_line], validators=[Optional(), TextWithin(40), number_to_call]
    )
    form_id = FormIdField()
    opened = HiddenField()  # when the page was shown, signed: see `routes.opened`

    def texts(self) -> dict[str, str]:
        """What is kept of it."""
        return {name: self[name].data or "" for name in ("name", "email", "phone")}


class AddresslessForm(DetailsForm):
    """The same of what came on paper without an address: to put a name right asks for none."""

    email = EmailField(
        lazy_gettext("E-post"), filters=[_one_line], validators=[Optional(), TextWithin(254), address_to_send_to]
    )


class ConsentingForm(AsksConsent, DetailsForm):
    """Page one, where a party employs: with the consent sentence."""

    consent, wording = consent_box(), wording_shown(consent.VERSION)


class AddressForm(HouseForm):
    """The address of an application that was sent with a mistyped one."""

    email = EmailField(
        lazy_gettext("E-post"),
        filters=[_one_line],
        validators=[DataRequired(lazy_gettext("Skriv din e-postadress.")), TextWithin(254), address_to_send_to],
    )


def details_form(content: Mapping[str, Any], **data: Any) -> DetailsForm:
    """Page one's form for this ad."""
    if not model_for(Employer(content["employer"])).consent_required:
        return DetailsForm(data=data)
    form = ConsentingForm(data=data)
    form.consent.label.text = gettext(consent.SENTENCE, **consent.said_of(content))
    return form


def details_to_put_right(name: str, email: str, phone: str) -> DetailsForm:
    """The form in which a candidate puts right what was sent, with what stands there."""
    kind = DetailsForm if email else AddresslessForm
    return kind(data={"name": name, "email": email, "phone": phone})


class DocumentsForm(HouseForm):
    """Page two without the ad's questions, which `documents_form` adds. The files come last, as they do on the page."""

    salary = StringField(
        lazy_gettext("Löneanspråk (kronor per månad, räknat på heltid)"), filters=[_one_line], validators=[_sum]
    )
    start = StringField(lazy_gettext("När kan du börja?"), filters=[_one_line], validators=[TextWithin(200)])
    letter = TextAreaField(
        lazy_gettext("Personligt brev"),
        filters=[_many_lines],
        validators=[TextWithin(LONGEST_LETTER)],
        render_kw=_long(LONGEST_LETTER),
    )
    letter_file = FileField(lazy_gettext("Personligt brev som fil"), render_kw={"accept": ACCEPT})
    cv = FileField(lazy_gettext("CV"), render_kw={"accept": ACCEPT})
    attachment_kind = SelectField(
        lazy_gettext("Vad är det för bilaga?"),
        choices=[SelectChoice(kind.value, lazy_gettext(kind.word)) for kind in AttachmentKind],
        default=AttachmentKind.CERTIFICATE.value,
        validate_choice=False,
    )
    attachment = FileField(lazy_gettext("Bilaga"), render_kw={"accept": ACCEPT})
    questions: tuple[Question, ...] = ()
    offered: tuple[tuple[int, int], ...] = ()  # of several posts: see `several_posts.choices`

    def texts(self) -> dict[str, str]:
        """What is kept of the texts: those that are valid. A sum is kept as digits."""
        kept = {name: self[name].data or "" for name in ("salary", "start", "letter") if not self[name].errors}
        if kept.get("salary"):
            kept["salary"] = str(kronor_in(kept["salary"]))
        if "posts" in self:
            offered = {number for number, _ in self.offered}
            kept["posts"] = several_posts.as_text(offered.intersection(self["posts"].data or ()))
        return kept

    def kind_of_attachment(self) -> str:
        """What the attachment is said to be."""
        kind = self.attachment_kind.data
        return kind if kind in set(AttachmentKind) else AttachmentKind.OTHER.value

    def replies(self) -> dict[UUID, Reply]:
        """What is kept of the answers: those that are valid."""
        return {
            question.criterion_id: self.reply_to(question)
            for question in self.questions
            if not self[f"answer_{question.name}"].errors
        }

    def reply_to(self, question: Question) -> Reply:
        """One answer as it was typed."""
        return Reply(self._choice(question), self[f"answer_{question.name}"].data or "")

    def _choice(self, question: Question) -> str:
        field = self[f"choice_{question.name}"] if question.yes_or_no else None
        return field.data if field is not None and field.data in (YES, NO) else ""

    def chosen_files(self) -> dict[str, Any]:
        """The files that were chosen, by slot."""
        return {slot: self[name].data for slot, name in FILES.items() if self[name].data}


def documents_form(
    content: Mapping[str, Any], texts: Mapping[str, str], replies: Mapping[UUID, Reply],
    typed: MultiDict[str, str] | None = None, *, blank: bool = False,
) -> DocumentsForm:  # fmt: skip
    """Page two's form for this ad, with what was written before; ``typed`` where that is not what the request brings, and
    ``blank`` where nothing is to be taken of that."""
    questions = questions_of(content)
    offered = several_posts.choices(content)
    fields: dict[str, Any] = {"questions": questions, "offered": offered}
    data: dict[str, Any] = {**texts, "posts": list(several_posts.from_text(texts.get("posts", "")))}
    if offered:
        fields["posts"] = _posts_field(offered)
    for question in questions:
        fields |= _fields_of(question)
        reply = replies.get(question.criterion_id, Reply())
        data |= {f"answer_{question.name}": reply.text, f"choice_{question.name}": reply.choice}
    made: type[DocumentsForm] = type("DocumentsFormOfAd", (DocumentsForm,), fields)
    if blank:
        return made(formdata=None, data=data)
    return made(data=data) if typed is None else made(formdata=typed, data=data)


def _posts_field(offered: tuple[tuple[int, int], ...]) -> Any:
    return SelectMultipleField(
        lazy_gettext("Vilka av tjänsterna söker du?"),
        coerce=int,
        choices=[SelectChoice(number, post_choice(number, percent)) for number, percent in offered],
        validate_choice=False,
        option_widget=CheckboxInput(),
    )


def post_choice(number: int, percent: int) -> str:
    """One of the choices of how many posts are sought: one, or some together."""
    if number == 1:
        return str(gettext("En tjänst (%(percent)s %%)", percent=percent))
    return str(gettext("%(number)s tjänster tillsammans (%(percent)s %%)", number=number, percent=percent))


def _fields_of(question: Question) -> dict[str, Any]:
    area = partial(
        TextAreaField, filters=[_many_lines], validators=[TextWithin(LONGEST_ANSWER)], render_kw=_long(LONGEST_ANSWER)
    )
    if not question.yes_or_no:
        return {f"answer_{question.name}": area(swedish(question.text), description=swedish(question.explanation))}
    more = Markup('{}<span class="vh">: {}</span>').format(gettext("Kommentar"), escape(swedish(question.text)))
    return {
        f"choice_{question.name}": RadioField(
            swedish(question.text),
            description=swedish(question.explanation),
            choices=[SelectChoice(YES, gettext("Ja")), SelectChoice(NO, gettext("Nej"))],
            validate_choice=False,
            validators=[Optional()],
        ),
        f"answer_{question.name}": area(more),
    }


class CodeForm(HouseForm):
    """The code at the door of a private link, and where to go on to: a page, or a form that was typed before."""

    code = StringField(lazy_gettext("Kod"), filters=[_one_line])
    till = HiddenField()
    parked = HiddenField()


FILE_ATTRIBUTES = {"data-max-bytes": MAX_BYTES}
