"""The pages that say how things are: for everybody, without a cookie, kept by caches for a while."""

import pytest
from flask.testing import FlaskClient

from portal import scope
from portal.organisations.models import Authority
from tests.world import World

ADDRESSES = (
    "/sa-gar-det-till",
    "/tillganglighet",
    "/personuppgifter",
    "/sakerhet",
    "/kontakt",
    "/allmanna-handlingar",
    "/.well-known/security.txt",
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_public_sets_no_cookie_and_may_be_kept(world: World, client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_public_address_of_an_authority_is_shown_where_one_asks(world: World, client: FlaskClient) -> None:
    for address in ("/kontakt", "/tillganglighet", "/personuppgifter"):
        assert "inte lämnat någon adress" in client.get(address).get_data(as_text=True)
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Authority, world.authority).contact_email = "fragor@example.se"
    for address in ("/kontakt", "/tillganglighet", "/personuppgifter"):
        assert "mailto:fragor@example.se" in client.get(address).get_data(as_text=True)
    lines = client.get("/.well-known/security.txt").get_data(as_text=True).splitlines()
    assert "Contact: mailto:fragor@example.se" in lines
    assert [line for line in lines if line.startswith("Expires: 2027-05-22T")]


def test_each_part_that_could_be_lost_is_on_the_security_page(world: World, client: FlaskClient) -> None:
    page = client.get("/sakerhet").get_data(as_text=True)
    for part in ("Databasen", "Mappen med handlingar", "Nyckellagret", "Webbservern", "E-postservern", "Loggen"):
        assert part in page
    assert "skyddar portalen inte mot" in page
