"""Those employed already, read from a table: every row shown first, faults by cell, and then all of them or none."""

import html
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.contracts.decision.queries import waiting
from portal.contracts.models import Employment
from portal.contracts.recording.faults import NothingRecorded
from portal.contracts.taking_over.columns import COLUMNS
from portal.contracts.taking_over.secretaries import Secretary
from portal.contracts.taking_over.services import take_over
from portal.documents.engines.table_reader import read_table
from portal.documents.previews.services import seal_preview
from tests.counting import statements
from tests.decisions.recruiting import office
from tests.documents.workbooks import Value, workbook
from tests.forms import submit, submit_page
from tests.posts.ledgers import claimed, give
from tests.posts.test_races import refused
from tests.world import World

Clock = Callable[[str], datetime]
READ_IN, CONFIRM = "/arbete/anstallningar/las-in", "/arbete/anstallningar/las-in/registrera"
HEADS = [column.heading for column in COLUMNS]
ROW: dict[str, Value] = {
    "Namn": "Åsa Nyman", "Titel": "Politisk sekreterare", "Arbetsgivare": "region", "Omfattning": 80,
    "Beslut": date(2023, 1, 9), "Tillträde": date(2023, 2, 1), "Slutdatum": date(2026, 12, 31), "Tidigare dagar": None,
    "Skäl": None,
}  # fmt: skip
GOOD = Secretary(
    2, "Åsa Nyman", "Politisk sekreterare", "authority", 80, date(2023, 1, 9), date(2023, 2, 1), date(2026, 12, 31)
)


@pytest.fixture(autouse=True)
def now(set_clock: Clock) -> None:
    set_clock("2026-11-23T10:00")


def filled(*rows: dict[str, Value], heads: list[Any] | None = None) -> bytes:
    return workbook([heads or HEADS, *([{**ROW, **row}.get(head) for head in HEADS] for row in rows)])


def show(world: World, data: bytes, name: str = "anställda.xlsx", browser: Any = None) -> TestResponse:
    return submit(browser or world.browser(world.kansli), READ_IN, {}, "Visa raderna", {"file": (data, name)})


def text(answer: TestResponse) -> str:
    return html.unescape(answer.get_data(as_text=True)).replace("\xa0", " ")


def confirm(world: World, *rows: dict[str, Value], ticks: tuple[int, ...] = ()) -> TestResponse:
    browser = world.browser(world.kansli)
    page = show(world, filled(*rows), browser=browser)
    assert page.status_code == 200, re.findall(r"<li><a.*", text(page))
    count = len(rows)
    button = "Registrera 1 anställning" if count == 1 else f"Registrera {count} anställningar"
    data = {"right": [str(number) for number in ticks]} if ticks else {}
    return submit_page(browser, page, READ_IN, data, button)


def employments(world: World) -> list[Employment]:
    with world.acting(scope.party(world.party)) as session:
        return list(session.scalars(select(Employment).order_by(Employment.starts_on, Employment.extent_percent)))


def test_the_template_has_our_headings_and_explains_them(world: World) -> None:
    answer = world.browser(world.kansli).get(f"{READ_IN}/mall.xlsx")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    table = read_table(answer.get_data(), name="mall.xlsx")
    assert [cell.text for cell in table.rows[1].values()] == HEADS
    empty = show(world, answer.get_data())
    assert empty.status_code == 422
    assert "Tabellen har inga rader under rubrikerna." in text(empty)


def test_the_empty_start_page_and_the_register_lead_there(world: World) -> None:
    browser = world.browser(world.kansli)
    for page in ("/arbete", "/arbete/anstallningar"):
        assert READ_IN in browser.get(page).get_data(as_text=True)
    assert READ_IN not in world.browser(world.region).get("/arbete/anstallningar").get_data(as_text=True)


