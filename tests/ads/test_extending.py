"""A later last day: what it publishes, what was promised around it, and the days that it cannot be."""

import re
from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from portal import clock, scope
from portal.ads.parts import BY_KEY
from portal.ads.promised import promised_day
from portal.ads.queries import current_version_of
from portal.ads.services.parts import save_part, save_term
from tests.ads.drafts import TERM, by, published, stored, whole_draft
from tests.forms import fields_of, submit, submit_page
from tests.world import World

SAVE = "Spara och fortsätt"


@pytest.fixture
def office(world: World) -> FlaskClient:
    return world.browser(world.kansli)


def place(ad_id: UUID, part: str) -> str:
    return f"/arbete/rekryteringar/{ad_id}/annons/{part}"


def with_timetable(world: World) -> tuple[UUID, str]:
    """A published ad that closes on 11 December 2026 and has promised two days around New Year."""
    ad_id = whole_draft(world)
    rows = [["15 dec", "Vi ringer alla"], ["11 jan", "Besked till alla"]]
    days = {"deadline": date(2026, 12, 11), "timetable": rows}
    with world.writing(scope.party(world.party)) as session:
        save_part(session, ad_id=ad_id, part=BY_KEY["deadline"], values=days, **by(world))
        term = {**TERM, "earliest_start": date(2027, 6, 1)}
        save_term(session, ad_id=ad_id, values=term, on=clock.today(), **by(world))
    return ad_id, published(world, ad_id)


def shown_days(world: World, reference: str) -> list[tuple[str, str]]:
    page = world.browser().get(f"/annonser/{reference}").get_data(as_text=True).replace("\u00a0", " ")
    return re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)", page)


def test_what_was_promised_keeps_its_year_and_is_moved_along(world: World, office: FlaskClient) -> None:
    ad_id, reference = with_timetable(world)
    page = office.get(place(ad_id, "forlang"))
    assert 'value="15 dec 2026"' in page.get_data(as_text=True)
    moved = {"deadline": "2027-03-01", "rows-0-when": "8 mars"}
    assert submit_page(office, page, place(ad_id, "forlang"), moved, "Förläng").status_code == 303
    days = shown_days(world, reference)
    assert ("8 mars 2027", "Vi ringer alla") in days
    assert ("11 januari 2027", "Besked till alla") in days


def test_an_untouched_row_is_not_moved_by_a_year(world: World, office: FlaskClient) -> None:
    ad_id, reference = with_timetable(world)
    assert submit(office, place(ad_id, "forlang"), {"deadline": "2027-03-01"}, "Förläng").status_code == 303
    assert ("15 december 2026", "Vi ringer alla") in shown_days(world, reference)


def test_a_published_timetable_is_corrected_and_its_last_day_stays(world: World, office: FlaskClient) -> None:
    ad_id, reference = with_timetable(world)
    answer = submit(office, place(ad_id, "sista-dag"), {"rows-0-when": "16 dec"}, SAVE)
    assert answer.status_code == 303
    forced = {"deadline": "2027-05-01", "rows-0-when": "17 dec", "rows-0-text": "Vi ringer alla"}
    page = office.get(place(ad_id, "sista-dag"))
    assert 'name="deadline"' not in page.get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.get_data(as_text=True))
    assert token
    office.post(place(ad_id, "sista-dag"), data={**forced, "csrf_token": token[1]})
    assert stored(world, ad_id, "deadline") == (date(2026, 12, 11),)
    assert submit(office, place(ad_id, "publicera"), {}, "Publicera ändringarna").status_code == 303
    assert any("december 2026" in day and text == "Vi ringer alla" for day, text in shown_days(world, reference))


