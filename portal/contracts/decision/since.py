"""A decision and what became of it, field by field, as two who write it at once are compared. PURE."""

from dataclasses import asdict
from datetime import date
from typing import Protocol

from portal.contracts.decision.announcing import Announcement
from portal.contracts.decision.rules import Decision
from portal.seen import Texts, texts_of

STANDING = ("appealed_on", "case_number", "final_on", "set_aside")
FIELDS = ("decider", "who", "seat", "delegation", "decided", "number", "report_by")  # in the order of the form


class Standing(Protocol):
    """What has become of a decision before a court."""

    appealed_on: date | None
    case_number: str
    final_on: date | None
    set_aside: bool


def decision_texts(said: Decision | None) -> Texts:
    """What is written down of the decision; None where nothing is."""
    values = asdict(said) if said is not None else {}
    return texts_of({name: values.get(name) for name in FIELDS})


def announcement_texts(said: Announcement) -> Texts:
    """When it was reported and announced."""
    return texts_of(asdict(said))


def standing_texts(standing: Standing) -> Texts:
    """Whether it is appealed, final or set aside."""
    return texts_of({name: getattr(standing, name) or None for name in STANDING})
