"""The register of employments: the party sees its own, the authority those it employs, a rival and the panel nothing."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID, uuid4

import pytest

from portal import clock, scope
from portal.contracts.models import Employment
from portal.contracts.pictures import Line, ending_soon, mandate, register_of
from portal.contracts.queries import name_place
from portal.elections.limit import ARTICLE, RULE
from portal.vault.services import seal_for_controller
from tests.contracts.hiring import fill, hired
from tests.counting import statements
from tests.world import World, publish_ad

Clock = Callable[[str], datetime]
REGISTER = "/arbete/anstallningar"


def employ(
    world: World, name: str, *, party: UUID | None = None, employer: str = "authority", ends: date = date(2026, 12, 31)
) -> UUID:
    """An employment of the term that ends now, as it was recorded then."""
    party_id = party or world.party
    controller = world.authority if employer == "authority" else party_id
    published = publish_ad(world, party=party_id, employer=employer)
    id = uuid4()
    with world.writing(scope.party(party_id)) as session:
        session.add(
            Employment(
                id=id,
                party_id=party_id,
                authority_id=world.authority,
                controller_id=controller,
                with_authority=employer == "authority",
                ad_id=published.id,
                application_id=uuid4(),
                title="Politisk sekreterare på heltid",
                employer=employer,
                name_sealed=seal_for_controller(session, controller, name, place=name_place(id)),
                decided_on=date(2023, 1, 9),
                starts_on=date(2023, 2, 1),
                ends_on=ends,
                extent_percent=80,
                limit_reference=date(2023, 1, 9),
                limit_election=date(2026, 9, 13),
                limit_latest_end=date(2026, 12, 31),
                limit_rule=RULE,
                limit_article=ARTICLE,
                recorded_by=world.kansli,
                recorded_at=clock.now(),
            )  # fmt: skip
        )
    return id


def test_the_party_sees_its_own_and_what_ends_soon(world: World) -> None:
    id = employ(world, "Per Vikman")
    page = world.browser(world.kansli).get(REGISTER).get_data(as_text=True)
    assert "Per Vikman" in page
    assert "Mandatperioden 2027–2030" in page
    assert "En anställning slutar inom två månader" in page
    assert f'href="{REGISTER}/{id}"' in page


def test_the_authority_sees_those_it_employs_in_every_party_and_no_party_employed(world: World) -> None:
    own = employ(world, "Per Vikman")
    rivals = employ(world, "Siv Dalmark", party=world.rival)
    private = employ(world, "Gun Hemlig", employer="party")
    browser = world.browser(world.region)
    page = browser.get(REGISTER).get_data(as_text=True)
    assert "Per Vikman" in page
    assert "Siv Dalmark" in page
    assert "Gun Hemlig" not in page
    assert [browser.get(f"{REGISTER}/{id}").status_code for id in (own, rivals, private)] == [200, 200, 404]


def test_a_rival_never_learns_that_an_employment_exists(world: World) -> None:
    id = employ(world, "Per Vikman")
    browser = world.browser(world.rival_kansli)
    assert "Per Vikman" not in browser.get(REGISTER).get_data(as_text=True)
    foreign, unused = browser.get(f"{REGISTER}/{id}"), browser.get(f"{REGISTER}/{uuid4()}")
    assert (foreign.status_code, foreign.data) == (404, unused.data)


@pytest.mark.parametrize("role", ["gunnel", "drift"])
def test_neither_the_panel_nor_the_operator_reads_employments(world: World, role: str) -> None:
    id = employ(world, "Per Vikman")
    browser = world.browser(getattr(world, role))
    assert browser.get(REGISTER).status_code == 404
    assert browser.get(f"{REGISTER}/{id}").status_code == 404


def test_the_stored_answer_is_shown_and_never_worked_out_again(world: World, set_clock: Clock) -> None:
    id = employ(world, "Per Vikman")
    page = world.browser(world.kansli).get(f"{REGISTER}/{id}").get_data(as_text=True).replace("\xa0", " ")
    assert "Därför 31 december 2026" in page
    assert "Räknat från 9 januari 2023" in page
    assert "31 december 2030" not in page


def test_an_advertised_post_stands_in_the_register_until_it_is_filled(world: World, set_clock: Clock) -> None:
    published, sent = hired(world, set_clock)
    browser = world.browser(world.kansli)
    assert "Annonserad" in browser.get(REGISTER).get_data(as_text=True).split("<ul class")[0]
    fill(browser, published, sent[0])
    page = browser.get(REGISTER).get_data(as_text=True).split("<ul class")[0]
    assert "Annonserad" not in page
    assert sent[0].name in page


def test_a_name_with_markup_is_shown_as_it_was_typed(world: World) -> None:
    employ(world, "<i>Per</i>")
    page = world.browser(world.kansli).get(REGISTER).get_data(as_text=True)
    assert "&lt;i&gt;Per" in page


def test_the_register_is_drawn_against_election_days_and_the_last_lawful_day() -> None:
    lines = [
        Line("Per", "Pressekreterare", 50, date(2023, 2, 1), date(2026, 12, 31)),
        Line("Ylva", "Politisk sekreterare", 100, date(2027, 1, 1), date(2030, 12, 31)),
        Line("Annonserad", "Politisk sekreterare", 100, date(2027, 2, 1), date(2030, 12, 31), advertised=True),
    ]
    drawn = register_of(lines, on=date(2026, 11, 23))
    assert [mark.day for mark in drawn.elections] == [date(2026, 9, 13), date(2030, 9, 8)]
    assert [mark.day for mark in drawn.stops] == [date(2026, 12, 31), date(2030, 12, 31)]
    assert [row.spans[0].span.kind for row in drawn.rows] == ["employed", "employed", "advertised"]
    assert drawn.rows[0].row.about.endswith("slutar 31\u00a0december\u00a02026")
    over = register_of(lines, on=date(2027, 1, 2)).rows
    assert over[0].row.spans[0].kind == "former"
    assert over[0].row.about.endswith("slutade 31\u00a0december\u00a02026"), "it was so"
    assert [row.row.name for row in register_of(lines, on=date(2028, 1, 2)).rows] == ["Ylva", "Annonserad"]


def test_a_missing_decision_and_a_stand_in_are_drawn_and_said_as_the_legend_has_them(world: World) -> None:
    employ(world, "Per")
    page = world.browser(world.kansli).get(REGISTER).get_data(as_text=True)
    assert 'class="undecided"' in page and "beslut saknas" in page.split('<ul class="legend"')[0]
    lines = [
        Line("Per", "Pressekreterare", 50, date(2027, 1, 1), date(2030, 12, 31), mark="stand_in"),
        Line("Ylva", "Politisk sekreterare", 100, date(2023, 1, 1), date(2026, 12, 31), mark="undecided"),
    ]
    drawn = register_of(lines, on=date(2027, 1, 2)).rows
    assert [row.row.spans[0].kind for row in drawn] == ["stand_in", "former"]
    assert [len(row.diamonds) for row in drawn] == [1, 0], "an election day is marked on each bar that runs over it"
    assert "vikariat" in drawn[0].row.about and "beslut saknas" in drawn[1].row.about


def test_what_ends_within_two_months_is_told_first_to_end_first() -> None:
    ends = (date(2027, 1, 22), date(2026, 12, 31), date(2027, 1, 23), date(2026, 11, 22))
    lines = [Line(str(n), "", 100, date(2025, 1, 1), end) for n, end in enumerate(ends)]
    assert [line.name for line in ending_soon(lines, on=date(2026, 11, 23))] == ["1", "0"]


@pytest.mark.parametrize(
    ("on", "words"),
    [(date(2026, 9, 13), "2023–2026"), (date(2026, 9, 14), "2027–2030"), (date(2030, 1, 1), "2027–2030")],
)
def test_the_term_is_named_by_the_election_that_comes_next(on: date, words: str) -> None:
    assert mandate(on) == words


@pytest.mark.counts
def test_the_register_asks_as_much_for_thirty_as_for_one(world: World) -> None:
    counts = []
    for n in (1, 29):
        for number in range(n):
            employ(world, f"Person {number}", ends=date(2026, 11, 1 + number))
        browser = world.browser(world.kansli)
        browser.get(REGISTER)
        with statements(world.app) as asked:
            assert browser.get(REGISTER).status_code == 200
        counts.append(asked.count)
    assert counts == [12, 12]  # three of them which pages are shut to the reader
