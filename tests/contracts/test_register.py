"""The register whole: who is shown, who shares a post, and the same rows to take away."""

import csv
import io
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from portal import scope
from portal.audit.models import AuditLine
from portal.contracts.listing.engines import csv_of, xlsx_of
from portal.contracts.listing.lines import Listed, Showing, by_post, showing_of, shown
from portal.contracts.listing.sheet import COLUMNS, inert
from portal.posts.services.claiming import NoRoom
from tests.contracts.acts.changing import END, EXTEND, NOTICE, an_ad, change, employ
from tests.counting import statements
from tests.posts.ledgers import give
from tests.world import World

REGISTER, TODAY = "/arbete/anstallningar", "2026-11-23"
HOSTILE = ("=HYPERLINK(1)", "+46", "-1", "@SUM(A1)", "\t=1", "  =1", "\x07=1", "\r=1")


def page(world: World, showing: str = "", person: str = "kansli") -> str:
    """The register as this person reads it."""
    answer = world.browser(getattr(world, person)).get(REGISTER, query_string={"visa": showing} if showing else {})
    assert answer.status_code == 200
    return answer.get_data(as_text=True).replace("\xa0", " ")


def table(world: World, showing: str = "", person: str = "kansli") -> str:
    """The part of it that is the table."""
    return page(world, showing, person).partition("Som tabell")[2]


def sheet(world: World, kind: str, person: str = "kansli", showing: str = "") -> list[list[Any]]:
    """The rows of the file, its heads first."""
    answer = world.browser(getattr(world, person)).get(f"{REGISTER}/anstallningar.{kind}?visa={showing}")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    if kind == "csv":
        return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))
    return [[cell.value for cell in row] for row in load_workbook(io.BytesIO(answer.data)).active.iter_rows()]


def line(**changes: Any) -> Listed:
    """One employment of the register."""
    told = {
        "id": uuid4(), "name": "Per", "title": "Pressekreterare", "party": "Närvårdspartiet", "party_id": uuid4(),
        "employer": "Region Ådalen", "percent": 100, "starts": date(2026, 1, 1), "ends": date(2026, 12, 31),
    }  # fmt: skip
    return Listed(**{**told, **changes})


def test_the_table_says_who_with_which_employer_how_much_until_when_and_how_far_the_papers_have_come(
    world: World,
) -> None:
    id = employ(world, percent=80)
    change(world, id, EXTEND, decided=TODAY, ends="2028-06-30")
    text = table(world)
    for words in (
        "Per Vikman",
        "Region Ådalen",
        "80 %",
        "1 oktober 2026",
        "30 juni 2028",
        "förlängning",
        "Inte skrivet",
    ):
        assert words in text
    assert "Inte inskrivet" in text  # the decision
    change(world, id, NOTICE, by="employee", given=TODAY, last_day="2027-01-31")
    assert "uppsägning av den anställde" in table(world)
    assert "uppsagd 23 november 2026" in table(world)


@pytest.mark.parametrize(
    ("showing", "there"),
    [
        ("", {"Anna", "Bo", "Cia"}), ("lopande", {"Anna", "Bo"}), ("slutar", {"Bo"}), ("avslutade", {"Cia"}),
        ("nonsens'\"<", {"Anna", "Bo", "Cia"}),
    ],
)  # fmt: skip
def test_running_ending_within_six_months_and_ended_are_shown_apart(
    world: World, showing: str, there: set[str]
) -> None:
    employ(world, "Anna", decided=date(2026, 10, 1), ends=date(2030, 12, 31))
    employ(world, "Bo", ends=date(2026, 12, 31))
    employ(world, "Cia", ends=date(2026, 11, 22))
    text = table(world, showing)
    assert {name for name in ("Anna", "Bo", "Cia") if name in text} == there
    assert sorted(there, key=text.index) == [name for name in ("Bo", "Anna", "Cia") if name in there], "over comes last"
    rows = sheet(world, "csv", showing=showing)[1:]
    assert {row[0] for row in rows} == there


def test_six_months_are_counted_to_the_day() -> None:
    lines = [line(ends=day) for day in (date(2027, 5, 23), date(2027, 5, 24), None)]
    assert shown(lines, Showing.SOON, on=date(2026, 11, 23)) == lines[:1]
    assert showing_of("slutar") is Showing.SOON


def test_forty_and_sixty_stand_together_as_one_post_and_eighty_more_are_stopped_with_the_sums(world: World) -> None:
    give(world, (world.party, "1.00"), starts=date(2026, 1, 1))
    ad = an_ad(world, posts=1)
    for name, percent in (("Anna", 40), ("Bo", 60)):
        employ(world, name, decided=date(2026, 10, 1), ends=date(2030, 12, 31), percent=percent, ad_id=ad)
    assert "delad tjänst: 40 % + 60 % = 100 %" in table(world)
    with pytest.raises(NoRoom) as refused:
        employ(world, "Cia", decided=date(2026, 10, 1), ends=date(2030, 12, 31), percent=80, ad_id=ad)
    for words in ("1,00 heltider", "1,00 är tillsatta", "0,00 är lediga", "Det här tar 0,80"):
        assert words in refused.value.sentence


