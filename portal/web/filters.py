"""How dates, times and sums are written on pages, in the reader's language and with spaces that do not break."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from flask import Flask, g
from flask_babel import gettext
from markupsafe import Markup, escape

from portal import clock
from portal.refusal import OPEN_ANEW, Refusal
from portal.swedish_dates import NBSP, with_whole_days
from portal.web.language import LOCALES, language
from portal.web.summary_order import in_page_order

JOINED = "\u2060"  # between two signs that no line may part
_WEEKDAY = "EEEE d MMMM"


def _locale() -> str:
    return LOCALES[language()]


def _written(value: date | datetime, pattern: str) -> str:
    if isinstance(value, datetime):
        value = value.astimezone(clock.STOCKHOLM).date()
    return _formatted(value, pattern, _locale())


@lru_cache(maxsize=1024)
def _formatted(value: date, pattern: str, locale: str) -> str:
    """A list has the same few days a thousand times."""
    return format_date(value, pattern, locale=locale).replace(" ", NBSP)


def day(value: date | datetime) -> str:
    """31 december 2030"""
    return _written(value, "d MMMM y")


def span(first: date, last: date) -> str:
    """3–6 december 2030, or with both months, and both years where they differ; one day alone where it is one"""
    if first == last:
        return day(first)
    if first.year != last.year:
        return f"{day(first)}–{day(last)}"
    return f"{first.day if first.month == last.month else _written(first, 'd MMMM')}–{day(last)}"


def whole_days(text: str) -> str:
    """Dates for a narrow column: a day stays with its month, and 3–6 together; before the year, and after the dash between
    two months, the line may break."""
    days = re.sub(r"\b(\d{1,2}–)(?=\d)", f"\\1{JOINED}", text.replace(NBSP, " "))
    parted = re.sub(rf"(?<![\d{JOINED}])(\d{{1,2}}) (?=[^\W\d_])", rf"\1{NBSP}", days).replace("kl. ", f"kl.{NBSP}")
    return Markup(parted) if isinstance(text, Markup) else parted  # noqa: S704 as safe as it came


def unbroken(sentence: str) -> str:
    """A sentence that was made elsewhere, with no day of it on two lines: all that tells somebody goes through it."""
    whole = with_whole_days(str(sentence))
    return Markup(whole) if isinstance(sentence, Markup) else whole  # noqa: S704 as safe as it came


def short_day(value: date | datetime) -> str:
    """31 dec"""
    return _written(value, "d MMM").replace(".", "")


def weekday_day(value: date | datetime) -> str:
    """fredag 11 december 2026"""
    return _written(value, "EEEE d MMMM y")


def weekday_short(value: date | datetime) -> str:
    """fredag 11 december"""
    return _written(value, _WEEKDAY)


def clock_time(value: datetime) -> str:
    """23.59, on an English page 23:59; in Stockholm"""
    return f"{value.astimezone(clock.STOCKHOLM):%H{_between()}%M}"


def time_ahead(value: datetime) -> str:
    """The same of what is less than a day ahead: 10.01, or 10.01 i morgon."""
    time = clock_time(value)
    same_day = value.astimezone(clock.STOCKHOLM).date() == clock.today()
    return time if same_day else str(gettext("%(time)s i morgon", time=time))


def _between() -> str:
    return ":" if language() == "en" else "."


def weekdays_and_times(values: Iterable[datetime]) -> list[str]:
    """fredag 11 december 14.03, in Stockholm, with the year where it is not this one: of a whole list, whose language is
    asked for once. Noon itself is a day of which no hour is known (`clock.is_noon`)."""
    locale, between, this_year, written = _locale(), _between(), clock.today().year, []
    days: dict[date, str] = {}
    for value in values:
        local = value.astimezone(clock.STOCKHOLM)
        on, hour = local.date(), local.hour
        if on not in days:
            days[on] = _formatted(on, _WEEKDAY if on.year == this_year else f"{_WEEKDAY} y", locale)
        bare = hour == clock.NOON.hour and clock.is_noon(local)
        written.append(days[on] if bare else f"{days[on]} {hour:02}{between}{local.minute:02}")
    return written


def day_and_time(value: datetime) -> str:
    """11 december 2026 kl. 23.59"""
    joint = " at " if language() == "en" else f" kl.{NBSP}"
    return day(value) + joint + clock_time(value)


def sum_of_money(kronor: int) -> str:
    """42 500"""
    return whole_number(kronor)


def whole_number(number: int) -> str:
    """20 000, in an English sentence 20,000"""
    return format_decimal(number, locale=_locale()).replace("\u202f", NBSP).replace(" ", NBSP)


def decimal(value: float, places: int = 2) -> str:
    """2,43"""
    return format_decimal(value, format=f"0.{'0' * places}", locale=_locale())


def file_size(size: int) -> str:
    """184 kB"""
    if size >= 1_000_000:
        return f"{format_decimal(size / 1_000_000, format='0.0', locale=_locale())}{NBSP}MB"
    return f"{max(1, round(size / 1000))}{NBSP}kB"


def together(words: Iterable[str]) -> str:
    """Anna, Bo och Cilla"""
    return format_list(list(words), locale=_locale())


def paragraphs(text: str) -> Markup:
    """Text as typed, with its blank lines as paragraphs and its line ends kept."""
    parts = [part.strip() for part in unbroken(text).replace("\r\n", "\n").split("\n\n") if part.strip()]
    return Markup("").join(Markup("<p>{}</p>").format(Markup("<br>").join(escape(p).split("\n"))) for p in parts)


def swedish(text: str) -> str:
    """What an ad's author wrote, marked as Swedish on an English page."""
    if language() == "sv" or not text:
        return text
    return Markup('<span lang="sv">{}</span>').format(text)


def dialled(number: str) -> str:
    """A telephone number as it is called (RFC 3966): digits alone, with the plus of a foreign one; the zero that is written
    in brackets after a country's number is not called."""
    typed = number.strip()
    whole = typed.replace("(0)", "") if typed.startswith(("+", "00")) else typed
    digits = "".join(sign for sign in whole if sign.isdigit())
    return f"+{digits}" if typed.startswith("+") else digits


def sentence_of(refusal: Refusal) -> str:
    """A refusal's sentence in the reader's language, for a page. What it says to press the page then has."""
    from flask_babel import gettext

    if OPEN_ANEW in refusal.text:
        g.opens_anew = True
    return with_whole_days(str(gettext(refusal.text, **refusal.values)))


def drawn_each(draw: Callable[..., str], kinds: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], str]:
    """What a macro draws of each of a few kinds, to be looked up for each row of a long list."""
    return {kind: draw(*kind) for kind in kinds}


def init_filters(app: Flask) -> None:
    """Register every filter under its name, and the present day for pages that show it."""
    app.jinja_env.filters |= {
        "day": day,
        "short_day": short_day,
        "whole_days": whole_days,
        "unbroken": unbroken,
        "weekday_day": weekday_day,
        "weekday_short": weekday_short,
        "clock_time": clock_time,
        "time_ahead": time_ahead,
        "day_and_time": day_and_time,
        "sum": sum_of_money,
        "number": whole_number,
        "sum_of_money": sum_of_money,
        "decimal": decimal,
        "file_size": file_size,
        "together": together,
        "paragraphs": paragraphs,
        "swedish": swedish,
        "dialled": dialled,
        "in_page_order": in_page_order,
    }
    app.jinja_env.globals["today"] = clock.today
    app.jinja_env.globals["drawn_once"] = lru_cache(maxsize=None)
    app.jinja_env.globals["drawn_each"] = drawn_each
