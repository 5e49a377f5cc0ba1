"""Text is cleaned at the door: what no database takes and no reader should see never comes in."""

import pytest
from flask import Flask
from flask_wtf import FlaskForm

from portal.web.fields import Filled, NoLink, StringField, TextAreaField, clean, clean_line, clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\x00b", "ab"),
        ("A\u030asa", "Åsa"),
        ("a\r\nb\u2028c\x85d", "a\nb\nc\nd"),
        ("fil\u202efdp.exe", "filfdp.exe"),
        ("tab\tstår", "tab\tstår"),
        ("\x1b[31mrött", "[31mrött"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_marks_are_stripped_and_letters_composed(typed: str, kept: str) -> None:
    assert clean(typed) == kept


def test_one_line_stays_one_line() -> None:
    assert clean_line(" Samira\r\nBcc: x@example.se\u2028 Hedvall ") == "Samira Bcc: x@example.se Hedvall"
    assert clean_text("  rad ett\r\n\r\nrad två \n") == "rad ett\n\nrad två"
    assert clean(None) is clean_line(None) is clean_text(None) is None


class Named(FlaskForm):
    name = StringField("Namn", [NoLink()])


@pytest.mark.parametrize(
    ("name", "taken"),
    [
        ("Anna Berg", True), ("A.B. Öberg/Ek", True), ("J.R. von Berg", True), ("Region Nord/Syd", True),
        ("Logga in på evil.se/lon", False), ("evil.example:80/lon", False), ("bank.xn--p1ai/", False),
        ("www.evil", False), ("x@evil", False), ("tel://1", False),
    ],
)  # fmt: skip
def test_a_name_holds_nothing_that_a_mail_program_would_make_something_to_press(
    app: Flask, name: str, taken: bool
) -> None:
    with app.test_request_context(method="POST", data={"name": name}):
        assert Named(meta={"csrf": False}).validate() is taken


class Example(FlaskForm):
    name = StringField("Namn", [Filled("Skriv ditt namn.")], longest=10)
    text = TextAreaField("Text", longest=20)


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({"name": "\x00\n "}, {"name": ["Skriv ditt namn."]}),
        ({"name": "x" * 11}, {"name": ["Namn får vara högst 10 tecken. Nu är det 11: korta texten."]}),
        ({"name": "x" * 10, "text": "\r\n" * 9 + "x" * 20}, {}),
    ],
)
def test_limits_are_counted_after_the_cleaning(app: Flask, data: dict[str, str], errors: dict[str, list[str]]) -> None:
    with app.test_request_context(method="POST", data=data):
        form = Example(meta={"csrf": False})
        assert form.validate() is not bool(errors)
        assert {name: [str(e) for e in found] for name, found in form.errors.items()} == errors
