"""What is written down at the meeting. Names and typed places are read beside the fields."""

from collections.abc import Iterable
from uuid import UUID

from wtforms import RadioField, SelectField

from portal.review.forms.fields import CheckboxesField
from portal.review.meeting.ticks import Ticks
from portal.review.services.agreeing import BASES, LONGEST_TEXT
from portal.review.services.scoring import LONGEST_REASON
from portal.web.fields import HiddenField, TextAreaField
from portal.web.forms import HouseForm, SelectChoice

MOST_DIGITS = 9


class MeetingStepForm(HouseForm):
    """A step of the meeting; opening again takes its line of reason."""

    reason = TextAreaField(
        "Varför öppnas mötet igen?",
        description="En rad, som står i protokollet. Skriv inget om enskilda sökande här.",
        longest=LONGEST_REASON,
    )


class PresenceForm(HouseForm):
    """Who is there, and whom the page was opened with: what another window has noted since is left alone."""

    people = CheckboxesField("Med på mötet")
    shown = HiddenField()

    @property
    def ticks(self) -> Ticks:
        """What was sent. What is nobody's id is left out."""
        return Ticks(_ids(self.people.data or []), _ids((self.shown.data or "").split()))


def _ids(sent: Iterable[str]) -> frozenset[UUID]:
    return frozenset(found for text in sent if (found := _id(text)) is not None)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class VersionedForm(HouseForm):
    """Something that two may write at once: the version that the page showed is carried along."""

    version = HiddenField(longest=MOST_DIGITS)

    @property
    def began_from(self) -> int:
        """The version that this was written from; -1, which no version is, for what is no number."""
        typed = self.version.data or ""
        return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= MOST_DIGITS else -1


class JointTextForm(VersionedForm):
    """What the panel says together of one candidate, and the version it was written from."""

    text = TextAreaField("Gemensam bedömning", longest=LONGEST_TEXT)


class MeetingOrderForm(VersionedForm):
    """How the order was reached; typed places are read beside it by `own_order.read_places`."""

    basis = RadioField(
        "Hur kom ni fram till ordningen?", choices=[SelectChoice(*one) for one in BASES.items()], validate_choice=False
    )


class VoteForm(HouseForm):
    """Two candidates; each member's vote is read beside it."""

    first = SelectField("A, den ena sökande", validate_choice=False)
    second = SelectField("B, den andra sökande", validate_choice=False)
