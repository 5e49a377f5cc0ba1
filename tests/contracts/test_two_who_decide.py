"""Two of an office write one decision down: neither is written over unseen, and nobody is asked about nothing."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from portal import clock, scope
from portal.contracts.decision.refusals import DecisionMoved
from portal.contracts.decision.services.writing import write_decision, written_of
from portal.contracts.decision.since import decision_texts
from portal.seen import Seen, page_marks
from tests.at_once import second
from tests.contracts.deciding import (
    ANNOUNCE,
    BY_GROUP_LEADER,
    WRITE,
    Clock,
    about,
    announced,
    decision,
    employed,
    place,
    posted,
    verbs,
    write,
    written,
)
from tests.forms import fields_of, submit_page
from tests.world import World

Typed = dict[str, Any]
APPEAL, DROP = "Spara överklagandet", "Ta bort överklagandet, det blev fel"


@pytest.fixture
def id(world: World, set_clock: Clock) -> UUID:
    """An authority's employment, whose decision nobody has written down."""
    return employed(world, set_clock)


@pytest.fixture
def office(world: World, id: UUID) -> FlaskClient:
    return world.browser(world.kansli)


def press(office: FlaskClient, id: UUID, page: TestResponse, typed: Typed, button: str = WRITE) -> TestResponse:
    return submit_page(office, page, place(id), typed, button)


@pytest.mark.parametrize(
    ("theirs", "mine", "told"),
    [
        ({"who": "Ylva <b>S</b>"}, {"who": "Disa Sjölund"}, "<dd>Ylva &lt;b&gt;S&lt;/b&gt;</dd>"),
        ({"seat": "deputy"}, {"decider": "board", "delegation": ""}, "<dd>Ersättare"),
        ({"delegation": "Punkt 5"}, {"delegation": "Punkt 6"}, "<dd>Punkt 5</dd>"),
        ({"number": "D 13"}, {"number": "D 14"}, "<dd>D 13</dd>"),
        ({"report_by": "2027-01-20"}, {"report_by": "2027-01-21"}, "<dd>20 januari 2027</dd>"),
        ({"decided": "2026-12-10"}, {"decided": "2026-12-11"}, "<dd>10 december 2026</dd>"),
    ],
)
def test_what_a_colleague_has_corrected_stands_until_one_has_seen_it(
    world: World, office: FlaskClient, id: UUID, theirs: Typed, mine: Typed, told: str
) -> None:
    write(world, id, **BY_GROUP_LEADER)
    old = office.get(place(id))
    assert told not in old.get_data(as_text=True)
    assert press(office, id, old, theirs).status_code == 303
    asked = press(office, id, old, mine)
    page = asked.get_data(as_text=True).replace("\xa0", " ")
    assert asked.status_code == 409 and "Sparat sedan du öppnade sidan" in page and told in page
    assert fields_of(asked).items() >= {name: [value] for name, value in mine.items()}.items(), "what was typed stays"
    assert fields_of(office.get(place(id))).items() >= {name: [value] for name, value in theirs.items()}.items()
    assert press(office, id, asked, {}).status_code == 303
    assert fields_of(office.get(place(id))).items() >= {name: [value] for name, value in mine.items() if value}.items()


def test_of_two_who_write_it_down_the_second_is_shown_the_first(world: World, office: FlaskClient, id: UUID) -> None:
    old = office.get(place(id))
    assert press(office, id, old, {**BY_GROUP_LEADER, "decided": "2026-12-10"}).status_code == 303
    other = {"decider": "employee", "who": "Ylva Strandberg", "delegation": "4.7", "number": "§ 4"}
    asked = press(office, id, old, other)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and "<dd>Gunnel Sundvall</dd>" in page
    assert "visar redan det nya: Beslutsdag." in page, "what belongs to who decided is not put under another who did"
    assert written(world, id).who == "Gunnel Sundvall"
    assert press(office, id, asked, {}).status_code == 303
    assert (written(world, id).who, written(world, id).decider) == ("Ylva Strandberg", "employee")
    assert verbs(world) == ["recorded", "corrected"]


def test_the_same_twice_is_one_decision_and_no_question(world: World, office: FlaskClient, id: UUID) -> None:
    old = office.get(place(id))
    assert [press(office, id, old, BY_GROUP_LEADER).status_code for _ in range(2)] == [303, 303]
    assert verbs(world) == ["recorded"]


