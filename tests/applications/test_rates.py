"""Drafts and files are limited per network, generously; whoever meets the limit loses nothing of what was typed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from secrets import token_hex

import pytest
from flask.testing import FlaskClient

from portal.config import DEMO_RATES_FACTOR, Misconfigured, Settings
from portal.web.limits import DRAFTS_PER_NETWORK, FILES_PER_NETWORK
from portal.web.rates import the_rates
from tests.applications.paper import CV, applications_in, base, page_one, page_two, send
from tests.forms import submit_page
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
ELSEWHERE = {"REMOTE_ADDR": "198.51.100.7"}


@pytest.fixture
def ad(world: World) -> Published:
    """An open ad on an installation whose limits are those of a real one."""
    world.app.config["SETTINGS"] = replace(world.app.config["SETTINGS"], rates_factor=1)
    return publish_ad(world)


def use_up(world: World, limit: str, what: str, left: int = 0) -> None:
    """Somebody else in the network sends all that it may, but ``left``."""
    with world.app.app_context():
        assert the_rates().take(limit, what, "127.0.0.0/24", int(limit.split()[0]) - left) == 0


def test_the_sixty_first_draft_of_an_hour_waits_with_everything_typed_still_there(
    world: World, client: FlaskClient, ad: Published, set_clock: Clock
) -> None:
    use_up(world, DRAFTS_PER_NETWORK, "draft from", left=1)
    assert page_one(world.browser(), ad).status_code == 303
    answer = page_one(client, ad)
    page = answer.get_data(as_text=True)
    assert (answer.status_code, "Set-Cookie" in answer.headers) == (429, False)
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert "efter kl. 11.01" in page
    assert 'value="alma@example.se"' in page
    set_clock("2026-11-23T11:01")
    assert submit_page(client, answer, base(ad)).status_code == 303


def test_another_network_and_a_draft_already_begun_wait_for_nothing(
    world: World, client: FlaskClient, ad: Published
) -> None:
    use_up(world, DRAFTS_PER_NETWORK, "draft from", left=1)
    assert page_one(client, ad).status_code == 303
    assert page_one(client, ad, Namn="Alma Ek").status_code == 303
    elsewhere = world.app.test_client()
    elsewhere.environ_base.update(ELSEWHERE)
    assert page_one(elsewhere, ad).status_code == 303


def test_a_file_too_many_is_turned_away_alone_and_can_be_sent_afterwards(
    world: World, client: FlaskClient, ad: Published, set_clock: Clock
) -> None:
    page_one(client, ad)
    use_up(world, FILES_PER_NETWORK, "file from")
    answer = page_two(client, ad)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["Retry-After"]) <= 3600
    assert "så alma-cv.pdf togs inte emot. Välj den igen efter kl. 11.01" in page
    assert "Jag skriver väl." in client.get(f"{base(ad)}/handlingar").get_data(as_text=True)
    assert page_two(client, ad, {"Personligt brev": "Utan fil."}, {}, "Spara utkast").status_code == 303
    set_clock("2026-11-23T11:01")
    assert page_two(client, ad, {}, CV).status_code == 303
    assert send(client, ad).status_code == 303
    assert [row.state for row in applications_in(world, ad)] == ["sent"]


def test_a_demo_is_measured_from_one_machine_and_a_real_installation_never_raises_its_limits() -> None:
    demo = {"PORTAL_DEMO": "1", "PORTAL_SECRET_KEY": "s" * 32}
    real = {
        "PORTAL_SECRET_KEY": token_hex(32),
        "PORTAL_KEYS_FILE": "/keys",
        "PORTAL_BASE_URL": "https://portal.example",
        "PORTAL_SMTP_URL": "smtp://mail.example",
        "PORTAL_MAIL_FROM": "noreply@portal.example",
    }
    assert Settings.from_environment(demo).rates_factor == DEMO_RATES_FACTOR
    assert Settings.from_environment({**demo, "PORTAL_RATES_FACTOR": "3"}).rates_factor == 3
    assert Settings.from_environment(real).rates_factor == 1
    for environment in ({**real, "PORTAL_RATES_FACTOR": "3"}, {**demo, "PORTAL_RATES_FACTOR": "0"}):
        with pytest.raises(Misconfigured):
            Settings.from_environment(environment)


def test_a_portal_answers_to_its_own_name_alone() -> None:
    named = {
        "PORTAL_SECRET_KEY": token_hex(32),
        "PORTAL_KEYS_FILE": "/keys",
        "PORTAL_BASE_URL": "https://portal.example:8443",
        "PORTAL_SMTP_URL": "smtp://mail.example",
        "PORTAL_MAIL_FROM": "noreply@portal.example",
    }
    assert Settings.from_environment(named).trusted_hosts == ("portal.example",)
    demo = {"PORTAL_DEMO": "1", "PORTAL_SECRET_KEY": "s" * 32}
    assert Settings.from_environment(demo).trusted_hosts == ("localhost", "127.0.0.1")
    besides = {**named, "PORTAL_TRUSTED_HOSTS": "portal.internal, 10.0.0.7"}
    assert Settings.from_environment(besides).trusted_hosts[-2:] == ("portal.internal", "10.0.0.7")
