"""Two of an office with one registration: what a colleague has typed or noted is not written over unseen."""

from datetime import date

import pytest
from flask.testing import FlaskClient

from portal.applications.consent import VERSION
from tests.forms import fields_of, submit_page
from tests.intake.registering import add_cv, begin, finish, intakes
from tests.intake.test_registering import PDF
from tests.privacy.candidates import Clock
from tests.world import Published, World, publish_ad

SAVE, AGREE = "Spara svaren", "Spara samtycket"


@pytest.fixture(params=["authority", "party"])
def ad(request: pytest.FixtureRequest, world: World, set_clock: Clock) -> Published:
    made = publish_ad(world, employer=request.param, deadline=date(2026, 12, 11))
    set_clock("2026-12-14T10:00")
    return made


@pytest.fixture
def office(world: World) -> FlaskClient:
    return world.browser(world.kansli)


def written(office: FlaskClient, where: str) -> tuple[str, str]:
    fields = fields_of(office.get(where))
    return fields["salary"][0], fields["start"][0]


def test_what_a_colleague_has_typed_stays_beside_what_one_has(world: World, ad: Published, office: FlaskClient) -> None:
    where = f"{begin(office, ad, '2026-12-09').location}/svar"
    old = office.get(where)
    assert submit_page(office, old, where, {"salary": "41000"}, SAVE).status_code == 303
    assert submit_page(office, old, where, {"salary": "41000"}, SAVE).status_code == 303, "a double click"
    asked = submit_page(office, old, where, {"start": "1 februari"}, SAVE)
    assert asked.status_code == 409 and fields_of(asked)["salary"] == ["41000"]
    assert "formuläret visar redan det nya" in asked.get_data(as_text=True)
    assert submit_page(office, asked, where, {}, SAVE).status_code == 303
    assert written(office, where) == ("41000", "1 februari")


def test_what_both_have_typed_is_told_beside(world: World, ad: Published, office: FlaskClient) -> None:
    where = f"{begin(office, ad, '2026-12-09').location}/svar"
    old = office.get(where)
    submit_page(office, old, where, {"start": "2 <b>mars</b>"}, SAVE)
    asked = submit_page(office, old, where, {"start": "1 februari"}, SAVE)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and "<dd>2 &lt;b&gt;mars&lt;/b&gt;</dd>" in page
    assert fields_of(asked)["start"] == ["1 februari"]
    assert submit_page(office, asked, where, {}, SAVE).status_code == 303
    assert written(office, where)[1] == "1 februari"


@pytest.mark.parametrize("ad", ["party"], indirect=True)
def test_a_form_of_consent_is_not_thrown_away_from_an_old_page(
    world: World, ad: Published, office: FlaskClient
) -> None:
    where = begin(office, ad, "2026-12-09").location
    old = office.get(where)
    letter = {"consent": "letter", "consent_day": "2026-12-10"}
    form = {**letter, "consent": "form", "wording": VERSION}
    for _press in range(2):
        assert submit_page(office, old, where, form, AGREE, {"form_file": (PDF, "svar.pdf")}).status_code == 303
    asked = submit_page(office, old, where, letter, AGREE)
    assert asked.status_code == 409 and "noterat samtycket" in asked.get_data(as_text=True)
    ((row, _application),) = intakes(world, world.party)
    assert row.form_sealed is not None
    assert submit_page(office, asked, where, letter, AGREE).status_code == 303


@pytest.mark.parametrize("ad", ["authority"], indirect=True)
def test_a_second_one_of_the_same_address_is_called_what_it_is(
    world: World, ad: Published, office: FlaskClient
) -> None:
    for _ in range(2):
        where = begin(office, ad, "2026-12-09", email="petra@example.com").location
        add_cv(office, where)
        finish(office, where)
    told = office.get(f"/arbete/rekryteringar/{ad.id}/sokande").get_data(as_text=True)
    assert "väljer vilken som gäller" in told


@pytest.mark.parametrize("ad", ["authority"], indirect=True)
def test_what_is_typed_when_a_colleague_has_registered_it_is_said_to_be_lost(
    world: World, ad: Published, office: FlaskClient
) -> None:
    where = begin(office, ad, "2026-12-09").location
    old = office.get(f"{where}/svar")
    add_cv(office, where)
    finish(office, where)
    assert submit_page(office, old, f"{where}/svar", {"salary": "41000"}, SAVE).status_code == 303
    told = office.get(f"/arbete/rekryteringar/{ad.id}/sokande").get_data(as_text=True)
    assert "det du gjorde nu är inte sparat" in told


def test_a_second_press_on_the_first_page_begins_nothing_more(
    world: World, ad: Published, office: FlaskClient, set_clock: Clock
) -> None:
    first = begin(office, ad, "2026-12-09", email="petra@example.se")
    assert begin(office, ad, "2026-12-09", email="petra@example.se").location == first.location
    assert len(intakes(world, world.party)) == 1
    other = begin(office, ad, "2026-12-09", email="petras.syster@example.se")
    assert other.location != first.location
    set_clock("2026-12-14T10:02")
    assert begin(office, ad, "2026-12-09", email="petra@example.se").location not in (first.location, other.location)
    assert len(intakes(world, world.party)) == 3
