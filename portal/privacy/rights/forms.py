"""The forms of a candidate's rights: what they ask for, and what the office answers."""

from flask_babel import lazy_gettext
from flask_wtf import FlaskForm
from wtforms import BooleanField, RadioField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import DataRequired, InputRequired

from portal.privacy.rights.kinds import ASKED, LONGEST_TEXT, RESULTS, WORDS
from portal.privacy.rights.refusals import ANSWER_MISSING, REASON_MISSING, TEXT_MISSING
from portal.web.fields import Filled, TextAreaField

LONGEST_ANSWER = 8_000  # characters
ERASE, KEEP = "radera", "behall"


class AskForm(FlaskForm):  # type: ignore[misc]  # the library has no types
    """What is asked for, in the candidate's own words."""

    kind = RadioField(
        lazy_gettext("Vad gäller det?"),
        choices=[SelectChoice(kind.value, lazy_gettext(WORDS[kind])) for kind in ASKED],
        validators=[InputRequired(lazy_gettext("Välj vad det gäller."))],
    )
    text = TextAreaField(lazy_gettext("Vad vill du?"), [Filled(lazy_gettext(TEXT_MISSING))], longest=LONGEST_TEXT)


class LeaveForm(FlaskForm):  # type: ignore[misc]
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


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """The office's answer."""

    result = RadioField(
        "Vad blev det?",
        choices=[SelectChoice(result.value, words) for result, words in RESULTS.items()],
        validators=[InputRequired("Välj vad det blev.")],
    )
    text = TextAreaField("Svar till den sökande", [Filled(ANSWER_MISSING)], longest=LONGEST_ANSWER)


class ExtendForm(FlaskForm):  # type: ignore[misc]
    """Two months more, with the reason that the candidate is told."""

    reason = TextAreaField("Varför det tar längre tid", [Filled(REASON_MISSING)], longest=1_000)


class MeritsForm(FlaskForm):  # type: ignore[misc]
    """The text about somebody's merits, before it is sent."""

    text = TextAreaField("Uppgift om meriter", [Filled(ANSWER_MISSING)], longest=LONGEST_ANSWER)
