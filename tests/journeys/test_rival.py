"""The rival's office tries every address of the other party's, and finds nothing that is not there for everybody."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING
from uuid import uuid4

from tests.journeys.conftest import Portal
from tests.journeys.crawl import crawl
from tests.journeys.well_filled import fill_portal

if TYPE_CHECKING:
    from playwright.sync_api import Page

AN_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
EACH = 12  # addresses of each endpoint: the hundredth is answered like the twelfth
AT_LEAST = {"pages": 40, "files": 6, "posts": 5}  # a crawl that finds less has lost its way


def test_no_address_of_one_party_says_anything_to_the_office_of_its_rival(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    filled = fill_portal(portal)
    world, app = portal.world, portal.world.app
    own = open_browser(world.kansli).context.request
    found = crawl(app, own, portal.address, ["/arbete", f"/arbete/rekryteringar/{filled.over.ad.id}/gemensam"], EACH)
    assessor = crawl(app, open_browser(world.gunnel).context.request, portal.address, ["/arbete"], EACH)
    places = {place for place in [*found.pages, *found.files, *assessor.pages, *assessor.files] if AN_ID.search(place)}
    posts = {place for place in found.posts | assessor.posts | places if AN_ID.search(place)}
    assert len(found.pages) >= AT_LEAST["pages"] and len(posts) >= AT_LEAST["posts"]
    assert len([*found.files, *assessor.files]) >= AT_LEAST["files"]

    page = open_browser(world.rival_kansli)
    rival = page.context.request
    nothing = rival.get(f"{portal.address}/arbete/rekryteringar/{uuid4()}")
    assert nothing.status == 404
    for place in sorted(places):
        answer = rival.get(portal.address + place, max_redirects=0)
        assert (answer.status, answer.body()) == (404, nothing.body()), place
    page.goto("/arbete/rekryteringar/ny")
    token = page.locator("input[name=csrf_token]").first.input_value()
    for place in sorted(posts):
        answer = rival.post(portal.address + place, form={"csrf_token": token}, max_redirects=0)
        assert answer.status in (404, 405), (place, answer.status)


def test_the_rivals_own_pages_say_nothing_of_the_other_partys_work(
    portal: Portal, open_browser: Callable[..., "Page"]
) -> None:
    filled = fill_portal(portal)
    world = portal.world
    rival = open_browser(world.rival_kansli).context.request
    seen = crawl(world.app, rival, portal.address, ["/arbete", "/arbete/rekryteringar", "/arbete/anstallningar"])
    secrets = [one.name for one in [*filled.going.sent, *filled.over.sent]] + [str(filled.going.ad.id)]
    staff_pages = [place for place in seen.pages if place.startswith(("/arbete", "/konto", "/drift"))]
    assert len(staff_pages) >= 5
    for place in staff_pages:
        text = rival.get(portal.address + place).text()
        assert not [secret for secret in [*secrets, "Gunnel Sundvall", "Närvårdspartiet"] if secret in text], place
