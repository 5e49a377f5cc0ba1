"""Decisions on posts read from a table: shown first, faults by cell, all or none, and the same table twice is one."""

import html
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import scope
from portal.documents.engines.table_reader import read_table
from portal.posts.models import Quota
from portal.posts.taking_over.quotas import COLUMNS
from tests.counting import statements
from tests.documents.workbooks import Value, workbook
from tests.forms import submit, submit_page
from tests.posts.ledgers import give
from tests.world import World

READ_IN = "/arbete/tjansteutrymme/las-in"
HEADS = [column.heading for column in COLUMNS]
ROW: dict[str, Value] = {
    "Parti": "Närvårdspartiet", "Heltider": 5.5, "Beslutat av": "Regionfullmäktige", "Beslutat": date(2022, 11, 16),
    "Paragraf": "§ 142", "Ärendenummer": "RS/566/2022", "Från och med": date(2023, 1, 1), "Till och med": "2026-12-31",
}  # fmt: skip
RIVAL: dict[str, Value] = {"Parti": "dalpartiet", "Heltider": "4,25"}


@pytest.fixture(autouse=True)
def now(set_clock: Callable[[str], datetime]) -> None:
    set_clock("2026-11-23T10:00")


def show(world: World, *rows: dict[str, Value], browser: Any = None) -> TestResponse:
    data = workbook([HEADS, *([{**ROW, **row}[head] for head in HEADS] for row in rows)])
    return submit(browser or world.browser(world.region), READ_IN, {}, "Visa raderna", {"file": (data, "a.xlsx")})


def text(answer: TestResponse) -> str:
    return html.unescape(answer.get_data(as_text=True)).replace("\xa0", " ")


def quotas(world: World) -> list[Quota]:
    with world.acting(scope.authority(world.authority)) as session:
        return list(session.scalars(select(Quota).order_by(Quota.turn, Quota.hundredths)))


def test_every_row_is_shown_and_then_written_down_as_one_decision_by_day_and_number(world: World) -> None:
    browser = world.browser(world.region)
    assert READ_IN in browser.get("/arbete/tjansteutrymme").get_data(as_text=True)
    page = show(
        world, {}, RIVAL, {"Från och med": date(2027, 1, 1), "Till och med": date(2030, 12, 31)}, browser=browser
    )
    for words in ("Närvårdspartiet", "Dalpartiet", "5,50", "4,25", "16 november 2022, § 142, RS/566/2022"):
        assert words in text(page)
    assert quotas(world) == []
    for _ in range(2):
        assert submit_page(browser, page, READ_IN, {}, "Lägg in 2 beslut").status_code == 303
    first, second, third = quotas(world)
    assert (first.hundredths, second.hundredths, third.hundredths) == (425, 550, 550)
    assert first.decision_id == second.decision_id != third.decision_id
    assert (first.party_id, first.starts_on, first.ends_on) == (world.rival, date(2023, 1, 1), date(2026, 12, 31))


def test_the_template_has_our_headings(world: World) -> None:
    answer = world.browser(world.region).get(f"{READ_IN}/mall.xlsx")
    assert [cell.text for cell in read_table(answer.get_data(), name="a.xlsx").rows[1].values()] == HEADS


@pytest.mark.parametrize(
    ("changes", "cell", "sentence"),
    [
        ({"Parti": "Okända partiet"}, "A2", "finns inte här"),
        ({"Parti": None}, "A2", "Fyll i parti."),
        ({"Heltider": 5.555}, "B2", "högst två decimaler"),
        ({"Heltider": -1}, "B2", "högst två decimaler"),
        ({"Heltider": 1001}, "B2", "från 0 till 1 000"),
        ({"Heltider": "=1+1"}, "B2", "Här står en formel."),
        ({"Beslutat av": ""}, "C2", "Fyll i beslutat av."),
        ({"Beslutat": date(2026, 11, 24)}, "D2", "efter i dag"),
        ({"Från och med": "januari"}, "G2", "är inget datum"),
        ({"Till och med": date(2022, 12, 31)}, "H2", "före den första"),
    ],
)
def test_each_fault_is_told_by_cell_and_nothing_can_be_confirmed(
    world: World, changes: dict[str, Value], cell: str, sentence: str
) -> None:
    answer = show(world, changes, RIVAL)
    assert answer.status_code == 422
    assert f"{cell}: " in text(answer)
    assert sentence in text(answer)
    assert 'name="kept"' not in text(answer)


def test_a_party_twice_on_the_same_days_and_too_many_rows_are_refused(world: World) -> None:
    assert "A3: Partiet står redan på rad 2 för samma tid." in text(show(world, {}, {"Till och med": "2025-12-31"}))
    assert "Tabellen har 10 000 rader. Högst 200" in text(show(world, *({} for _ in range(10_000))))


def test_a_table_of_which_a_part_is_there_is_refused_with_its_rows(world: World) -> None:
    browser = world.browser(world.region)
    submit_page(browser, show(world, {}, browser=browser), READ_IN, {}, "Lägg in beslutet")
    page = show(world, {}, RIVAL, browser=browser)
    answer = submit_page(browser, page, READ_IN, {}, "Lägg in beslutet")
    assert answer.status_code == 422
    assert "Rad 2 finns redan." in text(answer)
    assert len(quotas(world)) == 1


def test_a_changed_copy_is_not_taken_and_only_the_region_gets_there(world: World) -> None:
    browser = world.browser(world.region)
    page = show(world, {}, browser=browser)
    assert submit_page(browser, page, READ_IN, {"kept": "AAAA"}, "Lägg in beslutet").status_code == 409
    for person in (world.kansli, world.gunnel, world.drift):
        assert world.browser(person).get(READ_IN).status_code == 404
    assert quotas(world) == []


@pytest.mark.counts
def test_the_preview_asks_as_much_for_forty_rows_as_for_one(world: World) -> None:
    give(world, (world.party, "1.00"))
    counts = []
    for n in (1, 1, 40):  # the first of all fetches the key that it is sealed by
        browser = world.browser(world.region)
        form = browser.get(READ_IN)
        rows = [{**ROW, "Från och med": f"20{10 + k}-01-01", "Till och med": f"20{10 + k}-12-31"} for k in range(n)]
        data = workbook([HEADS, *([row[head] for head in HEADS] for row in rows)])
        with statements(world.app) as asked:
            answer = submit_page(browser, form, READ_IN, {}, "Visa raderna", {"file": (data, "a.xlsx")})
        assert answer.status_code == 200
        counts.append(asked.count)
    assert counts[1:] == [4, 4]
