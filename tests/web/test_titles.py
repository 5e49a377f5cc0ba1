"""A page's title is what is heard first: how much there is to put right, what the page is, and which step it is."""

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.applications.paper import base, page_one, page_two
from tests.forms import submit
from tests.world import World, publish_ad


def title(page: TestResponse) -> str:
    found = re.search(r"<title[^>]*>(.*?)</title>", page.get_data(as_text=True), re.DOTALL)
    assert found
    return " ".join(found[1].split())


def test_whoever_applies_hears_the_step_and_how_much_is_to_be_put_right(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    assert title(client.get(base(ad))) == "Uppgifter – Steg 1 av 3"
    assert title(submit(client, base(ad), {})) == "Två saker att rätta – Uppgifter – Steg 1 av 3"
    page_one(client, ad)
    assert title(client.get(f"{base(ad)}/handlingar")) == "Handlingar och svar – Steg 2 av 3"
    check = f"{base(ad)}/kontrollera"
    assert title(client.get(check)) == "Tre saker att rätta – Kontrollera – Steg 3 av 3"
    page_two(client, ad)
    assert title(client.get(check)) == "Kontrollera – Steg 3 av 3"
    assert title(client.get(f"{check}?lang=en")) == "Check – Step 3 of 3"


@pytest.mark.parametrize("lang", ["", "?lang=en"])
def test_no_title_says_whose_the_ad_is(world: World, client: FlaskClient, lang: str) -> None:
    ad = publish_ad(world)
    assert "Närvård" not in title(client.get(f"{base(ad)}{lang}"))


def test_every_other_form_says_so_too(client: FlaskClient) -> None:
    assert title(client.get("/logga-in")) == "Logga in"
    assert title(submit(client, "/logga-in", {})) == "Två saker att rätta – Logga in"
    assert title(client.get("/logga-in")) == "Logga in", "it is of that page alone"
