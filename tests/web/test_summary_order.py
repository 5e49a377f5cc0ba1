"""What is to be put right is told in the order in which the page asks for it, whatever order the forms declare."""

import re
from collections.abc import Callable
from datetime import datetime

from flask.testing import FlaskClient
from markupsafe import Markup
from werkzeug.test import TestResponse

from portal.web.summary_order import in_page_order
from tests.forms import submit
from tests.protection.applying import apply, name_as_reader
from tests.world import World, publish_ad


def told(answer: TestResponse) -> list[str]:
    """The field of each line in the summary."""
    assert answer.status_code == 422
    return re.findall(r'href="#(.*?)"', answer.get_data(as_text=True).split("data-error-summary")[1].split("</ul>")[0])


def test_under_a_code_name_what_stands_last_on_the_page_is_told_last(world: World, client: FlaskClient) -> None:
    name_as_reader(world, world.kansli)
    refused = apply(
        client, publish_ad(world), name="", contact="", background="", letter="", salary="", address="ingen"
    )
    assert told(refused) == ["name", "contact", "background", "letter", "salary", "address"]


def test_of_a_new_employment_the_name_is_told_first(world: World, set_clock: Callable[[str], datetime]) -> None:
    set_clock("2026-11-23T10:00")
    page, office = "/arbete/anstallningar/ny/parti", world.browser(world.kansli)
    wrong = {"person": "", "title": "", "decided": "", "starts": "", "extent_percent": "", "earlier_days": "många"}
    refused = submit(office, page, wrong, "Registrera anställningen")
    assert told(refused) == ["person", "title", "decided", "starts", "earlier_days", "extent_percent"]


def test_a_line_of_no_field_stays_first_and_those_of_one_field_as_they_were() -> None:
    lines = {name: f'<li><a href="#{name}">Rätta {name}.</a></li>\n' for name in ("b", "a")}
    whole, again = "<li>Ingenting är sparat.</li>\n", '<li><a href="#a">Och mer.</a></li>\n'
    page = (
        '<p>Rätta</p><div data-error-summary>\n<ul>\n%s</ul></div><ul>\n<li>z</li>\n</ul><p id="a"></p><p id="b"></p>'
    )
    ordered = in_page_order(Markup(page % (lines["b"] + lines["a"] + again + whole)))
    assert ordered == page % (whole + lines["a"] + again + lines["b"]) and isinstance(ordered, Markup)
