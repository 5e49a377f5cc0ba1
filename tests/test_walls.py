"""Two rival parties in one portal: neither can read, reach, count or change anything of the other's, by any address."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from flask.testing import FlaskClient

from portal.ads.models import Ad
from portal.config import Settings
from portal.factory import create_app
from portal.web.errors import not_found_page
from tests.database import Databases
from tests.doors import address, browsers_of, csrf_token, places
from tests.everything import digest
from tests.permission_table import TABLE
from tests.stage import Side, set_stage
from tests.world import World

Clock = Callable[[str], datetime]
Sides = tuple[Side, Side]
OF_THE_INSTALLATION = {"authority_id", "party_id", "organisation_id"}  # ids that drift's pages alone take
OF_NOBODY = {"employer", "paper", "spoken", "kind"}  # words that say which form or paper, no id
OF_THE_AUTHORITY = {"decision_id"}  # what the region decides about both parties is its own
NOTED = ("audit_line", "audit_head", "login_session")  # that somebody was there may be written down


@pytest.fixture
def sides(world: World, set_clock: Clock) -> Sides:
    """The own party, for which the region employs, and its rival, which employs itself."""
    world.app.test_client_class = FlaskClient
    return set_stage(world, set_clock, employer="authority", rivals="party")


def test_a_draft_of_the_rivals_has_no_public_address(sides: Sides) -> None:
    own, rival = sides
    with rival.world.acting(rival.scope) as session:
        reference = session.get_one(Ad, rival.draft).reference
    browser = own.world.browser(own.world.kansli)
    for tail in ("", "/ansok", "/ansok/handlingar", "/ansok/kontrollera", "/ansok/kvitto"):
        drawn, unused = (browser.get(f"/annonser/{name}{tail}") for name in (reference, "f" * len(reference)))
        assert (drawn.status_code, drawn.data, drawn.headers) == (404, unused.data, unused.headers)


@pytest.mark.slow
def test_the_rivals_own_addresses_whole_are_pages_that_are_not_there(
    sides: Sides, settings: Settings, databases: Databases
) -> None:
    """Every parameter the rival's own, as in an address that somebody copied from a rival's screen."""
    own, rival = sides
    browsers, theirs = browsers_of(own), places(rival, "candidate")
    tokens = {person: csrf_token(person, browsers[person]) for person in ("kansli", "leader", "region")}
    with own.world.app.app_context():
        nothing = not_found_page(own.world.app)
    before = digest(settings, databases, but=NOTED)
    tried = 0
    for rule in own.world.app.url_map.iter_rules():
        line = TABLE[rule.endpoint]
        for place in {**line.pages, **line.posts} if line.kind == "staff" and rule.arguments else ():
            if OF_THE_INSTALLATION & rule.arguments or rule.arguments <= OF_NOBODY:
                continue
            url = address(rival, rule, theirs[place])
            for person in ("kansli", "leader", *(() if OF_THE_AUTHORITY & rule.arguments else ("region",))):
                for method in {"GET", "POST"} & (rule.methods or set()):
                    answer = browsers[person].open(url, method=method, data={"csrf_token": tokens[person]})
                    assert (answer.status_code, answer.data) == (404, nothing), (person, method, url)
                    tried += 1
    assert tried > 300
    assert digest(settings, databases, but=NOTED) == before


def test_the_mailbox_that_shows_everybodys_mail_is_in_the_demo_alone(settings: Settings) -> None:
    real = create_app(replace(settings, demo=False))
    assert [rule.rule for rule in real.url_map.iter_rules() if rule.rule.startswith("/demo")] == []
