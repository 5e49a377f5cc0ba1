"""Records of a case with more than one page has room for: chosen on both, back and forth, and nothing chosen is lost."""

import re
from html import unescape
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import scope
from portal.disclosure.models import CoveredRecord
from portal.disclosure.routes import desk
from tests.applicants import send_applications
from tests.disclosure.asking import entries_of, note
from tests.forms import submit
from tests.world import World, publish_ad

OLDER, NEWER = "Spara och visa äldre", "Spara och visa nyare"


@pytest.fixture
def page(world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page of a request that chooses among ten records, of which a page shows four."""
    send_applications(world, publish_ad(world), 5)
    monkeypatch.setattr(desk, "OFFERED", 4)
    with world.writing(scope.authority(world.authority)) as session:
        request = note(session, world)
    return f"/arbete/utlamnande/{request}/handlingar"


def chosen(world: World) -> set[UUID]:
    with world.acting(scope.authority(world.authority)) as session:
        return set(session.scalars(select(CoveredRecord.entry_id)))


def shown(browser: FlaskClient, path: str) -> list[str]:
    return re.findall(r'name="record" value="([^"]+)"', browser.get(path).get_data(as_text=True))


def where(answer: TestResponse) -> str:
    assert answer.status_code == 303
    return unescape(str(answer.headers["Location"]))


def test_what_is_ticked_on_a_page_is_saved_on_the_way_to_the_next_and_back(world: World, page: str) -> None:
    browser = world.browser(world.region)
    first = shown(browser, page)
    second_page = where(submit(browser, page, {"record": [first[0]]}, OLDER))
    second = shown(browser, second_page)
    assert len(second) == 4 and not set(first) & set(second)
    third_page = where(submit(browser, second_page, {"record": [second[3]]}, OLDER))
    third = shown(browser, third_page)
    assert len(third) == 2
    back = where(submit(browser, third_page, {"record": third}, NEWER))
    assert shown(browser, back) == second
    again = where(submit(browser, back, {"record": []}, NEWER))
    assert shown(browser, again) == first
    assert chosen(world) == {UUID(one) for one in (first[0], *third)}, "what was unticked on the way is gone"


def test_a_page_offers_only_the_ways_that_there_are(world: World, page: str) -> None:
    browser = world.browser(world.region)
    first = browser.get(page).get_data(as_text=True)
    assert OLDER in first and NEWER not in first
    lowest = min(one.register_number for one in entries_of(world))
    last = browser.get(f"{page}?fore={lowest + 2}").get_data(as_text=True)
    assert NEWER in last and OLDER not in last


def test_saving_still_leads_to_the_request(world: World, page: str) -> None:
    browser = world.browser(world.region)
    assert where(submit(browser, page, {"record": shown(browser, page)}, "Spara urvalet")) == page.removesuffix(
        "/handlingar"
    )
