"""A form of what several may write: what another has saved while it was open, told beside what was typed."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any, Final

from flask import request

from portal.seen import Between, Seen
from portal.swedish_dates import swedish_day

EMPTY: Final = ["Tomt"]
YES, NO = ["Ja"], ["Nej"]
NOTHING_OWN: Final = "Du hade inte ändrat något. Här står det som är sparat nu."


class Shared:
    """Where another has saved it while it was open: ``moved`` says so and what is to be done, ``beside`` has the label and
    the lines of what is saved in the fields that both have changed, ``taken_in`` the labels of those it was put into.
    ``marks`` is what the page says that it was opened with, where that is another thing than when it was sent."""

    marks: str | None = None
    beside: Sequence[tuple[str, Sequence[str]]] = ()
    taken_in: Sequence[str] = ()
    moved: str = ""


def seen_by_page() -> Seen:
    """What the page that was sent was opened with."""
    return Seen.told(request.form.get("marks"))


def tell(
    form: Shared,
    moved: Between,
    names: Iterable[str],
    *,
    label: Callable[[str], str],
    lines: Callable[[str], Sequence[str]],
) -> None:
    """Tell what is saved in the fields that both have changed, and name those that the form now says as it is saved. What is
    put into them, and what the page says that it was opened with, is for whoever knows the form."""
    known = list(names)
    form.beside = [(label(name), lines(name)) for name in known if name in moved.both]
    form.taken_in = [label(name) for name in known if name in moved.theirs]


def lines_of(field: Any, typed: Any) -> list[str]:
    """A value in words, as the field has it: what is chosen by its label, a day with its month's name."""
    if getattr(field, "choices", None):
        labels = {str(choice.value): str(choice.label) for choice in field.choices}
        chosen = ["" if one is None else str(one) for one in (typed if isinstance(typed, list) else [typed])]
        return [labels.get(one, one) for one in chosen if one or one in labels] or EMPTY
    if isinstance(typed, bool):
        return YES if typed else NO
    if isinstance(typed, date):
        return [swedish_day(typed)]
    return str("" if typed is None else typed).splitlines() or EMPTY


def put(field: Any, value: Any) -> None:
    """Let the field say this, whatever was sent."""
    field.data, field.raw_data = value, None
