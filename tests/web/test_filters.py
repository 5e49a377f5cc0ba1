"""How lists are written in running text, in the reader's language."""

import pytest
from flask import Flask

from portal.web.filters import together


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
