"""A decision that two write down: what another has saved, beside what was typed."""

from collections.abc import Mapping, Sequence
from typing import Any

from portal.contracts.decision.forms import (
    AnnouncementForm,
    AppealForm,
    CourtDoneForm,
    NoneCameForm,
    PartyDecisionForm,
    SetAsideForm,
    became,
    recorded,
)
from portal.contracts.decision.models import DecisionRow
from portal.contracts.decision.services.writing import became_of, written_of
from portal.contracts.decision.since import announcement_texts, decision_texts, standing_texts
from portal.seen import Texts, between, page_marks, texts_of
from portal.web.forms import HouseForm
from portal.web.shared import EMPTY, NO, lines_of, put, seen_by_page, tell

WHO = ("decider", "who", "seat", "delegation")  # who decided, as what, and by which point
Written = PartyDecisionForm | AnnouncementForm


def marks_of(form: Written, row: DecisionRow | None, first: Mapping[str, Any]) -> str:
    """What a form says that it was opened with; ``first`` is what it suggests before anything is written down."""
    saved = _saved(form, row)
    suggested = {name: text for name, text in texts_of(first).items() if name in saved}
    return page_marks(saved, suggested if row is None else None)


def standing_marks(row: DecisionRow | None) -> str:
    """What the page says of whether the decision was appealed or final when it was opened."""
    return page_marks(standing_texts(row)) if row is not None else ""


def show_beside(form: Written, row: DecisionRow, written: Texts) -> None:
    """What only another has changed goes into the form; what both have is told beside it. The form is from now on one that
    was opened with what is saved now."""
    saved, values = _saved(form, row), became(row) if isinstance(form, AnnouncementForm) else recorded(row)
    moved = between(seen_by_page(), saved, written).together(*WHO, among=frozenset(WHO))
    tell(
        form, moved, saved,
        label=lambda name: str(form[name].label.text), lines=lambda name: lines_of(form[name], values[name]),
    )  # fmt: skip
    for name in moved.theirs:
        put(form[name], values[name])
    form.marks = page_marks(saved)


def typed_in_vain(
    filled: HouseForm | None, row: DecisionRow | None, stage: str, *, gone: bool = False
) -> list[tuple[str, Sequence[str]]]:
    """What was typed into a form that the page has no more: the decision has been appealed or become final meanwhile,
    or what it decides is ``gone``."""
    if filled is None or (not gone and _is_there(filled, row, stage)):
        return []
    rows = [(str(field.label.text), lines_of(field, field.data)) for field in filled if field.name != "csrf_token"]
    return [(label, lines) for label, lines in rows if lines not in (EMPTY, NO)]


def _is_there(form: HouseForm, row: DecisionRow | None, stage: str) -> bool:
    if isinstance(form, Written):
        return stage not in ("final", "appealed", "set_aside")
    if isinstance(form, AppealForm):
        return row is None or row.appealed_on is None
    if isinstance(form, CourtDoneForm | SetAsideForm):
        ruled = "set_aside" if isinstance(form, SetAsideForm) else "final"
        return stage == "appealed" or (stage == ruled and row is not None and row.appealed_on is not None)
    return stage == "unconfirmed" if isinstance(form, NoneCameForm) else True


def _saved(form: Written, row: DecisionRow | None) -> Texts:
    if isinstance(form, AnnouncementForm):
        return announcement_texts(became_of(row)) if row is not None else {}
    return decision_texts(written_of(row) if row is not None else None)