def test_every_row_is_shown_and_nothing_recorded_until_it_is_confirmed(world: World) -> None:
    page = text(
        show(
            world,
            filled({}, {"Namn": "Bo Ek", "Arbetsgivare": "partiet", "Slutdatum": "tills vidare", "Skäl": "Stämman."}),
        )
    )
    for words in (
        "Åsa Nyman",
        "Bo Ek",
        "9 januari 2023",
        "tills vidare",
        "Region Ådalen",
        "Närvårdspartiet",
        "31 december 2026",
    ):
        assert words in page
    assert employments(world) == []


def test_what_was_previewed_is_what_is_stored(world: World) -> None:
    give(world, (world.party, "3.00"), starts=date(2023, 1, 1))
    rows = (
        {},
        {"Namn": "Bo Ek", "Arbetsgivare": "parti", "Omfattning": "100", "Beslut": "2023-01-09", "Tidigare dagar": 30},
    )
    assert confirm(world, *rows).status_code == 303
    first, second = employments(world)
    assert (first.decided_on, first.starts_on, first.ends_on, first.extent_percent) == (
        date(2023, 1, 9), date(2023, 2, 1), date(2026, 12, 31), 80,
    )  # fmt: skip
    assert (first.limit_latest_end, first.controller_id, first.taken_over) == (
        date(2026, 12, 31),
        world.authority,
        True,
    )
    assert (second.controller_id, second.with_authority, second.earlier_days) == (world.party, False, 30)
    assert "Åsa".encode() not in first.name_sealed
    assert sorted(claimed(world)) == [("filled", 80), ("filled", 100)]
    with world.acting(scope.party(world.party)) as session:
        assert waiting(session, on=clock.today()) == [], "what was decided before the portal is not asked for"
    page = world.browser(world.kansli).get("/arbete/anstallningar").get_data(as_text=True)
    assert "Bo Ek" in page and "Utanför portalen" in page and "Inte skrivet" not in page


@pytest.mark.parametrize(
    ("changes", "cell", "sentence"),
    [
        ({"Namn": ""}, "A2", "Fyll i namn."),
        ({"Namn": "Å" * 151}, "A2", "fler än 150 tecken"),
        ({"Titel": None}, "B2", "Fyll i titel."),
        ({"Arbetsgivare": "Dalpartiet"}, "C2", "är ingen arbetsgivare här. Skriv region eller parti."),
        ({"Omfattning": 0.8}, "D2", "Är cellen i procentformat"),
        ({"Omfattning": 1}, "D2", "Är cellen i procentformat"),
        ({"Omfattning": 101}, "D2", "Skriv ett helt tal från 2 till 100."),
        ({"Omfattning": "halvtid"}, "D2", "är inget tal"),
        ({"Omfattning": "=40*2"}, "D2", "Här står en formel. Formler räknas inte ut"),
        ({"Namn": '=HYPERLINK("http://x","y")'}, "A2", "Här står en formel."),
        ({"Beslut": "09/01/2023"}, "E2", "är inget datum"),
        ({"Beslut": 2023}, "E2", "Skriv en dag från 1980"),
        ({"Beslut": date(2026, 11, 24)}, "E2", "kan inte vara fattat efter i dag"),
        ({"Tillträde": None}, "F2", "Fyll i tillträde."),
        ({"Slutdatum": date(2027, 1, 31)}, "G2", "31 januari 2027 går inte. Längst till och med 31 december 2026."),
        ({"Slutdatum": date(2022, 1, 31)}, "G2", "ligger före första dagen"),
        ({"Slutdatum": date(2026, 11, 22)}, "G2", "Anställningen slutade 22 november 2026."),
        ({"Slutdatum": "tills vidare"}, "G2", "Bara ett parti kan anställa tills vidare."),
        ({"Tidigare dagar": 5}, "H2", "Fyll bara i det här när partiet är arbetsgivare."),
        ({"Arbetsgivare": "parti", "Tidigare dagar": 2.5}, "H2", "Skriv ett helt antal dagar"),
        ({"Arbetsgivare": "parti", "Tidigare dagar": 1827}, "H2", "De fem åren före första dagen rymmer"),
        ({"Arbetsgivare": "parti", "Slutdatum": date(2028, 1, 1)}, "I2", "Skriv varför partiet går förbi utgångsläget"),
        ({"Skäl": "För att."}, "I2", "Fyll bara i det här när partiet är arbetsgivare."),
    ],
)  # fmt: skip
def test_each_fault_is_told_by_row_and_cell_and_nothing_can_be_confirmed(
    world: World, changes: dict[str, Value], cell: str, sentence: str
) -> None:
    answer = show(world, filled(changes, {"Namn": "Bo Ek"}))
    assert answer.status_code == 422
    page = text(answer)
    assert f"{cell}: " in page
    assert sentence in page
    assert 'name="kept"' not in page
    assert employments(world) == []


