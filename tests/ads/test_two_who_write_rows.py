"""Two of an office write one list of an ad: the rows of both are put together, and what both have done to one is told."""

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.ads.drafts import whole_draft
from tests.ads.test_two_of_an_office import SAVE, place
from tests.forms import fields_of, submit, submit_page
from tests.world import World

Rows = dict[str, str]


@pytest.fixture
def office(world: World) -> FlaskClient:
    return world.browser(world.kansli)


def texts_in(page: TestResponse) -> list[str]:
    """The rows of krav that say something."""
    return [text for name, (text,) in fields_of(page).items() if name.endswith("-text") and text]


@pytest.mark.parametrize(
    ("button", "value", "mine"),
    [("remove", "0", ["Du är glad"]), ("move", "1:up", ["Du är glad", "Du skriver MYCKET väl"]), ("add", "1", None)],
)
def test_a_row_button_that_meets_a_colleagues_change_has_still_been_pressed(
    world: World, office: FlaskClient, button: str, value: str, mine: list[str] | None
) -> None:
    where = place(whole_draft(world), "krav")
    submit(office, where, {"rows-1-text": "Du är glad"}, SAVE)
    old = office.get(where)
    submit_page(office, old, where, {"rows-0-text": "Du skriver MYCKET väl"}, SAVE)
    pressed = {**{name: values for name, values in fields_of(old).items() if values}, button: [value]}
    asked = office.post(where, data=pressed)
    if mine is None:  # nothing of one's own: the colleague's stands
        assert asked.status_code == 303 and "Du skriver MYCKET väl" in office.get(where).get_data(as_text=True)
        return
    assert asked.status_code == 409 and "Du skriver MYCKET väl" in asked.get_data(as_text=True)
    assert texts_in(asked) == mine
    assert submit_page(office, asked, where, {}, SAVE).status_code == 303
    assert texts_in(office.get(where)) == mine


@pytest.mark.parametrize(
    ("theirs", "mine", "told", "together"),
    [
        ({"rows-3-text": "Du är lugn"}, {"rows-0-text": "Du talar väl"},
         "redan det nya: ”Du är lugn”.", ["Du talar väl", "Två", "Tre", "Du är lugn"]),
        ({"rows-1-text": "2"}, {"rows-2-text": "3"}, "redan det nya: ”2”.", ["Ett", "2", "3"]),
        ({"rows-1-text": ""}, {"rows-2-text": "3"}, "”Två” (borttagen).", ["Ett", "3"]),
        ({"rows-1-text": ""}, {"rows-1-text": "2"}, "<dd>Borttagen: Krav: 2", ["Ett", "2", "Tre"]),
        ({"rows-1-text": "2"}, {"rows-1-text": ""}, "<dd>Krav: 2 ·", ["Ett", "Tre"]),
        ({"rows-3-text": "4"}, {"rows-3-text": "Fyra"}, "redan det nya: ”4”.", ["Ett", "Två", "Tre", "Fyra", "4"]),
        ({"move": "2:up"}, {"rows-0-text": "1"}, "i den ordning som är sparad", ["1", "Tre", "Två"]),
    ],
)  # fmt: skip
def test_rows_of_both_are_put_together(
    world: World, office: FlaskClient, theirs: Rows, mine: Rows, told: str, together: list[str]
) -> None:
    where = place(whole_draft(world), "krav")
    submit(office, where, {"rows-0-text": "Ett", "rows-1-text": "Två"}, "Spara och lägg till en rad")
    submit(office, where, {"rows-2-text": "Tre"}, SAVE)
    old = office.get(where)
    pressed = {**{name: values for name, values in fields_of(old).items() if values}, **theirs}
    assert office.post(where, data=pressed).status_code == 303
    asked = submit_page(office, old, where, mine, SAVE)
    assert asked.status_code == 409 and told in asked.get_data(as_text=True)
    assert texts_in(asked) == together
    assert submit_page(office, asked, where, {}, SAVE).status_code == 303
    assert texts_in(office.get(where)) == together


def test_a_page_that_tells_of_the_list_and_of_no_rows_has_all_of_it_told_beside(
    world: World, office: FlaskClient
) -> None:
    where = place(whole_draft(world), "krav")
    old = fields_of(office.get(where))
    submit(office, where, {"rows-1-text": "Du är lugn"}, SAVE)
    before = [mark for mark in old["marks"][0].split() if mark.startswith("criteria:")]
    asked = office.post(where, data={**old, "rows-0-text": "Du talar väl", "marks": " ".join(before)})
    assert asked.status_code == 409 and "Krav: Du är lugn" in asked.get_data(as_text=True)
    assert texts_in(asked) == ["Du talar väl"]


def test_more_rows_of_both_than_the_list_takes_are_told_beside_and_none_is_dropped(
    world: World, office: FlaskClient
) -> None:
    where = place(whole_draft(world), "krav")
    full = {f"rows-{number}-text": f"Krav {number}" for number in range(40)}
    old = fields_of(office.get(where))
    blank = {name: old[name] for name in old if "-id" not in name}
    for number in range(1, 40):
        blank |= {f"rows-{number}-kind": ["krav"], f"rows-{number}-judged": ["skala"], f"rows-{number}-weight": ["1"]}
    theirs = {**blank, "rows-0-id": old["rows-0-id"], **{name: [f"Deras {text}"] for name, text in full.items()}}
    assert office.post(where, data=theirs).status_code == 303
    asked = office.post(where, data={**theirs, **{name: [text] for name, text in full.items()}})
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and "<br>Krav: Deras Krav 39 ·" in page
    assert texts_in(asked) == list(full.values())
