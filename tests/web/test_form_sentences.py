"""Whatever the form library has to say is said in a sentence of the portal's own."""

import re
from pathlib import Path

import pytest
import wtforms
from flask import Flask
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import FormField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]

from portal.web.form_sentences import HOUSE, Row

LIBRARY = Path(wtforms.__file__).parent
SAID = re.compile(r'gettext\(\s*"([^"]+)"')


class _Row(Row):
    kind = wtforms.SelectField(choices=[SelectChoice("krav", "Krav")])


class _Form(FlaskForm):  # type: ignore[misc]
    way = wtforms.RadioField(choices=[SelectChoice("post", "Med post")])
    posts = wtforms.SelectMultipleField(choices=[SelectChoice("a", "A")])
    day = wtforms.DateField()
    row = FormField(_Row)


@pytest.mark.parametrize(
    ("spoken", "choose", "day"),
    [
        ("/", "Välj ett av alternativen som finns.", "Skriv dagen med år, månad och dag, till exempel 2026-12-11."),
        (
            "/?lang=en",
            "Choose one of the alternatives that there are.",
            "Write the day with year, month and day, for example 2026-12-11.",
        ),
    ],
)
def test_what_is_no_choice_is_told_what_to_do(app: Flask, spoken: str, choose: str, day: str) -> None:
    sent = MultiDict({"way": "brevduva", "posts": "b", "day": "i går", "row-kind": "annat"})
    with app.test_request_context(spoken, method="POST"):
        app.preprocess_request()
        form = _Form(sent, meta={"csrf": False})
        assert not form.validate()
        assert form.errors == {"way": [choose], "posts": [choose], "day": [day], "row": {"kind": [choose]}}


def test_every_sentence_of_the_librarys_ends_as_a_sentence_and_says_what_to_do(app: Flask) -> None:
    said = {text for path in LIBRARY.rglob("*.py") for text in SAID.findall(path.read_text())}
    assert len(said) > 20
    with app.test_request_context("/"):
        spoken = {HOUSE.gettext(text) for text in said}
    assert all(one.startswith(("Välj ", "Skriv ", "Fyll i ", "Titta igenom ")) and one.endswith(".") for one in spoken)
