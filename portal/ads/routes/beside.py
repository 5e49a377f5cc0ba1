"""What another has saved of a part while it was open, beside what was typed; and a part's values as its form has them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from portal.ads.forms.fields import SharedForm
from portal.ads.forms.parts import JUDGED, KINDS
from portal.ads.forms.rows import RowsForm
from portal.ads.merging import Merged, merge, tells_of_rows
from portal.ads.models import Ad
from portal.ads.parts import ROW_FIELDS, Part
from portal.ads.queries import Listed, listed_of, values_of
from portal.ads.timetable import with_year
from portal.db import db
from portal.seen import Seen, Texts, between, page_marks, text_of, texts_of
from portal.web.shared import EMPTY, lines_of, put, tell

_WORDS = {choice.value: choice.label for choice in (*KINDS, *JUDGED)}
_LISTED = ("criteria", "contacts", "timetable")  # the fields that are rows of the form


def timetable_of(ad: Ad) -> list[dict[str, str]]:
    """The timetable's rows, as the form has them."""
    return [{"when": when, "text": text} for when, text in ad.timetable]


def timetable_to_move(ad: Ad) -> list[dict[str, str]]:
    """The same before the last day is moved: what was promised without a year keeps the one that was meant."""
    by = ad.deadline
    return [{**row, "when": with_year(row["when"], by) if by else row["when"]} for row in timetable_of(ad)]


def saved_texts(session: Session, ad: Ad, part: Part, listed: Listed) -> dict[str, str]:
    """What is saved of a part and each of its rows by its id, as the texts it is compared by: for the page's marks."""
    fields = texts_of(values_of(session, ad, part, listed))
    return fields | {row["id"].hex: _row_text(field, row) for field, rows in listed.items() for row in rows}


def _row_text(field: str, row: Mapping[str, Any]) -> str:
    return text_of([row[name] for name in ROW_FIELDS[field]])


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
    listed = listed_of(db.session, ad, part)
    values, saved = values_of(db.session, ad, part, listed), saved_texts(db.session, ad, part, listed)
    moved = between(seen, saved, written).together("employer")
    form.marks = page_marks(saved)
    tell(
        form, moved, part.fields,
        label=lambda name: _label(form, part, name), lines=lambda name: _lines(form, name, values[name]),
    )  # fmt: skip
    if isinstance(form, RowsForm):
        mine = form.filled()  # in the order that a button has made of them
        form.fill(mine)
        for name in moved.both & ROW_FIELDS.keys():
            _put_together(form, part, name, merge(mine, listed[name], seen, partial(_row_text, name)), seen)
    for name in moved.theirs:
        if isinstance(form, RowsForm) and name in _LISTED:
            form.fill(listed[name] if name in listed else timetable_of(ad))
        elif name in form:  # what publishing has settled has no field
            put(form[name], as_typed({name: values[name]})[name])


def _put_together(form: RowsForm, part: Part, name: str, made: Merged, seen: Seen) -> None:
    """The rows of both go into the form; only what both have done to the same row is told beside it."""
    if not tells_of_rows(seen, name) or len(made.rows) > form.most:
        return
    form.fill(made.rows)
    told = [*_words_of(name, made.beside), *(f"Borttagen: {line}" for line in _words_of(name, made.lost))]
    form.beside = [(part.title, told)] if told else []
    form.taken_in = [*map(form.named, made.taken), *(f"{form.named(row)} (borttagen)" for row in made.gone)]
    if not form.beside and not form.taken_in:
        form.taken_in = [f"{part.title}, i den ordning som är sparad"]


def _words_of(name: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
    return [_WORDS_OF[name]([row[field] for field in ROW_FIELDS[name]]) for row in rows]


def _label(form: SharedForm, part: Part, name: str) -> str:
    if name == "timetable":
        return "Tidplan"
    return part.title if name in _LISTED else str(form[name].label.text)


def _lines(form: SharedForm, name: str, value: Any) -> list[str]:
    """What is saved in a field, in words."""
    if name in _LISTED:
        return [_WORDS_OF[name](row) for row in value] or EMPTY
    return lines_of(form[name], as_typed({name: value})[name])


def _criterion(row: Sequence[Any]) -> str:
    kind, text, explanation, judged, weight = row
    weighed = f"vikt {weight}" if weight else ""
    return _joined([f"{_WORDS[kind]}: {text}", explanation, _WORDS[judged], weighed])


def _joined(row: Sequence[Any]) -> str:
    return " · ".join(str(value) for value in row if value)


_WORDS_OF: Mapping[str, Callable[[Sequence[Any]], str]] = {
    "criteria": _criterion,
    "contacts": _joined,
    "timetable": _joined,
}
