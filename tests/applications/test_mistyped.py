"""An address that looks mistyped is asked about once, with what was probably meant, and never refused."""

import pytest
from flask.testing import FlaskClient

from portal.applications.mistyped import ASKED_ABOUT, COMMON, is_one_slip, likely_meant
from tests.applications.paper import DETAILS, applications_in, apply, base, page_one, page_two, send
from tests.forms import submit_page
from tests.world import World, publish_ad

ASKED = "Menade du alma@gmail.com?"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("alma@gmial.com", "alma@gmail.com"),  # two letters have changed places
        ("Alma.E@GMAL.com", "Alma.E@gmail.com"),  # one is lacking
        ("alma@gmaill.com", "alma@gmail.com"),  # one too many
        ("alma@gnail.com", "alma@gmail.com"),  # another
        ("alma@gmail.se", "alma@gmail.com"),
        ("alma@gmail.con", "alma@gmail.com"),
        ("alma@hotmial.se", "alma@hotmail.se"),
        ("alma@outlok.com", "alma@outlook.com"),
        ("alma@telia.con", "alma@telia.com"),
        ("alma@gmail.com", ""),
        ("alma@mail.com", ""),  # one letter from gmail.com, and a place of its own
        ("alma@ymail.com", ""),
        ("alma@hotmail.de", ""),
        ("alma@example.se", ""),
        ("alma@regionadalen.example", ""),
        ("alma", ""),
        ("@gmial.com", ""),
        ("", ""),
    ],
)
def test_one_slip_in_a_common_domain_is_seen_and_nothing_else(typed: str, meant: str) -> None:
    assert likely_meant(typed) == meant


def test_no_common_domain_is_taken_for_another() -> None:
    assert set(ASKED_ABOUT) <= COMMON
    assert [one for one in COMMON if likely_meant(f"a@{one}")] == []
    assert not is_one_slip("gmail.com", "gmail.com") and not is_one_slip("moc.liamg", "gmail.com")


def test_what_was_meant_is_taken_by_one_press_and_the_check_page_shows_it(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    asked = page_one(client, ad, **{"E-post": "alma@gmial.com"})
    page = asked.get_data(as_text=True)
    assert asked.status_code == 422 and ASKED in page and 'value="alma@gmial.com"' in page
    assert DETAILS["Namn"] in page, "nothing is lost"
    onward = submit_page(client, asked, base(ad), {}, "Byt till alma@gmail.com och fortsätt")
    assert (onward.status_code, onward.headers["Location"]) == (303, f"{base(ad)}/handlingar")
    page_two(client, ad)
    check = client.get(f"{base(ad)}/kontrollera").get_data(as_text=True)
    assert "Kvittot går till" in check and "<strong>alma@gmail.com</strong>" in check
    assert send(client, ad).status_code == 303


def test_what_was_typed_is_kept_by_pressing_on_and_another_slip_is_another_question(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world)
    asked = page_one(client, ad, **{"E-post": "alma@gmial.com"})
    again = submit_page(client, asked, base(ad), {"E-post": "alma@gnail.com"}, "Fortsätt")
    assert again.status_code == 422 and ASKED in again.get_data(as_text=True)
    assert submit_page(client, again, base(ad), {}, "Fortsätt").status_code == 303
    assert 'value="alma@gnail.com"' in client.get(base(ad)).get_data(as_text=True)
    assert page_one(client, ad, **{"E-post": "alma@gnail.com"}).status_code == 303, "asked once of the same address"


def test_nobody_else_can_be_put_in_by_the_button(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    asked = page_one(client, ad, **{"E-post": "alma@gmial.com"})
    forged = submit_page(client, asked, base(ad), {"E-post": "alma@gmial.com", "confirmed": ""}, "Fortsätt")
    assert forged.status_code == 422, "without the page's word it is asked again"


def test_who_comes_back_by_the_ad_is_led_to_the_draft_that_is_begun(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    words = "Du har ett påbörjat utkast"
    assert words not in client.get(base(ad)).get_data(as_text=True)
    page_one(client, ad)
    page = client.get(base(ad)).get_data(as_text=True)
    assert words in page
    assert f'href="{base(ad)}/handlingar">Fortsätt där du var' in page and f'href="{base(ad)}/ta-bort">Börja om' in page
    assert words not in world.browser().get(base(ad)).get_data(as_text=True), "nobody else's browser"
    assert words not in client.get(f"/annonser/{ad.reference}").get_data(as_text=True), "the public page knows nothing"


def test_after_the_sending_the_way_is_the_receipt(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    apply(client, ad)
    assert client.get(base(ad)).headers["Location"] == f"{base(ad)}/kvitto"
    assert len(applications_in(world, ad)) == 1