def test_who_has_changed_nothing_takes_nothing_back(world: World, office: FlaskClient, id: UUID) -> None:
    write(world, id, **BY_GROUP_LEADER)
    old = office.get(place(id))
    press(office, id, old, {"who": "Ylva Strandberg"})
    answer = press(office, id, old, {})
    assert answer.status_code == 303 and written(world, id).who == "Ylva Strandberg"
    assert "Du hade inte ändrat något" in office.get(place(id)).get_data(as_text=True)


def test_what_one_has_not_touched_is_taken_in(world: World, office: FlaskClient, id: UUID) -> None:
    write(world, id, **BY_GROUP_LEADER)
    old = office.get(place(id))
    press(office, id, old, {"who": "Ylva Strandberg"})
    asked = press(office, id, old, {"number": "D 99"})
    assert asked.status_code == 409 and fields_of(asked)["who"] == ["Ylva Strandberg"]
    assert press(office, id, asked, {}).status_code == 303
    assert (written(world, id).who, written(world, id).number) == ("Ylva Strandberg", "D 99")


def test_the_day_that_the_page_only_suggested_is_the_one_that_a_colleague_has_written(
    world: World, office: FlaskClient, id: UUID
) -> None:
    old = office.get(place(id))
    press(office, id, old, {**BY_GROUP_LEADER, "decided": "2026-12-10"})
    asked = press(office, id, old, {**BY_GROUP_LEADER, "number": "D 14", "decided": "2026-12-14"})
    assert asked.status_code == 409 and fields_of(asked)["decided"] == ["2026-12-10"]


def test_what_another_has_corrected_is_not_put_under_who_decided_instead(
    world: World, office: FlaskClient, id: UUID
) -> None:
    write(world, id, **BY_GROUP_LEADER)
    old = office.get(place(id))
    press(office, id, old, {"delegation": "Punkt 5 (gruppledare)"})
    asked = press(office, id, old, {"decider": "employee", "who": "Ylva Strandberg", "seat": "member"})
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and "<dd>Punkt 5 (gruppledare)</dd>" in page
    assert fields_of(asked)["delegation"] == [BY_GROUP_LEADER["delegation"]]


def test_a_colleagues_decider_is_not_put_over_ones_own_name(world: World, office: FlaskClient, id: UUID) -> None:
    write(world, id, **BY_GROUP_LEADER)
    old = office.get(place(id))
    press(office, id, old, {"decider": "board", "who": "Regionstyrelsen", "delegation": "", "number": "§ 4"})
    asked = press(office, id, old, {"who": "Gunnel S. Sundvall"})
    assert asked.status_code == 409 and "<dd>Styrelsen själv</dd>" in asked.get_data(as_text=True)
    fields = fields_of(asked)
    assert (fields["decider"], fields["number"]) == (["group_leader"], ["§ 4"]), "a number is nobody's point"


def test_an_appeal_that_one_has_not_seen_is_not_taken_away_nor_closed(world: World, set_clock: Clock) -> None:
    id = announced(world, set_clock)
    set_clock("2027-03-01T09:00")
    office = world.browser(world.kansli)
    write(world, id, APPEAL, came="2027-01-19")
    old = office.get(place(id))
    write(world, id, DROP)
    write(world, id, APPEAL, came="2027-01-20", case_number="Mål 42-27")
    for button, typed in ((DROP, {}), ("Beslutet står fast", {"stands": "2027-02-20"})):
        answer = press(office, id, old, typed, button)
        assert answer.status_code == 409 and "Det har hänt något med beslutet" in answer.get_data(as_text=True)
    assert written(world, id).case_number == "Mål 42-27" and written(world, id).final_on is None
    assert press(office, id, answer, {"stands": "2027-02-20"}, "Beslutet står fast").status_code == 303


def test_a_confirmation_that_one_has_not_seen_is_not_taken_back_by_an_appeal(world: World, set_clock: Clock) -> None:
    id = announced(world, set_clock)
    set_clock("2027-02-05T09:00")
    office = world.browser(world.kansli)
    old = office.get(place(id))
    write(world, id, "Bekräfta laga kraft", none_came=True)
    asked = press(office, id, old, {"came": "2027-02-03", "case_number": "Mål 1"}, APPEAL)
    assert asked.status_code == 409 and fields_of(asked)["case_number"] == ["Mål 1"]
    assert written(world, id).final_on is not None
    assert press(office, id, asked, {}, APPEAL).status_code == 303 and written(world, id).appealed_on is not None


