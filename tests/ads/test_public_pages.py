"""What everybody reads: ready bytes, no session, no cookie, one statement; closed to the second; the same for machines."""

import gzip
import json
import re
from collections.abc import Callable
from datetime import date, datetime
from xml.etree.ElementTree import fromstring

import brotli
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.ads.models import Ad, PublishedAd
from portal.ads.queries import current_version
from portal.ads.services.publishing import end_ad, withdraw_ad
from tests.ads.drafts import by, published, whole_draft
from tests.counting import statements
from tests.pages import parse
from tests.world import Published, World, publish_ad

SetClock = Callable[[str], datetime]
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PUBLIC = ("/", "/annonser/%s", "/annonser/%s?lang=en", "/?lang=en", "/annonser.atom", "/sitemap.xml", "/robots.txt")


def page(client: FlaskClient, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("path", PUBLIC)
def test_no_public_page_sets_a_cookie_or_differs_by_one_even_for_somebody_logged_in(world: World, path: str) -> None:
    ad = publish_ad(world)
    path = path % ad.reference if "%s" in path else path
    for browser in (world.browser(), world.browser(world.kansli)):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["Cache-Control"].startswith("public, max-age=")


@pytest.mark.parametrize("path", PUBLIC)
def test_a_page_asks_the_database_at_most_once_and_then_answers_304(
    world: World, client: FlaskClient, path: str
) -> None:
    ad = publish_ad(world)
    path = path % ad.reference if "%s" in path else path
    tag = client.get(path).headers["ETag"]
    with statements(world.app) as asked:
        again = client.get(path, headers={"If-None-Match": tag})
    assert again.status_code == 304
    assert again.data == b""
    assert asked.count <= 1


@pytest.mark.parametrize("ads", [1, 30])
def test_the_list_asks_once_whatever_its_length(world: World, client: FlaskClient, ads: int) -> None:
    for _ in range(ads):
        publish_ad(world)
    client.get("/robots.txt")  # wears the style sheets, once a process
    client.get("/?ort=x")
    with statements(world.app) as asked:
        assert page(client, "/").count('class="ad-row"') == ads
    assert asked.count == 1


def test_the_bytes_are_the_same_in_every_coding_and_small_on_the_wire(world: World) -> None:
    ad, client = publish_ad(world), FlaskClient(world.app)  # a browser that does not read what is packed
    path = f"/annonser/{ad.reference}"
    plain = client.get(path).data
    packed = client.get(path, headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["Content-Encoding"] == "br"
    assert brotli.decompress(packed.data) == plain
    assert gzip.decompress(client.get(path, headers={"Accept-Encoding": "gzip"}).data) == plain
    sheet = re.search(rb'href="(/static/[^"]+/public\.css)"', plain)
    assert sheet is not None
    css = client.get(sheet[1].decode(), headers={"Accept-Encoding": "br"})
    assert len(packed.data) + len(css.data) < 20_000


def test_the_page_tells_who_employs_who_is_controller_publicity_and_for_how_long(
    world: World, client: FlaskClient
) -> None:
    text = page(client, f"/annonser/{publish_ad(world).reference}")
    for words in ("Region Ådalen anställer dig", "Regionstyrelsen i Region Ådalen", "blir allmän handling",
                  "Gallras 24 månader efter att beslutet fått laga kraft", "Gallringsbeslut 2024 § 12",
                  "31 december 2030", "Rätt till ledighet", "38\u00a0000–46\u00a0000", "kl. 23.59"):  # fmt: skip
        assert words in text, words
    of_party = page(client, f"/annonser/{publish_ad(world, employer='party').reference}")
    assert "Närvårdspartiet anställer dig" in of_party
    assert "Raderas 24 månader" in of_party
    assert "Bara partiet läser den" in of_party
    assert "Rätt till ledighet" not in of_party


def test_the_english_page_keeps_the_ad_in_swedish_and_says_so(world: World, client: FlaskClient) -> None:
    path = f"/annonser/{publish_ad(world).reference}"
    assert '<html lang="sv">' in page(client, path)
    text = page(client, f"{path}?lang=en")
    assert '<html lang="en">' in text
    assert '<span lang="sv">Politisk sekreterare på heltid</span>' in text


def test_it_closes_at_midnight_in_stockholm_to_the_second(
    world: World, client: FlaskClient, set_clock: SetClock
) -> None:
    party_ad, region_ad = publish_ad(world, employer="party"), publish_ad(world)
    set_clock("2026-12-11T23:59:58")
    assert "sista dagen" in page(client, f"/annonser/{party_ad.reference}")
    assert page(client, "/").count('class="ad-row"') == 2
    set_clock("2026-12-12T00:00:00")
    assert page(client, "/").count('class="ad-row"') == 0
    closed = page(client, f"/annonser/{party_ad.reference}")
    assert "Det går inte längre att söka" in closed
    assert "ld+json" not in closed
    assert "märks som sen" in page(client, f"/annonser/{region_ad.reference}")
    assert f"/annonser/{region_ad.reference}" not in page(client, "/annonser.atom")


def test_the_days_left_are_those_of_the_day_it_is_read(world: World, client: FlaskClient, set_clock: SetClock) -> None:
    path = f"/annonser/{publish_ad(world).reference}"
    assert "18 dagar kvar" in page(client, path)
    set_clock("2026-11-24T00:00:01")
    assert "17 dagar kvar" in page(client, path)


def test_a_withdrawn_ad_says_so_and_is_gone_from_the_list(world: World, client: FlaskClient) -> None:
    ad_id = whole_draft(world)
    path = f"/annonser/{published(world, ad_id)}"
    page(client, path)
    with world.writing(scope.party(world.party)) as session:
        withdraw_ad(session, ad_id=ad_id, **by(world))
    text = page(client, path, 410)
    assert "Annonsen är tillbakadragen" in text
    assert "Sök tjänsten" not in text
    assert 'class="ad-row"' not in page(client, "/")


def test_an_ended_ad_says_that_the_recruitment_is_over(world: World, client: FlaskClient) -> None:
    ad_id = whole_draft(world)
    path = f"/annonser/{published(world, ad_id)}"
    with world.writing(scope.party(world.party)) as session:
        end_ad(session, ad_id=ad_id, **by(world))
    assert "Rekryteringen är avslutad" in page(client, path)


@pytest.mark.parametrize("reference", ["finns-inte", "%00", "a" * 200, "..%2f..", "åäö"])
def test_an_address_of_no_ad_is_the_static_404(world: World, client: FlaskClient, reference: str) -> None:
    unused: TestResponse = client.get("/annonser/aaaaaaaaaa")
    found = client.get(f"/annonser/{reference}")
    assert (found.status_code, found.data) == (404, unused.data)


def test_a_draft_has_no_public_page(world: World, client: FlaskClient) -> None:
    ad_id = whole_draft(world)
    with world.acting(scope.party(world.party)) as session:
        reference = session.get_one(Ad, ad_id).reference
    unused: TestResponse = client.get("/annonser/aaaaaaaaaa")
    found = client.get(f"/annonser/{reference}")
    assert (found.status_code, found.data) == (404, unused.data)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 3), ("?region=Region+%C3%85dalen", 3), ("?region=Region+X", 0), ("?parti=Dalpartiet", 1),
        ("?ort=Sollefte%C3%A5", 1), ("?omfattning=deltid", 1), ("?omfattning=heltid", 1),
        ("?parti=Dalpartiet&omfattning=deltid", 0), ("?ort=%00", 0), ("?omfattning=annat", 0),
    ],
)  # fmt: skip
def test_the_list_is_filtered_by_its_address(world: World, client: FlaskClient, query: str, found: int) -> None:
    publish_ad(world)
    publish_ad(world, extent_percent=70, place="Sollefteå")
    publish_ad(world, party=world.rival, extent_percent=None)
    text = page(client, f"/{query}")
    assert text.count('class="ad-row"') == found
    if not found:
        assert "Ingen öppen annons passar" in text


