"""From the first page to the receipt, as the candidate meets it."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import text

from portal import scope
from portal.applications.services.drafting import key_of, read_written
from portal.documents.queries import documents_of
from portal.vault.services import the_vault
from tests.applications.paper import (
    CV,
    DETAILS,
    SALARY,
    applications_in,
    apply,
    base,
    letters,
    page_one,
    page_two,
    private_link,
    send,
)
from tests.door import show
from tests.forms import fields_of, submit, submit_page
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]


def test_an_application_to_a_region_arrives_with_number_receipt_and_private_link(
    world: World, client: FlaskClient
) -> None:
    ad = publish_ad(world)
    receipt = apply(client, ad).get_data(as_text=True)
    (application,) = applications_in(world, ad)
    assert (application.state, application.arrival_number, application.with_authority) == ("sent", 1, True)
    assert application.controller_id == world.authority
    assert "23 november" in receipt.replace("\xa0", "&nbsp;")
    (mail,) = letters(world, "receipt")
    assert mail.to == "alma@example.se"
    assert "Närvårdspartiet" not in mail.subject + mail.body
    assert "Alma" not in mail.subject
    with world.acting(scope.party(world.party)) as session:
        key = key_of(session.get_one(type(application), application.id))
        written = read_written(session, application, key)
        sums = [key.open_text("document.checksum", d.checksum_sealed) for d in documents_of(session, application.id)]
    assert (written.name, written.salary, written.phone) == ("Alma Ekdahl", "42500", "070-174 06 20")
    assert len(sums) == 2
    assert all(checksum in receipt and checksum in mail.body for checksum in sums)
    assert private_link(client.get(f"{base(ad)}/kvitto")) in mail.body


def test_before_the_first_field_it_is_said_who_employs_and_who_may_read(world: World, client: FlaskClient) -> None:
    page = client.get(base(publish_ad(world))).get_data(as_text=True)
    told, form = page.split("<form", 1)
    assert "Regionstyrelsen i Region Ådalen" in told
    assert "allmän handling" in told
    assert "Gallras" in told
    assert "24 månader" in told
    assert "samtycker" not in form


def test_a_party_asks_for_consent_and_keeps_nothing_without_it(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world, employer="party")
    page = client.get(base(ad)).get_data(as_text=True)
    assert "Närvårdspartiet i Ådalen" in page.split("<form", 1)[0]
    refused = submit(client, base(ad), DETAILS, "Fortsätt")
    assert refused.status_code == 422
    assert "samtycke" in refused.get_data(as_text=True)
    assert "draft" not in refused.headers.get("Set-Cookie", "")
    apply(client, ad)
    (application,) = applications_in(world, ad)
    assert application.consented_at is not None
    assert application.controller_id == world.party
    assert (application.arrival_number, application.with_authority) == (None, False)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("Namn", "", "Skriv ditt namn."),
        ("Namn", "\0 \r\n", "Skriv ditt namn."),
        ("E-post", "", "Skriv din e-postadress."),
        ("E-post", "alma", "Skriv den som namn@exempel.se."),
        ("E-post", "alma@example.se\r\nBcc: alla@example.se", "Skriv den som namn@exempel.se."),
        ("E-post", "alma@example", "Skriv den som namn@exempel.se."),
        ("Telefon", "ring mig", "Skriv det som 070-174 06 05."),
    ],
)
def test_page_one_says_beside_the_field_what_to_write(
    world: World, client: FlaskClient, field: str, value: str, said: str
) -> None:
    ad = publish_ad(world)
    answer = page_one(client, ad, **{field: value})
    assert answer.status_code == 422
    assert said in answer.get_data(as_text=True)
    kept = fields_of(answer)
    for other in {"Namn": "name", "E-post": "email", "Telefon": "phone"}.items():
        if other[0] != field:
            assert kept[other[1]] == [DETAILS[other[0]]]


def test_a_name_with_line_breaks_and_decomposed_letters_is_one_clean_line(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad, Namn="A\u030asa\r\nBcc: alla@example.se \0 O\u0308berg")
    assert fields_of(client.get(base(ad)))["name"] == ["Åsa Bcc: alla@example.se Öberg"]


@pytest.mark.parametrize("typed", ["42 500", "42500 kr", "42\u00a0500", "42.500:-", "42500"])
def test_a_sum_is_understood_as_people_write_it(world: World, client: FlaskClient, typed: str) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    assert page_two(client, ad, {SALARY: typed}, {}).status_code == 303
    assert fields_of(client.get(f"{base(ad)}/handlingar"))["salary"] == ["42500"]


@pytest.mark.parametrize("typed", ["0", "1000000", "-5", "fyrtio tusen", "42,5", "4 25 00", "٤٢٥٠٠"])
def test_a_sum_that_cannot_be_meant_is_asked_for_again_and_all_else_kept(
    world: World, client: FlaskClient, typed: str
) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    answer = page_two(client, ad, {SALARY: typed, "Personligt brev": "Ett brev"}, CV)
    assert answer.status_code == 422
    assert "hela kronor per månad" in answer.get_data(as_text=True)
    assert fields_of(answer)["salary"] == [typed]
    again = client.get(f"{base(ad)}/handlingar")
    assert fields_of(again)["letter"] == ["Ett brev"]
    assert "alma-cv.pdf" in again.get_data(as_text=True)


def test_every_krav_and_merit_has_its_question_and_the_answer_comes_back(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    writes, _own, licence, *_ = (c.hex for c in ad.criteria)
    page_two(client, ad, {f"answer_{writes}": "Tal i tio år", f"choice_{licence}": "ja"}, {}, "Spara utkast")
    kept = fields_of(client.get(f"{base(ad)}/handlingar"))
    assert kept[f"answer_{writes}"] == ["Tal i tio år"]
    assert kept[f"choice_{licence}"] == ["ja"]
    check = client.get(f"{base(ad)}/kontrollera").get_data(as_text=True)
    assert "Tal i tio år" in check
    assert "Obesvarade frivilliga frågor: 3" in check
    assert "Tillgång till egen bil" in check.split("Obesvarade frivilliga frågor: 3")[1], "one press away"


def test_what_the_ad_asks_for_is_demanded_at_sending_and_said_with_links(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    answer = send(client, ad)
    assert answer.status_code == 422
    text = answer.get_data(as_text=True)
    for said in ("Lägg till ditt CV.", "Skriv ett personligt brev", "Skriv ditt löneanspråk"):
        assert said in text
    assert f'href="{base(ad)}/handlingar#cv"' in text
    assert applications_in(world, ad) == []


def test_markup_in_every_field_is_shown_as_text(world: World, client: FlaskClient) -> None:
    ad, markup = publish_ad(world), "<img src=x onerror=alert(1)>\"'{{7*7}}"
    page_one(client, ad, Namn=markup)
    answers = {f"answer_{c.hex}": markup for c in ad.criteria}
    file = {"CV": (CV["CV"][0], "<b>cv</b>.pdf")}
    data = {SALARY: "42500", "När kan du börja?": markup, "Personligt brev": markup, **answers}
    assert page_two(client, ad, data, file).status_code == 303
    for place in ("handlingar", "kontrollera"):
        assert "<img src=x" not in client.get(f"{base(ad)}/{place}").get_data(as_text=True)
    send(client, ad)
    receipt = client.get(f"{base(ad)}/kvitto")
    for page in (receipt, show(world, private_link(receipt))):
        assert "<img src=x" not in page.get_data(as_text=True)
        assert "{{7*7}}" in page.get_data(as_text=True)


def test_the_pages_speak_english_and_the_application_remembers_it(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page = client.get(f"{base(ad)}?lang=en")
    assert '<html lang="en">' in page.get_data(as_text=True)
    answer = submit(client, f"{base(ad)}?lang=en", {"name": "A", "email": "a@example.se"})
    assert answer.status_code == 303
    assert "lang=en" in answer.headers["Location"]


def test_the_draft_is_found_by_its_own_cookie_when_the_session_is_lost(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    page_two(client, ad, button="Spara CV")
    page = client.get(f"{base(ad)}/handlingar")
    token = fields_of(page)["csrf_token"][0]
    client.delete_cookie("portal")
    letter = ("Ett långt brev. " * 1000).strip()
    stale = client.post(f"{base(ad)}/handlingar", data={"csrf_token": token, "letter": letter})
    assert stale.status_code == 400
    assert "tryck på knappen en gång till" in stale.get_data(as_text=True)
    assert fields_of(stale)["letter"] == [letter]
    assert fields_of(client.get(f"{base(ad)}/handlingar"))["letter"] != [letter]
    assert submit_page(client, stale, f"{base(ad)}/handlingar", {}, "Fortsätt").status_code == 303
    assert fields_of(client.get(f"{base(ad)}/handlingar"))["letter"] == [letter]
    assert "alma-cv.pdf" in client.get(f"{base(ad)}/kontrollera").get_data(as_text=True)


def test_the_drafts_cookie_lives_as_long_as_the_draft_from_each_change(
    world: World, client: FlaskClient, set_clock: Clock
) -> None:
    ad = publish_ad(world, deadline=date(2027, 1, 31))
    page_one(client, ad)
    for day in ("2026-12-20T10:00", "2027-01-17T10:00"):
        set_clock(day)
        kept = page_one(client, ad) if day.startswith("2026") else page_two(client, ad)
        assert kept.headers["Set-Cookie"].startswith("draft=")
        assert "Max-Age=2592000" in kept.headers["Set-Cookie"]


def test_a_draft_that_nobody_can_open_lets_its_browser_begin_anew(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    with world.acting(scope.party(world.party)) as session:
        lost = session.execute(text("SELECT id FROM application")).scalar_one()
    with world.app.app_context():
        the_vault().key_store.destroy(UUID(str(lost)))
    assert client.get(f"{base(ad)}/handlingar").status_code == 303
    apply(client, ad)
    assert [row.state for row in applications_in(world, ad)] == ["sent"]


def test_a_private_link_whose_key_is_gone_opens_nothing(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    link = private_link(apply(client, ad))
    (sent,) = applications_in(world, ad)
    with world.app.app_context():
        the_vault().key_store.destroy(sent.id)
    assert show(world, link).status_code == 404
    assert submit(client, link, {}, "Fortsätt").status_code == 404


def test_the_drafts_cookie_is_shut_to_scripts_and_names_neither_ad_nor_party(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    cookie = page_one(client, ad).headers["Set-Cookie"]
    assert cookie.startswith("draft=")
    assert f"Path={base(ad)};" in cookie
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert world.browser().get(f"{base(ad)}/handlingar").headers["Location"] == base(ad)


def test_no_staff_scope_sees_a_draft(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    page_two(client, ad)
    assert applications_in(world, ad) == []


def test_a_draft_can_be_deleted_at_once(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    page_one(client, ad)
    page_two(client, ad)
    page = client.get(f"{base(ad)}/handlingar").get_data(as_text=True)
    assert f'href="{base(ad)}/ta-bort"' in page
    assert "raderas" in client.get(f"{base(ad)}/ta-bort").get_data(as_text=True)
    assert client.get(f"{base(ad)}/handlingar").status_code == 200, "it has only been asked"
    gone = submit(client, f"{base(ad)}/ta-bort", {}, "Ta bort utkastet", follow_redirects=True)
    assert "Utkastet är borttaget" in gone.get_data(as_text=True)
    assert client.get(f"{base(ad)}/handlingar").headers["Location"] == base(ad)
    assert fields_of(client.get(base(ad)))["name"] == [""]
    assert page_one(client, ad).status_code == 303


def test_nothing_of_an_application_is_kept_by_caches_or_told_to_others(world: World, client: FlaskClient) -> None:
    ad = publish_ad(world)
    receipt = apply(client, ad)
    for page in (receipt, show(world, private_link(receipt)), client.get(base(ad))):
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"


def test_an_unknown_ad_has_no_form(client: FlaskClient, world: World) -> None:
    assert client.get("/annonser/finnsinte/ansok").status_code == 404


def test_a_reference_with_a_nul_is_not_found(client: FlaskClient) -> None:
    assert client.get("/annonser/%00/ansok").status_code == 404  # PostgreSQL takes no such text