def test_nothing_that_a_colleague_saved_meanwhile_is_published_unseen(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    reference = published(world, ad_id)
    page = office.get(place(ad_id, "forlang"))
    half = {"title": "HALVFÄRDIG", "intro": "Text."}
    submit(world.browser(world.kansli), place(ad_id, "rubrik"), half, SAVE)
    answer = submit_page(office, page, place(ad_id, "forlang"), {"deadline": "2026-12-18"}, "Förläng")
    assert answer.status_code == 409
    assert "Annonsen har ändrats sedan sidan öppnades" in answer.get_data(as_text=True)
    assert "HALVFÄRDIG" not in world.browser().get(f"/annonser/{reference}").get_data(as_text=True)
    again = submit_page(office, answer, place(ad_id, "forlang"), {}, "Förläng")
    assert again.status_code == 303, "what the page tells of now is published"
    assert "HALVFÄRDIG" in world.browser().get(f"/annonser/{reference}").get_data(as_text=True)


@pytest.mark.parametrize("year", ["2036", "2027"])
def test_no_last_day_when_the_work_is_to_have_begun(world: World, office: FlaskClient, year: str) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    before = stored(world, ad_id, "deadline")
    answer = submit(office, place(ad_id, "forlang"), {"deadline": f"{year}-12-18"}, "Förläng")
    assert answer.status_code == 422
    assert "är inte före tillträdet" in answer.get_data(as_text=True)
    assert stored(world, ad_id, "deadline") == before


@pytest.mark.parametrize(("moved_to", "kept"), [("2026-12-28", False), ("2026-12-20", False), ("2026-12-19", True)])
def test_no_day_of_decision_is_promised_but_the_one_that_the_office_has_chosen(
    world: World, office: FlaskClient, moved_to: str, kept: bool
) -> None:
    ad_id, chosen = whole_draft(world), date(2026, 12, 20)
    with world.writing(scope.party(world.party)) as session:
        save_term(session, ad_id=ad_id, values={**TERM, "expected_decision": chosen}, on=clock.today(), **by(world))
    published(world, ad_id)
    page = office.get(place(ad_id, "forlang"))
    assert "Beslut väntas den 20 december 2026" in page.get_data(as_text=True)
    assert submit_page(office, page, place(ad_id, "forlang"), {"deadline": moved_to}, "Förläng").status_code == 303
    told = office.get(place(ad_id, "publicera")).get_data(as_text=True)
    assert ("Ingen dag för beslutet är lovad längre" in told) is not kept
    with world.acting(scope.party(world.party)) as session:
        version = current_version_of(session, ad_id)
        assert version is not None
        assert promised_day(version.content) == (chosen if kept else None)


def test_why_it_cannot_be_published_is_said(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    with world.writing(scope.party(world.party)) as session:
        save_part(session, ad_id=ad_id, part=BY_KEY["tasks"], values={"tasks": []}, **by(world))
    answer = submit(office, place(ad_id, "forlang"), {"deadline": "2026-12-18"}, "Förläng")
    assert answer.status_code == 422
    assert "Skriv minst en arbetsuppgift." in answer.get_data(as_text=True)


def test_a_closed_ad_is_still_corrected(world: World, set_clock: Callable[[str], datetime]) -> None:
    ad_id = whole_draft(world)
    reference = published(world, ad_id)
    set_clock("2026-12-12T09:00")
    office = world.browser(world.kansli)
    submit(office, place(ad_id, "rubrik"), {"title": "Politisk sekreterare, rättad"}, SAVE)
    assert submit(office, place(ad_id, "publicera"), {}, "Publicera ändringarna").status_code == 303
    assert "Politisk sekreterare, rättad" in world.browser().get(f"/annonser/{reference}").get_data(as_text=True)


def test_a_page_from_before_it_had_rows_takes_no_promise_away(world: World, office: FlaskClient) -> None:
    ad_id, _ = with_timetable(world)
    page = fields_of(office.get(place(ad_id, "forlang")))
    old = {"csrf_token": page["csrf_token"][0], "deadline": "2027-03-01"}
    assert office.post(place(ad_id, "forlang"), data=old).status_code == 303
    assert stored(world, ad_id, "timetable") == ([["15 dec", "Vi ringer alla"], ["11 jan", "Besked till alla"]],)


@pytest.mark.parametrize("mine", [False, True])
def test_a_colleagues_timetable_is_not_written_over(world: World, office: FlaskClient, mine: bool) -> None:
    ad_id, _ = with_timetable(world)
    page = office.get(place(ad_id, "forlang"))
    theirs = {"rows-0-when": "20 dec", "rows-0-text": "KOLLEGANS ORD"}
    submit(world.browser(world.kansli), place(ad_id, "sista-dag"), theirs, SAVE)
    typed = {"deadline": "2026-12-18"} | ({"rows-1-when": "15 jan"} if mine else {})
    refused = submit_page(office, page, place(ad_id, "forlang"), typed, "Förläng")
    text = refused.get_data(as_text=True)
    assert refused.status_code == 409 and "KOLLEGANS ORD" in text
    shown = fields_of(refused)
    assert (shown["rows-0-text"] == ["KOLLEGANS ORD"]) is not mine
    assert ("Någon annan har ändrat tidplanen" in text) is mine
    assert submit_page(office, refused, place(ad_id, "forlang"), {}, "Förläng").status_code == 303
    (rows,) = stored(world, ad_id, "timetable")
    assert (["20 dec 2026", "KOLLEGANS ORD"] in rows) is not mine
