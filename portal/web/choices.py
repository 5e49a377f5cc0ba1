"""The words behind the values of every form's choices: a form that cannot be sent is told of without any form of its own."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from wtforms.fields.choices import SelectFieldBase
from wtforms.fields.core import UnboundField

from portal.web.forms import HouseForm


@cache
def words_of_choices() -> dict[tuple[str, str], Any]:
    """The words of a choice by its field's name and its value, of all forms that are loaded; choices that a page makes
    for itself (people, times) have none here."""
    found = [
        ((name, str(choice.value)), choice.label)
        for form in _below(HouseForm)
        for name, field in vars(form).items()
        if isinstance(field, UnboundField) and issubclass(field.field_class, SelectFieldBase)
        for choice in _listed(field)
    ]
    return dict(sorted(found, key=lambda one: not isinstance(one[1], str)))  # what has both languages last, and so kept


def _below(form: type[Any]) -> Iterator[type[Any]]:
    for one in form.__subclasses__():
        yield one
        yield from _below(one)


def _listed(field: Any) -> list[Any]:
    choices = field.kwargs.get("choices")
    return choices if isinstance(choices, list) else []
