"""Who reads of a person leaves a line: which routes do, and why the others need not."""

from flask import Flask

from tests.audit.readings import LOGS_ITSELF, SHOWS_NOBODY, WITHIN, form_is, of_nobody
from tests.permission_table import TABLE


def test_each_page_either_leaves_a_line_or_shows_nobody(app: Flask) -> None:
    """That it does is tried with every page of the address map by ``proofs/test_matrix.py``."""
    told = [name for names in SHOWS_NOBODY.values() for name in names.split()]
    marked = {name for name, view in app.view_functions.items() if hasattr(view, "__reads__")}
    groups = (of_nobody(), set(WITHIN), LOGS_ITSELF, marked)
    reading = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    shown = {name for name in reading if TABLE[name].kind in ("staff", "candidate")}
    assert len(told) == len(set(told))
    assert {name: sum(name in group for group in groups) for name in shown} == dict.fromkeys(shown, 1)
    assert [name for group in groups for name in group if name not in shown] == []


def test_each_form_that_is_sent_back_is_a_reading_or_stands_on_a_page_that_shows_nobody(app: Flask) -> None:
    """What each answers when it is sent empty is held against this by ``proofs/test_matrix.py``."""
    forms = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    said = {rule.endpoint: form_is(app, rule) for rule in forms if TABLE[rule.endpoint].kind == "staff"}
    assert [name for name, what in said.items() if not what] == []
    assert {said[name] for name in ("letterbox.answer", "contracts.sign", "privacy.answer", "review.call")} == {
        "reading"
    }
    assert said["contracts.take_over_preview"] == "nobody"


def test_a_picture_belongs_to_a_page_that_leaves_its_line(app: Flask) -> None:
    for page in WITHIN.values():
        assert page in LOGS_ITSELF or hasattr(app.view_functions[page], "__reads__")
