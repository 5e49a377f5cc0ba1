"""Two of an office write the same part of an ad: neither is written over unseen, and nobody is asked about nothing."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from portal import scope
from portal.ads.models import Ad
from portal.ads.parts import BY_KEY
from portal.ads.services.parts import save_part
from tests.ads.drafts import by, stored, whole_draft
from tests.at_once import second
from tests.forms import fields_of, submit, submit_page
from tests.world import World

SAVE, PUBLISH = "Spara och fortsätt", "Publicera annonsen"
Typed = dict[str, Any]


@pytest.fixture
def office(world: World) -> FlaskClient:
    return world.browser(world.kansli)


def place(ad_id: UUID, part: str) -> str:
    return f"/arbete/rekryteringar/{ad_id}/annons/{part}"


@pytest.mark.parametrize(
    ("part", "theirs", "mine", "told"),
    [
        ("arbetsgivare", {"retention_rule": "§ 14"}, {"retention_rule": "§ 15"}, "§ 14"),
        ("omfattning", {"remote": "yes"}, {"remote": "no"}, "<dd>Går delvis</dd>"),
        ("slutdatum", {"earliest_start": "2027-03-01"}, {"earliest_start": "2027-04-01"}, "1 mars 2027"),
        ("lon", {"salary_low": "38000"}, {"salary_low": "39000"}, "38000"),
        ("rubrik", {"intro": "Deras <b>text</b>"}, {"intro": "Min text"}, "Deras &lt;b&gt;text&lt;/b&gt;"),
        ("arbetsuppgifter", {"tasks": "svara i telefon"}, {"tasks": "skriva brev"}, "svara i telefon"),
        ("krav", {"rows-0-text": "Du är lugn"}, {"rows-0-text": "Du är glad"}, "Krav: Du är lugn · Bedöms på en skala"),
        ("handlingar", {"documents": ["cv"]}, {"documents": ["letter"]}, "<dd>CV</dd>"),
        ("sista-dag", {"deadline": "2026-12-12"}, {"deadline": "2026-12-13"}, "12 december 2026"),
        ("sista-dag", {"rows-0-when": "11 jan", "rows-0-text": "Möte"}, {"rows-0-when": "12 jan"}, "11 jan · Möte"),
        ("kontakt", {"rows-0-phone": "070-174 06 48"}, {"rows-0-phone": "070-174 06 49"}, "070-174 06 48"),
    ],
)
def test_what_a_colleague_has_saved_stands_until_one_has_seen_it(
    world: World, office: FlaskClient, part: str, theirs: Typed, mine: Typed, told: str
) -> None:
    where = place(whole_draft(world), part)
    old = office.get(where)
    assert submit_page(office, old, where, theirs, SAVE).status_code == 303
    assert told not in old.get_data(as_text=True)
    asked = submit_page(office, old, where, mine, SAVE)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and told in page and "Sparat sedan du öppnade sidan" in page
    assert fields_of(asked).items() >= as_fields(mine).items(), "what was typed stays"
    assert fields_of(office.get(where)).items() >= as_fields(theirs).items()
    assert submit_page(office, asked, where, {}, SAVE).status_code == 303
    assert fields_of(office.get(where)).items() >= as_fields(mine).items()


def as_fields(typed: Typed) -> dict[str, list[str]]:
    return {name: value if isinstance(value, list) else [value] for name, value in typed.items()}


def test_what_one_has_not_touched_is_taken_in_beside_what_one_has(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    where = place(ad_id, "slutdatum")
    old = office.get(where)
    submit_page(office, old, where, {"start_agreed": "no", "expected_decision": "2026-12-20"}, SAVE)
    asked = submit_page(office, old, where, {"earliest_start": "2027-04-01"}, SAVE)
    assert asked.status_code == 409
    assert "visar redan det nya: Beslut om anställning, Tillträdet." in asked.get_data(as_text=True)
    assert submit_page(office, asked, where, {}, SAVE).status_code == 303
    wanted = (date(2026, 12, 20), date(2027, 4, 1), False)
    assert stored(world, ad_id, "expected_decision", "earliest_start", "start_agreed") == wanted


def test_rows_that_one_has_not_touched_are_taken_in_as_rows(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    where = place(ad_id, "sista-dag")
    old = office.get(where)
    submit_page(office, old, where, {"rows-0-when": "11 jan", "rows-0-text": "Möte"}, SAVE)
    asked = submit_page(office, old, where, {"deadline": "2026-12-13"}, SAVE)
    assert asked.status_code == 409 and fields_of(asked)["rows-0-text"] == ["Möte"]
    assert submit_page(office, asked, where, {}, SAVE).status_code == 303
    assert stored(world, ad_id, "deadline", "timetable") == (date(2026, 12, 13), [["11 jan", "Möte"]])


@pytest.mark.parametrize("part", [part.slug for part in BY_KEY.values() if part.fields])
def test_a_page_that_says_what_stands_or_what_it_was_opened_with_goes_onward(
    world: World, office: FlaskClient, part: str
) -> None:
    where = place(whole_draft(world), part)
    office_page = office.get(where)
    for _ in range(2):
        assert submit_page(office, office_page, where, {}, SAVE).status_code == 303


def test_a_double_press_is_saved_once_and_an_untouched_page_takes_nothing_back(
    world: World, office: FlaskClient
) -> None:
    ad_id = whole_draft(world)
    where = place(ad_id, "krav")
    old = office.get(where)
    for _ in range(2):
        answer = submit_page(office, old, where, {"rows-1-text": "Du är lugn"}, "Spara och lägg till en rad")
        assert answer.status_code == 303
    assert submit_page(office, old, where, {}, SAVE).status_code == 303
    rows = [value for name, value in fields_of(office.get(where)).items() if name.endswith("-text")]
    assert rows == [["Du skriver väl"], ["Du är lugn"], [""]]


def test_how_long_one_keeps_follows_from_who_employs(world: World, office: FlaskClient) -> None:
    made = submit(office, "/arbete/rekryteringar/ny", {}, "Börja skriva")
    where = made.headers["Location"].rpartition("/annons")[0] + "/annons/arbetsgivare"
    blank = office.get(where)
    submit_page(office, blank, where, {"employer": "party", "retention_months": "36", "retention_rule": "§ 3"}, SAVE)
    asked = submit_page(office, blank, where, {"employer": "authority"}, SAVE)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and "<dd>36</dd>" in page and "<dd>§ 3</dd>" in page
    assert submit_page(office, asked, where, {}, SAVE).status_code == 303
    own = {"employer": ["authority"], "retention_months": ["24"]}
    saved = fields_of(office.get(where))
    assert saved.items() >= own.items() and saved["retention_rule"] != ["§ 3"]


def test_an_end_that_was_left_empty_is_not_what_one_has_typed(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    with world.writing(scope.party(world.party)) as session:
        session.get_one(Ad, ad_id).latest_end = None
    where = place(ad_id, "slutdatum")
    blank = office.get(where)
    submit_page(office, blank, where, {"latest_end": "2028-01-01"}, SAVE)
    assert submit_page(office, blank, where, {}, SAVE).status_code == 303
    asked = submit_page(office, blank, where, {"expected_decision": "2026-12-20"}, SAVE)
    assert asked.status_code == 409 and fields_of(asked)["latest_end"] == ["2028-01-01"]
    assert submit_page(office, asked, where, {}, SAVE).status_code == 303
    assert stored(world, ad_id, "latest_end", "expected_decision") == (date(2028, 1, 1), date(2026, 12, 20))


def test_the_button_that_repairs_the_end_says_no_day_that_is_not_saved(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    where = place(ad_id, "slutdatum")
    wrong = submit(office, where, {"latest_end": "2032-01-01"}, SAVE)
    submit(office, where, {"latest_end": "2028-01-01"}, SAVE)
    asked = submit_page(office, wrong, where, {}, "Använd 31 december 2030")
    assert asked.status_code == 409 and "<dd>1 januari 2028</dd>" in asked.get_data(as_text=True)
    assert fields_of(asked)["latest_end"] == ["2030-12-31"]
    assert submit_page(office, asked, where, {}, SAVE).status_code == 303
    assert stored(world, ad_id, "latest_end") == (date(2030, 12, 31),)


def test_after_a_fault_the_page_still_says_what_it_was_opened_with(world: World, office: FlaskClient) -> None:
    where = place(whole_draft(world), "rubrik")
    old = office.get(where)
    submit_page(office, old, where, {"intro": "Kollegans text"}, SAVE)
    wrong = submit_page(office, old, where, {"title": ""}, SAVE)
    assert wrong.status_code == 422
    asked = submit_page(office, wrong, where, {"title": "Sekreterare"}, SAVE)
    assert asked.status_code == 409 and fields_of(asked)["intro"] == ["Kollegans text"]


def test_of_two_who_save_at_the_same_instant_the_later_is_asked(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    where = place(ad_id, "rubrik")
    old = office.get(where)
    with second() as the_later:
        with world.writing(scope.party(world.party)) as session:
            save_part(session, ad_id=ad_id, part=BY_KEY["title"], values={"title": "Den första"}, **by(world))
            the_later.begins(submit_page, office, old, where, {"title": "Den andra"}, SAVE)
        answer = the_later.ends()
    assert answer.status_code == 409 and "<dd>Den första</dd>" in answer.get_data(as_text=True)
    assert stored(world, ad_id, "title") == ("Den första",)


@pytest.mark.parametrize("marks", ["", ":::", "title:x title", "<b>:\x00", "a" * 5000])
def test_marks_that_are_none_are_asked_about_and_break_nothing(world: World, office: FlaskClient, marks: str) -> None:
    ad_id = whole_draft(world)
    where = place(ad_id, "rubrik")
    answer = submit(office, where, {"title": "Ny", "marks": marks}, SAVE)
    assert answer.status_code == 409 and "<b>:" not in answer.get_data(as_text=True)
    assert stored(world, ad_id, "title") == ("Politisk sekreterare",)
    assert submit_page(office, answer, where, {}, SAVE).status_code == 303


def test_a_page_from_before_pages_told_is_taken_as_it_comes(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    where = place(ad_id, "rubrik")
    old = fields_of(office.get(where))
    del old["marks"]
    assert office.post(where, data={**old, "title": "Ny"}).status_code == 303
    assert stored(world, ad_id, "title") == ("Ny",)


def test_an_ad_that_has_changed_since_it_was_looked_at_is_not_published_unseen(
    world: World, office: FlaskClient
) -> None:
    ad_id = whole_draft(world)
    where = place(ad_id, "publicera")
    looked_at = office.get(where)
    submit(office, place(ad_id, "rubrik"), {"intro": "Kollegans text"}, SAVE)
    refused = submit_page(office, looked_at, where, {}, PUBLISH)
    assert refused.status_code == 409 and "Titta på förhandsvisningen" in refused.get_data(as_text=True)
    assert stored(world, ad_id, "state", "published_at") == ("draft", None)
    assert submit_page(office, refused, where, {}, PUBLISH).status_code == 303
    assert stored(world, ad_id, "state", "intro") == ("published", "Kollegans text")


def test_what_publishing_itself_puts_in_is_nobodys_change(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    with world.writing(scope.party(world.party)) as session:
        ad = session.get_one(Ad, ad_id)
        ad.limit_latest_end, ad.limit_rule = date(2030, 12, 30), "an earlier version"
    assert submit(office, place(ad_id, "publicera"), {}, PUBLISH).status_code == 303
    assert stored(world, ad_id, "state", "latest_end") == ("published", date(2030, 12, 31))
