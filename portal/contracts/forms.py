"""The form of an employment. What the law says of the days is said by `contracts.terms`, beside the same fields."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from wtforms import BooleanField, SelectField

from portal.ads.forms.fields import Day, Line, Number, Text
from portal.contracts.terms import Terms
from portal.posts.employer_model import Employer
from portal.refusal import N_
from portal.web.forms import HouseForm

STARTED = "Ja, arbetet började innan beslutet fattades"
IS_STAND_IN = "Det är ett vikariat"
UNTICKED = N_("Kryssa för vikariat, eller välj att personen inte vikarierar för någon som är registrerad här.")
EXTENT_MISSING = "Ange omfattningen i procent av heltid."


class EmploymentForm(HouseForm):
    """Where an authority employs."""

    decided = Day("Beslut om anställning", required="Ange dagen då beslutet om anställning fattas.")
    starts = Day("Tillträde", required="Ange första dagen på arbetet.")
    begun_before = BooleanField(STARTED)  # asked where the day lies before the decision
    ends = Day("Slutdatum")
    extent_percent = Number("Omfattning", least=1, most=100, unit="procent av heltid", required=EXTENT_MISSING)

    stands_in_for = SelectField("Vikarierar för", choices=[])  # only where somebody may stand in for another

    of_stand_in = False  # whoever is employed is one, registered or not whom they stand in for

    @property
    def in_place_of(self) -> UUID | None:
        """The employment of whom the stand-in replaces, where one is chosen."""
        return UUID(self.stands_in_for.data) if "stands_in_for" in self and self.stands_in_for.data else None

    def terms(self) -> Terms:
        """What was filled in, once the form is valid."""
        return Terms(
            employer=Employer.AUTHORITY,
            decided=self.decided.data or date.min,
            starts=self.starts.data or date.min,
            ends=self.ends.data,
            extent_percent=self.extent_percent.data or 0,
            begun_before=self.begun_before.data,
        )


class PartyEmploymentForm(EmploymentForm):
    """Where a party employs: LAS applies, and the portal's last day is a policy that can be passed with a reason."""

    until_further_notice = BooleanField("Tills vidare, utan slutdatum")
    earlier_days = Number("Tidigare dagar hos partiet", least=0, most=1827)
    policy_reason = Text("Varför anställningen går förbi utgångsläget", most=1000)

    def terms(self) -> Terms:
        """What was filled in, once the form is valid."""
        return Terms(
            employer=Employer.PARTY,
            decided=self.decided.data or date.min,
            starts=self.starts.data or date.min,
            ends=self.ends.data,
            extent_percent=self.extent_percent.data or 0,
            until_further_notice=self.until_further_notice.data,
            earlier_days=self.earlier_days.data or 0,
            policy_reason=self.policy_reason.data or "",
            stands_in=self.of_stand_in or self.in_place_of is not None,
            begun_before=self.begun_before.data,
        )


class OfStandIn:
    """Whether it is a stand-in, whom ever it is for."""

    stands_in = BooleanField(IS_STAND_IN)

    def terms(self) -> Terms:
        """What was filled in, once the form is valid."""
        terms: Terms = super().terms()  # type: ignore[misc]
        return replace(terms, stands_in=terms.stands_in or self.stands_in.data)


class PartyRenewalForm(OfStandIn, PartyEmploymentForm):
    """Where a party renews: what goes on as a stand-in is one still, unless somebody says otherwise."""


class WithoutAd:
    """Who, and as what: what no ad says."""

    person = Line("Namn", most=150, required="Skriv vad den som anställs heter.")
    title = Line("Titel", most=200, required="Skriv titeln, som Politisk sekreterare.")


class EmploymentWithoutAdForm(WithoutAd, EmploymentForm):
    """Where an authority employs, without an ad."""


class PartyEmploymentWithoutAdForm(WithoutAd, OfStandIn, PartyEmploymentForm):
    """Where a party employs, without an ad."""


class RenewManyForm(HouseForm):
    """One decision day for all who are ticked; the ticks are the page's own."""

    decided = Day("Beslut om anställning", required="Ange dagen då beslutet om anställning fattas.")
    ends = Day("Slutdatum")
