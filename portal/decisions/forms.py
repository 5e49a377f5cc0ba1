"""One form per candidate on the page of outcomes, each with its own save button; and the button that ends it all."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import InputRequired

from portal.ads.models import AdCriterion
from portal.decisions.outcomes import LONGEST_REASON, WORDS, ReasonMissing, UnknownCriterion
from portal.decisions.queries import Candidate
from portal.web.fields import Filled, StringField

CHOOSE = "Välj anställs eller går inte vidare."


class OutcomeForm(FlaskForm):  # type: ignore[misc]
    """What becomes of one candidate. The ids carry the candidate's, since the page has one form for each."""

    result = RadioField(  # type: ignore[call-arg]
        "Utfall",
        choices=[SelectChoice(result.value, word.capitalize()) for result, word in WORDS.items()],
        validators=[InputRequired(CHOOSE)],
        invalid_choice_message=CHOOSE,
    )
    criterion = SelectField(  # type: ignore[call-arg]
        "Skälet gäller",
        choices=[],
        validators=[InputRequired(UnknownCriterion.text)],
        invalid_choice_message=UnknownCriterion.text,
    )
    reason = StringField("Skälet i en rad", [Filled(ReasonMissing.text)], longest=LONGEST_REASON)

    def __init__(self, criteria: Iterable[AdCriterion], application_id: UUID, **options: Any) -> None:
        super().__init__(**options)
        known = [SelectChoice(str(row.id), row.text) for row in criteria]
        self.criterion.choices = [SelectChoice("", "Välj krav eller merit"), *known]
        for field in (self.result, self.criterion, self.reason):
            field.id = f"{field.name}-{application_id}"


def form_for(candidate: Candidate, criteria: Iterable[AdCriterion]) -> OutcomeForm:
    """The form as it stands for one candidate, filled with what was recorded and with nothing of the request."""
    outcome = candidate.outcome
    recorded = {}
    if outcome is not None:
        recorded = {"result": outcome.result, "criterion": str(outcome.criterion_id), "reason": candidate.reason}
    return OutcomeForm(criteria, candidate.application_id, formdata=None, data=recorded)
