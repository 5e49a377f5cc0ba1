"""The office's pages around publishing: marks, preview, more time, taking back, lists; and who may not enter."""

import re
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal.ads.parts import PARTS
from portal.web.qr import qr_picture
from tests.ads.drafts import published, stored, whole_draft
from tests.counting import statements
from tests.forms import submit, submit_page
from tests.pages import XHTML, parse
from tests.world import World, publish_ad

SAVE = "Spara och fortsätt"


def place(ad_id: UUID, part: str = "") -> str:
    return f"/arbete/rekryteringar/{ad_id}/annons{'/' if part else ''}{part}"


@pytest.fixture
def office(world: World) -> FlaskClient:
    return world.browser(world.kansli)


ALL_PARTS = ["", *[part.slug for part in PARTS], "forhandsvisning", "forlang", "dra-tillbaka", "kod.svg"]


@pytest.mark.parametrize("part", ALL_PARTS)
def test_a_rivals_ad_and_an_unused_id_give_the_same_404(world: World, office: FlaskClient, part: str) -> None:
    foreign = publish_ad(world, party=world.rival)
    answers = [office.get(place(ad_id, part)) for ad_id in (foreign.id, uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].data == answers[1].data


@pytest.mark.parametrize("person", ["gunnel", "region", "drift", None])
def test_only_the_office_reaches_the_pages_of_an_ad(world: World, person: str | None) -> None:
    ad_id = whole_draft(world)
    browser = world.browser(getattr(world, person) if person else None)
    for path in (
        "/arbete/rekryteringar/ny",
        "/arbete/rekryteringar/las-in",
        *[place(ad_id, part) for part in ALL_PARTS],
    ):
        assert browser.get(path).status_code in (302, 303, 404), path


@pytest.mark.parametrize("part", [part.slug for part in PARTS])
def test_a_post_without_the_token_changes_nothing(world: World, office: FlaskClient, part: str) -> None:
    ad_id = whole_draft(world)
    before = stored(world, ad_id, "changed_at", "state")
    assert office.post(place(ad_id, part), data={"title": "x"}).status_code in (400, 422)
    assert stored(world, ad_id, "changed_at", "state") == before


def test_a_published_ad_has_its_address_in_words_and_as_a_code_and_a_draft_has_none(
    world: World, office: FlaskClient
) -> None:
    ad = publish_ad(world)
    address = f"http://localhost/annonser/{ad.reference}"
    assert f">{address}<" in office.get(place(ad.id, "publicera")).get_data(as_text=True)
    picture = office.get(place(ad.id, "kod.svg"))
    assert (picture.mimetype, picture.data) == ("image/svg+xml", qr_picture(address, scale=10))
    assert qr_picture(address, scale=10) != qr_picture(f"{address}x", scale=10)
    assert office.get(place(whole_draft(world), "kod.svg")).status_code == 404


def test_the_publish_page_links_every_mark_to_its_part_and_refuses_a_forced_post(
    world: World, office: FlaskClient
) -> None:
    made = submit(office, "/arbete/rekryteringar/ny", {}, "Börja skriva")
    ad_id = UUID(made.headers["Location"].split("/")[3])
    text = office.get(place(ad_id, "publicera")).get_data(as_text=True)
    assert "Publicera annonsen</button>" not in text
    for part in ("arbetsgivare", "rubrik", "arbetsuppgifter", "krav", "sista-dag", "kontakt"):
        assert f"/annons/{part}#" in text
    token = re.search(
        r'name="csrf_token" value="([^"]+)"', office.get("/arbete/rekryteringar/ny").get_data(as_text=True)
    )
    assert token is not None
    forced = office.post(place(ad_id, "publicera"), data={"csrf_token": token[1]})
    assert forced.status_code == 422
    assert stored(world, ad_id, "state") == ("draft",)


def test_pressing_publish_twice_gives_one_version_and_says_so(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    first = office.get(place(ad_id, "publicera"))
    settled = "publicerad: <b>Arbetsgivare, Krav och meriterande, Vad ska skickas in</b>."
    assert settled in first.get_data(as_text=True), "what one press settles for good is said before it"
    for _ in range(2):
        answer = submit_page(office, first, place(ad_id, "publicera"), {}, "Publicera annonsen")
        assert answer.status_code == 303
    after = office.get(place(ad_id, "publicera")).get_data(as_text=True)
    assert "redan publicerad" in after and settled not in after


def test_changes_of_a_published_ad_wait_until_they_are_published(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    reference = published(world, ad_id)
    submit(office, place(ad_id, "rubrik"), {"title": "Ny rubrik", "intro": "Text."}, SAVE)
    assert "ändrat annonsen sedan den publicerades" in office.get(place(ad_id, "publicera")).get_data(as_text=True)
    assert "Ny rubrik" not in world.browser().get(f"/annonser/{reference}").get_data(as_text=True)
    submit(office, place(ad_id, "publicera"), {}, "Publicera ändringarna")
    assert "Ny rubrik" in world.browser().get(f"/annonser/{reference}").get_data(as_text=True)


def test_extending_and_withdrawing_by_the_pages(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    reference = published(world, ad_id)
    early = submit(office, place(ad_id, "forlang"), {"deadline": "2026-12-10"}, "Förläng")
    assert early.status_code == 422
    assert "10 december 2026 är inte senare än 11 december 2026" in early.get_data(as_text=True)
    assert submit(office, place(ad_id, "forlang"), {"deadline": "2026-12-18"}, "Förläng").status_code == 303
    assert "18 december" in world.browser().get(f"/annonser/{reference}").get_data(as_text=True)
    asked = office.get(place(ad_id, "dra-tillbaka")).get_data(as_text=True)
    assert "registrerar ni också efteråt, tills alla har fått besked. Är någon påbörjad" in asked
    assert submit(office, place(ad_id, "dra-tillbaka"), {}, "Dra tillbaka annonsen").status_code == 303
    assert world.browser().get(f"/annonser/{reference}").status_code == 410
    assert "Annonsen är tillbakadragen" in office.get(place(ad_id, "publicera")).get_data(as_text=True)
    shut = office.get(place(ad_id, "forlang")).get_data(as_text=True)
    assert "Annonsen är inte ute" in shut and 'name="deadline"' not in shut


def fields_to_fill_in(page: TestResponse) -> list[bool]:
    """Of each field and button of the part's form, whether it can be used."""
    main = next(parse(page.get_data(as_text=True)).iter(f"{XHTML}main"))
    shut = [one for one in main.iter(f"{XHTML}fieldset") if one.get("disabled") is not None]
    within = {field for one in shut for field in one.iter()}
    fields = [one for kind in ("input", "textarea", "select", "button") for one in main.iter(f"{XHTML}{kind}")]
    can_be_used = [one not in within for one in fields if one.get("type") != "hidden"]
    assert can_be_used
    return can_be_used


@pytest.mark.parametrize("part", ["handlingar", "arbetsgivare", "krav"])
def test_what_can_no_longer_be_changed_cannot_be_typed_in(world: World, office: FlaskClient, part: str) -> None:
    """Whatever was typed there would be lost: there is no button, and Enter in a field presses none either."""
    ad_id = whole_draft(world)
    assert all(fields_to_fill_in(office.get(place(ad_id, part)))), "a draft's can"
    published(world, ad_id)
    assert not any(fields_to_fill_in(office.get(place(ad_id, part))))


def test_the_preview_is_the_public_page(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    shown = office.get(place(ad_id, "forhandsvisning")).get_data(as_text=True)
    public = world.browser().get(f"/annonser/{published(world, ad_id)}").get_data(as_text=True)

    def body(text: str) -> str:
        whole = text.partition('<div class="term">')[2].partition("</article>")[0]
        whole = re.sub(r'<p><a href="/annonser/\w+/personuppgifter">.*?</p>', "", whole)  # there once it is published
        return re.sub(r'<div class="wrap advert-end"><a [^>]*>Sök tjänsten</a></div>\s*', "", whole).strip()

    assert body(shown) == body(public) != ""


def test_a_new_ad_starts_from_an_earlier_one(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    made = submit(office, "/arbete/rekryteringar/ny", {"from": str(ad_id)}, "Gör en ny från den här")
    assert made.status_code == 303
    new_id = UUID(made.headers["Location"].split("/")[3])
    assert stored(world, new_id, "title", "deadline") == ("Politisk sekreterare", None)


@pytest.mark.parametrize("ads", [1, 30])
@pytest.mark.counts
def test_the_list_asks_the_same_number_of_questions_whatever_its_length(
    world: World, office: FlaskClient, ads: int
) -> None:
    for number in range(ads):
        publish_ad(world, title=f"Annons {number}")
    office.get("/arbete/rekryteringar")
    with statements(world.app) as asked:
        text = office.get("/arbete/rekryteringar").get_data(as_text=True)
    assert text.count("Öppen") == ads
    assert asked.count == 4, asked  # two of them: what they have applied to themselves


def test_a_member_of_the_party_sees_the_list_and_no_way_to_edit(world: World) -> None:
    ad_id = whole_draft(world)
    text = world.browser(world.gunnel).get("/arbete/rekryteringar").get_data(as_text=True)
    assert "Politisk sekreterare" in text
    assert str(ad_id) not in text
    assert "Ny annons" not in text
