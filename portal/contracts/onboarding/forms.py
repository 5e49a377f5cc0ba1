"""The forms of the first days' checklist."""

from portal.contracts.onboarding.refusals import REASON_MISSING, WHAT_MISSING
from portal.web.fields import Filled, StringField, TextAreaField
from portal.web.forms import HouseForm
from portal.web.measures import Day

LONGEST_WHAT, LONGEST_WHO, LONGEST_REASON = 200, 120, 500


class StepForm(HouseForm):
    """A step of the office's own."""

    what = StringField("Vad som ska göras", [Filled(WHAT_MISSING)], longest=LONGEST_WHAT)
    who = StringField("Vem som gör det", longest=LONGEST_WHO)
    due = Day("Senast", required="Ange dagen då steget senast ska vara gjort.")


class DoneForm(HouseForm):
    """A step is done."""

    done_on = Day("Gjort", required="Ange dagen då steget blev gjort.")


class MoveForm(HouseForm):
    """A step has another day."""

    due = Day("Senast", required="Ange dagen då steget senast ska vara gjort.")


class LeaveOutForm(HouseForm):
    """A step does not apply."""

    reason = TextAreaField("Varför steget inte gäller", [Filled(REASON_MISSING)], longest=LONGEST_REASON)
