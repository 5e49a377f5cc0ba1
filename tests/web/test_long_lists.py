"""The rows of a long list, drawn by kind: each as the macro itself would write it."""

import pytest
from jinja2 import Environment

from portal.web.long_lists import drawn_rows

MACRO = """{% macro line(href, name, called, word) %}
<a href="{{ href }}">{{ name }}</a> 100 %{% if called %} {{ word }}{% endif %}
{% endmacro %}{{ drawn_rows(line, rows) }}|{% for href, name, kind in rows %}{{ line(href, name, *kind) }}{% endfor %}"""
NAMES = ("Åsa Öberg", '<script>alert("1")</script>', "O'Brien & Söner", "100 % {0} %s", "", "a\tb\nc")


def _both(rows: list[tuple[str, str, tuple[bool, str]]], macro: str = MACRO) -> list[str]:
    made = Environment(autoescape=True).from_string(macro).render(rows=rows, drawn_rows=drawn_rows)
    return made.split("|")


def test_each_row_is_as_the_macro_writes_it_whatever_its_text() -> None:
    rows = [(f"/s/{n}?a=1&b=2", name, (n % 2 == 0, "<b>")) for n, name in enumerate(NAMES)]
    drawn, one_by_one = _both(rows)
    assert drawn == one_by_one
    assert drawn.count("<a href=") == len(NAMES)
    assert "<script>" not in drawn
    assert "<b>" not in drawn


def test_a_text_with_a_nul_in_it_moves_no_other() -> None:
    rows = [("/1", "Å\0sa", (True, "x")), ("/2", "Bo", (True, "x"))]
    assert _both(rows)[0] == '\n<a href="/1">Å\ufffdsa</a> 100 % x\n\n<a href="/2">Bo</a> 100 % x\n'


def test_no_rows_are_nothing() -> None:
    assert _both([])[0] == ""


def test_a_macro_that_leaves_a_text_out_is_refused() -> None:
    with pytest.raises(ValueError, match="each text once"):
        _both([("/1", "Bo", (True, "x"))], "{% macro m(a, b, c, d) %}{{ a }}{% endmacro %}{{ drawn_rows(m, rows) }}")
