"""What the public page, the feed and machines say of an ad is what the ad says, in every state and to the day."""

import re
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID
from xml.etree.ElementTree import fromstring

import pytest
from flask.testing import FlaskClient

from portal import clock, scope
from portal.ads.services.parts import save_term
from portal.posts.employer_model import Employer
from portal.review.visibility import Sharing
from tests.ads.drafts import TERM, by, published, stored, whole_draft
from tests.forms import submit
from tests.world import World, publish_ad

SAVE = "Spara och fortsätt"


def place(ad_id: UUID, part: str) -> str:
    return f"/arbete/rekryteringar/{ad_id}/annons/{part}"


@pytest.mark.parametrize("sign", ["\uffff", "\ufffe", "\ufdd0", "\u202e"])
def test_no_sign_that_is_nobodys_gets_into_an_ad_or_breaks_the_feed(world: World, sign: str) -> None:
    office, ad_id = world.browser(world.kansli), whole_draft(world)
    typed = {"title": f"Sekreterare {sign}abc", "intro": "x"}
    assert submit(office, place(ad_id, "rubrik"), typed, SAVE).status_code == 303
    assert stored(world, ad_id, "title") == ("Sekreterare abc",)
    published(world, ad_id)
    publish_ad(world, party=world.rival, title="Sparad \uffff förr \ufffe")
    feed = fromstring(world.browser().get("/annonser.atom").data)
    titles = [node.text for node in feed.iter("{http://www.w3.org/2005/Atom}title")]
    assert "Sparad  förr " in titles


@pytest.mark.parametrize(
    ("low", "high", "never"), [(38000, None, "maxValue"), (None, 46000, "minValue"), (None, None, "baseSalary")]
)
def test_machines_are_told_no_bound_that_the_ad_does_not_have(
    world: World, client: FlaskClient, low: int | None, high: int | None, never: str
) -> None:
    ad = publish_ad(world, salary_low=low, salary_high=high)
    page = client.get(f"/annonser/{ad.reference}").get_data(as_text=True)
    assert never not in page
    assert all(f": {bound}" in page for bound in (low, high) if bound)


@pytest.mark.parametrize(("extent", "told"), [(50, False), (99, False), (100, True), (None, True)])
def test_machines_are_not_told_full_time_pay_for_part_time_work(
    world: World, client: FlaskClient, extent: int | None, told: bool
) -> None:
    ad = publish_ad(world, extent_percent=extent, salary_low=38000, salary_high=46000)
    assert ("baseSalary" in client.get(f"/annonser/{ad.reference}").get_data(as_text=True)) is told


def test_the_election_is_asked_about_where_nearly_all_end_with_it(world: World, client: FlaskClient) -> None:
    publish_ad(world, employment_form="vikariat", latest_end=date(2027, 8, 31))
    asked = "Varför slutar nästan alla 2030"
    assert asked not in client.get("/").get_data(as_text=True)
    for _ in range(3):
        publish_ad(world)
    assert asked in client.get("/").get_data(as_text=True)
    publish_ad(world, employment_form="vikariat", latest_end=date(2027, 8, 31))
    assert asked not in client.get("/").get_data(as_text=True)


def test_how_it_goes_promises_what_the_rule_keeps(client: FlaskClient) -> None:
    assert not Sharing().scores_wait_for_all
    page = client.get("/sa-gar-det-till").get_data(as_text=True)
    assert "En bedömare ser en annans poäng först när båda har lämnat in." in page


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_day_that_is_settled_is_no_earliest_day(world: World, client: FlaskClient, language: str) -> None:
    words = {"sv": "tidigast", "en": "at the earliest"}[language]
    for agreed in (True, False):
        ad = publish_ad(world, start_agreed=agreed)
        page = client.get(f"/annonser/{ad.reference}?lang={language}").get_data(as_text=True)
        assert (words in page) is agreed


def test_a_correction_makes_no_ad_younger(
    world: World, client: FlaskClient, set_clock: Callable[[str], datetime]
) -> None:
    ad_id = whole_draft(world)
    reference = published(world, ad_id)
    set_clock("2026-12-05T10:00")
    office = world.browser(world.kansli)
    submit(office, place(ad_id, "rubrik"), {"title": "Rättad rubrik", "intro": "Text."}, SAVE)
    assert submit(office, place(ad_id, "publicera"), {}, "Publicera ändringarna").status_code == 303
    told = client.get(f"/api/v1/ads/{reference}").json
    assert told is not None and told["headline"] == "Rättad rubrik"
    assert told["publication_date"].startswith("2026-11-23")
    assert told["correction_date"].startswith("2026-12-05")
    assert '"datePosted": "2026-11-23"' in client.get(f"/annonser/{reference}").get_data(as_text=True)


