"""One form for each part of an ad."""

from collections.abc import Mapping
from typing import Any

from email_validator import EmailNotValidError, validate_email
from wtforms import FormField, HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from portal.ads.forms.fields import Day, Line, Number, SharedForm, Text, one_line
from portal.ads.forms.rows import RowList, RowsForm
from portal.posts.employer_model import Employer
from portal.web.form_sentences import Row
from portal.web.forms import SelectChoice

KINDS = [SelectChoice("krav", "Krav"), SelectChoice("merit", "Meriterande")]
JUDGED = [SelectChoice("skala", "Bedöms på en skala"), SelectChoice("finns", "Finns eller finns inte")]
DOCUMENTS = [
    SelectChoice("cv", "CV"),
    SelectChoice("letter", "Personligt brev"),
    SelectChoice("salary", "Löneanspråk"),
    SelectChoice("attachment", "Andra bilagor, till exempel arbetsprov"),
]
FORMS = [
    SelectChoice("visstid", "Tidsbegränsad"),
    SelectChoice("vikariat", "Vikariat"),
    SelectChoice("tillsvidare", "Tills vidare (bara när partiet anställer)"),
]


class EmployerForm(SharedForm):
    """Who employs, and how long applications are kept."""

    employer = RadioField("Vem anställer?", validators=[InputRequired("Ange vem som anställer.")])
    retention_months = Number("Hur länge ansökningarna sparas", least=1, most=120, unit="månader")
    retention_rule = Line("Beslut eller regel som det bygger på", most=300)

    def __init__(self, *args: Any, authority_name: str, party_name: str, **more: Any) -> None:
        super().__init__(*args, **more)
        self.employer.choices = [
            SelectChoice(Employer.AUTHORITY.value, f"{authority_name} anställer"),
            SelectChoice(Employer.PARTY.value, f"{party_name} anställer"),
        ]


class ExtentForm(SharedForm):
    """How much, when on the day, and where."""

    extent_percent = Number("Omfattning", least=1, most=100, unit="procent")
    posts = Number("Antal tjänster", least=1, most=99, required="Ange hur många tjänster annonsen gäller.")
    hours = Line("Arbetstid", most=200)
    place = Line("Ort", most=80)
    remote = RadioField(
        "Distansarbete",
        choices=[
            SelectChoice(*pair)
            for pair in (("yes", "Går delvis"), ("no", "Går inte"), ("unsaid", "Sägs inte i annonsen"))
        ],
        default="unsaid",
    )
    remote_text = Line("Om distansarbetet", most=200)


class TermForm(SharedForm):
    """From when, and to when at the latest."""

    employment_form = SelectField("Anställningsform", choices=FORMS)
    expected_decision = Day("Beslut om anställning")
    earliest_start = Day("Tillträde, tidigast", required="Ange tidigaste tillträde. Därifrån räknas sista möjliga dag.")
    start_agreed = RadioField(
        "Tillträdet",
        choices=[
            SelectChoice("yes", "Enligt överenskommelse, men inte före den dagen"),
            SelectChoice("no", "Precis den dagen"),
        ],
        default="yes",
    )
    latest_end = Day("Slutdatum")
    end_reason = Text("Varför senare än utgångsläget?", most=500)


class SalaryForm(SharedForm):
    """What it pays, or why that cannot be said."""

    salary_form = Line("Löneform", most=200)
    salary_low = Number("Lägsta lön", least=1000, most=300_000, unit="kronor")
    salary_high = Number("Högsta lön", least=1000, most=300_000, unit="kronor")
    salary_reason = Text("Varför inget löneintervall?", most=500)
    collective_agreement = Line("Kollektivavtal", most=200)

    def validate_salary_high(self, field: Any) -> None:
        if field.data and self.salary_low.data and field.data < self.salary_low.data:
            raise ValidationError("Högsta lönen är lägre än den lägsta. Byt plats på dem eller rätta den ena.")


class TitleForm(SharedForm):
    """The heading and what stands first."""

    title = Line("Rubrik", most=120, required="Skriv en rubrik, till exempel Politisk sekreterare på heltid.")
    intro = Text("Ingress", most=4000)


class TasksForm(SharedForm):
    """What the work consists of, one task a line."""

    tasks = Text("Arbetsuppgifter", most=6000, required="Skriv minst en arbetsuppgift.")


class CriterionRow(Row):
    """One krav or merit."""

    id = HiddenField()
    kind = SelectField("Sort", choices=KINDS)
    text = Line("Vad", most=500)
    explanation = Line("Förklaring", most=500)
    judged = SelectField("Hur det bedöms", choices=JUDGED)
    weight = Number("Vikt", least=0, most=100)


class CriteriaForm(RowsForm):
    """All that candidates are judged by. A row without words is left out."""

    rows = RowList(FormField(CriterionRow))
    most = 40
    named_by = ("text", "explanation")
    lacks_name = "Skriv vad kravet är, eller töm förklaringen."

    def filled(self) -> list[dict[str, Any]]:
        """As `RowsForm.filled`: what is there or not has no weight; what is judged on a scale has weight 1 unless another
        is given."""
        return [{**row, "weight": _weight(row)} for row in super().filled()]


def _weight(row: Mapping[str, Any]) -> int:
    given = row["weight"] if row["weight"] is not None else 1
    return given if row["judged"] == "skala" else 0


class DocumentsForm(SharedForm):
    """What is to be sent in."""

    documents = SelectMultipleField(
        "Det här ska skickas in",
        choices=DOCUMENTS,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    subject_line = Line("Referens i rubriken på mejl till er", most=120)


class TimetableRow(Row):
    """A day or days, and what happens then."""

    id = HiddenField()
    when = Line("När", most=40)
    text = Line("Vad som händer", most=160)


class DeadlineForm(RowsForm):
    """The last day to apply, and what comes after."""

    deadline = Day("Sista ansökningsdag", required="Ange sista ansökningsdag.")
    rows = RowList(FormField(TimetableRow))
    most = 12
    named_by = ("when", "text")
    lacks_name = "Skriv när det händer."


class ExtendForm(DeadlineForm):
    """A later last day, and the timetable that it moves."""

    deadline = Day("Ny sista ansökningsdag", required="Ange den nya sista ansökningsdagen.")


class ContactRow(Row):
    """A person to ask."""

    id = HiddenField()
    name = Line("Namn", most=120)
    title = Line("Titel", most=120)
    email = Line("E-post", most=254)
    phone = Line("Telefon", most=40)

    def validate_email(self, field: Any) -> None:
        if not field.data:
            return
        try:
            validate_email(field.data, check_deliverability=False, test_environment=True)
        except EmailNotValidError:
            raise ValidationError("Adressen går inte att skicka till. Skriv den som namn@exempel.se.") from None

    def validate_phone(self, field: Any) -> None:
        text = one_line(field.data)
        if text and (sum(sign.isdigit() for sign in text) < 5 or set(text) - set("0123456789 +-–()/")):
            raise ValidationError("Skriv numret med siffror, till exempel 070-174 06 12.")


class ContactsForm(RowsForm):
    """Whom to ask about the post."""

    rows = RowList(FormField(ContactRow))
    most = 10
    named_by = ("name", "title", "email", "phone")
    lacks_name = "Skriv vem det är."
