"""Forms whose rows are added, moved and removed by plain buttons: the page is posted whole, nothing typed is lost."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, ClassVar

from flask import request
from wtforms import FieldList

from portal.ads.forms.fields import SharedForm
from portal.ads.rows import LONGEST, moved, removed


class RowList(FieldList):  # type: ignore[type-arg]  # it takes none when it runs
    """So many rows that a page shows and takes all that can be there: what is too many is refused, never left out."""

    def __init__(self, row: Any, **options: Any) -> None:
        super().__init__(row, max_entries=LONGEST, **options)

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        """The rows' numbers, of names that have one: the library takes ² for a number too, and one of any length."""
        for name in formdata:
            if name.startswith(f"{prefix}-") and (number := _number(name.removeprefix(f"{prefix}-").partition("-")[0])):
                yield from number


def _number(text: str) -> tuple[int, ...]:
    """A row's number, alone; nothing where the text is none."""
    return (int(text),) if text.isascii() and text.isdigit() and len(text) <= len(str(LONGEST)) else ()


class RowsForm(SharedForm):
    """A form with a list ``rows``. A row is empty when none of ``named_by`` holds a word; the first must, if any does.
    More than ``most`` can be shown, since a reading may have found them, and are not saved.

    The buttons are ``add``, ``move`` ("2:up", "2:down") and ``remove`` ("2"), by the row's place in the page.
    """

    named_by: ClassVar[tuple[str, ...]] = ()
    lacks_name: ClassVar[str] = ""
    most: ClassVar[int] = LONGEST

    def validate(self, extra_validators: Any = None) -> bool:
        for number in _number(request.form.get("remove") or ""):  # first: nothing is asked of a row that is to go
            self.rows.entries = removed(self.rows.entries, number)
        valid: bool = super().validate(extra_validators)
        for entry in self.rows.entries:
            first = entry.form[self.named_by[0]]
            if self._is_filled(entry) and not first.data and not first.errors:
                first.errors = [self.lacks_name]
                valid = False
        if (count := len(self.filled())) > self.most:
            self.form_errors.append(
                f"Här får stå högst {self.most} rader, och det är {count}. Ta bort eller slå ihop några."
            )
            valid = False
        return valid

    def filled(self) -> list[dict[str, Any]]:
        """The rows with words in them, in the order the pressed button makes."""
        return [dict(entry.form.data) for entry in self._arranged() if self._is_filled(entry)]

    @property
    def pressed(self) -> str:
        """The row button that was pressed: add, move or remove; empty for save."""
        return next((name for name in ("add", "move", "remove") if name in request.form), "")

    def named(self, row: Mapping[str, Any]) -> str:
        """A row by its own words, as it is told of in a sentence."""
        return f"”{next((row[name] for name in self.named_by if row[name]), '')}”"

    def fill(self, rows: Iterable[Mapping[str, Any]], blanks: int = 1) -> None:
        """Show these rows, and so many blank ones after them as there is room for."""
        while self.rows.entries:
            self.rows.pop_entry()
        there = list(rows)[:LONGEST]
        for row in [*there, *({} for _ in range(min(blanks, max(self.most - len(there), 0))))]:
            self.rows.append_entry(dict(row))

    def faults(self) -> list[tuple[str, str]]:
        """Field id and sentence of everything to put right, those of the rows too."""
        own = [field for field in self if field.name not in ("rows", "csrf_token")]
        inner = [field for entry in self.rows.entries for field in entry.form]
        return [(field.id, field.errors[0]) for field in [*own, *inner] if field.errors]

    def _is_filled(self, entry: Any) -> bool:
        return any(entry.form[name].raw_data and entry.form[name].data for name in self.named_by)

    def _arranged(self) -> Sequence[Any]:
        entries = list(self.rows.entries)
        place, _, way = (request.form.get("move") or "").partition(":")
        for number in _number(place):
            return moved(entries, number, up=way == "up")
        return entries
