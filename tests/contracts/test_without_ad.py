"""An employment without an ad: the same limit, the same sums, the same refusals, and one row however often one presses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.contracts.models import Employment
from portal.contracts.recording.services import record_without_ad
from portal.contracts.terms import Terms, TermsRefused
from portal.posts.employer_model import Employer
from portal.posts.services.claiming import NoRoom
from tests.contracts.acts.changing import employ
from tests.contracts.hiring import hired
from tests.counting import statements
from tests.decisions.recruiting import office
from tests.forms import submit
from tests.posts.ledgers import claimed, give
from tests.posts.test_races import refused
from tests.world import World

Clock = Callable[[str], datetime]
NEW = "/arbete/anstallningar/ny"
RECORD = "Registrera anställningen"
FIELDS = {
    "person": "Åsa Nyman", "title": "Politisk sekreterare", "decided": "2026-11-23", "starts": "2027-01-01",
    "ends": "2030-12-31", "extent_percent": "80",
}  # fmt: skip
TERMS = Terms(Employer.AUTHORITY, date(2026, 11, 23), date(2027, 1, 1), date(2030, 12, 31), 80)


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")


def fill(browser: FlaskClient, employer: str = "offentlig", button: str = RECORD, **changes: Any) -> TestResponse:
    return submit(browser, f"{NEW}/{employer}", {**FIELDS, **changes}, button)


def employments(world: World) -> list[Employment]:
    with world.acting(scope.party(world.party)) as session:
        return list(session.scalars(select(Employment).order_by(Employment.starts_on)))


def record(world: World, terms: Terms = TERMS, name: str = "Åsa Nyman", **changes: Any) -> UUID | None:
    with world.writing(scope.party(world.party)) as session:
        made = record_without_ad(
            session, name=name, title="Politisk sekreterare", terms=terms, actor=office(world), at=clock.now(),
            on=clock.today(), **changes,
        )  # fmt: skip
        return made.id if made else None


def test_it_is_recorded_with_limit_claim_and_sealed_name_and_has_the_same_pages(world: World) -> None:
    browser = world.browser(world.kansli)
    assert "Region Ådalen anställer" in browser.get(NEW).get_data(as_text=True)
    answer = fill(browser)
    assert answer.status_code == 303
    (row,) = employments(world)
    assert (row.ad_id, row.application_id, row.title) == (None, None, "Politisk sekreterare")
    assert (row.limit_reference, row.limit_latest_end) == (date(2026, 11, 23), date(2030, 12, 31))
    assert (row.controller_id, row.with_authority) == (world.authority, True)
    assert "Åsa".encode() not in row.name_sealed
    assert claimed(world) == [("filled", 80)]
    page = answer.headers["Location"]
    assert "Åsa Nyman" in browser.get(page).get_data(as_text=True)
    for tail in ("/beslut", "/avtal", "/avtal/utkast.pdf"):
        assert browser.get(page + tail).status_code == 200, tail
    assert "Åsa Nyman" in browser.get("/arbete/anstallningar").get_data(as_text=True)
    assert "Åsa Nyman" in world.browser(world.region).get(page).get_data(as_text=True)
    assert world.browser(world.rival_kansli).get(page).status_code == 404


def test_the_reasoning_stands_there_before_anything_is_recorded(world: World) -> None:
    page = fill(world.browser(world.kansli), button="Räkna", ends="")
    assert page.status_code == 200
    assert "Därför 31 december 2030" in page.get_data(as_text=True).replace("\xa0", " ")
    assert employments(world) == []


def test_the_last_day_is_worked_out_whatever_is_wrong_beside_the_days(world: World) -> None:
    browser = world.browser(world.kansli)
    for changes in ({"person": ""}, {"extent_percent": "halvtid"}, {"title": ""}):
        for employer, answer in (
            ("offentlig", "Därför 31 december 2030"),
            ("parti", "Utgångsläget är 31 december 2030"),
        ):
            told = fill(browser, employer, "Räkna", **changes, ends="")
            page = told.get_data(as_text=True).replace("\xa0", " ")
            assert told.status_code == 422 and answer in page
            assert "Fyll i beslut och tillträde" not in page
    past = fill(browser, button="Räkna", person="", ends="2031-06-30").get_data(as_text=True)
    assert "Längst till och med 31 december 2030." in past and "Skriv vad den som anställs heter." in past
    unread = fill(browser, button="Räkna", ends="snart").get_data(as_text=True)
    assert "Rätta det som står vid dagarna" in unread and "Fyll i beslut" not in unread
    assert "Fyll i beslut och tillträde" in fill(browser, button="Räkna", starts="").get_data(as_text=True)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"person": ""}, "Skriv vad den som anställs heter."),
        ({"person": "Å" * 151}, "Korta den till högst 150."),
        ({"title": " "}, "Skriv titeln"),
        ({"decided": ""}, "Ange dagen då beslutet om anställning fattas."),
        ({"decided": "2026-08-20"}, "kan inte beslutas före valdagen 13 september 2026."),
        ({"starts": "igår"}, "igår är inget datum."),
        ({"ends": "2031-01-01"}, "Längst till och med 31 december 2030."),
        ({"ends": "2026-12-31"}, "ligger före första dagen"),
        ({"extent_percent": "101"}, "Skriv ett tal från 1 till 100 i ”Omfattning” (procent av heltid)."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_recorded(world: World, changes: dict[str, str], sentence: str) -> None:
    answer = fill(world.browser(world.kansli), **changes)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert employments(world) == []


def test_a_markup_of_a_name_is_text(world: World) -> None:
    browser = world.browser(world.kansli)
    answer = fill(browser, person="<b>Åsa</b>")
    assert "&lt;b&gt;Åsa" in browser.get(answer.headers["Location"]).get_data(as_text=True)


def test_pressed_twice_it_is_one(world: World) -> None:
    browser = world.browser(world.kansli)
    first, second = fill(browser), fill(browser)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(employments(world)) == 1
    fill(browser, person="Bo Nyman")
    assert len(employments(world)) == 2, "another person with the same terms is another employment"


def test_kl_4_33_the_service_refuses_without_any_form(world: World) -> None:
    with pytest.raises(TermsRefused, match="Längst till och med 31 december 2030"):
        record(world, Terms(Employer.AUTHORITY, date(2026, 11, 23), date(2027, 1, 1), date(2031, 1, 1), 80))


def test_what_exceeds_the_partys_posts_is_stopped_with_the_sums(world: World) -> None:
    give(world, (world.party, "0.50"))
    answer = fill(world.browser(world.kansli))
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Partiet har 0,50 heltider" in page
    assert "Det här tar 0,80" in page
    assert employments(world) == []
    assert claimed(world) == []


def test_las_5_a_a_party_is_asked_of_earlier_days_and_the_day_is_stored(world: World) -> None:
    browser = world.browser(world.kansli)
    answer = fill(browser, "parti", earlier_days="100")
    (row,) = employments(world)
    assert (row.permanent_on, row.controller_id, row.with_authority) == (date(2027, 9, 23), world.party, False)
    assert "tillsvidareanställning" in browser.get(answer.headers["Location"]).get_data(as_text=True)
    assert world.browser(world.region).get(answer.headers["Location"]).status_code == 404


def test_a_stand_in_takes_only_what_goes_beyond_and_nobody_stands_in_for_a_rivals(world: World) -> None:
    give(world, (world.party, "1.00"))
    mine = record(world)
    rivals = uuid4()
    browser = world.browser(world.kansli)
    assert fill(browser, person="Bo", stands_in_for=str(rivals)).status_code == 422
    assert fill(browser, person="Bo", stands_in_for=str(mine)).status_code == 303
    assert [row.stands_in for row in employments(world)].count(True) == 1


def test_kl_4_33_a_stand_in_has_a_limit_of_its_own_and_takes_the_post_when_the_other_has_left(world: World) -> None:
    give(world, (world.party, "1.00"), starts=date(2026, 1, 1))
    leaves = employ(world)  # until 31 December 2026, and can go on no longer
    made = record(world, in_place_of=leaves)
    row = next(one for one in employments(world) if one.id == made)
    assert (row.stands_in, row.ends_on, row.limit_latest_end) == (True, date(2030, 12, 31), date(2030, 12, 31))
    with pytest.raises(NoRoom, match="1 januari 2027"):
        record(world, name="Bo Nyman")
    with pytest.raises(TermsRefused, match="Längst till och med"):
        record(world, replace(TERMS, ends=date(2031, 1, 1)), in_place_of=leaves)


def test_one_from_an_ad_has_its_title_and_those_without_hire_nobody_from_it(world: World, set_clock: Clock) -> None:
    record(world)
    published, sent = hired(world, set_clock)
    browser = world.browser(world.kansli)
    page = browser.get(f"/arbete/rekryteringar/{published.id}/anstall", follow_redirects=True).get_data(as_text=True)
    assert sent[0].name in page


def test_only_the_office_gets_there(world: World) -> None:
    for person in (world.gunnel, world.region, world.drift):
        for tail in ("", "/offentlig", "/parti"):
            assert world.browser(person).get(NEW + tail).status_code == 404
    assert world.browser(world.kansli).get(f"{NEW}/staten").status_code == 404


def test_the_database_wants_ad_and_application_together(world: World, set_clock: Clock) -> None:
    id = record(world)
    with pytest.raises(IntegrityError, match="of_an_ad_and_an_application_or_neither"):
        with world.writing(scope.party(world.party)) as session:
            session.get_one(Employment, id).application_id = uuid4()
    with pytest.raises(IntegrityError, match="renews_another"):
        with world.writing(scope.party(world.party)) as session:
            session.get_one(Employment, id).renews_id = id


def test_of_two_who_want_the_last_post_at_once_one_gets_it(world: World) -> None:
    give(world, (world.party, "1.00"))
    presses = [lambda name=name: record(world, name=name) for name in ("Åsa", "Bo", "Cissi")]
    assert refused(presses) == [NoRoom, NoRoom]
    assert claimed(world) == [("filled", 80)]


def test_two_who_press_the_same_at_once_make_one(world: World) -> None:
    assert refused([lambda: record(world), lambda: record(world)]) == []
    assert len(employments(world)) == 1


@pytest.mark.counts
def test_the_form_asks_as_much_for_thirty_employed_as_for_one(world: World) -> None:
    counts = []
    for n in (1, 29):
        for number in range(n):
            record(world, name=f"Person {n} {number}")
        browser = world.browser(world.kansli)
        browser.get(f"{NEW}/offentlig")
        with statements(world.app) as asked:
            assert browser.get(f"{NEW}/offentlig").status_code == 200
        counts.append(asked.count)
    assert counts == [5, 5]


@pytest.mark.parametrize(("employer", "label"), [("offentlig", "Sista möjliga dag"), ("parti", "Utgångsläget")])
def test_kl_4_33_binds_no_party_so_the_day_of_its_policy_is_not_called_the_last_possible(
    world: World, employer: str, label: str
) -> None:
    """Kommunallagen 4:33 speaks of what municipalities and regions employ; a party passes its own day with a reason."""
    page = " ".join(fill(world.browser(world.kansli), employer, "Räkna").get_data(as_text=True).split())
    assert f"<dt>31 december 2030</dt><dd>{label}</dd>" in page
    assert ("sista möjliga dag" in page.casefold()) is (employer == "offentlig")
