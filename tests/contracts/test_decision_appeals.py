"""What becomes of an employment decision: reported, announced, final (laga kraft) or appealed; and when it cannot be."""

from datetime import date

import pytest

from tests.contracts.deciding import (
    ANNOUNCE,
    ANNOUNCED_DAYS,
    BY_GROUP_LEADER,
    POINT,
    Clock,
    announced,
    employed,
    posted,
    shown,
    verbs,
    write,
    written,
)
from tests.world import World

CONFIRM, APPEAL, DONE, DROP = (
    "Bekräfta laga kraft",
    "Spara överklagandet",
    "Beslutet står fast",
    "Ta bort överklagandet, det blev fel",
)


def test_from_the_decision_to_laga_kraft(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    assert "Ingen har skrivit in vem som beslutade" in shown(world, id)
    assert write(world, id, **BY_GROUP_LEADER, report_by="2027-01-12").status_code == 303
    text = shown(world, id)
    for words in ("Gunnel Sundvall", "Gruppledare, ledamot i styrelsen", POINT, "D 12/2026", "12 januari 2027"):
        assert words in text
    set_clock("2027-01-20T09:00")
    write(world, id, ANNOUNCE, reported="2027-01-12")
    assert "Justeringen är inte anslagen än" in shown(world, id)
    write(world, id, ANNOUNCE, **ANNOUNCED_DAYS)
    text = shown(world, id)
    assert "Kan överklagas till och med torsdag 4 februari 2027" in text
    assert CONFIRM not in text
    set_clock("2027-02-05T09:00")
    assert "Ingen har bekräftat" in shown(world, id)
    assert write(world, id, CONFIRM, none_came=True).status_code == 303
    row = written(world, id)
    assert (row.last_appeal_on, row.final_on, row.confirmed_on) == (
        date(2027, 2, 4), date(2027, 2, 5), date(2027, 2, 5),
    )  # fmt: skip
    assert row.confirmed_by == world.kansli
    assert "Laga kraft sedan 5 februari 2027" in shown(world, id)
    assert verbs(world) == ["recorded", "reported", "announced", "final"]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reported": "2026-12-13"}, "kan inte ha anmälts 13 december 2026"),
        ({"reported": "2027-01-12", "announced": "2026-12-13"}, "justeringen kan inte ha anslagits 13 december 2026"),
        ({"reported": "2027-01-12", "announced": "2027-01-11"}, "Protokollet från det mötet kan inte ha anslagits"),
        ({"announced": "2027-01-14"}, "Skriv när beslutet anmäldes"),
        ({"reported": "2027-01-12", "minuted_apart": "y"}, "Ta bort det ena"),
        ({"reported": "2027-01-21"}, "21 januari 2027 har inte varit än"),
        ({"reported": "i går"}, "i går är inget datum"),
    ],
)
def test_days_in_the_wrong_order_are_refused_and_nothing_is_stored(
    world: World, set_clock: Clock, fields: dict[str, str], sentence: str
) -> None:
    id = employed(world, set_clock)
    write(world, id, **BY_GROUP_LEADER)
    set_clock("2027-01-20T09:00")
    answer = posted(world, id, fields, "/anslag")
    assert answer.status_code == 422
    assert answer.get_data(as_text=True).count(sentence) >= 2
    assert written(world, id).reported_on is None


