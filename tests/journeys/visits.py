"""Who comes where on the stage, in a real browser: every page of the table of permissions by somebody who has it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tests.door import behind
from tests.doors import address, places
from tests.interviews.staged import give_links
from tests.journeys import steps
from tests.journeys.conftest import Portal
from tests.permission_lines import PERSONS
from tests.permission_table import TABLE
from tests.stage import Side

if TYPE_CHECKING:
    from playwright.sync_api import Page

FIRST = ("kansli", "leader", "region", "drift", "candidate")  # who comes first is who has most


def pages_by_person(side: Side) -> Mapping[str, list[str]]:
    """By person, the addresses that the table gives them. Each of its pages once: by the first who has it."""
    order = (*FIRST, *(one for one in PERSONS if one not in FIRST))
    where, found = {one: places(side, one) for one in order}, {one: list[str]() for one in order}
    for rule in side.world.app.url_map.iter_rules():
        for place, expected in TABLE[rule.endpoint].pages.items() if "GET" in (rule.methods or ()) else ():
            person = next((one for one in order if expected.get(one) == 200), None)
            if person is not None:
                found[person].append(address(side, rule, where[person][place]))
    return {person: pages for person, pages in found.items() if pages}


def come_in(page: "Page", portal: Portal, side: Side) -> list[str]:
    """Let a candidate's browser in by every private link of the stage, and give it the draft: where to begin."""
    assert side.interviews is not None
    answered = give_links(side.world, side.world.party, side.sent_done)
    tokens = [*side.tokens.values(), *side.interviews.tokens.values(), *answered.values()]
    for token in tokens:
        steps.let_in(page, portal, f"/ansokan/{token}")
    draft, host = f"/annonser/{side.open.reference}/ansok", urlsplit(portal.address).hostname
    page.context.add_cookies([{"name": "draft", "value": side.draft_token, "domain": host, "path": draft}])
    return ["/", draft, *(f"{behind(side.world, token)}{more}" for token in tokens for more in ("", "/ta-tillbaka"))]
