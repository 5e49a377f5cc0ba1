"""A draft of a contract that two write: what another has saved, beside what was typed; and what was typed in vain."""

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from portal.ads.forms.fields import Number
from portal.contracts.written.filling import Filled, Signatory, marks_of, typed_since
from portal.contracts.written.forms import ContractForm, present
from portal.contracts.written.queries import Held
from portal.contracts.written.roles import NAMES
from portal.web.shared import EMPTY, put, seen_by_page, tell

SIGNATORIES = "Vilka som skriver under, i ordning"


def show_beside(form: ContractForm, held: Held) -> None:
    """What only another has changed goes into the form; what both have is told beside it. The page is from now on one that
    was opened with what is saved now."""
    saved = held.filled
    moved = typed_since(seen_by_page(), saved, form.filled(), decided=held.decided)
    form.marks = marks_of(saved, saved)
    tell(form, moved, asdict(saved), label=partial(_label, form), lines=partial(_lines, saved))
    typed = present(saved, held.rules, form.rows, held.facts.employer, held.facts.employee)
    for name in moved.theirs:
        for field in _fields(form, name):
            put(form[field], typed.get(field, ""))


def in_vain(form: ContractForm, held: Held) -> list[tuple[str, list[str]]]:
    """What was typed into a form that the page has no more, by its labels."""
    typed = form.filled()
    moved = typed_since(seen_by_page(), held.filled, typed, decided=held.decided)
    own = [name for name in asdict(typed) if name in moved.mine | moved.both]
    rows = [(_label(form, name), lines) for name in own if (lines := _lines(typed, name)) != EMPTY]
    unread = [field for field in form if field.errors and isinstance(field, Number)]
    return rows + [(str(field.label.text), [str(text) for text in field.raw_data or ()]) for field in unread]


def _fields(form: ContractForm, name: str) -> list[str]:
    if name != "signatories":
        return [name] if name in form else []
    return [field for n in range(form.rows) for field in (f"role_{n}", f"name_{n}") if field in form]


def _label(form: ContractForm, name: str) -> str:
    return SIGNATORIES if name == "signatories" or name not in form else str(form[name].label.text)


def _lines(filled: Filled, name: str) -> list[str]:
    return _WORDS.get(name, _text)(getattr(filled, name)) or EMPTY


def _text(value: Any) -> list[str]:
    return str("" if value is None else value).splitlines()


def _signing(rows: tuple[Signatory, ...]) -> list[str]:
    return [": ".join(part for part in (one.role, one.name) if part) for one in rows if one.role or one.name]


def _offices(values: tuple[str, ...]) -> list[str]:
    return [name for one, name in NAMES.items() if one.value in values]


_WORDS: Mapping[str, Any] = {"signatories": _signing, "also": _offices}
