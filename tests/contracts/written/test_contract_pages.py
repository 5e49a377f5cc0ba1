"""The office's pages of a contract: filled in, read as a draft, offered, signed copies filed; and who else gets in."""

import hashlib
import time
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from uuid import uuid4

import pytest
from flask.testing import FlaskClient
from pdfminer.high_level import extract_text

from portal.contracts.written.states import State
from tests.contracts.written.contracting import (
    EMPLOYER_SIGNS,
    Recorded,
    accepted,
    named,
    offer,
    recorded,
    save,
    sign,
    signed,
    stored,
)
from tests.counting import statements
from tests.documents import hostile
from tests.forms import submit, submit_page
from tests.world import World

Clock = Callable[[str], datetime]
MB = 1024 * 1024
VASTERNORRLAND = "region-vasternorrland"
TYPED = {
    "work_leader": "Gruppledaren Ylva Strandberg", "decided_by": "Gruppledaren Ylva Strandberg", "notice_months": "3",
    "pay": "41 500", "name_0": EMPLOYER_SIGNS.name,
}  # fmt: skip
SIGNED = {"name": EMPLOYER_SIGNS.name, "signed_on": "2026-12-14"}
FILE = "Lägg in underskriften"


@pytest.fixture
def one(world: World, set_clock: Clock) -> Recorded:
    """An employment under Västernorrland's rules, which two sign."""
    return recorded(world, set_clock, rules=VASTERNORRLAND)


@pytest.fixture
def office(world: World, one: Recorded) -> FlaskClient:
    """The office's browser."""
    return world.browser(world.kansli)


def text(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.get_data(as_text=True)


def words_of(browser: FlaskClient, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    return " ".join(extract_text(BytesIO(answer.data)).split())


def test_from_the_employment_to_a_contract_signed_by_two_on_the_offices_pages(
    one: Recorded, office: FlaskClient
) -> None:
    assert f'href="{one.page}"' in text(office, one.page.removesuffix("/avtal"))
    assert submit(office, one.page, TYPED, "Spara").status_code == 303
    assert "UTKAST, inte erbjudet" in words_of(office, f"{one.page}/utkast.pdf")
    assert submit(office, one.page, {}, "Erbjud avtalet").status_code == 303
    offered = office.get(f"{one.page}/avtalet.pdf").data
    page = text(office, one.page)
    assert hashlib.sha256(offered).hexdigest() in page
    assert "Region Västernorrland, version 1" in page
    submit(office, one.page, {}, "Anteckna att det är antaget")
    for number, name in enumerate((EMPLOYER_SIGNS.name, one.employee), 1):
        assert one.held().state is State.ACCEPTED
        copy = {"file": (hostile.scan(), f"kopia {number}.pdf")}
        answer = submit(office, one.page, {**SIGNED, "name": name}, FILE, copy)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        assert office.get(f"{one.page}/underskrift/{number}.pdf").data == hostile.scan()
    assert one.held().state is State.SIGNED
    assert "<b>Underskrivet</b>" in text(office, one.page)
    assert office.get(f"{one.page}/avtalet.pdf").data == offered


def test_the_page_shows_what_is_unclear_and_no_value_for_what_is_unknown(one: Recorded, office: FlaskClient) -> None:
    page = text(office, one.page)
    assert "Okänt i reglerna, så du fyller i det. Den delen av reglerna är inte inlagd här." in page
    assert "Kopian av rapporten" not in page, "why stands on the page of the rules"
    assert "Regionstyrelsen, enligt Region Västernorrlands riktlinje" in page
    assert "Skriv uppsägningstiden i månader." in page
    assert "Erbjud avtalet" not in page


def test_one_month_of_notice_is_one_month(one: Recorded, office: FlaskClient) -> None:
    assert submit(office, one.page, {**TYPED, "notice_months": "1"}, "Spara").status_code == 303
    assert submit(office, one.page, {}, "Erbjud avtalet").status_code == 303
    assert "1 månad<" in text(office, one.page)


def test_a_known_notice_has_no_field_and_cannot_be_posted(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, rules="region-varmland")
    office = world.browser(world.kansli)
    page = text(office, one.page)
    assert "Uppsägningstid: <b>3 månader</b>" in page
    assert 'name="notice_months"' not in page
    save(one, notice_months=1)
    offer(one)
    row = one.held().row
    assert row is not None
    assert row.notice_months == 3


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("stor.pdf", b"%PDF-1.5\n" + b"x" * (13 * MB), "större än 10 MB"),
        ("tom.pdf", b"", "är tom"),
        ("låst.pdf", hostile.locked("hemligt"), "låst med lösenord"),
        ("bomb.docx", hostile.zip_bomb(200), "skadad"),
        ("brev.docx", hostile.docx(hostile.p("Ja")), "är ingen PDF"),
        ("kopia.exe", b"MZ", "av en sort som inte går att ta emot"),
        ("fel.pdf", b"PK\x03\x04" + b"0" * 50, "något annat än vad namnet säger"),
        pytest.param("häng.pdf", hostile.own_pattern(), "kunde inte läsas", marks=pytest.mark.slow),
    ],
)
def test_a_hostile_or_huge_copy_is_refused_beside_its_field_and_leaves_nothing(
    one: Recorded, office: FlaskClient, name: str, data: bytes, said: str
) -> None:
    accepted(one)
    before, begun = stored(one), time.monotonic()
    answer = submit(office, one.page, SIGNED, FILE, {"file": (data, name)})
    assert time.monotonic() - begun < 15
    page = answer.get_data(as_text=True)
    assert (answer.status_code, said in page, 'id="file-error"' in page) == (422, True, True)
    assert f'value="{EMPLOYER_SIGNS.name}"' in page
    assert stored(one) == before
    assert one.held().state is State.ACCEPTED


