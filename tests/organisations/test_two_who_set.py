"""Two who change one party or authority at once, of its own people or who runs the installation: nothing is written over
unseen, nothing is taken back by a page that says what it was opened with."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from portal import clock
from portal.db import db, unit_of_work
from portal.organisations.models import Authority, Party, RetentionRule
from portal.organisations.queries import retention_rules_of
from portal.organisations.retention import Retention
from portal.organisations.services.settings import PARTY_FIELDS, NameTaken, SettingsMoved, change_party, saved_texts
from portal.profiles.shelf import profiles
from portal.seen import Seen, page_marks
from tests.at_once import second
from tests.forms import fields_of, submit_page
from tests.world import World

Typed = dict[str, Any]
SAVE = "Spara"
OWN = {"parti": "kansli", "myndighet": "region"}


@pytest.fixture(params=["parti", "myndighet"])
def whose(request: pytest.FixtureRequest) -> str:
    return str(request.param)


class Two:
    """One of the own people with a page open, and another who saves first: whoever runs the installation."""

    def __init__(self, world: World, whose: str) -> None:
        self.place, subject = f"/arbete/{whose}", world.party if whose == "parti" else world.authority
        self.elsewhere = f"/drift/{whose}/{subject}"
        self.one, self.other = world.browser(getattr(world, OWN[whose])), world.browser(world.drift)
        self.old = self.one.get(self.place)

    def other_saves(self, typed: Typed) -> None:
        assert submit_page(self.other, self.other.get(self.elsewhere), self.elsewhere, typed, SAVE).status_code == 303

    def presses(self, typed: Typed, page: TestResponse | None = None) -> TestResponse:
        return submit_page(self.one, page or self.old, self.place, typed, SAVE)

    def stands(self) -> dict[str, list[str]]:
        fields = fields_of(self.one.get(self.place))
        return {name: values for name, values in fields.items() if name != "csrf_token"}


def rules_of(world: World, id: UUID) -> list[tuple[int, str]]:
    with world.app.app_context():
        return [(row.months, row.basis) for row in retention_rules_of(db.session, id)]


@pytest.mark.parametrize(
    ("whose", "theirs", "mine", "told"),
    [
        ("parti", {"name": "Deras <b>namn</b>"}, {"name": "Mitt namn"}, "Deras &lt;b&gt;namn&lt;/b&gt;"),
        ("parti", {"hue": "0"}, {"hue": "300"}, "<dd>Rosa</dd>"),
        ("parti", {"elected_policy": "forbid"}, {"elected_policy": "allow"}, "<dd>Får inte förekomma"),
        ("parti", {"data_officer": "Nils Ek"}, {"data_officer": "Sara Alm"}, "Nils Ek"),
        ("parti", {"retention_rule": "Beslut § 36"}, {"retention_rule": "Beslut § 30"}, "24 månader. Beslut § 36"),
        ("parti", {"retention_months": "36"}, {"retention_months": "30"}, "36 månader. Partiets egen regel"),
        ("myndighet", {"disposal_decision": "§ 14"}, {"disposal_decision": "§ 15"}, "24 månader. § 14"),
        ("myndighet", {"contact_email": "vi@example.se"}, {"contact_email": "hr@example.se"}, "vi@example.se"),
        (
            "myndighet",
            {"board_first_day": "2026-12-15", "board_source": "§ 98"},
            {"board_first_day": "2026-12-16", "board_source": "§ 98"},
            "15 december 2026",
        ),
    ],
)
def test_what_another_has_saved_stands_until_one_has_seen_it(
    world: World, whose: str, theirs: Typed, mine: Typed, told: str
) -> None:
    two = Two(world, whose)
    assert told not in two.old.get_data(as_text=True)
    two.other_saves(theirs)
    asked = two.presses(mine)
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and told in page and "Sparat sedan du öppnade sidan" in page
    assert fields_of(asked).items() >= {name: [value] for name, value in mine.items()}.items(), "what was typed stays"
    assert two.presses({}, asked).status_code == 303
    kept = {name: [value] for name, value in mine.items() if name != "retention_months"}
    assert two.stands().items() >= kept.items()


def test_how_long_applications_are_kept_is_not_taken_back_by_a_page_that_was_opened_before(
    world: World, whose: str
) -> None:
    basis, other = ("retention_rule", "data_officer") if whose == "parti" else ("disposal_decision", "contact_email")
    Two(world, whose).other_saves({basis: "Beslut § 19"})
    two = Two(world, whose)
    two.other_saves({basis: "Beslut § 20", "retention_months": "36"})
    asked = two.presses({other: "vi@example.se"})
    assert asked.status_code == 409 and fields_of(asked)[basis] == ["Beslut § 20"]
    assert "visar redan det nya: " in asked.get_data(as_text=True)
    said = rules_of(world, world.party if whose == "parti" else world.authority)
    assert two.presses({}, asked).status_code == 303
    assert rules_of(world, world.party if whose == "parti" else world.authority) == said
    assert two.stands()[other] == ["vi@example.se"] and (36, "Beslut § 20") in said


def test_a_page_in_which_nothing_was_changed_takes_nothing_back_and_is_asked_nothing(world: World, whose: str) -> None:
    two = Two(world, whose)
    basis = "retention_rule" if whose == "parti" else "disposal_decision"
    two.other_saves({"controller_name": "Den andra", basis: "Beslut § 21"})
    before = two.stands()
    answer = two.presses({})
    assert answer.status_code == 303 and "Du hade inte ändrat något." in two.one.get(two.place).get_data(as_text=True)
    assert two.stands() == before and before["controller_name"] == ["Den andra"]


def test_one_who_comes_back_in_between_is_asked_of_what_is_new_alone(world: World) -> None:
    two = Two(world, "parti")
    two.other_saves({"retention_rule": "Beslut § 1", "controller_name": "Den andra"})
    asked = two.presses({"data_officer": "Sara Alm"})
    two.other_saves({"retention_rule": "Beslut § 2"})
    again = two.presses({}, asked)
    assert again.status_code == 409 and fields_of(again)["retention_rule"] == ["Beslut § 2"]
    assert "Den andra" not in again.get_data(as_text=True).partition('id="beside"')[2].partition("</section>")[0]
    assert two.presses({}, again).status_code == 303
    stands = two.stands()
    assert (stands["data_officer"], stands["controller_name"]) == (["Sara Alm"], ["Den andra"])
    assert rules_of(world, world.party)[0] == (24, "Beslut § 2")


def test_a_rule_that_nobody_has_typed_is_not_taken_for_typed_at_the_second_asking(world: World) -> None:
    two = Two(world, "parti")
    two.other_saves({"controller_name": "Den andra"})
    asked = two.presses({"data_officer": "Sara Alm"})
    two.other_saves({"retention_rule": "Beslut § 2", "retention_months": "36"})
    again = two.presses({}, asked)
    assert again.status_code == 409 and fields_of(again)["retention_rule"] == ["Beslut § 2"]
    assert two.presses({}, again).status_code == 303
    assert rules_of(world, world.party)[0] == (36, "Beslut § 2")


def test_a_rule_that_has_begun_since_the_page_was_opened_is_not_said_away_by_it(
    world: World, set_clock: Callable[[str], datetime]
) -> None:
    Two(world, "parti").other_saves({"retention_rule": "Beslut § 30", "retention_from": "2026-11-24"})
    set_clock("2026-11-23T23:50")
    two = Two(world, "parti")
    set_clock("2026-11-24T00:10")
    assert two.presses({"data_officer": "Sara Alm"}).status_code == 303
    assert rules_of(world, world.party)[0] == (24, "Beslut § 30")
    assert two.stands()["data_officer"] == ["Sara Alm"]


@pytest.mark.parametrize(
    ("whose", "typed"),
    [
        ("parti", {"name": "Närvårdspartiet i Ådalen"}),
        ("parti", {"retention_rule": "36 månader", "retention_months": "36"}),
        ("myndighet", {"disposal_decision": "Beslut § 20", "retention_months": "36"}),
        ("myndighet", {"disposal_decision": "Beslut § 20", "retention_from": "2027-03-01"}),
    ],
)
def test_the_same_typed_by_both_or_sent_twice_is_asked_of_nobody(world: World, whose: str, typed: Typed) -> None:
    two = Two(world, whose)
    two.other_saves(typed)
    assert [two.presses(typed).status_code for _click in range(2)] == [303, 303]


def test_a_day_and_where_it_is_decided_are_not_taken_apart(world: World) -> None:
    Two(world, "myndighet").other_saves({"board_first_day": "2026-12-15", "board_source": "§ 98"})
    two = Two(world, "myndighet")
    two.other_saves({"board_first_day": "2026-12-17", "board_source": "§ 120"})
    asked = two.presses({"board_first_day": "2026-12-16"})
    page = asked.get_data(as_text=True)
    assert asked.status_code == 409 and "<dd>§ 120</dd>" in page and "17 december 2026" in page
    assert fields_of(asked)["board_source"] == ["§ 98"]


def test_who_runs_the_installation_is_shown_what_stands(world: World) -> None:
    two = Two(world, "parti")
    page = two.other.get(two.elsewhere)
    two.presses({"controller_name": "Vi själva"})
    answer = submit_page(two.other, page, two.elsewhere, {}, SAVE)
    assert (answer.status_code, answer.location) == (303, two.elsewhere)
    shown = two.other.get(answer.location).get_data(as_text=True)
    assert "Här står det som är sparat nu." in shown and "Vi själva" in shown


def test_what_is_chosen_again_is_told_in_the_menus_own_words(world: World) -> None:
    key = profiles()[0].key
    with world.app.app_context(), unit_of_work() as session:
        session.get_one(Authority, world.authority).profile_key = key
    two = Two(world, "myndighet")
    two.other_saves({"profile_key": ""})
    asked = two.presses({"profile_key": profiles()[1].key})
    assert asked.status_code == 409 and "<dd>De som har samma namn</dd>" in asked.get_data(as_text=True)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"disposal_decision": "", "retention_months": "36"}, "Skriv också gallringsbeslutet"),
        ({"disposal_decision": "", "retention_from": "2027-03-01"}, "Skriv också gallringsbeslutet"),
        ({"disposal_decision": ""}, "Beslutet går inte att ta bort."),
    ],
)
def test_nothing_is_said_to_be_saved_that_is_not(world: World, typed: Typed, sentence: str) -> None:
    Two(world, "myndighet").other_saves({"disposal_decision": "Beslut § 20"})
    answer = Two(world, "myndighet").presses(typed)
    assert answer.status_code == 422 and sentence in answer.get_data(as_text=True)


def test_two_parties_who_take_one_name_at_once_are_told_so(world: World) -> None:
    def take(party_id: UUID, place: int) -> None:
        with world.app.app_context(), unit_of_work() as session:
            party = session.get_one(Party, party_id)
            values = {**{name: getattr(party, name) for name in PARTY_FIELDS}, "name": "Nya partiet"}
            change_party(
                session, party_id=party_id, values=values, retention=Retention(None, "", None), by=world.drift,
                at=clock.now(),
            )  # fmt: skip
            if place == 1:
                other.begins(take, world.rival, 2)

    with second() as other:
        take(world.party, 1)
        with pytest.raises(NameTaken):
            other.ends()


def test_the_page_says_that_nothing_is_saved_yet_and_takes_the_focus(world: World) -> None:
    two = Two(world, "parti")
    two.other_saves({"controller_name": "Den andra"})
    page = two.presses({"controller_name": "Vi"}).get_data(as_text=True)
    assert "Uppgifterna har ändrats sedan sidan öppnades." in page and "Ingenting är ändrat än." in page
    assert 'role="alert"' in page and "autofocus" in page


def test_a_page_sent_wrong_first_still_says_what_it_was_opened_with(world: World) -> None:
    two = Two(world, "parti")
    two.other_saves({"controller_name": "Den andra"})
    wrong = two.presses({"controller_name": ""})
    assert wrong.status_code == 422
    asked = two.presses({"controller_name": "Vi"}, wrong)
    assert asked.status_code == 409 and "Den andra" in asked.get_data(as_text=True)


@pytest.mark.parametrize("marks", [None, "", "::: name: \x01", "name:" + "a" * 90_000])
def test_marks_that_are_none_or_nonsense_are_no_fault(world: World, whose: str, marks: str | None) -> None:
    two = Two(world, whose)
    typed = {**{name: values[0] for name, values in fields_of(two.old).items() if values}, "marks": marks}
    answer = two.one.post(two.place, data={name: value for name, value in typed.items() if value is not None})
    assert answer.status_code in (303, 409)


def test_the_second_of_two_at_the_same_instant_has_seen_nothing_of_the_first(world: World) -> None:
    with world.app.app_context():
        party = db.session.get_one(Party, world.party)
        seen = Seen.told(page_marks(saved_texts(db.session, party)))
        values = {name: getattr(party, name) for name in PARTY_FIELDS}

    def save(name: str) -> None:
        with world.app.app_context(), unit_of_work() as session:
            change_party(
                session, party_id=world.party, values={**values, "controller_name": name},
                retention=Retention(None, "", None), by=world.kansli, at=clock.now(), seen=seen,
            )  # fmt: skip

    with second() as other:
        with world.app.app_context(), unit_of_work() as session:
            row = session.get_one(Party, world.party, with_for_update=True)
            row.controller_name = "Den första"
            session.flush()
            other.begins(save, "Den andra")
        with pytest.raises(SettingsMoved):
            other.ends()


def test_a_rule_said_for_a_later_day_is_another_thing_than_the_one_that_holds(world: World) -> None:
    two = Two(world, "parti")
    two.other_saves({"retention_rule": "Beslut § 30", "retention_from": "2027-03-01"})
    asked = two.presses({"retention_rule": "Beslut § 31"})
    assert asked.status_code == 409 and "1 mars 2027" in asked.get_data(as_text=True)
    assert two.presses({}, asked).status_code == 303
    with world.app.app_context():
        rows = db.session.query(RetentionRule.basis, RetentionRule.valid_from).filter_by(party_id=world.party).all()
        assert {("Beslut § 30", date(2027, 3, 1)), ("Beslut § 31", clock.today())} <= {tuple(row) for row in rows}
