"""An ad that is begun: once for each press, with its employer's own rule of how long applications are kept."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from portal import clock, scope
from portal.organisations.models import Authority
from portal.organisations.retention import Retention
from portal.organisations.services.settings import say_rule
from tests.ads.drafts import stored
from tests.forms import submit, submit_page
from tests.world import World, publish_ad

NEW, READ, SAVE = "/arbete/rekryteringar/ny", "/arbete/rekryteringar/las-in", "Spara och fortsätt"
KEPT = ("retention_months", "retention_rule")


@pytest.fixture
def office(world: World) -> FlaskClient:
    return world.browser(world.kansli)


def made(answer: object) -> UUID:
    return UUID(answer.headers["Location"].split("/")[3])  # type: ignore[attr-defined]


def region_says(world: World, months: int, basis: str, since: date) -> None:
    with world.writing(scope.PLATFORM) as session:
        say_rule(
            session, session.get_one(Authority, world.authority), Retention(months, basis, since), None, clock.now()
        )


@pytest.mark.parametrize(
    ("path", "data", "button"),
    [(NEW, {}, "Börja skriva"), (READ, {"text": "Politisk sekreterare"}, None)],
    ids=["blank", "read in"],
)
def test_two_presses_make_one_draft_and_another_form_another(
    office: FlaskClient, path: str, data: dict[str, str], button: str | None
) -> None:
    page = office.get(path)
    one, two = (made(submit_page(office, page, path, data, button)) for _ in range(2))
    assert one == two
    assert made(submit(office, path, data, button)) != one


def test_the_same_page_copies_and_begins_anew(world: World, office: FlaskClient) -> None:
    earlier = publish_ad(world)
    page = office.get(NEW)
    copied = made(submit_page(office, page, NEW, {"from": str(earlier.id)}, "Gör en ny från den här"))
    assert made(submit_page(office, page, NEW, {}, "Börja skriva")) != copied


def test_another_form_of_the_same_text_is_read_anew(office: FlaskClient) -> None:
    page = office.get(READ)
    first = made(submit_page(office, page, READ, {"text": "Politisk sekreterare"}))
    assert made(submit_page(office, page, READ, {"text": "Politisk sekreterare i Luleå"})) != first


def test_who_employs_brings_its_own_rule(world: World, office: FlaskClient) -> None:
    region_says(world, 12, "Gallringsbeslut RS 2025 § 7", date(2026, 1, 1))
    ad_id = made(submit(office, NEW, {}, "Börja skriva"))
    url = f"/arbete/rekryteringar/{ad_id}/annons/arbetsgivare"
    submit(office, url, {"employer": "authority"}, SAVE)
    assert stored(world, ad_id, *KEPT) == (12, "Gallringsbeslut RS 2025 § 7")
    submit(office, url, {"employer": "party"}, SAVE)
    assert stored(world, ad_id, *KEPT) == (24, "Partiets egen regel")
    submit(office, url, {"employer": "authority", "retention_months": "36", "retention_rule": "Eget § 1"}, SAVE)
    assert stored(world, ad_id, *KEPT) == (36, "Eget § 1"), "what is typed along with the choice stays"


def test_a_copy_has_the_rule_of_its_own_day(world: World, set_clock: Callable[[str], datetime]) -> None:
    old = publish_ad(world)
    set_clock("2030-11-20T10:00")
    region_says(world, 12, "Gallringsbeslut 2030 § 7", date(2030, 1, 1))
    office = world.browser(world.kansli)
    copy = made(submit(office, NEW, {"from": str(old.id)}, "Gör en ny från den här"))
    assert stored(world, copy, *KEPT) == (12, "Gallringsbeslut 2030 § 7")


def test_a_copy_has_the_earlier_ads_rule_where_the_employer_has_said_none(world: World, office: FlaskClient) -> None:
    old = publish_ad(world)
    copy = made(submit(office, NEW, {"from": str(old.id)}, "Gör en ny från den här"))
    assert stored(world, copy, *KEPT) == stored(world, old.id, *KEPT)