def test_the_list_stands_in_order_of_last_day_and_tells_who_employs(world: World, client: FlaskClient) -> None:
    publish_ad(world, title="Senare", deadline=date(2027, 1, 4))
    publish_ad(world, title="Tidigare", employer="party", latest_end=None)
    text = page(client, "/")
    assert text.index("Tidigare") < text.index("Senare")
    assert "Anställs av partiet, tills vidare" in text
    assert "Anställs av regionen, längst till 31 december 2030" in text


def test_an_empty_list_says_so(world: World, client: FlaskClient) -> None:
    assert "Just nu finns inga öppna annonser" in page(client, "/")


HOSTILE = '</script><script src="//x"></script><b>&amp;'


def test_markup_in_an_ad_is_text_on_the_page_and_in_the_json(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, title=HOSTILE, intro=HOSTILE, place=HOSTILE, tasks=[HOSTILE], hours=HOSTILE)
    text = page(client, f"/annonser/{ad.reference}")
    tree = parse(text)
    scripts = [node for node in tree.iter() if str(node.tag).endswith("script")]
    assert [node.get("type") for node in scripts] in (["application/ld+json"], ["application/ld+json", "module"])
    raw = text.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    assert "<" not in raw
    told = json.loads(raw)
    assert told["@type"] == "JobPosting"
    assert told["title"] == HOSTILE
    assert '<script src="//x">' not in page(client, "/")


