"""The forms of the register and of requests for records."""

from collections.abc import Sequence

from flask_wtf import FlaskForm
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError

from portal.disclosure.asked import Asked, id_of
from portal.disclosure.queries.register import RegisterCase
from portal.web.fields import Filled, StringField
from portal.web.measures import Day

LONGEST_NUMBER = 60


class FilterForm(FlaskForm):  # type: ignore[misc]
    """Which lines of the register; it changes nothing, so it is asked with GET and carries no token."""

    class Meta:
        csrf = False

    fran = Day("Från och med")
    till = Day("Till och med")
    parti = SelectField("Parti", validate_choice=False)
    arende = SelectField("Ärende", validate_choice=False)

    def offer(self, cases: Sequence[RegisterCase]) -> None:
        """The parties and cases there are to choose."""
        parties = {str(case.party_id): case.party_name for case in cases}
        named = [
            (str(one.ad_id), " · ".join(filter(None, (one.diary_number, one.title, one.party_name)))) for one in cases
        ]
        self.parti.choices = [SelectChoice("", "Alla"), *(SelectChoice(*pair) for pair in parties.items())]
        self.arende.choices = [SelectChoice("", "Alla"), *(SelectChoice(*pair) for pair in named)]

    def validate_till(self, field: Day) -> None:
        """The last day is not before the first."""
        if field.data and self.fran.data and field.data < self.fran.data:
            raise ValidationError("Den sista dagen är före den första. Byt plats på dem.")

    def asked(self, before: int | None = None) -> Asked:
        """What is asked for."""
        return Asked(self.fran.data, self.till.data, id_of(self.arende.data), id_of(self.parti.data), before)

    def as_query(self) -> dict[str, str]:
        """The same for an address."""
        fields = {"fran": self.fran.data, "till": self.till.data, "parti": self.parti.data, "arende": self.arende.data}
        return {name: str(value) for name, value in fields.items() if value}


class DiaryForm(FlaskForm):  # type: ignore[misc]
    """The authority's own number of a case."""

    number = StringField(
        "Diarienummer", [Filled("Skriv diarienumret, som RS/2026/1234.")], longest=LONGEST_NUMBER,
        description="Ärendets nummer i ert eget diarium. Står vid varje handling i ärendet.",
    )  # fmt: skip