def test_wrong_columns_and_too_many_rows_are_told(world: World) -> None:
    heads = ["Namn", "Befattning", *HEADS[2:]]
    page = text(show(world, filled({}, heads=heads)))
    assert "B1: Kolumnen ”Befattning” finns inte i mallen." in page
    assert "A1: Kolumnen Titel saknas." in page
    many = text(show(world, filled(*({"Namn": f"Person {n}"} for n in range(10_000)))))
    assert "Tabellen har 10 000 rader. Högst 100 läses in åt gången" in many


def test_hostile_files_are_refused_with_a_sentence(world: World) -> None:
    bomb = workbook(parts={"xl/worksheets/sheet1.xml": b" " * 60_000_000})
    for data, name, words in (
        (bomb, "a.xlsx", "för stor för att läsas"), (b"%PDF-1.7", "a.xlsx", "går inte att läsa som tabell"),
        (b"x", "../../etc/passwd", "ingen XLSX-fil"), (b"", "a.xlsx", "är tom"),
        (b"P" * 11_000_000, "a.xlsx", "större än 2 MB"),
    ):  # fmt: skip
        answer = show(world, data, name)
        assert answer.status_code == 422
        assert words in text(answer)
    assert "Välj filen med tabellen." in text(submit(world.browser(world.kansli), READ_IN, {}, "Visa raderna"))


def test_a_person_twice_must_be_ticked(world: World) -> None:
    rows = ({"Omfattning": 40}, {"Omfattning": 60, "Titel": "Pressekreterare"})
    answer = confirm(world, *rows)
    assert answer.status_code == 422
    assert "Åsa Nyman står också på rad 2. Kryssa för att det är rätt" in text(answer)
    assert employments(world) == []
    assert confirm(world, *rows, ticks=(3,)).status_code == 303
    assert [row.extent_percent for row in employments(world)] == [40, 60]


def test_the_same_row_twice_and_one_that_is_there_are_refused(world: World) -> None:
    twice = show(world, filled({}, {}))
    assert "Samma uppgifter står på rad 2." in text(twice)
    assert confirm(world, {}).status_code == 303
    again = show(world, filled({}, {"Namn": "Bo Ek"}))
    assert again.status_code == 422
    assert "A2: Åsa Nyman finns redan i registret med samma uppgifter." in text(again)
    other = show(world, filled({"Titel": "Pressekreterare"}))
    assert other.status_code == 200
    assert "Åsa Nyman finns redan i registret: Politisk sekreterare från 1 februari 2023. Det är rätt." in text(other)


def test_what_exceeds_the_posts_is_told_on_its_row_with_the_sums(world: World) -> None:
    give(world, (world.party, "1.00"), starts=date(2023, 1, 1))
    page = text(show(world, filled({}, {"Namn": "Bo Ek"}, {"Namn": "Cissi Al", "Omfattning": 20})))
    assert "D3: Tjänsteutrymmet räcker inte från 1 februari 2023. Partiet har 1,00 heltider: 0,80 är tillsatta" in page
    assert "D4: " not in page, "there is room for the smaller one"


