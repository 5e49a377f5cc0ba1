"""An ad around its edges: until further notice, a stand-in, a mistyped year, the last second, a button pressed twice."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient

from portal import clock, scope
from portal.ads.checks import stopping
from portal.ads.models import Ad
from portal.ads.parts import BY_KEY
from portal.ads.queries import closed_unannounced, current_version_of
from portal.ads.services.parts import save_part, save_term
from portal.ads.services.publishing import AlreadyClosed, NotReady, announce_closing, content_now, extend_ad, publish_ad
from portal.ads.window import closes_at
from portal.ads.wording import pay_history_question
from portal.posts.employer_model import Employer
from portal.web.filters import dialled
from tests.ads.drafts import TERM, by, published, stored, whole_draft
from tests.ads.test_checks import marks, whole_ad
from tests.forms import fields_of, submit, submit_page
from tests.world import World


@pytest.fixture
def office(world: World) -> FlaskClient:
    return world.browser(world.kansli)


def test_an_ad_until_further_notice_is_not_told_to_become_so() -> None:
    forever = whole_ad(employer="party", employment_form="tillsvidare", latest_end=None)
    assert [mark.sentence for mark in marks(forever)] == []


def test_a_partys_stand_in_turns_permanent_after_two_years_not_one() -> None:
    ad = whole_ad(employer="party", employment_form="vikariat", latest_end=date(2028, 3, 31))
    assert [mark.sentence for mark in marks(ad) if "1 februari 2028" in mark.sentence] == []


@pytest.mark.parametrize(
    ("tail", "typed", "button"),
    [("forlang", {"deadline": "2026-12-15"}, "Förläng"), ("dra-tillbaka", {}, "Dra tillbaka annonsen")],
)
def test_a_button_pressed_twice_does_the_thing_once(
    world: World, office: FlaskClient, tail: str, typed: dict[str, str], button: str
) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    url = f"/arbete/rekryteringar/{ad_id}/annons/{tail}"
    page = office.get(url)
    assert [submit_page(office, page, url, typed, button).status_code for _ in range(2)] == [303, 303]
    assert stored(world, ad_id, "state") == (("published",) if typed else ("withdrawn",))


def test_no_first_last_day_after_the_work_is_to_have_begun() -> None:
    ad = whole_ad(deadline=date(2027, 12, 11), expected_decision=None)
    assert [mark.field for mark in stopping(marks(ad))] != []


def test_what_was_told_to_be_closed_is_not_extended_by_a_click_that_came_before(world: World) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    end, later = closes_at(date(2026, 12, 11)), date(2026, 12, 18)
    with world.writing(scope.party(world.party)) as session:
        announce_closing(session, published_id=current_version_of(session, ad_id).id, at=end)
    before = {"person_id": world.kansli, "at": end - timedelta(seconds=1), "on": date(2026, 12, 11)}
    with world.writing(scope.party(world.party)) as session, pytest.raises(AlreadyClosed):
        extend_ad(session, ad_id=ad_id, deadline=later, **before)
    with world.acting(scope.PLATFORM) as session:
        assert closed_unannounced(session, closes_at(later)) == []


def test_a_stand_in_for_more_than_two_years_is_said_to_turn_permanent_then() -> None:
    ad = whole_ad(
        employer="party", employment_form="vikariat", latest_end=date(2029, 3, 31), end_reason="Ett långt vikariat."
    )
    told = "31 januari 2029 blir vikariatet en tillsvidareanställning enligt LAS."
    assert told in [mark.sentence for mark in marks(ad)]


def test_pay_history_in_other_words() -> None:
    assert pay_history_question("Ange nuvarande och önskad lön.")


def test_a_row_that_is_wrong_can_be_taken_away(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    url = f"/arbete/rekryteringar/{ad_id}/annons/kontakt"
    sent = {name: values[0] for name, values in fields_of(office.get(url)).items()}
    sent = {**sent, "rows-1-name": "Anna", "rows-1-email": "anna(at)example.se", "remove": "1"}
    assert office.post(url, data=sent).status_code == 303


def test_a_swedish_number_with_its_zero_in_brackets_can_be_called(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world)
    url = f"/arbete/rekryteringar/{ad_id}/annons/kontakt"
    assert submit(office, url, {"rows-0-phone": "+46 (0)70-174 06 12"}, "Spara och fortsätt").status_code == 303
    reference = published(world, ad_id)
    page = world.browser().get(f"/annonser/{reference}").get_data(as_text=True)
    assert 'href="tel:+46701740612"' in page


def test_what_is_published_is_what_the_preview_showed(world: World, office: FlaskClient) -> None:
    ad_id = whole_draft(world, deadline=date(2030, 8, 20))
    same = {"ad_id": ad_id, **by(world)}
    with world.writing(scope.party(world.party)) as session:
        save_term(session, values={**TERM, "earliest_start": date(2030, 10, 1)}, on=clock.today(), **same)
        save_part(session, part=BY_KEY["deadline"], values={"deadline": date(2030, 9, 15), "timetable": []}, **same)
    with world.acting(scope.party(world.party)) as session:
        previewed = content_now(session, session.get_one(Ad, ad_id))
    published(world, ad_id)
    with world.acting(scope.party(world.party)) as session:
        assert current_version_of(session, ad_id).content == previewed


def test_a_published_ads_first_day_is_not_moved_before_its_last_day_to_apply(world: World) -> None:
    ad_id = whole_draft(world)
    published(world, ad_id)
    same = {"ad_id": ad_id, **by(world)}
    with world.writing(scope.party(world.party)) as session:
        first = session.get_one(Ad, ad_id).deadline
        save_term(session, values={**TERM, "earliest_start": first}, on=clock.today(), **same)
    with pytest.raises(NotReady), world.writing(scope.party(world.party)) as session:
        publish_ad(session, on=clock.today(), **same)


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("(0)70-174 06 12", "0701740612"),
        ("+46 (0)70-174 06 12", "+46701740612"),
        ("0046 (0)70-174 06 12", "0046701740612"),
        ("070-174 06 12", "0701740612"),
    ],
)
def test_the_zero_in_brackets_is_left_out_after_a_countrys_number_alone(typed: str, called: str) -> None:
    assert dialled(typed) == called


def test_a_party_that_starts_past_its_policy_day_gives_an_end_and_why(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad_id = whole_draft(world, employer=Employer.PARTY)
    set_clock("2030-07-01T10:00")
    office, url = world.browser(world.kansli), f"/arbete/rekryteringar/{ad_id}/annons/slutdatum"
    refused = submit(office, url, {"earliest_start": "2031-01-01", "latest_end": ""}, "Spara och fortsätt")
    assert refused.status_code == 422
    assert "Ange ett slutdatum och skälet till det." in refused.get_data(as_text=True)
    assert stored(world, ad_id, "earliest_start") == (TERM["earliest_start"],)
    given = {"latest_end": "2031-06-30", "end_reason": "Kongressen är i maj."}
    assert submit_page(office, refused, url, given, "Spara och fortsätt").status_code == 303
    assert stored(world, ad_id, "latest_end", "end_reason") == (date(2031, 6, 30), "Kongressen är i maj.")


def test_the_check_of_such_an_ad_asks_for_the_end_once() -> None:
    late = whole_ad(employer="party", earliest_start=date(2031, 1, 1), latest_end=None)
    asked = [mark.sentence for mark in marks(late) if mark.field == "latest_end" and mark.stops]
    assert len(asked) == 1
    assert "Ange ett slutdatum" in asked[0]


def test_an_end_left_empty_before_the_last_day_was_moved_past_an_election_is_pointed_out(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    ad_id = whole_draft(world)
    set_clock("2030-08-01T10:00")
    office, place = world.browser(world.kansli), f"/arbete/rekryteringar/{ad_id}/annons"
    term = {"earliest_start": "2030-11-01", "expected_decision": "", "latest_end": ""}
    submit(office, f"{place}/slutdatum", term, "Spara och fortsätt")
    assert stored(world, ad_id, "latest_end") == (date(2030, 12, 31),)
    submit(office, f"{place}/sista-dag", {"deadline": "2030-09-20"}, "Spara och fortsätt")
    assert "Nu kan det vara 31 december 2034." in office.get(f"{place}/publicera").get_data(as_text=True)
    submit(office, f"{place}/slutdatum", {"latest_end": ""}, "Spara och fortsätt")
    assert stored(world, ad_id, "latest_end") == (date(2034, 12, 31),)
    assert "Nu kan det vara" not in office.get(f"{place}/publicera").get_data(as_text=True)
