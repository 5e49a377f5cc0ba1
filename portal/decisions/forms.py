"""One form per candidate on the pages of outcomes and of words, each with its own save button; and the one that ends it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from portal.ads.models import AdCriterion
from portal.decisions.outcomes import (
    LONGEST_REASON,
    NEXT,
    WORDS,
    ReasonMissing,
    Status,
    UnknownCriterion,
    WordMissing,
)
from portal.decisions.queries.recorded import Candidate
from portal.decisions.services import ReadText
from portal.decisions.words import LONGEST_WORD
from portal.seen import Seen, page_marks
from portal.web.fields import Filled, HiddenField, StringField, TextAreaField
from portal.web.forms import HouseForm, SelectChoice

CHOOSE = "Välj anställs eller går inte vidare."
CHOOSE_ANSWER = "Välj har tackat ja eller har tackat nej."
CHOOSE_OWN = lazy_gettext("Välj om du tackar ja eller nej.")
OWN_ANSWERS = {Status.ACCEPTED: lazy_gettext("Jag tackar ja"), Status.DECLINED: lazy_gettext("Jag tackar nej")}
ANSWERS = {Status.ACCEPTED: "Har tackat ja", Status.DECLINED: "Har tackat nej"}


class OutcomeForm(HouseForm):
    """What becomes of one candidate. The page sends those of all at once, so names and ids carry the candidate's."""

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
    marks = HiddenField()  # of the outcome that the page was opened with

    def __init__(self, criteria: Iterable[AdCriterion], application_id: UUID, **options: Any) -> None:
        super().__init__(prefix=f"{application_id}-", **options)
        self.texts = {str(row.id): row.text for row in criteria}
        known = [SelectChoice(id, text) for id, text in self.texts.items()]
        self.criterion.choices = [SelectChoice("", "Välj krav eller merit"), *known]
        for field in (self.result, self.criterion, self.reason, self.marks):
            field.id = f"{field.short_name}-{application_id}"

    @property
    def untouched(self) -> bool:
        """Whether it says what the page was opened with."""
        seen = Seen.told(self.marks.data)
        said = {field.short_name: field.data or "" for field in (self.result, self.criterion, self.reason)}
        return all(seen.shown(name, text) for name, text in said.items())

    @property
    def said(self) -> str:
        """What was chosen and written, in words."""
        results = [word.capitalize() for result, word in WORDS.items() if result.value == self.result.data]
        criterion = self.texts.get(self.criterion.data or "")
        return " ".join(_ended(part) for part in (*results, criterion, self.reason.data) if part)


def sent_of(names: Iterable[str], ending: str) -> list[UUID]:
    """The candidates whose forms came, by the one field of each whose name ends so."""
    return [id for name in names if name.endswith(ending) and (id := _id(name.removesuffix(ending))) is not None]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _ended(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def form_for(candidate: Candidate, criteria: Iterable[AdCriterion]) -> OutcomeForm:
    """The form as it stands for one candidate, filled with what was recorded and with nothing of the request."""
    outcome = candidate.outcome
    recorded = {}
    if outcome is not None:
        recorded = {"result": outcome.result, "criterion": str(outcome.criterion_id), "reason": candidate.reason}
    recorded["marks"] = page_marks(recorded)
    return OutcomeForm(criteria, candidate.application_id, formdata=None, data=recorded)


class AnswerForm(HouseForm):
    """What one who was to be hired has answered; why they declined is theirs to tell or not. The page sends those of all at
    once, beside the outcomes, so names and ids carry the candidate's."""

    answer = RadioField(  # type: ignore[call-arg]
        "Svar",
        choices=[SelectChoice(status.value, word) for status, word in ANSWERS.items()],
        validators=[InputRequired(CHOOSE_ANSWER)],
        invalid_choice_message=CHOOSE_ANSWER,
    )
    why = StringField("Varför den sökande tackade nej", longest=LONGEST_REASON)
    stood = HiddenField(longest=20)  # how far it had come when the page was opened

    def __init__(self, application_id: UUID, **options: Any) -> None:
        super().__init__(prefix=f"{application_id}-", **options)
        for field in (self.answer, self.why, self.stood):
            field.id = f"{field.short_name}-{application_id}"

    @property
    def untouched(self) -> bool:
        """Whether nothing was chosen or written."""
        return not (self.answer.data or self.why.data)

    @property
    def said(self) -> str:
        """What was chosen and written, in words."""
        chosen = [word for status, word in ANSWERS.items() if status == self.answer.data]
        return " ".join(_ended(part) for part in (*chosen, self.why.data) if part)


class TakeBackForm(HouseForm):
    """An answer that was noted by mistake."""

    stood = HiddenField(longest=20)  # the answer that the page showed

    def __init__(self, application_id: UUID, **options: Any) -> None:
        super().__init__(prefix=f"{application_id}-noted-", **options)
        self.stood.id = f"noted-{application_id}"


def answer_form_for(candidate: Candidate) -> AnswerForm:
    """The form with the answers that can follow where this candidate's outcome stands."""
    form = AnswerForm(candidate.application_id, formdata=None, data={"stood": candidate.status})
    form.answer.choices = answers_after(candidate.status)
    return form


def answers_after(status: Status | None) -> list[SelectChoice]:
    """What can be answered where an outcome stands so."""
    possible = NEXT[status] if status is not None else ()
    return [SelectChoice(one.value, word) for one, word in ANSWERS.items() if one in possible]


class OfferForm(HouseForm):
    """The candidate's own answer to the offer of the post."""

    answer = RadioField(  # type: ignore[call-arg]
        lazy_gettext("Ditt svar"),
        choices=[SelectChoice(status.value, words) for status, words in OWN_ANSWERS.items()],
        validators=[InputRequired(CHOOSE_OWN)],
        invalid_choice_message=CHOOSE_OWN,
    )


class WordForm(HouseForm):
    """What one candidate will read. The page sends all of them at once, so the names carry the candidate's."""

    text = TextAreaField("Det här får den sökande läsa", [Filled(WordMissing.text)], longest=LONGEST_WORD)
    seen = HiddenField(longest=64)  # the version that the page was opened with

    def __init__(self, application_id: UUID, **options: Any) -> None:
        super().__init__(prefix=f"{application_id}-", **options)
        self.text.id = f"text-{application_id}"

    @property
    def read(self) -> ReadText:
        """What it says."""
        return ReadText(self.text.data or "", self.seen.data or "")


class ReleaseForm(HouseForm):
    """The button, with what the page has shown of who is told what."""

    seen = HiddenField(longest=64)
