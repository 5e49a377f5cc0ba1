"""The open ads for other systems: what the pages show and refuse, as data and in the same words."""

import json
from collections.abc import Callable
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from flask.testing import FlaskClient

from portal import scope
from portal.ads.services.publishing import withdraw_ad
from portal.interface.forms import MOST, Advert, ListQuestion, Page
from tests.ads.drafts import by
from tests.counting import statements
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]


def asked(client: FlaskClient, path: str, status: int = 200) -> Any:
    answer = client.get(path)
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.mimetype == ("application/json" if status == 200 else "application/problem+json")
    return json.loads(answer.data)


def test_the_list_and_each_ad_say_what_their_description_says(world: World, client: FlaskClient) -> None:
    first = publish_ad(world, deadline=date(2026, 12, 4))
    second = publish_ad(world, party=world.rival, employer="party", salary_low=None, salary_high=None)
    page = asked(client, "/api/v1/ads")
    assert [row["id"] for row in page["hits"]] == [first.reference, second.reference]
    assert Page.model_validate(page).model_dump() == page
    one = asked(client, f"/api/v1/ads/{first.reference}")
    assert Advert.model_validate(one).model_dump() == one
    assert one == page["hits"][0]
    assert one["term"] == {
        "earliest_start": "2027-02-01", "latest_end": "2030-12-31", "limit": "2030-12-31", "election_day": "2030-09-08",
        "law": "kommunallagen 4 kap. 33 §",
    }  # fmt: skip
    assert page["hits"][1]["term"]["law"] is None
    assert one["application_deadline"] == "2026-12-04T23:59:59+01:00"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("parti=Dalpartiet", 1),
        ("parti=Dalpartiet&ort=Härnösand", 1),
        ("parti=Okänt", 0),
        ("omfattning=deltid", 0),
        ("", 3),
    ],
)
def test_the_filters_find_what_the_page_finds(world: World, client: FlaskClient, question: str, found: int) -> None:
    for party in (world.party, world.party, world.rival):
        publish_ad(world, party=party)
    page = asked(client, f"/api/v1/ads?{question}")
    assert (page["total"]["value"], len(page["hits"])) == (found, found)
    assert client.get(f"/?{question}").get_data(as_text=True).count('href="/annonser/') >= found


def test_a_long_list_comes_in_parts(world: World, client: FlaskClient) -> None:
    ads = [publish_ad(world, deadline=date(2026, 12, day)).reference for day in (4, 7, 9)]
    parts = [asked(client, f"/api/v1/ads?limit=2&offset={offset}") for offset in (0, 2, 4)]
    assert [[row["id"] for row in part["hits"]] for part in parts] == [ads[:2], ads[2:], []]
    assert {part["total"]["value"] for part in parts} == {3}


@pytest.mark.parametrize(
    "question", ["limit=0", f"limit={MOST + 1}", "limit=många", "offset=-1", "offset=1e9", "limit="]
)
def test_a_value_that_cannot_be_meant_is_refused_with_what_to_do(client: FlaskClient, question: str) -> None:
    told = asked(client, f"/api/v1/ads?{question}", 422)
    assert told["title"] == "Det går inte"
    assert told["detail"].startswith(question.partition("=")[0] + " ska vara ett heltal från")
    english = asked(client, f"/api/v1/ads?{question}&lang=en", 422)
    assert "should be a whole number from" in english["detail"]


@pytest.mark.parametrize("name", ["region", "parti", "ort", "omfattning", "limit"])
def test_a_field_that_is_told_twice_is_refused_with_what_to_do(client: FlaskClient, name: str) -> None:
    told = asked(client, f"/api/v1/ads?{name}=1&{name}=2", 422)
    assert told["detail"] in ("Ange varje fält en gång.", "limit ska vara ett heltal från 1 till 100.")


def test_the_interface_and_the_pages_refuse_with_the_same_words(world: World, client: FlaskClient) -> None:
    gone = publish_ad(world)
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=gone.id, **by(world))
    for tail, status in ((f"annonser/{gone.reference}", 410), ("annonser/finns-inte", 404)):
        reference = tail.partition("/")[2]
        told = asked(client, f"/api/v1/ads/{reference}", status)
        page = client.get(f"/{tail}")
        assert page.status_code == status
        text = unescape(page.data.decode())
        assert told["title"] in text
        assert told["detail"] in text


@pytest.mark.parametrize("reference", ["%00", "%ff", "a" * 3000, "..%2f..%2f", "' or 1=1 --"])
def test_a_reference_that_nobody_gave_is_not_there(client: FlaskClient, reference: str) -> None:
    assert client.get(f"/api/v1/ads/{reference}").status_code == 404


def test_an_address_under_the_interface_that_is_none_answers_as_data(client: FlaskClient) -> None:
    for method in ("GET", "POST", "PUT", "DELETE"):
        answer = client.open("/api/v1/nothing", method=method)
        assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_it_sets_no_cookie_asks_once_and_then_answers_304(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    for path in ("/api/v1/ads", f"/api/v1/ads/{ad.reference}", "/api/v1/openapi.json"):
        first = client.get(path)
        with statements(world.app) as made:
            again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, made.count <= 1) == (304, True)
        assert "Set-Cookie" not in first.headers
        assert first.headers["Cache-Control"].startswith("public, max-age=")


def test_the_description_names_both_addresses_and_the_pages_own_filters(client: FlaskClient) -> None:
    told = asked(client, "/api/v1/openapi.json")
    assert set(told["paths"]) == {"/api/v1/ads", "/api/v1/ads/{reference}"}
    several, one = (told["paths"][path]["get"] for path in sorted(told["paths"]))
    assert several["summary"] == "The ads that take applications now"
    assert [row["name"] for row in several["parameters"]] == list(ListQuestion.model_fields)
    assert set(several["responses"]) == {"200", "422"}
    assert set(one["responses"]) == {"200", "404", "410", "422"}


def test_a_closed_ad_stays_without_a_way_to_apply(world: World, client: FlaskClient, set_clock: Clock) -> None:
    by_region, by_party = publish_ad(world), publish_ad(world, employer="party")
    set_clock("2026-12-20T10:00")
    assert asked(client, "/api/v1/ads")["hits"] == []
    assert asked(client, f"/api/v1/ads/{by_party.reference}")["application_details"]["url"] is None
    late = asked(client, f"/api/v1/ads/{by_region.reference}")["application_details"]["url"]
    assert late == f"http://localhost/annonser/{by_region.reference}/ansok"


def test_an_open_ad_is_still_published_for_who_reads_it_as_jobsearch_does(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    """JobSearch shows what has ``publication_date <= now <= last_publication_date``."""
    publish_ad(world, deadline=date(2026, 12, 4))
    now = set_clock("2026-11-25T10:00")
    for row in asked(client, "/api/v1/ads")["hits"]:
        first, last = (datetime.fromisoformat(row[name]) for name in ("publication_date", "last_publication_date"))
        assert first <= now <= last, row["last_publication_date"]
