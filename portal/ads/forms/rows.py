"""Forms whose rows are added, moved and removed by plain buttons: the page is posted whole, nothing typed is lost."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from flask import request

from portal.ads.forms.fields import SharedForm
from portal.ads.rows import moved, removed


class RowsForm(SharedForm):
    """A form with a list ``rows``. A row is empty when none of ``named_by`` holds a word; the first must, if any does.

    The buttons are ``add``, ``move`` ("2:up", "2:down") and ``remove`` ("2"), by the row's place in the page.
    """

    named_by: ClassVar[tuple[str, ...]] = ()
    lacks_name: ClassVar[str] = ""

    def validate(self, extra_validators: Any = None) -> bool:
        valid: bool = super().validate(extra_validators)
        for entry in self.rows.entries:
            first = entry.form[self.named_by[0]]
            if self._is_filled(entry) and not first.data and not first.errors:
                first.errors = [self.lacks_name]
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

    @property
    def most(self) -> int:
        """How many rows it takes."""
        return self.rows.max_entries or 100

    def fill(self, rows: Iterable[Mapping[str, Any]], blanks: int = 1) -> None:
        """Show these rows and so many blank ones after them."""
        while self.rows.entries:
            self.rows.pop_entry()
        for row in [*rows, *({} for _ in range(blanks))]:
            if len(self.rows.entries) < self.most:
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
        if place.isdecimal():
            return moved(entries, int(place), up=way == "up")
        gone = request.form.get("remove") or ""
        return removed(entries, int(gone)) if gone.isdecimal() else entries