def test_a_box_that_is_there_no_more_is_not_led_to(world: World, set_clock: Clock) -> None:
    id = announced(world, set_clock)
    set_clock("2027-02-05T09:00")
    office = world.browser(world.kansli)
    old = office.get(place(id))
    write(world, id, APPEAL, came="2027-02-03")
    page = press(office, id, old, {"none_came": True}, "Bekräfta laga kraft").get_data(as_text=True)
    assert "#none_came" not in page and "Det du fyllde i är inte sparat" in page


@pytest.mark.parametrize("corrected", [True, False])
@pytest.mark.parametrize(
    ("button", "typed", "kept"),
    [
        (WRITE, {"who": "Ylva Strandberg"}, "Ylva Strandberg"),
        (ANNOUNCE, {"announced": "2027-01-18"}, "18 januari 2027"),
        (APPEAL, {"came": "2027-01-19", "case_number": "Mål 42-27"}, "Mål 42-27"),
    ],
)
def test_what_is_typed_of_a_decision_that_is_appealed_meanwhile_is_shown_to_be_copied(
    world: World, set_clock: Clock, button: str, typed: Typed, kept: str, corrected: bool
) -> None:
    id, office = announced(world, set_clock), world.browser(world.kansli)
    old = office.get(place(id))
    if corrected:
        write(world, id, number="D 99")
    write(world, id, APPEAL, came="2027-01-20")
    answer = press(office, id, old, typed, button)
    page = answer.get_data(as_text=True).replace("\xa0", " ")
    assert answer.status_code == 409 and "Ett överklagande är inskrivet" in page
    assert "Det du fyllde i är inte sparat" in page and f"<dd>{kept}</dd>" in page
    assert "står kvar" not in page


def test_days_of_a_report_that_two_write(world: World, set_clock: Clock) -> None:
    id, office = announced(world, set_clock), world.browser(world.kansli)
    old = office.get(place(id))
    assert press(office, id, old, {"announced": "2027-01-15"}, ANNOUNCE).status_code == 303
    asked = press(office, id, old, {"announced": "2027-01-18", "reported": "2027-01-13"}, ANNOUNCE)
    assert asked.status_code == 409 and "<dd>15 januari 2027</dd>" in asked.get_data(as_text=True).replace("\xa0", " ")
    assert written(world, id).announced_on == date(2027, 1, 15)
    again = press(office, id, asked, {}, ANNOUNCE)
    assert again.status_code == 303
    assert (written(world, id).reported_on, written(world, id).announced_on) == (date(2027, 1, 13), date(2027, 1, 18))


def test_a_page_sent_wrong_first_still_says_what_it_was_opened_with(world: World, set_clock: Clock) -> None:
    id, office = announced(world, set_clock), world.browser(world.kansli)
    old = office.get(place(id))
    press(office, id, old, {"announced": "2027-01-15"}, ANNOUNCE)
    wrong = press(office, id, old, {"announced": "i går"}, ANNOUNCE)
    assert wrong.status_code == 422
    assert press(office, id, wrong, {"announced": "2027-01-18"}, ANNOUNCE).status_code == 409


@pytest.mark.parametrize("marks", [None, "", "::: who: \x01", "who?:" + "a" * 90_000])
@pytest.mark.parametrize("tail", ["", "/anslag"])
def test_marks_that_are_none_or_nonsense_are_no_fault(
    world: World, set_clock: Clock, marks: str | None, tail: str
) -> None:
    id = announced(world, set_clock)
    fields = {
        "marks": marks,
        **(BY_GROUP_LEADER if not tail else {"reported": "2027-01-12", "announced": "2027-01-15"}),
    }
    assert posted(world, id, {**fields, "number": "D 15"}, tail).status_code in (303, 409)


def test_of_two_at_the_same_instant_the_second_has_not_seen_the_first(
    world: World, office: FlaskClient, id: UUID
) -> None:
    write(world, id, **BY_GROUP_LEADER)
    seen = Seen.told(page_marks(decision_texts(written_of(written(world, id)))))

    def correct(who: str) -> None:
        with world.writing(scope.party(world.party)) as session:
            write_decision(session, decision=decision(who=who), seen=seen, **about(world, id))

    with second() as other:
        with world.writing(scope.party(world.party)) as session:
            write_decision(session, decision=decision(who="Den första"), seen=seen, **about(world, id))
            other.begins(correct, "Den andra")
        with pytest.raises(DecisionMoved):
            other.ends()
    assert written(world, id).who == "Den första" and clock.today() == date(2026, 12, 14)
