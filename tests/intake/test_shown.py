"""Whose name is shut to somebody of the office shows them no letter and no form either, but what they registered themself."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from portal import clock, scope
from portal.applications.consent import VERSION
from portal.intake.models import Intake
from portal.review.models import ConflictAnswer, PanelMember, ReviewCase
from tests.forms import submit
from tests.intake.registering import add_cv, address, begin, finish, intakes, on_paper
from tests.intake.test_registering import PDF
from tests.world import Published, World, publish_ad

LETTER = "Brev att skriva ut"


@pytest.fixture
def ad(world: World, set_clock: Callable[[str], datetime]) -> Published:
    made = publish_ad(world, employer="party", deadline=date(2026, 12, 11))
    set_clock("2026-12-14T10:00")
    return made


def seat(world: World, ad: Published, *, blind: bool) -> UUID:
    """The office's person assesses too. Their seat."""
    with world.writing(scope.party(ad.party_id)) as session:
        seat = PanelMember(
            **walls(world, ad), ad_id=ad.id, person_id=world.kansli, position=1, leads=True, added_at=clock.now()
        )
        session.add_all([seat, ReviewCase(**walls(world, ad), ad_id=ad.id, blind=blind, created_at=clock.now())])
        session.flush()
        return seat.id


def walls(world: World, ad: Published) -> dict[str, UUID]:
    return {"party_id": ad.party_id, "authority_id": world.authority, "controller_id": ad.party_id}


def says(world: World, ad: Published, seat: UUID, *, has_conflict: bool) -> None:
    """They answer about jäv of the one that was registered."""
    ((row, _),) = intakes(world, ad.party_id)
    with world.writing(scope.party(ad.party_id)) as session:
        session.add(
            ConflictAnswer(
                **walls(world, ad), panel_member_id=seat, application_id=row.application_id, has_conflict=has_conflict,
                answered_at=clock.now(),
            )
        )  # fmt: skip


def registered(office: FlaskClient, ad: Published) -> str:
    """One that came by post without an address, with a signed form. Where its pages begin."""
    page = str(begin(office, ad, "2026-12-09").location)
    add_cv(office, page)
    given = {"consent": "form", "consent_day": "2026-12-10", "wording": VERSION}
    submit(office, page, given, "Spara samtycket", {"form_file": (PDF, "svar.pdf")})
    assert finish(office, page).location == f"{page}/brev"
    return page


def shown(office: FlaskClient, ad: Published, page: str) -> list[bool]:
    """Whether the letter and the form are shown, and whether the list leads to them."""
    answers = [office.get(f"{page}/{tail}") for tail in ("brev", "blankett")]
    assert {answer.status_code for answer in answers} <= {200, 404}
    return [answer.status_code == 200 for answer in answers] + [
        LETTER in office.get(address(ad)).get_data(as_text=True)
    ]


@pytest.mark.parametrize("blind", [True, False])
def test_who_assesses_too_prints_the_letter_to_whom_they_have_just_registered(
    world: World, ad: Published, blind: bool
) -> None:
    office, own = world.browser(world.kansli), seat(world, ad, blind=blind)
    page = registered(office, ad)
    letter = office.get(f"{page}/brev").get_data(as_text=True)
    assert "Postens Petra" in letter and "/ansokan/" in letter
    assert shown(office, ad, page) == [True, True, True], "before they have answered about jäv"
    says(world, ad, own, has_conflict=False)
    assert shown(office, ad, page) == [True, True, True]
    assert "Postens Petra" in office.get(address(ad)).get_data(as_text=True)


def test_nobody_is_shown_the_letter_to_whom_they_have_jav_for(world: World, ad: Published) -> None:
    office, own = world.browser(world.kansli), seat(world, ad, blind=False)
    page = registered(office, ad)
    says(world, ad, own, has_conflict=True)
    assert shown(office, ad, page) == [False, False, False]


@pytest.mark.parametrize(("blind", "clear"), [(True, True), (False, False)])
def test_what_a_colleague_has_registered_is_shown_to_whoever_knows_the_name_alone(
    world: World, ad: Published, blind: bool, clear: bool
) -> None:
    office = world.browser(world.kansli)
    page = registered(office, ad)
    with world.writing(scope.party(ad.party_id)) as session:
        session.execute(update(Intake).values(finished_by=world.gunnel))
    assert shown(office, ad, page) == [True, True, True]
    own = seat(world, ad, blind=blind)
    if clear:
        says(world, ad, own, has_conflict=False)
    assert shown(office, ad, page) == [False, False, False]


@pytest.mark.parametrize("blind", [True, False])
def test_what_a_colleague_has_begun_is_shown_to_nobody_who_assesses(world: World, ad: Published, blind: bool) -> None:
    office = world.browser(world.kansli)
    page = str(begin(office, ad, "2026-12-09").location)
    submit(office, f"{page}/svar", {"salary": "41000"}, "Spara svaren")
    seat(world, ad, blind=blind)
    assert "Postens Petra" in office.get(address(ad)).get_data(as_text=True), "what they have begun themself"
    with world.writing(scope.party(ad.party_id)) as session:
        session.execute(update(Intake).values(begun_by=world.gunnel))
    listed = office.get(address(ad)).get_data(as_text=True)
    assert "Postens Petra" not in listed and "En registrering som en kollega har påbörjat" in listed
    assert [office.get(f"{page}{tail}").status_code for tail in ("", "/svar", "/samtycke")] == [404, 404, 404]
    assert submit(office, address(ad), {}, "Ta bort").status_code == 303, "and whoever began it may have left"
    assert intakes(world, ad.party_id) == []


def test_what_goes_into_the_envelope_says_who_writes_about_what_and_nothing_to_the_office(
    world: World, ad: Published
) -> None:
    hidden = (
        (Path(world.app.root_path).parent / "static/css/print.css")
        .read_text(encoding="utf-8")
        .split("display: none")[0]
    )
    assert '[role="status"]' in hidden and ".no-print" in hidden
    office = world.browser(world.kansli)
    begun = str(begin(office, ad, "2026-12-09", name="Postens Per").location)
    page = registered(office, ad)
    for letter in (f"{begun}/samtycke", f"{page}/brev"):
        paper = on_paper(office.get(letter).get_data(as_text=True))
        assert "Från Närvårdspartiet, Region Ådalen" in paper and "tjänsten Politisk sekreterare på heltid" in paper
        assert not any(word in paper for word in ("Skriv ut", "antecknas", "Registrera en ansökan", "registreringen"))
