"""The forms of the page of an employment decision, one for each thing that is written down."""

from dataclasses import replace
from datetime import date
from typing import Any

from wtforms import BooleanField, RadioField, ValidationError
from wtforms.validators import InputRequired

from portal.contracts.decision.announcing import Announcement
from portal.contracts.decision.deciders import NAMES, OF, SEATS, Decider, Seat
from portal.contracts.decision.models import DecisionRow
from portal.contracts.decision.rules import CHOOSE_DECIDER, WHO_MISSING, Decision
from portal.contracts.forms import STARTED
from portal.posts.employer_model import Employer
from portal.web.fields import Filled, StringField, TextAreaField, clean_line
from portal.web.forms import HouseForm, SelectChoice
from portal.web.measures import Day
from portal.web.shared import Shared

LONGEST_WHO, LONGEST_POINT, LONGEST_NUMBER = 120, 300, 60
SAY_NONE_CAME = "Kryssa för att inget överklagande har kommit in."


class PartyDecisionForm(HouseForm, Shared):
    """A party's own decision: who, when and which number."""

    employer = Employer.PARTY

    decider = RadioField("Vem beslutade?", validate_choice=False)
    who = StringField("Namn", [Filled(WHO_MISSING)], longest=LONGEST_WHO)
    decided = Day("Beslutsdag", required="Ange dagen då beslutet fattades.")
    begun_before = BooleanField(STARTED)  # asked where the day comes to lie after the first one
    number = StringField("Beslutets nummer", longest=LONGEST_NUMBER)

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.decider.choices = [SelectChoice(one.value, NAMES[one]) for one in OF[self.employer]]

    def validate_decider(self, field: RadioField) -> None:
        """One of those who can decide for this employer."""
        if field.data not in OF[self.employer]:
            raise ValidationError(CHOOSE_DECIDER)

    def decision(self) -> Decision:
        """What was filled in, once the form is valid."""
        decider = Decider(self.decider.data)
        day = (self.decided.data if self.decided else None) or date.min  # an act's decision has the act's own day
        return Decision(decider=decider, who=self.who.data or "", decided=day, number=self.number.data or "")


class AuthorityDecisionForm(PartyDecisionForm):
    """An authority's: by delegation, unless styrelsen itself decided."""

    employer = Employer.AUTHORITY

    seat = RadioField(
        "Gruppledarens plats i styrelsen",
        choices=[SelectChoice(one.value, name) for one, name in SEATS.items()],
        validate_choice=False,
    )
    delegation = TextAreaField("Enligt vilken delegation", longest=LONGEST_POINT)
    report_by = Day("Anmäls senast")

    def decision(self) -> Decision:
        """What was filled in. What does not belong to who decided is left out."""
        said = super().decision()
        if said.decider is Decider.BOARD:
            return said
        seat = self._seat() if said.decider is Decider.GROUP_LEADER else None
        return replace(
            said, seat=seat, delegation=clean_line(self.delegation.data) or "", report_by=self.report_by.data
        )

    def _seat(self) -> Seat | None:
        return Seat(self.seat.data) if self.seat.data in set(Seat) else None


def without_day(form: PartyDecisionForm) -> PartyDecisionForm:
    """For what has changed an employment: the change has its day, which is not asked for again."""
    del form.decided, form.begun_before
    return form


class AnnouncementForm(HouseForm, Shared):
    """When the decision was reported, and when the justering of those minutes was announced."""

    reported = Day("Anmält till styrelsen")
    minuted_apart = BooleanField("Beslutet anmäls inte, det har protokollförts för sig")
    announced = Day("Justeringen anslogs")

    def said(self) -> Announcement:
        """What was filled in, once the form is valid."""
        return Announcement(self.reported.data, self.announced.data, self.minuted_apart.data)


class NoneCameForm(HouseForm):
    """Nobody has appealed."""

    none_came = BooleanField("Inget överklagande har kommit in", validators=[InputRequired(SAY_NONE_CAME)])


class AppealForm(HouseForm):
    """An appeal has come."""

    came = Day("Överklagandet kom in", required="Ange dagen då överklagandet kom in.")
    case_number = StringField("Domstolens målnummer", longest=LONGEST_NUMBER)


class CourtDoneForm(HouseForm):
    """The court is done and the decision stands."""

    stands = Day("Beslutet vann laga kraft", required="Ange dagen då beslutet vann laga kraft.")


class SetAsideForm(HouseForm):
    """The court is done, and has set the decision aside."""

    ruled = Day("Avgörandet vann laga kraft", required="Ange dagen då domstolens avgörande vann laga kraft.")


def recorded(row: DecisionRow) -> dict[str, Any]:
    """A decision that is written down, as the form's values."""
    return {
        "decider": row.decider, "who": row.who, "decided": row.decided_on, "number": row.number, "seat": row.seat,
        "delegation": row.delegation, "report_by": row.report_by,
    }  # fmt: skip


def became(row: DecisionRow) -> dict[str, Any]:
    """What became of it, as the form's values."""
    return {"reported": row.reported_on, "announced": row.announced_on, "minuted_apart": row.minuted_apart}