def test_pressed_twice_it_is_recorded_once(world: World) -> None:
    browser = world.browser(world.kansli)
    page = show(world, filled({}, {"Namn": "Bo Ek"}), browser=browser)
    for _ in range(2):
        assert submit_page(browser, page, READ_IN, {}, "Registrera 2 anställningar").status_code == 303
    assert len(employments(world)) == 2


def test_a_copy_that_is_changed_old_or_anothers_is_not_taken(world: World) -> None:
    browser = world.browser(world.kansli)
    page = show(world, filled({}), browser=browser)
    kept = re.search(r'name="kept" value="([^"]+)"', page.get_data(as_text=True))
    assert kept
    with world.acting(scope.party(world.rival)) as session:
        whose = {"controller_id": world.rival, "kind": "secretaries", "at": clock.now()}
        theirs = seal_preview(session, [GOOD.packed()], person_id=world.kansli, **whose)
    with world.acting(scope.party(world.party)) as session:
        whose = {"controller_id": world.party, "at": clock.now()}
        other_kind = seal_preview(session, [GOOD.packed()], kind="quotas", person_id=world.kansli, **whose)
        colleagues = seal_preview(session, [GOOD.packed()], kind="secretaries", person_id=world.gunnel, **whose)
    changed = kept[1][:-8] + ("AAAA" if kept[1][-8:-4] != "AAAA" else "BBBB") + kept[1][-4:]
    for copy in ("", "AA==", "å", "x" * 210_000, changed, theirs, other_kind, colleagues, "//8" + kept[1][3:]):
        answer = submit_page(browser, page, READ_IN, {"kept": copy}, "Registrera 1 anställning")
        assert answer.status_code == 409, copy[:9]
        assert "Förhandsvisningen gäller inte längre." in text(answer)
    assert employments(world) == []


def test_what_the_register_has_by_then_is_looked_at_once_more(world: World) -> None:
    give(world, (world.party, "1.00"), starts=date(2023, 1, 1))
    browser = world.browser(world.kansli)
    page = show(world, filled({}), browser=browser)
    confirm(world, {"Namn": "Bo Ek"})
    answer = submit_page(browser, page, READ_IN, {}, "Registrera 1 anställning")
    assert answer.status_code == 422
    assert "Rad 2: Tjänsteutrymmet räcker inte" in text(answer)
    assert len(employments(world)) == 1


def test_only_the_office_gets_there(world: World) -> None:
    for person in (world.gunnel, world.region, world.drift):
        assert world.browser(person).get(READ_IN).status_code == 404


def test_the_last_post_is_had_by_one_of_two_tables_at_once(world: World) -> None:
    give(world, (world.party, "1.00"), starts=date(2023, 1, 1))

    def press(name: str) -> Callable[[], object]:
        def take() -> None:
            rows = [replace(GOOD, name=name)]
            with world.writing(scope.party(world.party)) as session:
                take_over(session, secretaries=rows, ticked=(), actor=office(world), at=clock.now(), on=clock.today())

        return take

    assert refused([press("Åsa"), press("Bo")]) == [NothingRecorded]
    assert claimed(world) == [("filled", 80)]


@pytest.mark.counts
def test_the_preview_asks_as_much_for_forty_rows_as_for_one(world: World) -> None:
    give(world, (world.party, "40.00"), starts=date(2023, 1, 1))
    counts = []
    for n in (1, 1, 40):  # the first of all fetches the key that it is sealed by
        browser = world.browser(world.kansli)
        data = filled(*({"Namn": f"Person {number}"} for number in range(n)))
        form = browser.get(READ_IN)
        with statements(world.app) as asked:
            page = submit_page(browser, form, READ_IN, {}, "Visa raderna", {"file": (data, "a.xlsx")})
        assert page.status_code == 200
        counts.append(asked.count)
    assert counts[1:] == [5, 5]
