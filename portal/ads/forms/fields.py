"""Fields that say in Swedish what to do, and texts freed from characters that cannot be stored or seen."""

import unicodedata
from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField, StringField, TextAreaField
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2050, 12, 31)


class PageForm(FlaskForm):  # type: ignore[misc]
    """The form of one page, with its token."""


def clean(text: str | None) -> str:
    """The text in NFC, line ends as one sign, no other control characters, no space at either end."""
    whole = unicodedata.normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in whole if sign == "\n" or unicodedata.category(sign) not in ("Cc", "Cs")).strip()


def one_line(text: str | None) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


class AtMost:
    """No longer than so many characters; says how many there are."""

    def __init__(self, most: int) -> None:
        self.most = most

    def __call__(self, _form: Any, field: Any) -> None:
        length = len(field.data or "")
        if length > self.most:
            raise ValidationError(f"Texten har {length} tecken. Korta den till högst {self.most}.")


class Required:
    """Something must be there; ``sentence`` says what."""

    field_flags = {"required": True}  # noqa: RUF012

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence

    def __call__(self, _form: Any, field: Any) -> None:
        if field.data in (None, "", []) and not field.errors:
            raise ValidationError(self.sentence)


class Line(StringField):
    """One line of text."""

    def __init__(self, label: str, *, most: int = 200, required: str = "", **more: Any) -> None:
        rules = [Required(required)] * bool(required) + [AtMost(most)]
        super().__init__(label, validators=rules, filters=[one_line], **more)


class Text(TextAreaField):
    """Text in several lines."""

    def __init__(self, label: str, *, most: int = 4000, required: str = "", **more: Any) -> None:
        rules = [Required(required)] * bool(required) + [AtMost(most)]
        super().__init__(label, validators=rules, filters=[clean], **more)


class Day(DateField):
    """A day of the calendar, 2020 to 2050; may be left empty unless ``required`` says what to fill in."""

    def __init__(self, label: str, *, required: str = "", **more: Any) -> None:
        super().__init__(label, validators=[Required(required)] * bool(required), **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = clean(" ".join(valuelist))
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
            raise ValueError("Välj en dag från 2020 till och med 2050.")
        self.data = day


class Number(IntegerField):
    """A whole number, spaces between the thousands allowed; may be left empty unless ``required``."""

    widget = TextInput()

    def __init__(self, label: str, *, least: int, most: int, unit: str = "", required: str = "", **more: Any) -> None:
        self.least, self.most, self.unit = least, most, unit
        super().__init__(label, validators=[Required(required)] * bool(required), **more)

    def process_formdata(self, valuelist: list[Any]) -> None:
        text = clean(" ".join(valuelist))
        self.data = None
        digits = "".join(text.split()).removesuffix("%")
        if not digits:
            return
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 9):
            raise ValueError(f"Skriv ett helt tal med siffror{self.unit and ', i ' + self.unit}.")
        number = int(digits)
        if not self.least <= number <= self.most:
            raise ValueError(f"Skriv ett tal från {_spaced(self.least)} till {_spaced(self.most)}.")
        self.data = number


def _spaced(number: int) -> str:
    return f"{number:,}".replace(",", "\u00a0")