def test_the_paper_without_a_signature_is_no_signed_copy(one: Recorded, office: FlaskClient) -> None:
    save(one)
    offer(one, paper=hostile.plain())
    submit(office, one.page, {}, "Anteckna att det är antaget")
    answer = submit(office, one.page, SIGNED, FILE, {"file": (hostile.plain(), "avtal.pdf")})
    assert "utan underskrift" in answer.get_data(as_text=True)
    answer = submit(office, one.page, SIGNED, FILE)
    assert (answer.status_code, "Ingen fil är vald" in answer.get_data(as_text=True)) == (422, True)


def test_the_wrong_name_the_wrong_day_and_no_day_stand_beside_their_fields(one: Recorded, office: FlaskClient) -> None:
    accepted(one)
    copy = {"file": (hostile.scan(), "kopia.pdf")}
    for changes, where, said in (
        ({"name": "Dan Sjölund"}, "name", "ska Disa Sjölund skriva under här"),
        ({"signed_on": "2026-12-15"}, "signed_on", "Dagen har inte varit än"),
        ({"signed_on": ""}, "signed_on", "Ange dagen som står på kopian"),
        ({"signed_on": "i går"}, "signed_on", "är inget datum"),
    ):
        answer = submit(office, one.page, {**SIGNED, **changes}, FILE, copy)
        page = answer.get_data(as_text=True)
        assert (answer.status_code, said in page, f'id="{where}-error"' in page) == (422, True, True), changes


def test_a_second_click_on_each_button_does_nothing_more(one: Recorded, office: FlaskClient) -> None:
    submit(office, one.page, TYPED, "Spara")
    for button in ("Erbjud avtalet", "Anteckna att det är antaget"):
        page = office.get(one.page)
        clicks = [submit_page(office, page, one.page, {}, button) for _ in range(2)]
        assert [click.status_code for click in clicks] == [303, 303]
    page = office.get(one.page)
    copy = {"file": (hostile.scan(), "kopia.pdf")}
    clicks = [submit_page(office, page, one.page, SIGNED, FILE, copy) for _ in range(2)]
    assert [click.status_code for click in clicks] == [303, 303]
    held = one.held()
    assert held.row is not None
    assert (held.row.number, held.state) == (1, State.ACCEPTED)
    assert stored(one) == named(one)


def test_what_somebody_else_changed_meanwhile_is_not_offered_unseen(one: Recorded, office: FlaskClient) -> None:
    submit(office, one.page, TYPED, "Spara")
    seen = office.get(one.page)
    save(one, pay="12000")
    answer = submit_page(office, seen, one.page, {}, "Erbjud avtalet")
    assert (answer.status_code, "har ändrats sedan du öppnade sidan" in answer.get_data(as_text=True)) == (409, True)
    assert one.held().state is State.DRAFT


def test_too_late_is_said_on_the_page(world: World, one: Recorded, set_clock: Clock) -> None:
    save(one)
    set_clock("2031-01-01T08:00")
    answer = submit(world.browser(world.kansli), one.page, {}, "Erbjud avtalet")
    assert (answer.status_code, "slutade 31 december 2030" in answer.get_data(as_text=True)) == (409, True)


