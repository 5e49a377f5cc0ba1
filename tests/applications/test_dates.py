"""What happens when: in order of date and written alike, whatever the ad's own timetable says."""

import doctest
from datetime import date

import pytest
from flask.testing import FlaskClient

from portal.ads import timetable
from tests.applications.paper import apply, private_link
from tests.door import inside, own_browser
from tests.forms import submit
from tests.pages import XHTML, parse
from tests.world import World, publish_ad

TIMETABLE = [["13 jan", "Alla har fått besked"], ["vecka 3", "Du får veta mer"], ["28 dec–4 jan", "Intervjuer"]]


def dates_on(page: str) -> list[str]:
    """The list of dates, each with what happens."""
    (shown,) = [e for e in parse(page).iter(f"{XHTML}dl") if e.get("class") == "dates"]
    rows = shown.iter(f"{XHTML}div")
    return [" ".join(" ".join(part.strip() for part in row.itertext()).replace("\xa0", " ").split()) for row in rows]


def test_the_examples_hold() -> None:
    assert doctest.testmod(timetable).failed == 0


def test_dates_stand_in_order_and_alike_on_receipt_and_private_page(world: World, client: FlaskClient) -> None:
    receipt = apply(client, publish_ad(world, timetable=TIMETABLE, expected_decision=date(2027, 1, 9)))
    shown = dates_on(receipt.get_data(as_text=True))
    assert shown[0].endswith("Din ansökan kom in")
    assert shown[1:] == [
        "11 december 2026 Sista ansökningsdag",
        "28 december 2026–4 januari 2027 Intervjuer",
        "9 januari 2027 Beslut väntas",
        "13 januari 2027 Alla har fått besked",
        "vecka 3 Du får veta mer",
    ]
    private = own_browser(world).get(private_link(receipt))
    assert dates_on(private.get_data(as_text=True)) == shown


@pytest.mark.parametrize(("lang", "months"), [("sv", ("januari", "december")), ("en", ("January", "December"))])
def test_the_ads_own_page_has_its_dates_in_order_and_in_the_language_of_the_page(
    world: World, client: FlaskClient, lang: str, months: tuple[str, str]
) -> None:
    ad = publish_ad(world, timetable=TIMETABLE)
    shown = dates_on(client.get(f"/annonser/{ad.reference}?lang={lang}").get_data(as_text=True))
    assert [row.split(" 2026")[0] for row in shown[:2]] == [f"11 {months[1]}", f"28 {months[1]}"]
    assert shown[2] == f"13 {months[0]} 2027 Alla har fått besked"


@pytest.mark.parametrize("timetable", [[], TIMETABLE])
def test_a_decision_day_that_was_assumed_promises_nothing_beside_a_timetable(
    world: World, client: FlaskClient, timetable: list[list[str]]
) -> None:
    ad = publish_ad(world, timetable=timetable, expected_decision=date(2026, 12, 12))
    shown = " ".join(dates_on(apply(client, ad).get_data(as_text=True)))
    assert ("Beslut väntas" in shown) == (timetable == [])


def test_once_it_is_taken_back_nothing_more_is_promised(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, timetable=TIMETABLE)
    link = private_link(apply(client, ad))
    browser = world.browser()
    place = inside(world, browser, link)
    submit(browser, f"{place}/ta-tillbaka", {}, "Ta tillbaka ansökan")
    shown = dates_on(browser.get(place).get_data(as_text=True))
    assert [row.rpartition(" kl. ")[2][5:].strip() for row in shown] == [
        "Din ansökan kom in",
        "Du tog tillbaka ansökan",
    ]
