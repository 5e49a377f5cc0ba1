"""The forms of the page where an employment is changed, one for each act."""

from dataclasses import replace
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from wtforms import BooleanField, RadioField, SelectField, ValidationError

from portal.contracts.acts.kinds import BY_WHOM, By
from portal.contracts.acts.rules import CallOff, EarlyEnd, Extension, FirstDay, Notice
from portal.contracts.acts.stand_in import StandIn
from portal.contracts.forms import EXTENT_MISSING, IS_STAND_IN, STARTED, UNTICKED
from portal.web.fields import HiddenField, TextAreaField, clean_text
from portal.web.forms import HouseForm, SelectChoice
from portal.web.measures import Day, Number

LONGEST_NOTE = 1000
RELEASED = (("yes", "Ja"), ("no", "Nej"))


class ActForm(HouseForm):
    """What every act has: which act was the last when the page was read, and a note."""

    seen = HiddenField()
    note = TextAreaField("Anteckning", longest=LONGEST_NOTE)
    place: ClassVar[str] = ""

    class Meta(HouseForm.Meta):
        """The token alone is called the same in every form."""

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """A field with the form's own name before it."""
            if options["name"] == self.csrf_field_name:
                options = {**options, "prefix": ""}
            return super().bind_field(form, unbound_field, options)

    def __init__(self, **more: Any) -> None:
        """Several stand on one page: each has names and ids of its own."""
        super().__init__(prefix=f"{self.place}-", **more)

    @property
    def last_seen(self) -> int:
        """The number on the page; one that is no number is older than all."""
        text = self.seen.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1

    @property
    def noted(self) -> str:
        """What was written beside it."""
        return clean_text(self.note.data) or ""


class ExtensionForm(ActForm):
    """Where an authority employs."""

    place = "forlang"

    decided = Day("Beslut om förlängning", required="Ange dagen då beslutet om förlängning fattades.")
    ends = Day("Nytt slutdatum")

    def wish(self) -> Extension:
        """What was filled in, once the form is valid."""
        return Extension(self.decided.data or date.min, self.ends.data)


class PartyExtensionForm(ExtensionForm):
    """Where a party employs: the portal's last day is a policy that can be passed with a reason."""

    until_further_notice = BooleanField("Tills vidare, utan slutdatum")
    policy_reason = TextAreaField("Varför anställningen går förbi utgångsläget", longest=LONGEST_NOTE)

    def wish(self) -> Extension:
        """What was filled in, once the form is valid."""
        reason = clean_text(self.policy_reason.data) or ""
        return Extension(self.decided.data or date.min, self.ends.data, self.until_further_notice.data, reason)


class EarlyEndForm(ActForm):
    """An earlier last day."""

    place = "avsluta"

    decided = Day("Beslutsdag", required="Ange dagen då det beslutades.")
    ends = Day("Sista dag", required="Ange den sista dagen på arbetet.")
    ended_before = BooleanField("Ja, arbetet slutade innan beslutet fattades")  # asked where the day lies before it

    def wish(self) -> EarlyEnd:
        """What was filled in, once the form is valid."""
        return EarlyEnd(self.decided.data or date.min, self.ends.data or date.min, self.ended_before.data)


class CallOffForm(ActForm):
    """It is not to be; only before its first day."""

    place = "installd"

    decided = Day("Beslutsdag", required="Ange dagen då det beslutades att anställningen inte blir av.")

    def wish(self) -> CallOff:
        """What was filled in, once the form is valid."""
        return CallOff(self.decided.data or date.min)


class FirstDayForm(ActForm):
    """The first day was written down wrong."""

    place = "forsta"

    was = HiddenField()  # the day that the page showed
    starts = Day("Första dagen ska vara", required="Ange första dagen på arbetet.")
    begun_before = BooleanField(STARTED)
    ends = Day("Slutdatum")

    def wish(self) -> FirstDay:
        """What was filled in, once the form is valid."""
        return FirstDay(self.starts.data or date.min, self.ends.data, self.begun_before.data)

    @property
    def stood(self) -> date:
        """The day on the page; one that is no day is no employment's."""
        try:
            return date.fromisoformat(self.was.data or "")
        except ValueError:
            return date.min


class PartyFirstDayForm(FirstDayForm):
    """Where a party employs: the days that were counted lie in the five years before the first day."""

    counted = HiddenField()  # how many the page showed
    earlier_days = Number("Tidigare dagar hos partiet", least=0, most=1827)

    def wish(self) -> FirstDay:
        """What was filled in, once the form is valid."""
        text = self.counted.data or ""
        counted = int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None
        return replace(super().wish(), earlier_days=self.earlier_days.data or 0, counted=counted)


class ExtentForm(ActForm):
    """The extent was written down wrong."""

    place = "omfattning"

    was = HiddenField()  # what the page showed
    extent_percent = Number(
        "Omfattningen ska vara", least=1, most=100, unit="procent av heltid", required=EXTENT_MISSING
    )

    @property
    def stood(self) -> int:
        """The extent on the page; one that is no number is no employment's."""
        text = self.was.data or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0


class StandInForm(ActForm):
    """Whether it is a stand-in was written down wrong, or whom it is for. Whoever makes it says who there is."""

    place = "vikariat"

    was = HiddenField()  # what the page showed
    stands_in_for = SelectField("Vikarierar för", choices=[])

    def wish(self) -> StandIn:
        """What was filled in, once the form is valid."""
        return StandIn.of(UUID(self.stands_in_for.data) if self.stands_in_for.data else None)

    @property
    def stood(self) -> StandIn | None:
        """What the page showed; None of what is none of its words."""
        return StandIn.unpacked(self.was.data or "")


class PartyStandInForm(StandInForm):
    """Where a party employs: it may be a stand-in for somebody who is not registered here."""

    stands_in = BooleanField(IS_STAND_IN)

    def validate_stands_in(self, field: BooleanField) -> None:
        """Whoever takes the tick away means it, whomever the list beside it still says."""
        if self.stood and self.stood.is_one and not field.data and self.stands_in_for.data:
            raise ValidationError(UNTICKED)

    def wish(self) -> StandIn:
        """What was filled in, once the form is valid."""
        return StandIn.of(super().wish().in_place_of, ticked=self.stands_in.data)


class NoticeForm(ActForm):
    """A notice; the page leaves out what does not apply."""

    place = "uppsagning"

    by = RadioField(
        "Vem säger upp?",
        choices=[SelectChoice(by.value, f"Uppsägning {BY_WHOM[by]}") for by in By],
        validate_choice=False,
    )
    given = Day("Uppsägningen lämnades", required="Ange dagen då uppsägningen lämnades.")
    last_day = Day("Sista dag")
    released = RadioField(
        "Arbetsbefriad under uppsägningstiden?",
        choices=[SelectChoice(*pair) for pair in RELEASED],
        validate_choice=False,
    )

    def validate_by(self, field: RadioField) -> None:
        """One of the two."""
        if field.data not in set(By):
            raise ValidationError("Välj vem som säger upp.")

    def wish(self) -> Notice:
        """What was filled in, once the form is valid; the months are the verb's to find."""
        released = {"yes": True, "no": False}.get(self.released.data or "")
        return Notice(By(self.by.data), self.given.data or date.min, None, self.last_day.data, released)


class TakeBackForm(ActForm):
    """The last act was a mistake."""

    place = "aterta"
