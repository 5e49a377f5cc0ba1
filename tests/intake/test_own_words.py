"""A consent in the applicant's own words promises nothing of ours: no sentence that they have never seen is put to it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from sqlalchemy import update

from portal import clock, scope
from portal.ads.models import Ad
from portal.applications.consent import OWN_WORDS, UNNUMBERED, VERSION
from portal.applications.models import Application
from portal.privacy.rights.queries.facts import keeping_of
from tests.forms import fields_of, submit
from tests.intake.registering import PDF, add_cv, begin, finish, intakes, printed_link
from tests.privacy.candidates import copy_at, values_in
from tests.world import Published, World, publish_ad

Clock = Callable[[str], datetime]
SAVE = "Spara samtycket"


@pytest.fixture
def ad(world: World, set_clock: Clock) -> Published:
    made = publish_ad(world, employer="party", deadline=date(2026, 12, 11))
    set_clock("2026-12-14T10:00")
    return made


@pytest.mark.parametrize(("how", "version", "kept"), [("letter", OWN_WORDS, None), ("form", VERSION, "claims")])
def test_whoever_agreed_in_their_own_words_is_erased_when_they_ask_and_not_kept_on_a_sentence_they_never_saw(
    world: World, ad: Published, how: str, version: str, kept: str | None
) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    add_cv(office, page)
    form = {"form_file": (PDF, "svar.pdf")} if how == "form" else None
    agreed = {"consent": how, "consent_day": "2026-12-09", **({"wording": VERSION} if form else {})}
    assert submit(office, page, agreed, SAVE, form).status_code == 303
    printed = office.get(finish(office, page).location).get_data(as_text=True)
    ((_row, application),) = intakes(world, world.party)
    assert application is not None and application.consent_version == version
    said = values_in(copy_at(world, printed_link(printed))["uppgifter.json"])
    assert said["application"]["consent_version"] == ("dina egna ord" if how == "letter" else VERSION)
    with world.writing(scope.party(ad.party_id)) as session:
        row = session.get_one(Application, application.id)
        row.decided_at, row.decided_as = clock.now(), "gar_inte_vidare"
        session.flush()
        assert keeping_of(session, row).why == kept


def test_nobody_agrees_before_there_is_an_ad(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    answer = submit(office, page, {"consent": "letter", "consent_day": "2026-11-01"}, SAVE)
    assert answer.status_code == 422 and "Annonsen publicerades" in answer.get_data(as_text=True)


def test_the_letter_asks_about_the_post_as_it_is_published(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    with world.writing(scope.party(ad.party_id)) as session:
        session.get_one(Ad, ad.id).title = "Halvskriven"
    assert "Halvskriven" not in office.get(f"{page}/samtycke").get_data(as_text=True).split("<main")[1]


@pytest.mark.parametrize(("wording", "version"), [(VERSION, VERSION), (UNNUMBERED, UNNUMBERED)])
def test_a_form_that_was_printed_under_a_former_sentence_is_kept_as_an_agreement_to_that_one(
    world: World, ad: Published, wording: str, version: str
) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    assert f"Lydelse {VERSION}" in office.get(f"{page}/samtycke").get_data(as_text=True)
    add_cv(office, page)
    signed = {"consent": "form", "consent_day": "2026-12-09", "wording": wording}
    assert submit(office, page, signed, SAVE, {"form_file": (PDF, "svar.pdf")}).status_code == 303
    finish(office, page)
    ((_row, application),) = intakes(world, world.party)
    assert application is not None and application.consent_version == version


def test_a_form_that_was_noted_before_the_sentence_had_a_number_is_one_without(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    add_cv(office, page)
    signed = {"consent": "form", "consent_day": "2026-12-09", "wording": UNNUMBERED}
    submit(office, page, signed, SAVE, {"form_file": (PDF, "svar.pdf")})
    ((row, _none),) = intakes(world, world.party)
    with world.writing(scope.party(ad.party_id)) as session:
        session.execute(update(Application).where(Application.id == row.application_id).values(consent_version=""))
    finish(office, page)
    ((_row, application),) = intakes(world, world.party)
    assert application is not None and application.consent_version == UNNUMBERED


def test_the_sentence_that_is_noted_is_chosen_where_the_consent_is_changed(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    assert "wording" not in fields_of(office.get(page)), "what stands on a paper nobody knows before they look"
    signed = {"consent": "form", "consent_day": "2026-12-09", "wording": UNNUMBERED}
    submit(office, page, signed, SAVE, {"form_file": (PDF, "svar.pdf")})
    assert fields_of(office.get(page))["wording"] == [UNNUMBERED]


def test_whoever_notes_a_signed_form_says_which_sentence_stands_on_it(world: World, ad: Published) -> None:
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-12-09").location
    signed, paper = {"consent": "form", "consent_day": "2026-12-09"}, {"form_file": (PDF, "svar.pdf")}
    asked = submit(office, page, signed, SAVE, paper)
    assert asked.status_code == 422 and "Välj vilken lydelse som står på blanketten." in asked.get_data(as_text=True)
    ((row, _none),) = intakes(world, world.party)
    assert row.form_sealed is None
    assert submit(office, page, {**signed, "wording": VERSION}, SAVE, paper).status_code == 303