@pytest.mark.parametrize(
    "typed", [{"notice_months": "0"}, {"notice_months": "tre"}, {"pay": "-1"}, {"more": "x" * 4001}]
)
def test_what_cannot_be_meant_is_said_and_the_rest_stays(
    one: Recorded, office: FlaskClient, typed: dict[str, str]
) -> None:
    answer = submit(office, one.page, {**TYPED, **typed}, "Spara")
    page = answer.get_data(as_text=True)
    assert (answer.status_code, f'id="{next(iter(typed))}-error"' in page) == (422, True)
    assert "Gruppledaren Ylva Strandberg" in page
    assert one.held().row is None


def test_markup_in_a_field_is_words_on_the_page(one: Recorded, office: FlaskClient) -> None:
    submit(office, one.page, {**TYPED, "work_leader": "<script>alert(1)</script>"}, "Spara")
    submit(office, one.page, {}, "Erbjud avtalet")
    assert "<script>alert(1)" not in text(office, one.page)
    assert "&lt;script&gt;alert(1)" in text(office, one.page)


def test_nobody_of_another_party_can_tell_a_contract_from_nothing(world: World, one: Recorded) -> None:
    accepted(one)
    sign(one, 1, EMPLOYER_SIGNS.name)
    unused = one.page.replace(str(one.employment), str(uuid4()))
    for person in (world.rival_kansli, world.gunnel):
        browser = world.browser(person)
        for tail in ("", "/utkast.pdf", "/avtalet.pdf", "/underskrift/1.pdf"):
            theirs, nothing = browser.get(one.page + tail), browser.get(unused + tail)
            assert (theirs.status_code, theirs.data) == (404, nothing.data)


def test_the_region_reads_the_contracts_of_those_it_employs_and_changes_none(world: World, one: Recorded) -> None:
    signed(one)
    region = world.browser(world.region)
    page = text(region, one.page)
    assert "Underskrivet" in page
    assert "<form" not in page.split("<main")[1]
    assert region.get(f"{one.page}/underskrift/1.pdf").status_code == 200
    assert region.get(f"{one.page}/underskrift/3.pdf").status_code == 404


def test_the_region_learns_nothing_of_a_partys_contract(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, employer="party", rules=VASTERNORRLAND)
    signed(one)
    region = world.browser(world.region)
    for tail in ("", "/utkast.pdf", "/avtalet.pdf", "/underskrift/1.pdf"):
        assert region.get(one.page + tail).status_code == 404
    assert "De regler som finns gäller inte när partiet är arbetsgivare" not in text(
        world.browser(world.kansli), one.page
    )


def test_a_partys_contract_is_signed_for_the_party_and_by_the_one_employed(world: World, set_clock: Clock) -> None:
    one = recorded(world, set_clock, employer="party", rules=VASTERNORRLAND)
    office = world.browser(world.kansli)
    page = text(office, one.page)
    assert 'value="För partiet"' in page
    assert "De regler som finns gäller inte när partiet är arbetsgivare." in page
    typed = {"work_leader": "Ylva Strandberg", "work_environment": "Partistyrelsen", "decided_by": "Partistyrelsen"}
    submit(office, one.page, {**typed, "name_0": "Ylva Strandberg"}, "Spara")
    draft = words_of(office, f"{one.page}/utkast.pdf")
    assert "blir den då en tillsvidareanställning" in draft
    assert "Uppsägningstiden följer lagen om anställningsskydd 11 §." in draft


@pytest.mark.counts
def test_the_page_asks_as_much_with_all_signatures_as_with_none(one: Recorded, office: FlaskClient) -> None:
    accepted(one)
    office.get(one.page)
    with statements(one.world.app) as before:
        office.get(one.page)
    sign(one, 1, EMPLOYER_SIGNS.name)
    sign(one, 2, one.employee)
    with statements(one.world.app) as after:
        office.get(one.page)
    assert (before.count, after.count) == (13, 13)  # two of them whether the reader has a stake in it


def test_a_draft_can_be_deleted_and_the_employment_stays(one: Recorded, office: FlaskClient) -> None:
    save(one)
    held = submit(office, one.page, button="Radera utkastet")
    assert (held.status_code, one.held().row, one.held().filled.work_leader) == (303, None, "")
    assert "Radera utkastet" not in text(office, one.page)
    text(office, one.page.removesuffix("/avtal"))


def test_what_has_been_offered_is_not_deleted_whoever_asks(world: World, one: Recorded, office: FlaskClient) -> None:
    save(one)
    page = office.get(one.page)  # read while it was a draft
    offer(one)
    assert submit_page(office, page, one.page, button="Radera utkastet").status_code == 409
    row = one.held().row
    assert row and row.offered_at
    rival = world.browser(world.rival_kansli)
    answer = submit_page(rival, page, one.page, button="Radera utkastet")
    assert answer.status_code == 409 and one.held().row, "the page was opened by another"