@pytest.mark.parametrize("year", ["2027", "2032", "2040"])
def test_the_picture_of_an_old_ad_keeps_to_its_box(
    world: World, client: FlaskClient, set_clock: Callable[[str], datetime], year: str
) -> None:
    ads = [publish_ad(world), publish_ad(world, latest_end=date(2027, 8, 31))]
    set_clock(f"{year}-05-01T12:00")
    for ad in ads:
        places = re.findall(r'<svg x="([\d.]+)%"', client.get(f"/annonser/{ad.reference}").get_data(as_text=True))
        assert places and all(float(place) <= 100 for place in places), places


def test_the_feed_knows_one_language(world: World, client: FlaskClient) -> None:
    publish_ad(world)
    swedish = client.get("/annonser.atom").data
    assert "december 2030" in swedish.decode().replace("\u00a0", " ")
    assert client.get("/annonser.atom?lang=en", headers={"Accept-Language": "en"}).data == swedish


@pytest.mark.parametrize(
    ("form", "ends", "what"),
    [
        ("visstid", date(2027, 12, 31), "visstidsanställd"),
        ("visstid", date(2029, 3, 31), "visstidsanställd"),
        ("vikariat", date(2028, 3, 31), "vikarie"),
        ("vikariat", date(2029, 3, 31), "vikarie"),
    ],
)
def test_las_5_a_an_ad_promises_no_day_that_an_applicant_may_have_come_nearer(
    world: World, form: str, ends: date, what: str
) -> None:
    """Twelve months, or two years, are counted over five years: nobody knows yet what whoever applies has behind them."""
    ad_id = whole_draft(world, employer=Employer.PARTY)
    with world.writing(scope.party(world.party)) as session:
        save_term(
            session,
            ad_id=ad_id,
            values={**TERM, "employment_form": form, "latest_end": ends},
            on=clock.today(),
            **by(world),
        )
    page = world.browser(world.kansli).get(place(ad_id, "slutdatum")).get_data(as_text=True)
    assert f"Har den som anställs varit {what} hos partiet de senaste fem åren kommer dagen tidigare." in page
    assert "Räknat på att den börjar" not in page


def test_a_day_that_is_counted_from_an_assumed_first_day_says_so(world: World) -> None:
    ad_id = whole_draft(world, employer=Employer.PARTY)
    with world.writing(scope.party(world.party)) as session:
        values = {**TERM, "employment_form": "visstid", "expected_decision": date(2027, 1, 7), "earliest_start": None}
        save_term(
            session, ad_id=ad_id, values={**values, "latest_end": date(2028, 6, 30)}, on=clock.today(), **by(world)
        )
    page = world.browser(world.kansli).get(place(ad_id, "slutdatum")).get_data(as_text=True).replace("\u00a0", " ")
    assert "7 januari 2028 blir anställningen en tillsvidareanställning" in page
    assert "Räknat på att den börjar 7 januari 2027, för första dagen saknas." in page


@pytest.mark.parametrize(("percent", "said"), [(50, True), (100, False)])
def test_the_pay_of_part_of_a_post_says_that_it_is_for_full_time(world: World, percent: int, said: bool) -> None:
    ad = publish_ad(world, extent_percent=percent)
    for place in (f"/annonser/{ad.reference}", "/"):
        page = world.browser().get(place).get_data(as_text=True)
        assert "kr/mån" in page and ("räknat på heltid" in page) is said
    english = world.browser().get(f"/annonser/{ad.reference}?lang=en").get_data(as_text=True)
    assert ("for full time" in english) is said


def test_where_no_sum_is_said_nothing_says_what_it_is_for(world: World) -> None:
    ad = publish_ad(world, extent_percent=50, salary_low=None, salary_high=None)
    page = world.browser().get(f"/annonser/{ad.reference}").get_data(as_text=True)
    assert "Individuell lönesättning" in page and "räknat på heltid" not in page


def test_how_it_goes_is_told_of_one_assessor_too_and_of_what_is_shown_before_sending(client: FlaskClient) -> None:
    page = client.get("/sa-gar-det-till").get_data(as_text=True)
    assert "ser du allt som du skickar" in page
    assert "Är de flera möts de sedan" in page
