"""Renewal for the next term, one or many: each its own employment and limit, all or none, nobody twice."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.contracts.decision.queries import waiting
from portal.contracts.models import Employment
from portal.contracts.recording.faults import NothingRecorded
from portal.contracts.renewal.services import renew
from portal.contracts.renewal.term import Term, days_with_party, renewal_of, term_to_renew_for
from portal.contracts.terms import Terms
from tests.contracts.test_employments import employ
from tests.counting import statements
from tests.decisions.recruiting import office
from tests.forms import submit, submit_page
from tests.posts.ledgers import claimed, give
from tests.posts.test_races import refused
from tests.world import World

Clock = Callable[[str], datetime]
MANY = "/arbete/anstallningar/fornya"
TERM = Term(date(2027, 1, 1), date(2030, 12, 31))
BUTTON = "Förnya för 2027–2030"
DECIDED = "2026-11-23"


@pytest.fixture(autouse=True)
def after_the_election(set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")


def renewals(world: World) -> list[Employment]:
    with world.acting(scope.party(world.party)) as session:
        return list(session.scalars(select(Employment).where(Employment.renews_id.is_not(None))))


def send(world: World, ids: Sequence[object], button: str = BUTTON, **fields: Any) -> TestResponse:
    return submit(
        world.browser(world.kansli), MANY, {"decided": DECIDED, "chosen": [str(id) for id in ids], **fields}, button
    )


def renew_them(world: World, ids: Sequence[UUID], **changes: Any) -> int | None:
    def terms_of(row: Employment) -> Terms:
        return renewal_of(row, TERM, decided=date(2026, 11, 23), **changes)

    with world.writing(scope.party(world.party)) as session:
        made = renew(session, ids=ids, terms_of=terms_of, actor=office(world), at=clock.now(), on=clock.today())
        return None if made is None else len(made)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 1, 2), "2027–2030"), (date(2026, 9, 13), "2027–2030"), (date(2026, 12, 31), "2027–2030"),
        (date(2027, 1, 5), "2027–2030"), (date(2029, 12, 31), "2027–2030"), (date(2030, 1, 1), "2031–2034"),
    ],
)  # fmt: skip
def test_the_years_follow_from_the_elections_and_the_day(on: date, words: str) -> None:
    term = term_to_renew_for(on)
    assert term is not None
    assert term.words == words


def test_beyond_the_table_of_elections_nothing_is_promised() -> None:
    assert term_to_renew_for(date(2050, 12, 1)) is None


def test_las_5_a_the_days_at_the_party_are_those_of_the_last_five_years() -> None:
    former = Employment(
        employer="party", starts_on=date(2023, 1, 1), ends_on=date(2026, 12, 31), extent_percent=50, earlier_days=10
    )
    assert days_with_party(former, date(2027, 1, 1)) == 1471
    assert renewal_of(former, TERM, decided=date(2026, 11, 23)).earlier_days == 1471
    old = Employment(employer="party", starts_on=date(2010, 1, 1), ends_on=date(2026, 12, 31), earlier_days=900)
    assert days_with_party(old, date(2027, 1, 1)) == 1826, "no more than the five years hold"


def test_ten_are_renewed_with_one_decision_day_each_with_limit_claim_and_decision_to_write(world: World) -> None:
    give(world, (world.party, "8.00"))
    ids = [employ(world, f"Person {number}") for number in range(10)]
    page = world.browser(world.kansli).get(MANY).get_data(as_text=True).replace("\xa0", " ")
    assert page.count("1 januari 2027 till 31 december 2030") == 10
    answer = send(world, ids)
    assert answer.status_code == 303
    made = renewals(world)
    assert {row.renews_id for row in made} == set(ids)
    assert {(row.starts_on, row.ends_on, row.limit_latest_end) for row in made} == {
        (date(2027, 1, 1), date(2030, 12, 31), date(2030, 12, 31))
    }
    assert {(row.ad_id, row.title, row.extent_percent) for row in made} == {
        (None, "Politisk sekreterare på heltid", 80)
    }
    assert claimed(world) == [("filled", 80)] * 10
    with world.acting(scope.party(world.party)) as session:
        assert {row.id for row in made} <= {one.employment_id for one in waiting(session, on=clock.today())}
    browser = world.browser(world.kansli)
    assert browser.get(MANY).get_data(as_text=True).count("Redan förnyad") == 10
    for row in made:
        assert browser.get(f"/arbete/anstallningar/{row.id}/avtal").status_code == 200


def test_a_double_click_makes_ten_and_not_twenty(world: World) -> None:
    ids = [employ(world, f"Person {number}") for number in range(10)]
    assert refused([lambda: renew_them(world, ids), lambda: renew_them(world, ids)]) == []
    assert len(renewals(world)) == 10


def test_who_is_renewed_already_is_told_of_and_nobody_is_renewed(world: World) -> None:
    first, second = employ(world, "Åsa"), employ(world, "Bo")
    assert renew_them(world, [first]) == 1
    with pytest.raises(NothingRecorded) as refusal:
        renew_them(world, [first, second])
    assert (
        refusal.value.faults[first].sentence
        == "Den är redan förnyad, från och med 1 januari 2027, så krysset är borta."
    )
    assert len(renewals(world)) == 1
    browser = world.browser(world.kansli)
    page = browser.get(f"/arbete/anstallningar/{first}/fornya")
    assert page.status_code == 303, "to the renewal"


def test_one_row_that_cannot_be_renewed_stops_all_and_says_which(world: World) -> None:
    give(world, (world.party, "2.00"))
    ids = [employ(world, name) for name in ("Åsa", "Bo", "Cissi")]
    answer = send(world, ids)
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Partiet har 2,00 heltider: 1,60 är tillsatta" in page
    assert page.count("Tjänsteutrymmet räcker inte") == 2, "beside one row, and in the summary"
    assert renewals(world) == []
    assert claimed(world) == []


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_decided_before_the_election_it_cannot_run_past_the_year_and_says_from_when(
    world: World, set_clock: Clock, employer: str
) -> None:
    set_clock("2026-08-20T10:00")
    id = employ(world, "Åsa", employer=employer)
    answer = send(world, [id], decided="2026-08-20")
    assert answer.status_code == 422
    page = answer.get_data(as_text=True).replace("\xa0", " ")
    assert "Fatta beslutet tidigast 14 september 2026" in page
    assert renewals(world) == []


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"decided": ""}, "Ange dagen då beslutet om anställning fattas."),
        ({"decided": "nyss"}, "nyss är inget datum."),
        ({"ends": "2031-01-01"}, "Längst till och med 31 december 2030."),
        ({"ends": "2026-12-31"}, "ligger före första dagen"),
        ({"decided": "2030-09-10"}, "som inte har hållits än."),
        ({"chosen": []}, "Kryssa för minst en som ska förnyas."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_recorded(world: World, fields: dict[str, Any], sentence: str) -> None:
    id = employ(world, "Åsa")
    answer = send(world, [id], **fields)
    assert answer.status_code == 422
    assert sentence in answer.get_data(as_text=True)
    assert renewals(world) == []


def test_one_whose_end_a_colleague_has_moved_is_named_and_the_others_stay_ticked(world: World) -> None:
    moved, stays = employ(world, "Åsa"), employ(world, "Bo")
    browser = world.browser(world.kansli)
    old = browser.get(MANY)
    with world.writing(scope.party(world.party)) as session:
        row = session.get_one(Employment, moved)
        row.ends_on = row.extended_latest_end = date(2030, 12, 31)
    ticked = {"chosen": [str(moved), str(stays)], "decided": DECIDED}
    told = submit_page(browser, old, MANY, ticked, BUTTON)
    page = told.get_data(as_text=True)
    assert told.status_code == 409 and "Åsa slutar inte längre då, och är inte med." in page
    assert renewals(world) == [] and f'value="{stays}" checked' in page
    assert submit_page(browser, told, MANY, {}, BUTTON).status_code == 303
    assert [row.renews_id for row in renewals(world)] == [stays]


def test_a_rivals_an_unknown_and_a_nonsense_id_are_a_page_that_is_not_there(world: World) -> None:
    employ(world, "Åsa")
    rivals = employ(world, "Rival", party=world.rival)
    browser = world.browser(world.kansli)
    token = browser.get(MANY).get_data(as_text=True).split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    for id in (rivals, uuid4(), "1 OR 1=1"):
        data = {"csrf_token": token, "decided": DECIDED, "chosen": str(id), "save": "1"}
        assert browser.post(MANY, data=data).status_code == 404
    for id in (rivals, uuid4()):
        assert browser.get(f"/arbete/anstallningar/{id}/fornya").status_code == 404
    assert renew_them(world, [rivals]) is None
    for person in (world.gunnel, world.region):
        assert world.browser(person).get(MANY).status_code == 404


def test_one_is_renewed_with_terms_of_its_own(world: World) -> None:
    id = employ(world, "Åsa")
    browser = world.browser(world.kansli)
    place = f"/arbete/anstallningar/{id}/fornya"
    assert BUTTON in browser.get(f"/arbete/anstallningar/{id}").get_data(as_text=True)
    assert 'value="2027-01-01"' in browser.get(place).get_data(as_text=True)
    early = submit(browser, place, {"starts": "2026-12-01", "ends": ""}, BUTTON)
    assert early.status_code == 422
    assert "kan börja tidigast 1 januari 2027" in early.get_data(as_text=True)
    late = submit(browser, place, {"ends": "2031-05-31"}, BUTTON)
    assert 'name="use" value="2030-12-31"' in late.get_data(as_text=True)
    answer = submit(browser, place, {"starts": "2027-02-01", "ends": "2029-06-30", "extent_percent": "40"}, BUTTON)
    assert answer.status_code == 303
    (row,) = renewals(world)
    assert (row.renews_id, row.starts_on, row.ends_on, row.extent_percent) == (
        id, date(2027, 2, 1), date(2029, 6, 30), 40,
    )  # fmt: skip


def test_the_way_to_a_renewal_stands_where_there_is_something_to_renew(world: World) -> None:
    id = employ(world, "Per Vikman")
    browser = world.browser(world.kansli)
    assert BUTTON in browser.get(f"/arbete/anstallningar/{id}").get_data(as_text=True)
    renew_them(world, [id])
    (renewal,) = renewals(world)
    assert BUTTON not in browser.get(f"/arbete/anstallningar/{renewal.id}").get_data(as_text=True), (
        "it is for that term"
    )


def test_las_5_a_a_partys_renewal_is_warned_of_and_stores_the_day(world: World) -> None:
    id = employ(world, "Åsa", employer="party")
    place = f"/arbete/anstallningar/{id}/fornya"
    browser = world.browser(world.kansli)
    page = browser.get(place).get_data(as_text=True)
    assert "blir en tillsvidareanställning redan första dagen" in page
    assert submit(browser, place, {}, BUTTON).status_code == 303
    (row,) = renewals(world)
    assert (row.permanent_on, row.controller_id, row.earlier_days) == (date(2027, 1, 1), world.party, 1430)


def test_the_last_post_is_had_by_one_of_two_who_renew_at_once(world: World) -> None:
    give(world, (world.party, "1.00"))
    first, second = employ(world, "Åsa"), employ(world, "Bo")
    assert refused([lambda: renew_them(world, [first]), lambda: renew_them(world, [second])]) == [NothingRecorded]
    assert claimed(world) == [("filled", 80)]


def test_the_database_lets_nobody_be_renewed_twice(world: World) -> None:
    id, other = employ(world, "Åsa"), employ(world, "Bo")
    renew_them(world, [id, other])
    second = renewals(world)[1].id
    with pytest.raises(IntegrityError, match="renews_id"):
        with world.writing(scope.party(world.party)) as session:
            row = session.get_one(Employment, second)
            row.renews_id = other if row.renews_id == id else id


def test_with_nobody_to_renew_the_page_says_so(world: World) -> None:
    page = world.browser(world.kansli).get(MANY).get_data(as_text=True)
    assert "Ingen anställning slutar så att den kan förnyas för 2027–2030." in page


@pytest.mark.counts
def test_the_page_asks_as_much_for_twenty_as_for_one(world: World) -> None:
    counts = []
    for n in (1, 19):
        for number in range(n):
            employ(world, f"Person {n} {number}")
        browser = world.browser(world.kansli)
        browser.get(MANY)
        with statements(world.app) as asked:
            assert browser.get(MANY).status_code == 200
        counts.append(asked.count)
    assert counts == [11, 11]  # three of them whom the person does not decide about, one who leaves


def test_in_the_middle_of_the_term_nobody_is_renewed_for_days_before_the_decision(
    world: World, set_clock: Clock
) -> None:
    id = employ(world, "Åsa", ends=date(2026, 12, 31))
    set_clock("2028-06-01T09:00")
    assert send(world, [id], decided="2028-06-01").status_code == 303
    (row,) = renewals(world)
    assert (row.decided_on, row.starts_on >= row.decided_on) == (date(2028, 6, 1), True)
