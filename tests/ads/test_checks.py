"""The ad checker: what is red stops publishing, what is yellow asks for a second look."""

from datetime import date
from types import SimpleNamespace as Row
from typing import Any

import pytest

from portal.ads.checks import check_ad, controller_of, stopping
from portal.ads.parts import PARTS, statuses

TODAY = date(2026, 11, 23)
KRAV = Row(kind="krav", judged="skala", text="Du skriver väl", explanation="", weight=1)
CONTACT = Row(name="Gunnel Sundvall", email="gunnel@example.se", phone="", title="")


def whole_ad(**changes: Any) -> Any:
    values: dict[str, Any] = {
        "state": "draft",
        "employer": "authority", "retention_months": 24, "retention_rule": "Gallringsbeslut § 12", "posts": 1,
        "extent_percent": 100, "place": "Härnösand", "hours": "Oreglerad", "remote": None, "remote_text": "",
        "employment_form": "visstid", "earliest_start": date(2027, 2, 1), "expected_decision": date(2027, 1, 11),
        "latest_end": date(2030, 12, 31), "end_reason": "", "start_agreed": True, "salary_form": "Individuell",
        "salary_low": 38000, "salary_high": 46000, "salary_reason": "", "collective_agreement": "AB i delar",
        "title": "Politisk sekreterare på heltid", "intro": "Du arbetar närmast våra regionråd.",
        "tasks": ["skriva tal"], "documents": ["cv"], "subject_line": "", "deadline": date(2026, 12, 11),
        "timetable": [], "unclear": [], **changes,
    }  # fmt: skip
    return Row(**values)


def asked(field: str, text: str = "Politisk sekreterare", question: str = "Stämmer det?") -> dict[str, str]:
    """One question that the reading of a posting has left in the draft."""
    return {"field": field, "text": text, "question": question}


def marks(
    ad: Any, criteria: Any = (KRAV,), contacts: Any = (CONTACT,), controller: str | None = "Regionstyrelsen"
) -> Any:
    return check_ad(ad, criteria, contacts, controller_name=controller, on=TODAY)


def test_a_whole_ad_has_no_mark() -> None:
    assert marks(whole_ad()) == []


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"employer": None}, "employer"),
        ({"retention_months": None}, "retention_months"),
        ({"retention_rule": " "}, "retention_rule"),
        ({"retention_rule": "", "employer": "party"}, "retention_rule"),
        ({"earliest_start": None}, "earliest_start"),
        ({"earliest_start": date(2026, 11, 22)}, "earliest_start"),
        ({"latest_end": None}, "latest_end"),
        ({"latest_end": date(2031, 1, 1)}, "latest_end"),
        ({"latest_end": date(2027, 1, 31)}, "latest_end"),
        ({"employment_form": "tillsvidare"}, "employment_form"),
        ({"deadline": None}, "deadline"),
        ({"deadline": date(2026, 11, 22)}, "deadline"),
        ({"title": ""}, "title"),
        ({"tasks": []}, "tasks"),
    ],
)
def test_each_of_these_alone_stops_publishing(changes: dict[str, Any], field: str) -> None:
    assert [mark.field for mark in stopping(marks(whole_ad(**changes)))] == [field]


@pytest.mark.parametrize("employer", ["authority", "party"])
@pytest.mark.parametrize(
    ("deadline", "ends", "asked"),
    [
        (
            date(2030, 9, 20),
            date(2030, 12, 31),
            True,
        ),  # left empty before the last day to apply was moved past the election
        (date(2030, 9, 20), date(2031, 6, 30), False),
        (date(2030, 9, 20), date(2034, 12, 31), False),
        (date(2030, 8, 20), date(2030, 12, 31), False),
    ],
)
def test_an_end_that_an_earlier_election_set_is_looked_at_once_more(
    employer: str, deadline: date, ends: date, asked: bool
) -> None:
    days = {"deadline": deadline, "expected_decision": None, "earliest_start": date(2030, 11, 1)}
    found = marks(whole_ad(employer=employer, latest_end=ends, **days))
    told = [mark for mark in found if "31 december 2034" in mark.sentence and mark.field == "latest_end"]
    assert [mark.stops for mark in told] == ([False] if asked else [])


def test_no_controller_no_contact_and_no_krav_stop_publishing() -> None:
    assert [mark.field for mark in stopping(marks(whole_ad(), controller=" "))] == ["employer"]
    unreachable = Row(name="Gunnel Sundvall", email="", phone="", title="")
    assert [mark.field for mark in stopping(marks(whole_ad(), contacts=(unreachable,)))] == ["contacts"]
    merit = Row(kind="merit", judged="skala", text="Journalistik", explanation="", weight=1)
    assert [mark.field for mark in stopping(marks(whole_ad(), criteria=(merit,)))] == ["criteria"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"salary_low": None, "salary_high": None}, "salary_low"),
        ({"collective_agreement": ""}, "collective_agreement"),
        ({"title": "Politisk sekreterarinna"}, "title"),
        ({"intro": "Ange din nuvarande lön."}, "intro"),
        ({"extent_percent": None}, "extent_percent"),
        ({"place": ""}, "place"),
        ({"hours": ""}, "hours"),
        ({"documents": []}, "documents"),
        ({"expected_decision": date(2026, 12, 11)}, "expected_decision"),
        ({"earliest_start": date(2027, 1, 10)}, "earliest_start"),
    ],
)
def test_each_of_these_asks_for_a_second_look_and_stops_nothing(changes: dict[str, Any], field: str) -> None:
    found = marks(whole_ad(**changes))
    assert [mark.field for mark in found] == [field]
    assert stopping(found) == []


