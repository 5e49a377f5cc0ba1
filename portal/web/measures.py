"""Days and numbers in forms, with sentences that say in Swedish what to write."""

from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import DateField, Field, IntegerField
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from portal.swedish_dates import FIRST_DAY, LAST_DAY
from portal.web.amounts import kronor_in
from portal.web.fields import clean_line, name_of


def _typed(valuelist: list[Any]) -> str:
    return clean_line(" ".join(valuelist)) or ""


def _named(field: Field) -> str:
    """The field as its label has it: a sentence stands in the summary too, away from the label."""
    return f"”{name_of(field)}”"


class Required:
    """Something must be there; ``sentence`` says what."""

    field_flags = {"required": True}  # noqa: RUF012

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data in (None, "", []) and not field.errors:
            raise ValidationError(self.sentence)


class Day(DateField):
    """A day of the calendar, 2020 to 2050; may be left empty unless ``required`` says what to fill in."""

    def __init__(self, label: str, *, required: str = "", **more: Any) -> None:
        super().__init__(label, validators=[Required(required)] * bool(required), **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = _typed(valuelist)
        self.data = None
        if not text:
            return
        try:
            day = date.fromisoformat(text) if len(text) == 10 else None
        except ValueError:
            day = None
        if day is None:
            raise ValueError(f"{text[:40]} är inget datum. Skriv år, månad och dag så här: 2026-11-21.")
        if not FIRST_DAY <= day <= LAST_DAY:
            raise ValueError(f"Välj en dag från 2020 till och med 2050 i {_named(self)}.")
        self.data = day

    def _value(self) -> str:
        return _typed(self.raw_data) if self.raw_data else str(super()._value())  # type: ignore[misc]


class Number(IntegerField):
    """A whole number, spaces between the thousands allowed, and kronor as people write them; may be left empty unless
    ``required``."""

    widget = TextInput()

    def __init__(self, label: str, *, least: int, most: int, unit: str = "", required: str = "", **more: Any) -> None:
        self.least, self.most, self.unit = least, most, unit
        super().__init__(label, validators=[Required(required)] * bool(required), **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = _typed(valuelist)
        self.data = None
        digits = "".join(text.split()).removesuffix("%")
        if not digits:
            return
        if self.unit == "kronor" and not digits.isdigit():
            digits = str(kronor_in(text) or digits)
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
            raise ValueError(f"Skriv ett helt tal med siffror i {self._place}.")
        number = int(digits)
        if not self.least <= number <= self.most:
            raise ValueError(f"Skriv ett tal från {_spaced(self.least)} till {_spaced(self.most)} i {self._place}.")
        self.data = number

    @property
    def _place(self) -> str:
        return f"{_named(self)} ({self.unit})" if self.unit else _named(self)

    def _value(self) -> str:
        return _typed(self.raw_data) if self.raw_data else str(super()._value())  # type: ignore[misc]


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")


class Amount(Field):
    """A number with at most two decimals, comma or point, spaces between the thousands allowed; may be left empty."""

    widget = TextInput()

    def __init__(self, label: str, *, required: str = "", **more: Any) -> None:
        super().__init__(label, validators=[Required(required)] * bool(required), **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data: Decimal | None = None
        text = "".join(_typed(valuelist).split()).replace(",", ".")
        if not text:
            return
        whole, _point, decimals = text.partition(".")
        plain = (whole + decimals).isascii() and (whole + decimals).isdigit() and whole
        if not plain or len(whole) > 9 or len(decimals) > 2:
            raise ValueError(f"Skriv ett tal med högst två decimaler i {_named(self)}, som 5,50.")
        self.data = Decimal(text).quantize(Decimal("0.01"))

    def _value(self) -> str:
        if self.raw_data:
            return _typed(self.raw_data)
        return "" if self.data is None else str(self.data).replace(".", ",")
