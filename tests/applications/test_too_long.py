"""Of many fields the sentence about one that is too long says which."""

import re
from types import SimpleNamespace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse
from wtforms.validators import StopValidation

from portal.web.fields import TextWithin
from tests.applications.paper import base, page_one
from tests.forms import fields_of, submit
from tests.world import World, publish_ad


def too_long(world: World, client: FlaskClient, language: str = "") -> list[str]:
    """What the summary says of two answers, of a question that is answered in words and of one with yes and no."""
    ad = publish_ad(world)
    page_one(client, ad)
    place = f"{base(ad)}/handlingar{language}"
    answers = [name for name in fields_of(client.get(place)) if name.startswith("answer_")]
    said = submit(client, place, {"letter": "Hej.", answers[0]: "x" * 1503, answers[-1]: "x" * 1501})
    assert said.status_code == 422
    return summary(said)


def summary(page: TestResponse) -> list[str]:
    found = re.search(r"data-error-summary.*?</div>", page.get_data(as_text=True), re.DOTALL)
    assert found is not None
    return [re.sub(r"<[^>]+>", "", one).replace("\u00a0", " ") for one in re.findall(r"<li>.*?</li>", found[0])]


def test_an_answer_that_is_too_long_is_named_by_its_question(world: World, client: FlaskClient) -> None:
    assert too_long(world, client) == [
        "Texten i ”Du skriver väl, också när det är bråttom” får vara högst 1 500 tecken. Ta bort 3 tecken.",
        "Texten i ”Kommentar: Tillgång till egen bil” får vara högst 1 500 tecken. Ta bort 1 tecken.",
    ]


def test_it_is_named_in_english_too_without_the_marks_of_its_language(world: World, client: FlaskClient) -> None:
    first, _second = too_long(world, client, "?lang=en")
    assert first.startswith("The text in ”Du skriver väl, också när det är bråttom” may be at most 1,500 characters.")


def test_of_a_long_question_its_beginning_is_said(app: Flask) -> None:
    label = "Du har arbetat i region, kommun, <b>gärna</b> i en partiexpedition"
    field = SimpleNamespace(label=SimpleNamespace(text=label), data="fyra")
    with app.test_request_context(), pytest.raises(StopValidation, match="kommun, <b>gärna</b> i en …” får") as said:
        TextWithin(3)(None, field)
    assert len(str(said.value)) < 130