def test_only_part_time_people_of_one_ad_whose_times_meet_share_a_post() -> None:
    ad, later = uuid4(), date(2027, 1, 1)
    anna, bo = line(percent=40, post=ad), line(percent=60, post=ad)
    assert by_post([anna, line(post=ad), bo])[0].lines == (anna, bo)
    for other in (line(percent=60, post=uuid4()), line(percent=60, post=None), line(percent=60, post=ad, starts=later)):
        assert not any(post.shared for post in by_post([anna, other]))
    assert not any(post.shared for post in by_post([line(percent=40), line(percent=60)]))


def test_two_half_time_posts_of_one_ad_are_two_and_no_shared_one(world: World) -> None:
    ad = an_ad(world, posts=2, extent_percent=50)
    for name in ("Anna Ek", "Bo Lund"):
        employ(world, name, percent=50, ad_id=ad)
    assert "Anna Ek" in table(world) and "delad tjänst" not in page(world)
    employ(world, "Cai Berg", percent=25, ad_id=ad)
    employ(world, "Dag Holm", percent=25, ad_id=ad)
    assert "delad tjänst: 25 % + 25 % = 50 %" in table(world)


def test_half_time_posts_of_different_ads_are_none_that_is_shared(world: World) -> None:
    for name in ("Anna Ek", "Bo Lund"):
        employ(world, name, percent=50, ad_id=an_ad(world, extent_percent=100))
    assert "Anna Ek" in table(world) and "delad tjänst" not in page(world)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_file_has_the_rows_of_the_page_and_each_taking_away_leaves_a_line(world: World, kind: str) -> None:
    employ(world, "Per Vikman", percent=80)
    employ(world, "Gun Hemlig", employer="party")
    employ(world, "Siv Dalmark", party=world.rival)
    rows = sheet(world, kind)
    assert tuple(rows[0]) == COLUMNS
    assert {row[0] for row in rows[1:]} == {"Per Vikman", "Gun Hemlig"}
    assert {row[0] for row in sheet(world, kind, "region")[1:]} == {"Per Vikman", "Siv Dalmark"}
    for own, times in ((scope.party(world.party), world.party), (scope.authority(world.authority), world.authority)):
        with world.acting(own) as session:
            found = session.execute(
                select(AuditLine.actor, AuditLine.verb).where(
                    AuditLine.chain_id == times, AuditLine.verb.like("%read_as%")
                )
            ).all()
        assert [verb for _, verb in found] == [f"employments.read_as_{kind}"]
    for person in ("gunnel", "drift"):
        assert world.browser(getattr(world, person)).get(f"{REGISTER}/anstallningar.{kind}").status_code == 404


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_that_begins_like_a_formula_is_text_in_both_files(world: World, name: str) -> None:
    employ(world, name)
    (row,) = sheet(world, "csv")[1:]
    assert row[0].startswith("'")
    answer = world.browser(world.kansli).get(f"{REGISTER}/anstallningar.xlsx")
    cell = load_workbook(io.BytesIO(answer.data)).active["A2"]
    assert (cell.data_type, cell.value) == ("s", name.replace("\x07", "").replace("\r", ""))


def test_days_are_days_and_signs_that_no_sheet_can_hold_are_left_out() -> None:
    row = ("Per\x00\x1b", 80, date(2026, 12, 31), None, 'A;"B"\nC')
    found = [cell.value for cell in load_workbook(io.BytesIO(xlsx_of([row]))).active[2]]
    assert found[0] == "Per"
    assert found[2].date() == date(2026, 12, 31)
    assert list(csv.reader(io.StringIO(csv_of([row]).decode("utf-8-sig")), delimiter=";"))[1] == [
        "Per", "80", "2026-12-31", "", 'A;"B"\nC',
    ]  # fmt: skip


def test_a_rivals_employment_is_in_no_picture_table_or_file(world: World) -> None:
    employ(world, "Siv Dalmark", party=world.rival)
    assert "Siv Dalmark" not in page(world)
    assert len(sheet(world, "csv")) == len(sheet(world, "xlsx")) == 1


@pytest.mark.counts
def test_register_and_files_ask_as_much_for_thirty_as_for_one(world: World) -> None:
    counts = []
    for number in range(30):
        id: UUID = employ(world, f"Person {number}", ends=date(2026, 12, 1 + number))
        change(world, id, END, decided=TODAY, ends="2026-11-30")
        if number in (0, 29):
            browser = world.browser(world.kansli)
            asked_for = []
            for address in (REGISTER, f"{REGISTER}?visa=slutar", f"{REGISTER}/anstallningar.csv"):
                browser.get(address)
                with statements(world.app) as asked:
                    assert browser.get(address).status_code == 200
                asked_for.append(asked.count)
            counts.append(asked_for)
    assert counts[0] == counts[1]
    assert counts[0][:2] == [12, 11]  # three of them which pages are shut to the reader


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("x,=1", "x,'=1"), ("x; \t@SUM(1)", "x;' \t'@SUM(1)"), ("x\n-1", "x\n'-1"), ("\uff1d1", "'\uff1d1"),
        ("a-b, c och 500,-", "a-b, c och 500,-"), ("Per", "Per"), ("", ""),
    ],
)  # fmt: skip
def test_a_formula_is_kept_out_wherever_another_separator_would_begin_a_cell(text: str, cell: str) -> None:
    assert inert(text) == cell
