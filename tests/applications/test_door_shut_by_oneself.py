"""What shuts one's own door is pressed twice: the second press does not say that nothing was saved."""

from collections.abc import Callable
from datetime import date, datetime

from flask.testing import FlaskClient

from tests.applications.paper import apply, private_link
from tests.door import inside, own_browser
from tests.forms import submit, submit_page
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
CHANGED = {"E-post": "alma.ny@example.se"}


def test_contact_details_put_right_and_pressed_once_more(world: World, client: FlaskClient, set_clock: Clock) -> None:
    ad = publish_ad(world, deadline=date(2026, 12, 11))
    link = private_link(apply(client, ad))
    set_clock("2026-12-14T10:00")
    browser = own_browser(world)
    place = inside(world, browser, f"{link}/mina-uppgifter/kontakt")
    asked = submit(browser, place, CHANGED)
    first, second = (submit_page(browser, asked, place, {}) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 404)
    said = second.get_data(as_text=True)
    assert "är det gjort" in said and "alma.ny@example.se" in said and "inte sparat" not in said
