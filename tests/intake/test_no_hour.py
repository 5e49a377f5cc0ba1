"""Of what the office has registered the day alone is known: that it counts from noon is told to nobody as when it came."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from xml.etree.ElementTree import fromstring

import pytest

from portal import scope
from portal.disclosure.export import NAMESPACE
from portal.register.models import RegisterEntry
from tests.applicants import send_applications
from tests.applications.paper import letters
from tests.door import own_browser
from tests.forms import submit
from tests.intake.registering import add_cv, begin, finish, intakes
from tests.world import Published, World, publish_ad

REGISTER = "/arbete/inkomna"
NOON = re.compile(r"12[.:]00")


@pytest.fixture
def ad(world: World, set_clock: Callable[[str], datetime]) -> Published:
    made = publish_ad(world, deadline=date(2026, 12, 11))
    set_clock("2026-12-14T16:00")
    return made


def registered(world: World, ad: Published, email: str = "petra@example.com") -> str:
    """One that came on the 9th. Its address for the candidate."""
    office = world.browser(world.kansli)
    page = str(begin(office, ad, "2026-12-09", email=email).location)
    add_cv(office, page)
    assert finish(office, page).status_code == 303
    return page


def plain(page: str) -> str:
    return re.sub(r"\s", " ", page)


def test_the_receipt_and_the_private_page_tell_the_day_alone(world: World, ad: Published) -> None:
    registered(world, ad)
    (letter,) = letters(world)
    assert "kom in den 9 december 2026 och är registrerad av kansliet" in plain(letter.body)
    assert not NOON.search(letter.body)
    link = letter.body.split("http://localhost")[1].split()[0]
    own = own_browser(world)
    page = own.get(link).get_data(as_text=True)
    assert "9 december 2026" in plain(page) and not NOON.search(page)
    assert own.get(f"{link}/kvitto.pdf").status_code == 200


def test_the_question_about_two_says_that_it_was_registered_and_not_sent(world: World, ad: Published) -> None:
    registered(world, ad)
    registered(world, ad)
    (asked,) = letters(world, "proposal")
    assert "registrerad av kansliet med den här adressen" in asked.body and not NOON.search(asked.body)
    page = own_browser(world).get(asked.body.split("http://localhost")[1].split()[0]).get_data(as_text=True)
    assert "registrerad av kansliet" in page and "skickades" not in page and not NOON.search(page)


def test_the_office_reads_the_day_alone(world: World, ad: Published) -> None:
    registered(world, ad)
    (sent,) = send_applications(world, ad, 1, start=4)
    office, ((_, application),) = world.browser(world.kansli), intakes(world, world.party)
    assert application is not None
    listed = office.get(f"/arbete/rekryteringar/{ad.id}/sokande").get_data(as_text=True)
    assert "onsdag 9 december<" in plain(listed) and not NOON.search(listed) and sent.name in listed
    one = office.get(f"/arbete/rekryteringar/{ad.id}/sokande/{application.id}").get_data(as_text=True)
    assert "9 december 2026" in plain(one) and not NOON.search(one)


def test_the_register_has_the_day_alone_in_every_shape_and_its_order_stays(world: World, ad: Published) -> None:
    registered(world, ad)
    send_applications(world, ad, 1, start=4)
    with world.acting(scope.party(world.party)) as session:
        kept = {row.entered_at.hour for row in session.query(RegisterEntry).filter(RegisterEntry.register_number <= 2)}
    assert kept == {11}, "noon in Stockholm, as it was put"
    browser, ((_, application),) = world.browser(world.region), intakes(world, world.party)
    assert application is not None
    for address in (REGISTER, f"{REGISTER}/{application.id}"):
        page = browser.get(address).get_data(as_text=True)
        assert "9 december 2026" in plain(page) and not NOON.search(page), address
    folder = zipfile.ZipFile(io.BytesIO(browser.get(f"{REGISTER}/register.zip").data))
    table = list(csv.reader(io.StringIO(folder.read("register.csv").decode("utf-8-sig")), delimiter=";"))
    assert [row[3] for row in table[1:3]] == ["2026-12-09"] * 2 and "T" in table[3][3]
    first, _, third, *_ = fromstring(folder.read("register.xml"))
    assert first.findtext(f"{{{NAMESPACE}}}inkommendag") == "2026-12-09"
    assert first.find(f"{{{NAMESPACE}}}inkommen") is None and third.find(f"{{{NAMESPACE}}}inkommen") is not None


def test_what_was_asked_by_telephone_has_the_day_alone_for_whoever_asked_and_in_the_register(
    world: World, ad: Published
) -> None:
    registered(world, ad)
    ((_, application),) = intakes(world, world.party)
    assert application is not None
    given = {
        "application_id": str(application.id), "kind": "erasure", "way": "telephone", "came_on": "2026-12-10",
        "text": "Hon ringde.", "checked": True,
    }  # fmt: skip
    asked = submit(world.browser(world.kansli), f"/arbete/begaran/ny?annons={ad.id}", given, "Registrera begäran")
    assert asked.status_code == 303
    link = letters(world)[0].body.split("http://localhost")[1].split()[0]
    own = own_browser(world)
    own.get(link)
    page = own.get(f"{link}/mina-uppgifter").get_data(as_text=True)
    assert "10 december 2026" in plain(page) and not NOON.search(page)
    assert not NOON.search(world.browser(world.region).get(REGISTER).get_data(as_text=True))
