"""The pages that say how things are: for everybody, without a cookie, kept by caches for a while."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from portal import scope
from portal.ads.models import PublishedAd
from portal.ads.services.publishing import withdraw_ad
from portal.applications.routes.guards import COOKIE_DAYS
from portal.links.door import REMEMBERED
from portal.organisations.models import Authority, Party
from tests.ads.drafts import by
from tests.world import World, publish_ad

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


@pytest.mark.parametrize(
    ("employer", "said", "not_said"),
    [
        (
            "party",
            ("Närvårdspartiet i Ådalen är", "artikel 9.2 a", "Raderas 24 månader"),
            ("6.1 e", "Gallras"),
        ),
        ("authority", ("Regionstyrelsen i Region Ådalen är", "6.1 e", "Gallras 24 månader"), ("9.2 a", "Raderas")),
    ],
)
def test_each_ad_tells_whom_it_is_about_by_what_right_and_how_long(
    world: World, client: FlaskClient, employer: str, said: tuple[str, ...], not_said: tuple[str, ...]
) -> None:
    ad = publish_ad(world, employer=employer)
    place = f"/annonser/{ad.reference}/personuppgifter"
    assert place in client.get(f"/annonser/{ad.reference}").get_data(as_text=True)
    assert place in client.get(f"/annonser/{ad.reference}/ansok").get_data(as_text=True)
    answer = client.get(place)
    page = answer.get_data(as_text=True)
    assert "Set-Cookie" not in answer.headers
    assert [
        text for text in (*said, "inom en månad", "gunnel@example.se", "Gallringsbeslut 2024") if text not in page
    ] == []
    assert [text for text in not_said if text in page] == []


@pytest.mark.parametrize("employer", ["party", "authority"])
def test_gdpr_13_1_e_whoever_applies_is_told_that_the_partys_office_reads(
    world: World, client: FlaskClient, employer: str
) -> None:
    """It reads every application of its own, also where the authority employs and it is another body's people."""
    page = client.get(f"/annonser/{publish_ad(world, employer=employer).reference}/personuppgifter")
    assert "Partiets kansli, som sköter rekryteringen" in page.get_data(as_text=True)


def test_gdpr_14_whoever_applies_is_told_what_is_kept_that_they_have_not_sent(client: FlaskClient) -> None:
    page = client.get("/personuppgifter").get_data(as_text=True)
    assert "Det dina referenser säger om dig. Du lämnar dem själv" in page
    assert all(word in page for word in ("Anteckningar från intervjun", "brev mellan dig och kansliet"))


@pytest.mark.parametrize(("employer", "whose"), [("party", Party), ("authority", Authority)])
def test_gdpr_13_1_b_whoever_applies_is_told_how_to_reach_the_data_protection_officer(
    world: World, client: FlaskClient, employer: str, whose: type[Party | Authority]
) -> None:
    other, officer = (Authority if whose is Party else Party), "Dataskyddsombudet, dso@example.se"
    before = publish_ad(world, employer=employer)
    with world.writing(scope.PLATFORM) as session:
        for model, text in ((whose, officer), (other, "Någon annans ombud")):
            session.get_one(model, world.party if model is Party else world.authority).data_officer = text
    after = publish_ad(world, employer=employer)
    pages = [client.get(f"/annonser/{ad.reference}/personuppgifter").get_data(as_text=True) for ad in (before, after)]
    assert "Dataskyddsombud" not in pages[0]  # as it was published
    assert f"Dataskyddsombud: {officer}." in pages[1] and "Någon annans" not in pages[1]
    with world.acting(scope.party(world.party)) as session:
        versions = {row.ad_id: row.content for row in session.scalars(select(PublishedAd))}
    assert "data_officer" not in versions[before.id], "an ad from before is not taken for changed"


def test_who_applied_reads_on_of_their_data_where_the_ad_is_taken_back_and_of_one_that_never_was_nothing_is_told(
    world: World, client: FlaskClient
) -> None:
    """What was sent is still kept, and by whom and until when is told as long as it is (GDPR art. 13)."""
    ad = publish_ad(world)
    address = f"/annonser/{ad.reference}/personuppgifter"
    before = client.get(address).get_data(as_text=True)
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=ad.id, **by(world))
    after, never = client.get(address), client.get(f"/annonser/{'0' * 8}/personuppgifter")
    assert (after.status_code, never.status_code) == (200, 404)
    assert after.get_data(as_text=True) == before


def test_whoever_applies_to_an_authority_is_told_that_its_hr_reads_too(client: FlaskClient) -> None:
    """The role that reads the register is HR and registrar (GDPR art. 13.1 e)."""
    assert "regionens eller kommunens HR och registrator" in client.get("/personuppgifter").get_data(as_text=True)
    assert "the HR staff and the registrar" in client.get("/personuppgifter?lang=en").get_data(as_text=True)


def test_every_cookie_is_told_with_what_it_is_for_and_how_long(client: FlaskClient) -> None:
    """LEK 9 kap. 28 §: the form's, the draft's, the one that a browser is known by at the private page, the log-in's."""
    page = client.get("/personuppgifter").get_data(as_text=True)
    for said in (
        "en för formuläret",
        f"ditt utkast i {COOKIE_DAYS} dagar",
        "minns webbläsaren i två dagar",
        "inloggningen",
    ):
        assert said in page, said
    assert REMEMBERED.days == 2


def test_an_old_backup_is_said_to_be_shut_once_the_copies_of_the_key_are_gone(client: FlaskClient) -> None:
    page = client.get("/personuppgifter").get_data(as_text=True)
    (said, *_) = page.split("ens i en gammal säkerhetskopia")
    assert "kopiorna av nyckeln har slängts, inom 30 dagar" in said[-120:]


def test_what_is_handed_out_is_said_to_be_pictures_also_where_nothing_is_covered(client: FlaskClient) -> None:
    """As `tests/disclosure/test_handed_out.py` finds it: both files have a text layer with nothing in it."""
    for language, words in (
        ("sv", "Handlingar som lämnas ut av en myndighet är bilder av sidorna, utan text, också där inget är täckt."),
        ("en", "pictures of the pages, without text, also where nothing is covered."),
    ):
        assert words in client.get(f"/tillganglighet?lang={language}").get_data(as_text=True)
