"""What another has saved of a part while it was open, beside what was typed; and a part's values as its form has them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from portal.ads.forms.fields import SharedForm
from portal.ads.forms.parts import JUDGED, KINDS
from portal.ads.forms.rows import RowsForm
from portal.ads.models import Ad
from portal.ads.parts import ROW_FIELDS, Part
from portal.ads.queries import ROWS_OF, values_of
from portal.db import db
from portal.seen import Seen, Texts, between, page_marks, texts_of
from portal.web.shared import EMPTY, lines_of, put, tell

_WORDS = {choice.value: choice.label for choice in (*KINDS, *JUDGED)}
_LISTED = ("criteria", "contacts", "timetable")  # the fields that are rows of the form


def rows_of(session: Session, ad: Ad, field: str) -> list[dict[str, Any]]:
    """The rows of a part that is a list, as its form has them."""
    if field == "timetable":
        return [{"when": when, "text": text} for when, text in ad.timetable]
    names = ("id", *ROW_FIELDS[field])
    return [{name: getattr(row, name) for name in names} for row in ROWS_OF[field](session, ad.id)]


def as_typed(values: Mapping[str, Any]) -> dict[str, Any]:
    """What is saved, as the part's form has it."""
    return {name: _TYPED.get(name, _as_it_is)(value) for name, value in values.items()}


def _as_it_is(value: Any) -> Any:
    return value


def _answer(value: bool | None) -> str:
    return "unsaid" if value is None else "yes" if value else "no"


_TYPED: Mapping[str, Callable[[Any], Any]] = {"remote": _answer, "start_agreed": _answer, "tasks": "\n".join}


def show_beside(form: SharedForm, ad: Ad, part: Part, written: Texts, seen: Seen) -> None:
    """What only another has changed goes into the form; what both have is told beside it. The page is from now on one that
    was opened with what is saved now."""
    values = values_of(db.session, ad, part)
    saved = texts_of(values)
    moved = between(seen, saved, written).together("employer")
    form.marks = page_marks(saved)
    tell(
        form, moved, part.fields,
        label=lambda name: _label(form, part, name), lines=lambda name: _lines(form, name, values[name]),
    )  # fmt: skip
    if isinstance(form, RowsForm):
        form.fill(form.filled())  # in the order that a button has made of them
    for name in moved.theirs:
        _put(form, ad, name, values[name])


def _put(form: SharedForm, ad: Ad, name: str, value: Any) -> None:
    if isinstance(form, RowsForm) and name in _LISTED:
        form.fill(rows_of(db.session, ad, name))
        return
    put(form[name], as_typed({name: value})[name])


def _label(form: SharedForm, part: Part, name: str) -> str:
    if name == "timetable":
        return "Tidplan"
    return part.title if name in _LISTED else str(form[name].label.text)


def _lines(form: SharedForm, name: str, value: Any) -> list[str]:
    """What is saved in a field, in words."""
    if name in _LISTED:
        words = {"criteria": _criterion, "contacts": _joined, "timetable": _joined}[name]
        return [words(row) for row in value] or EMPTY
    return lines_of(form[name], as_typed({name: value})[name])


def _criterion(row: Sequence[Any]) -> str:
    kind, text, explanation, judged, weight = row
    weighed = f"vikt {weight}" if weight else ""
    return _joined([f"{_WORDS[kind]}: {text}", explanation, _WORDS[judged], weighed])


def _joined(row: Sequence[Any]) -> str:
    return " · ".join(str(value) for value in row if value)
