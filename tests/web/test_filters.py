"""How lists are written in running text, in the reader's language."""

from datetime import date

import pytest
from flask import Flask

from portal.web.filters import span, together, whole_days


@pytest.mark.parametrize(
    ("names", "swedish", "english"),
    [
        ([], "", ""),
        (["Ada"], "Ada", "Ada"),
        (["Ada", "Bo"], "Ada och Bo", "Ada and Bo"),
        (["Ada", "Bo", "Cy"], "Ada, Bo och Cy", "Ada, Bo and Cy"),
    ],
)
def test_names_stand_together_as_a_sentence_has_them(app: Flask, names: list[str], swedish: str, english: str) -> None:
    with app.test_request_context("/arbete"):
        assert together(name for name in names) == swedish
    with app.test_request_context("/?lang=en"):
        assert together(names) == english


@pytest.mark.parametrize(
    ("first", "last", "written"),
    [
        (date(2026, 12, 3), date(2026, 12, 3), "3 december 2026"),
        (date(2026, 12, 3), date(2026, 12, 6), "3–6 december 2026"),
        (date(2026, 11, 30), date(2026, 12, 3), "30 november–3 december 2026"),
        (date(2026, 12, 28), date(2027, 1, 4), "28 december 2026–4 januari 2027"),
    ],
)
def test_a_year_is_said_once_where_it_is_the_same(app: Flask, first: date, last: date, written: str) -> None:
    with app.test_request_context("/arbete"):
        assert span(first, last).replace("\xa0", " ") == written


def test_in_a_narrow_column_a_day_stays_with_its_month_and_two_days_part_at_the_dash() -> None:
    assert whole_days("30\xa0november–3\xa0december\xa02026") == "30\xa0november–3\xa0december 2026"
    assert whole_days("9\xa0september\xa02026 kl.\xa016.34") == "9\xa0september 2026 kl.\xa016.34"
    assert whole_days("3–6\xa0december\xa02026") == "3–\u20606 december 2026"
    assert whole_days("vecka 3") == "vecka 3"