def test_the_json_says_what_the_page_says(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    text = page(client, f"/annonser/{ad.reference}")
    told = json.loads(text.partition('<script type="application/ld+json">')[2].partition("</script>")[0])
    assert told["validThrough"] == "2026-12-11T23:59:59+01:00"
    assert told["hiringOrganization"]["name"] == "Region Ådalen"
    assert told["employmentType"] == ["FULL_TIME", "TEMPORARY"]
    assert told["baseSalary"]["value"]["minValue"] == 38000
    assert told["url"] == f"http://localhost/annonser/{ad.reference}"


def test_the_feed_and_the_sitemap_parse_and_name_every_open_ad(world: World, client: FlaskClient) -> None:
    ads = [publish_ad(world), publish_ad(world, party=world.rival, title="Å & <Ö>")]
    feed = fromstring(client.get("/annonser.atom").data)
    entries = {node.findtext(f"{ATOM}title") for node in feed.iter(f"{ATOM}entry")}
    assert entries == {"Politisk sekreterare på heltid", "Å & <Ö>"}
    assert all(node.findtext(f"{ATOM}{name}") for node in feed.iter(f"{ATOM}entry") for name in ("id", "updated"))
    places = {node.text for node in fromstring(client.get("/sitemap.xml").data).iter(f"{SITEMAP}loc")}
    assert {f"http://localhost/annonser/{ad.reference}" for ad in ads} <= places
    assert "Sitemap: http://localhost/sitemap.xml" in page(client, "/robots.txt")


def test_a_title_of_three_hundred_signs_is_shown_whole(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, title="Å" * 300)
    assert "Å" * 300 in page(client, f"/annonser/{ad.reference}")


def test_what_is_shown_is_the_published_version_and_not_the_draft_behind_it(world: World, client: FlaskClient) -> None:
    ad: Published = publish_ad(world)
    page(client, f"/annonser/{ad.reference}")
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, ad.id).title = "Ännu inte publicerad rubrik"
    assert "Ännu inte publicerad" not in page(client, f"/annonser/{ad.reference}")
    with world.writing(scope.PLATFORM) as session:
        old = current_version(session, ad.reference)
        assert old is not None
        old.superseded_at = clock.now()
        values = {name: getattr(old, name) for name in ("reference", "ad_id", "party_id", "authority_id", "employer")}
        session.flush()
        session.add(
            PublishedAd(
                **values,
                version=2,
                content={**old.content, "title": "Rättad rubrik"},
                published_at=clock.now(),
                closes_at=old.closes_at,
            )  # fmt: skip
        )
    assert "Rättad rubrik" in page(client, f"/annonser/{ad.reference}")