def test_a_reason_stands_in_for_a_salary_range() -> None:
    assert marks(whole_ad(salary_low=None, salary_high=None, salary_reason="Sätts av partistyrelsen i januari.")) == []


def test_a_driving_licence_is_motivated_when_it_is_a_krav() -> None:
    licence = Row(kind="krav", judged="finns", text="Du har B-körkort", explanation="", weight=0)
    assert [mark.field for mark in marks(whole_ad(), (KRAV, licence))] == ["criteria"]
    licence.explanation = "Resor i hela länet, ofta på kvällar."
    assert marks(whole_ad(), (KRAV, licence)) == []


def test_an_election_between_is_told_with_both_answers() -> None:
    near = whole_ad(
        deadline=date(2030, 8, 1), expected_decision=date(2030, 8, 20), earliest_start=date(2030, 9, 20),
        latest_end=date(2030, 12, 31),
    )  # fmt: skip
    assert "31 december 2034" in " ".join(mark.sentence for mark in marks(near))


def test_a_party_is_told_when_the_employment_turns_permanent_and_may_run_on() -> None:
    found = marks(whole_ad(employer="party"))
    assert stopping(found) == []
    assert any("1 februari 2028" in mark.sentence for mark in found)
    forever = whole_ad(employer="party", employment_form="tillsvidare", latest_end=None)
    assert stopping(marks(forever)) == []


def test_every_mark_belongs_to_a_part_that_has_a_page() -> None:
    empty = whole_ad(
        employer=None,
        title="",
        intro="",
        tasks=[],
        deadline=None,
        documents=[],
        place="",
        hours="",
        extent_percent=None,
    )
    keys = {part.key for part in PARTS}
    assert {mark.part for mark in marks(empty, (), ())} <= keys


def test_the_controller_follows_from_the_employer() -> None:
    party, authority = Row(controller_name="Partiet"), Row(controller_name="Regionstyrelsen")
    assert controller_of("party", party=party, authority=authority) == "Partiet"
    assert controller_of("authority", party=party, authority=authority) == "Regionstyrelsen"
    assert controller_of(None, party=party, authority=authority) is None


def test_a_part_is_done_left_or_to_be_put_right() -> None:
    ad = whole_ad(deadline=None, latest_end=date(2031, 1, 1), place="", unclear=[asked("title")])
    rows = {"criteria": [KRAV], "contacts": [CONTACT]}
    told = statuses(ad, rows, marks(ad), published=False)
    assert told["deadline"] == "left"
    assert told["term"] == "fix"
    assert told["title"] == "fix"
    assert told["extent"] == "done"
    assert told["publish"] == "waiting"
    whole = whole_ad()
    assert set(statuses(whole, rows, marks(whole), published=True).values()) == {"done"}


def test_more_than_five_on_a_scale_are_pointed_out_and_stop_nothing() -> None:
    def on_a_scale(count: int) -> tuple[Row, ...]:
        return tuple(Row(kind="krav", judged="skala", text=f"Krav {n}", explanation="", weight=1) for n in range(count))

    assert marks(whole_ad(), on_a_scale(5)) == []
    found = marks(whole_ad(), on_a_scale(6))
    assert [(mark.field, mark.stops) for mark in found] == [("criteria", False)]
    assert "Fler än fem" in found[0].sentence


@pytest.mark.parametrize(("weights", "marked"), [((0,), True), ((0, 0), True), ((0, 1), False)])
def test_a_scale_on_which_nothing_weighs_asks_for_a_second_look(weights: tuple[int, ...], marked: bool) -> None:
    rows = tuple(
        Row(kind="krav", judged="skala", text=f"Krav {n}", explanation="", weight=w) for n, w in enumerate(weights)
    )
    licence = Row(kind="merit", judged="finns", text="Egen bil", explanation="", weight=0)
    found = [mark for mark in marks(whole_ad(), criteria=(*rows, licence)) if "vikt" in mark.sentence]
    assert [(mark.field, mark.stops) for mark in found] == ([("criteria", False)] if marked else [])


def test_what_a_posting_says_and_the_reading_asks_about_stops_publishing_until_it_is_looked_at() -> None:
    ad = whole_ad(unclear=[asked("title", question="Annonsen är från Dalpartiet. Stämmer det?")])
    found = marks(ad)
    assert [(mark.field, mark.stops, mark.missing) for mark in found] == [("title", True, False)]
    assert found[0].sentence == "Annonsen är från Dalpartiet. Stämmer det?"
    told = statuses(ad, {"criteria": [KRAV], "contacts": [CONTACT]}, found, published=False)
    assert (told["title"], told["publish"]) == ("fix", "waiting")
    assert not marks(whole_ad(state="published", unclear=ad.unclear)), "it went out so, and its last day can be moved"


def test_what_stops_already_is_told_once_though_the_reading_asks_too() -> None:
    found = marks(whole_ad(deadline=None, unclear=[asked("deadline", "7 augusti", "Vilket år gäller?")]))
    assert [(mark.field, mark.stops) for mark in found] == [("deadline", True)]


def test_what_a_posting_says_nothing_of_is_left_to_do_and_stops_nothing() -> None:
    ad = whole_ad(place="", unclear=[asked("place", "", "Annonsen säger inte var arbetet utförs. Fyll i det här.")])
    found = marks(ad)
    assert [(mark.field, mark.stops) for mark in found] == [("place", False)]
    assert statuses(ad, {"criteria": [KRAV], "contacts": [CONTACT]}, found, published=False)["extent"] == "left"
