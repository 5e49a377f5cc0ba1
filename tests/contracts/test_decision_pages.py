"""The page of an employment decision: who writes and reads it, what it refuses, and where else it shows."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal import scope
from portal.contracts.decision.models import EmploymentDecision
from portal.organisations.models import Authority
from tests.contracts.deciding import (
    ANNOUNCE,
    ANNOUNCED_DAYS,
    BY_GROUP_LEADER,
    Clock,
    announced,
    decide_and_announce,
    employed,
    place,
    posted,
    shown,
    stored,
    verbs,
    write,
    written,
)
from tests.counting import statements
from tests.world import World

FORMS = (
    "",
    "/anslag",
    "/laga-kraft",
    "/overklagande",
    "/overklagande/avgjort",
    "/overklagande/upphavt",
    "/overklagande/aterta",
    "/overklagande/ta-bort",
)


def test_kl_6_37_a_group_leader_outside_the_board_is_refused_with_the_reason(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    answer = write(world, id, **{**BY_GROUP_LEADER, "seat": "none"})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert page.count("kan inte besluta om en anställning (kommunallagen 6 kap. 37 §)") == 2
    assert 'value="Gunnel Sundvall"' in page, "what was filled in is kept"
    assert verbs(world) == []


def test_what_is_wrong_is_said_in_the_order_of_the_page(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    page = write(world, id, **{**BY_GROUP_LEADER, "decider": None, "who": ""}).get_data(as_text=True)
    assert page.index('href="#decider') < page.index('href="#who')


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decider": None}, "Välj vem som beslutade."),
        ({"decider": "party_board"}, "Välj vem som beslutade."),
        ({"decider": "kungen"}, "Välj vem som beslutade."),
        ({"who": "  "}, "Skriv vem som beslutade"),
        ({"who": "G" * 121}, "får vara högst 120 tecken"),
        ({"seat": None}, "Välj om gruppledaren är ledamot"),
        ({"seat": "tron"}, "Välj om gruppledaren är ledamot"),
        ({"delegation": ""}, "Skriv punkten i delegationsordningen"),
        ({"decided": ""}, "Ange dagen då beslutet fattades."),
        ({"decided": "2026-02-30"}, "2026-02-30 är inget datum."),
        ({"decided": "2026-12-15"}, "Beslutet kan inte vara fattat efter i dag."),
        ({"decided": "2026-09-13"}, "Gränsen räknas inte om i efterhand."),
        ({"report_by": "2026-12-13"}, "kan inte anmälas 13 december 2026"),
    ],
)
def test_what_is_wrong_with_the_decision_is_told_beside_its_field(
    world: World, set_clock: Clock, changes: dict[str, Any], sentence: str
) -> None:
    id = employed(world, set_clock)
    answer = posted(world, id, {**BY_GROUP_LEADER, **changes})
    assert answer.status_code == 422
    assert answer.get_data(as_text=True).replace("\xa0", " ").count(sentence) >= 2, "in the summary and at the field"
    assert verbs(world) == []
    assert stored(world, id).decided_on == date(2026, 12, 14)


def test_a_partys_own_decision_is_written_down_and_never_announced(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock, employer="party")
    text = shown(world, id)
    assert "anslås inte och kan inte överklagas" in text
    assert 'name="delegation"' not in text
    own = {"decider": "party_board", "who": "Partistyrelsen", "number": "§ 8"}
    assert write(world, id, **own).status_code == 303
    assert "Partiets styrelse" in shown(world, id)
    of_authorities = {"/anslag": {}, "/laga-kraft": {"none_came": "y"}, "/overklagande": {"came": "2026-12-14"}}
    for tail, fields in of_authorities.items():
        assert posted(world, id, fields, tail).status_code == 409, tail
    row = written(world, id)
    assert (row.reported_on, row.appealed_on, row.final_on) == (None, None, None)
    assert world.browser(world.region).get(place(id)).status_code == 404


def test_the_region_reads_what_it_employs_and_writes_nothing(world: World, set_clock: Clock) -> None:
    id = announced(world, set_clock)
    text = shown(world, id, "region")
    assert "Gunnel Sundvall" in text
    assert "4 februari 2027" in text
    assert "<form" not in text.split("<main")[1]
    browser = world.browser(world.region)
    token = browser.get("/konto").get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    for tail in FORMS:
        assert browser.post(place(id, tail), data={"csrf_token": token}).status_code == 404


def test_another_party_never_learns_that_there_is_a_decision(world: World, set_clock: Clock) -> None:
    id = announced(world, set_clock)
    set_clock("2027-02-05T09:00")
    browser = world.browser(world.rival_kansli)
    token = browser.get("/konto").get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
    assert browser.get(place(id)).data == browser.get(place(uuid4())).data
    for tail in FORMS:
        fields = {**BY_GROUP_LEADER, **ANNOUNCED_DAYS, "none_came": "y", "came": "2027-02-01", "stands": "2027-02-05"}
        foreign, unused = (
            browser.post(place(one, tail), data={**fields, "csrf_token": token}) for one in (id, uuid4())
        )
        assert (foreign.status_code, foreign.data) == (404, unused.data), tail
    row = written(world, id)
    assert (row.final_on, row.appealed_on) == (None, None)


@pytest.mark.parametrize("role", ["gunnel", "drift"])
def test_neither_the_panel_nor_the_operator_reads_it(world: World, set_clock: Clock, role: str) -> None:
    id = employed(world, set_clock)
    assert world.browser(getattr(world, role)).get(place(id)).status_code == 404


def delegation_in(page: str) -> str:
    """What stands in the field of the delegation."""
    return page.split('name="delegation"')[1].split(">")[1].split("<")[0].strip()


def test_where_the_authoritys_rules_say_who_decides_it_is_told_beside_a_field_that_is_left_to_be_filled_in(
    world: World, set_clock: Clock
) -> None:
    id = employed(world, set_clock)
    assert delegation_in(shown(world, id)) == ""
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Authority, world.authority).profile_key = "region-vasternorrland"
    text = shown(world, id)
    assert "Gruppledaren för respektive parti, på delegation" in text and "2.1 Anställningsförfarande)" in text
    assert delegation_in(text) == "", "where a rule was read is no point of delegation, and would stand in the decision"
    with world.writing(scope.PLATFORM) as session:
        session.get_one(Authority, world.authority).profile_key = "region-jamtland-harjedalen"
    text = shown(world, id)
    assert "Vem som fattar anställningsbeslutet sägs inte" in text
    assert delegation_in(text) == ""


def test_the_employments_own_page_says_where_its_decision_stands(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    page = world.browser(world.kansli).get(f"/arbete/anstallningar/{id}").get_data(as_text=True)
    assert "inte inskrivet" in page
    assert f'href="{place(id)}"' in page
    decide_and_announce(world, id, by_authority=True)
    assert "kan överklagas" in world.browser(world.kansli).get(f"/arbete/anstallningar/{id}").get_data(as_text=True)


def desk(world: World, person: str = "kansli") -> str:
    """The start page of this person."""
    return str(world.browser(getattr(world, person)).get("/arbete").get_data(as_text=True))


def test_a_missing_report_is_on_the_offices_desk_on_its_day_without_a_name(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    assert "Skriv in anställningsbeslutet" in desk(world)
    write(world, id, **BY_GROUP_LEADER, report_by="2027-01-12")
    set_clock("2027-01-13T09:00")
    late = desk(world).split("Försenat")[1].split("I dag")[0]
    assert "Anmäl anställningsbeslutet till styrelsen" in late
    assert f'href="{place(id)}"' in late
    write(world, id, ANNOUNCE, reported="2027-01-12")
    assert "Anmäl anställningsbeslutet" not in desk(world)
    for other in ("rival_kansli", "region", "gunnel"):
        assert "anställningsbeslutet" not in desk(world, other)


def test_of_an_employment_that_has_ended_nothing_is_asked(world: World, set_clock: Clock) -> None:
    employed(world, set_clock)
    set_clock("2027-12-31T09:00")
    assert "Skriv in anställningsbeslutet" in desk(world)
    set_clock("2028-01-01T09:00")
    assert "Skriv in anställningsbeslutet" not in desk(world)


def test_a_name_with_markup_is_shown_as_it_was_typed(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    write(world, id, **{**BY_GROUP_LEADER, "who": "<i>Gunnel</i>", "delegation": "<b>4</b>"})
    text = shown(world, id)
    assert "&lt;i&gt;Gunnel" in text
    assert "<b>4</b>" not in text


@pytest.mark.counts
def test_the_page_asks_five_questions_and_one_more_for_who_wrote_it_down(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    counts = []
    for step in (lambda: None, lambda: decide_and_announce(world, id, by_authority=True)):
        step()
        browser = world.browser(world.kansli)
        browser.get(place(id))
        with statements(world.app) as asked:
            assert browser.get(place(id)).status_code == 200
        counts.append(asked.count)
    assert counts == [
        8,
        9,
    ]  # three of them write the line that it was read, two ask whether the reader has a stake in it


def test_what_is_stored_is_one_row(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    for _ in range(2):
        assert write(world, id, **BY_GROUP_LEADER).status_code == 303
    with world.acting(scope.party(world.party)) as session:
        assert len(session.scalars(select(EmploymentDecision)).all()) == 1
    assert verbs(world) == ["recorded"]