def test_kl_6_40_a_decision_minuted_by_itself_is_announced_without_a_report(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    write(world, id, **BY_GROUP_LEADER)
    set_clock("2027-01-20T09:00")
    assert write(world, id, ANNOUNCE, minuted_apart=True, announced="2026-12-16").status_code == 303
    assert written(world, id).last_appeal_on == date(2027, 1, 7), "trettondedag jul is passed over"
    text = shown(world, id)
    assert "protokollfört för sig" in text
    assert "är ingen vardag (Trettondedag jul)" in text


def test_the_boards_own_decision_needs_neither_delegation_nor_report(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    board = {**BY_GROUP_LEADER, "decider": "board", "who": "Regionstyrelsen"}
    assert write(world, id, **board).status_code == 303
    row = written(world, id)
    assert (row.seat, row.delegation, row.report_by) == (None, "", None)
    text = shown(world, id)
    assert 'name="reported"' not in text
    assert write(world, id, ANNOUNCE, announced="2026-12-14").status_code == 303
    assert written(world, id).last_appeal_on == date(2027, 1, 4)
    changed = write(world, id, **BY_GROUP_LEADER)
    assert changed.status_code == 422
    assert "Töm dem först" in changed.get_data(as_text=True)


def test_nobody_confirms_before_the_last_day_has_passed(world: World, set_clock: Clock) -> None:
    id = announced(world, set_clock)
    set_clock("2027-02-04T23:59")
    answer = posted(world, id, {"none_came": "y"}, "/laga-kraft")
    assert answer.status_code == 422
    assert "Beslutet kan överklagas till och med 4 februari 2027" in answer.get_data(as_text=True)
    assert written(world, id).final_on is None
    set_clock("2027-02-05T00:01")
    assert posted(world, id, {}, "/laga-kraft").status_code == 422, "the box must be ticked"
    assert posted(world, id, {"none_came": "y"}, "/laga-kraft").status_code == 303


def test_confirming_twice_is_confirming_once_and_then_it_stands(world: World, set_clock: Clock) -> None:
    id = announced(world, set_clock)
    set_clock("2027-02-05T09:00")
    for _ in range(2):
        assert posted(world, id, {"none_came": "y"}, "/laga-kraft").status_code == 303
    assert verbs(world).count("final") == 1
    set_clock("2027-03-01T09:00")
    for tail, fields in (("", {**BY_GROUP_LEADER, "who": "Elof Rehnström"}), ("/anslag", {"reported": "2027-01-12"})):
        answer = posted(world, id, fields, tail)
        assert answer.status_code == 409
        assert "ändras inte" in answer.get_data(as_text=True)
    assert (written(world, id).who, written(world, id).confirmed_on) == ("Gunnel Sundvall", date(2027, 2, 5))


def test_an_appeal_stops_laga_kraft_until_the_court_is_done(world: World, set_clock: Clock) -> None:
    id = announced(world, set_clock)
    assert write(world, id, APPEAL, came="2027-01-19", case_number="1234-27").status_code == 303
    assert "Överklagat 19 januari 2027" in shown(world, id)
    set_clock("2027-02-05T09:00")
    refused = posted(world, id, {"none_came": "y"}, "/laga-kraft")
    assert refused.status_code == 409
    assert "Ett överklagande är inskrivet" in refused.get_data(as_text=True)
    early = write(world, id, DONE, stands="2027-02-04")
    assert early.status_code == 422
    assert "tidigast" in early.get_data(as_text=True)
    assert write(world, id, DONE, stands="2027-02-06").status_code == 422, "a day to come"
    set_clock("2027-06-02T09:00")
    assert write(world, id, DONE, stands="2027-06-01").status_code == 303
    row = written(world, id)
    assert (row.final_on, row.appealed_on, row.case_number) == (date(2027, 6, 1), date(2027, 1, 19), "1234-27")
    assert posted(world, id, {}, "/overklagande/ta-bort").status_code == 409


def test_kl_13_5_a_late_appeal_that_the_court_turns_away_leaves_the_day_the_decision_had(
    world: World, set_clock: Clock
) -> None:
    """RÅ 1997 ref. 46: an appeal of the day after the last one came too late, and should not have been tried. Nobody had
    appealed in time then, so the decision was final the day after the last day, whatever came later."""
    id = announced(world, set_clock)
    set_clock("2027-02-12T09:00")
    write(world, id, APPEAL, came="2027-02-11", case_number="99-27")
    assert "Avvisades överklagandet" in shown(world, id), "which day it is then, is said beside it"
    set_clock("2027-06-02T09:00")
    assert write(world, id, DONE, stands="2027-02-04").status_code == 422, (
        "it could be appealed until the end of that day"
    )
    assert write(world, id, DONE, stands="2027-02-05").status_code == 303
    row = written(world, id)
    assert (row.final_on, row.appealed_on, row.case_number) == (date(2027, 2, 5), date(2027, 2, 11), "99-27")
    assert "Laga kraft sedan 5 februari 2027" in shown(world, id)


def test_an_appeal_noted_by_mistake_is_taken_away_and_one_found_late_takes_the_confirmation_back(
    world: World, set_clock: Clock
) -> None:
    id = announced(world, set_clock)
    write(world, id, APPEAL, came="2027-01-19")
    assert write(world, id, DROP).status_code == 303
    set_clock("2027-02-05T09:00")
    write(world, id, CONFIRM, none_came=True)
    assert write(world, id, APPEAL, came="2027-02-03").status_code == 303
    row = written(world, id)
    assert (row.appealed_on, row.final_on, row.confirmed_by) == (date(2027, 2, 3), None, None)
    assert verbs(world) == ["recorded", "announced", "appealed", "appeal_dropped", "final", "appealed"]


@pytest.mark.parametrize(
    ("came", "sentence"),
    [
        ("2026-12-13", "kan inte ha överklagats 13 december 2026"),
        ("2027-01-21", "21 januari 2027 har inte varit än"),
        ("", "Ange dagen då överklagandet kom in."),
    ],
)
def test_an_appeal_on_an_impossible_day_is_refused(world: World, set_clock: Clock, came: str, sentence: str) -> None:
    id = announced(world, set_clock)
    answer = write(world, id, APPEAL, came=came)
    assert answer.status_code == 422
    assert answer.get_data(as_text=True).count(sentence) >= 2
    assert written(world, id).appealed_on is None


def test_nothing_becomes_of_a_decision_that_is_not_written_down(world: World, set_clock: Clock) -> None:
    id = employed(world, set_clock)
    for tail, fields in (
        ("/anslag", ANNOUNCED_DAYS | {"announced": ""}), ("/laga-kraft", {"none_came": "y"}),
        ("/overklagande", {"came": "2026-12-14"}), ("/overklagande/avgjort", {"stands": "2026-12-14"}),
        ("/overklagande/ta-bort", {}),
    ):  # fmt: skip
        answer = posted(world, id, fields, tail)
        assert answer.status_code == 409, tail
        assert "Skriv in beslutet först" in answer.get_data(as_text=True)


def test_an_appeal_that_comes_before_the_justering_is_announced_can_be_followed_to_its_end(
    world: World, set_clock: Clock
) -> None:
    id = employed(world, set_clock)
    assert write(world, id, **BY_GROUP_LEADER).status_code == 303
    set_clock("2027-01-08T09:00")
    assert write(world, id, APPEAL, came="2027-01-07", case_number="88-27").status_code == 303
    set_clock("2027-06-02T09:00")
    assert "först" in write(world, id, DONE, stands="2027-06-01").get_data(as_text=True), (
        "the announcement is asked for"
    )
    assert posted(world, id, ANNOUNCED_DAYS, "/anslag").status_code == 303
    assert write(world, id, DONE, stands="2027-06-01").status_code == 303
    row = written(world, id)
    assert (row.appealed_on, row.case_number, row.final_on) == (date(2027, 1, 7), "88-27", date(2027, 6, 1))
