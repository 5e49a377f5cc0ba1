"""The to-do list: what stands on which day for whom, from counts alone."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest

from portal.ads.window import STOCKHOLM
from portal.desk.agenda import (
    Item,
    arrival_items,
    assessor_items,
    days_of,
    ending_items,
    heading_of,
    office_items,
)
from portal.desk.facts import Assessor, Ending, Recruitment
from portal.desk.steps import assessor_steps, office_steps, stage, stage_word
from portal.review.phases import Phase

ME, OTHER = uuid4(), uuid4()
MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=STOCKHOLM)
AFTER = datetime(2026, 12, 14, 9, 0, tzinfo=STOCKHOLM)
BY = datetime(2026, 12, 17, 18, 0, tzinfo=STOCKHOLM)

OPEN = Recruitment(
    ad_id=uuid4(), title="Pressekreterare 50 %", state="published", deadline=date(2026, 12, 11), posts=1, criteria=5,
    phase=Phase.OPEN, blind=False, met=False,
    hand_in_by=None, wrong=0, missing=0, first_mark="", arrived=9, masked=0, fresh=0, called=0, with_outcome=0, hired=0,
    released=0, employed=0, panel=(), has_applied=False,
)  # fmt: skip
DRAFT = replace(OPEN, state="draft", arrived=0, deadline=None)


def assessor(
    person: object = ME, *, answered: int = 0, clear: int = 0, judged: int = 0, done: bool = False
) -> Assessor:
    """``judged`` of the candidates wholly; whoever is ``done`` has answered for all."""
    given = judged * OPEN.criteria
    answered = OPEN.arrived if done else answered
    return Assessor(person, "Gunnel Sundvall", True, answered, clear, clear, given, AFTER if done else None)  # type: ignore[arg-type]


def office(case: Recruitment, at: datetime = AFTER) -> list[tuple[date, str]]:
    return [(item.day, item.text) for item in office_items([case], at=at, person_id=ME)]


def own(case: Recruitment, at: datetime = AFTER) -> list[Item]:
    return list(assessor_items([case], at=at, person_id=ME))


@pytest.mark.parametrize(
    ("changes", "text", "tag"),
    [
        ({"wrong": 1, "missing": 2}, "Rätta en röd punkt i annonsen", "Hindrar publicering"),
        ({"wrong": 3}, "Rätta tre röda punkter i annonsen", "Hindrar publicering"),
        ({"missing": 2}, "Skriv klart annonsen", None),
        ({}, "Publicera annonsen", None),
    ],
)
def test_a_draft_asks_for_what_stops_it_first(changes: dict[str, int], text: str, tag: str | None) -> None:
    (item,) = office_items([replace(DRAFT, **changes)], at=MONDAY, person_id=ME)  # type: ignore[arg-type]
    assert (item.text, item.day, item.tag and item.tag[0]) == (text, MONDAY.date(), tag)


def test_an_open_ad_closes_by_itself_and_wants_assessors_before_that() -> None:
    found = office(replace(OPEN, fresh=2), MONDAY)
    assert found == [
        (date(2026, 11, 23), "Två nya ansökningar sedan i går"),
        (date(2026, 12, 11), "Utse bedömare"),
        (date(2026, 12, 11), "Annonsen stänger kl. 23.59"),
    ]


def test_a_closed_ad_without_assessors_is_late() -> None:
    days = days_of(office_items([OPEN], at=AFTER, person_id=ME), AFTER.date())
    assert [(day.heading, day.small, day.state) for day in days] == [("Försenat", "sedan 11 dec", "late")]


def test_the_office_is_told_how_far_the_assessors_have_come_on_the_day_it_ends() -> None:
    case = replace(OPEN, hand_in_by=BY, panel=(assessor(OTHER, done=True), assessor(uuid4())))
    (item,) = office_items([case], at=AFTER, person_id=ME)
    assert (item.day, item.text) == (date(2026, 12, 17), "Bedömningen går ut kl. 18.00")
    assert item.about == "Pressekreterare 50 % · 1 av 2 har lämnat in"
    assert office(replace(case, hand_in_by=None))[0][1] == "Bestäm när bedömningarna ska vara inne"


@pytest.mark.parametrize(
    ("changes", "texts"),
    [
        ({}, ["Se den gemensamma bilden", "Skriv utfallet för nio sökande"]),
        ({"called": 3}, ["Skriv utfallet för nio sökande"]),
        ({"called": 3, "with_outcome": 4}, ["Skriv utfallet för fem sökande"]),
        ({"with_outcome": 9, "hired": 1}, ["Registrera anställningen", "Avsluta rekryteringen"]),
        ({"with_outcome": 9, "hired": 1, "employed": 1}, ["Avsluta rekryteringen"]),
        ({"with_outcome": 9, "hired": 2, "posts": 2}, ["Registrera två anställningar", "Avsluta rekryteringen"]),
        ({"with_outcome": 9, "released": 9}, ["Avsluta rekryteringen"]),
        ({"state": "withdrawn", "with_outcome": 9, "released": 9}, []),
        ({"state": "ended"}, []),
        ({"arrived": 0}, ["Avsluta rekryteringen"]),
    ],
)
def test_after_the_assessing_each_step_follows_the_last(changes: dict[str, object], texts: list[str]) -> None:
    case = replace(OPEN, panel=(assessor(OTHER, done=True),), **changes)  # type: ignore[arg-type]
    assert [text for _, text in office(case)] == texts


def test_an_assessor_is_told_how_many_how_long_and_until_when() -> None:
    case = replace(OPEN, hand_in_by=BY, panel=(assessor(answered=9, clear=8, judged=2),))
    (item,) = own(case)
    assert item.text == "Bedöm vidare: 30 av 40 svar kvar"
    assert item.day == date(2026, 12, 17)
    assert item.tag == ("cirka 30 minuter", "outlined", "")
    assert item.about == "Pressekreterare 50 % · lämna in senast kl. 18.00"


@pytest.mark.parametrize(
    ("mine", "endpoint"),
    [
        (assessor(answered=4, clear=4), "review.conflicts"),
        (assessor(answered=9, clear=9, judged=8), "review.assess"),
        (assessor(answered=9, clear=9, judged=9), "review.order"),
    ],
)
def test_jav_comes_before_assessing_and_handing_in_last(mine: Assessor, endpoint: str) -> None:
    assert [item.endpoint for item in own(replace(OPEN, panel=(mine,)))] == [endpoint]


def test_an_assessor_has_nothing_to_do_once_handed_in_or_when_the_time_is_over() -> None:
    assert own(replace(OPEN, panel=(assessor(done=True),))) == []
    case = replace(OPEN, hand_in_by=BY, panel=(assessor(answered=9, clear=9),))
    assert own(case, BY) == []
    assert own(replace(OPEN, panel=(assessor(OTHER),))) == []


def test_before_the_ad_closes_an_assessor_only_learns_when_it_opens() -> None:
    (item,) = own(replace(OPEN, panel=(assessor(),)), MONDAY)
    assert (item.text, item.day) == ("Bedömningen öppnar när annonsen stänger", date(2026, 12, 11))


def test_what_has_been_late_since_another_year_says_which() -> None:
    (late,) = days_of([Item(date(2026, 11, 27), "Avtalet", "", "desk.start")], date(2028, 12, 2))
    assert (late.heading, late.small) == ("Försenat", "sedan 27 nov 2026")


def test_the_days_come_in_order_with_the_late_first() -> None:
    items = [Item(date(2026, 11, day), str(day), "", "desk.start") for day in (27, 23, 20, 19)]
    days = days_of([*items, Item(date(2027, 1, 7), "nästa år", "", "desk.start")], MONDAY.date())
    assert [(day.heading, day.small) for day in days] == [
        ("Försenat", "sedan 19 nov"), ("I dag", "mån 23 nov"), ("Fredag", "27 nov"), ("Torsdag", "7 jan 2027"),
    ]  # fmt: skip
    assert [item.text for item in days[0].items] == ["19", "20"]
    assert heading_of(days) == "Fem saker, tre i dag"


@pytest.mark.parametrize(
    ("count", "words"), [(0, "Inget att göra just nu"), (1, "En sak, en i dag"), (13, "13 saker, 13 i dag")]
)
def test_the_heading_counts_in_words(count: int, words: str) -> None:
    items = [Item(MONDAY.date(), str(n), "", "desk.start") for n in range(count)]
    assert heading_of(days_of(items, MONDAY.date())) == words


def test_arrivals_and_endings_are_counted_in_words() -> None:
    assert [item.text for item in arrival_items(1, MONDAY.date())] == ["En ny ansökan sedan i går"]
    assert list(arrival_items(0, MONDAY.date())) == []
    endings = [Ending(date(2026, 12, 31), 4), Ending(date(2027, 1, 15), 1)]
    assert [item.text for item in ending_items(endings)] == ["Fyra anställningar upphör", "En anställning upphör"]


def statuses(case: Recruitment, at: datetime = AFTER) -> str:
    return " ".join(step.status for step in office_steps(case, at=at, person_id=ME))


@pytest.mark.parametrize(
    ("case", "at", "words"),
    [
        (replace(DRAFT, wrong=1), MONDAY, "fix waiting" + " waiting" * 11),
        (DRAFT, MONDAY, "done left" + " waiting" * 11),
        (OPEN, MONDAY, "done done waiting left" + " waiting" * 9),
        (OPEN, AFTER, "done done done left" + " waiting" * 9),
        (replace(OPEN, panel=(assessor(OTHER),)), AFTER, "done done done done left left left" + " waiting" * 5),
        (replace(OPEN, panel=(assessor(OTHER, answered=9, done=True),)), AFTER,
         "done done done done done left done left left left waiting waiting"),
        (replace(OPEN, panel=(assessor(OTHER, answered=9, done=True),), called=2, with_outcome=9, hired=1), AFTER,
         "done " * 11 + "left left"),
        (replace(OPEN, state="ended", panel=(assessor(OTHER, answered=9, done=True),), called=2, with_outcome=9, hired=1,
                 employed=1, released=9), AFTER, "done " * 11 + "done"),
        (replace(OPEN, state="ended"), AFTER, "done done done" + " over" * 6 + " done over over done"),
        (replace(OPEN, state="ended", arrived=0, panel=(replace(assessor(OTHER, done=True), leads=False),)), AFTER,
         "done done done done over over done over done over over done"),
        (replace(OPEN, state="ended", with_outcome=9, hired=1, released=9), AFTER,
         "done done done over over over over over over done done left done"),
    ],
)  # fmt: skip
def test_the_checklist_follows_the_recruitment(case: Recruitment, at: datetime, words: str) -> None:
    assert statuses(case, at) == words


def test_an_assessor_sees_only_their_own_steps() -> None:
    case = replace(OPEN, panel=(assessor(answered=9, clear=9, judged=4),))
    keys = [step.key for step in assessor_steps(case, at=AFTER, person_id=ME)]
    assert keys == ["close", "conflicts", "krav", "assess", "order", "joint"]
    two = replace(case, panel=(*case.panel, assessor(OTHER)))
    assert [step.key for step in assessor_steps(two, at=AFTER, person_id=ME)] == [*keys, "meeting"], "one meets nobody"
    another = replace(case, panel=(replace(case.panel[0], leads=False),))
    assert "krav" not in [step.key for step in assessor_steps(another, at=AFTER, person_id=ME)], "who leads decides"
    assert assessor_steps(case, at=AFTER, person_id=OTHER) == []


@pytest.mark.parametrize(
    ("masked", "at", "expected"),
    [
        (0, MONDAY, ("Maskera ansökningarna", "waiting")),
        (0, AFTER, ("Maskera ansökningarna · nio kvar", "left")),
        (8, AFTER, ("Maskera ansökningarna · en kvar", "left")),
        (9, AFTER, ("Maskera ansökningarna", "done")),
    ],
)
def test_a_blind_recruitment_has_its_masking_on_the_list(masked: int, at: datetime, expected: tuple[str, str]) -> None:
    case = replace(OPEN, blind=True, masked=masked, panel=(assessor(OTHER, answered=9, clear=9),))
    steps = {step.key: step for step in office_steps(case, at=at, person_id=ME)}
    assert (steps["masking"].text, steps["masking"].status) == expected
    assert "masking" not in {step.key for step in office_steps(replace(case, blind=False), at=at, person_id=ME)}
    asked = [text for _, text in office(case, at) if text.startswith("Maskera")]
    assert asked == ({0: ["Maskera nio ansökningar"], 8: ["Maskera en ansökan"]}.get(masked, []) if at == AFTER else [])


def test_the_stages_follow_one_another() -> None:
    handed = (assessor(OTHER, done=True),)
    reached = [
        stage(DRAFT, at=MONDAY),
        stage(OPEN, at=MONDAY),
        stage(OPEN, at=AFTER),
        stage(replace(OPEN, panel=handed), at=AFTER),
        stage(replace(OPEN, panel=handed, with_outcome=4), at=AFTER),
        stage(replace(OPEN, panel=handed, with_outcome=9, hired=1), at=AFTER + timedelta(days=1)),
    ]
    assert reached == [0, 1, 2, 3, 4, 5]


def test_from_the_first_call_until_the_first_outcome_the_stage_is_the_interviews() -> None:
    seen = replace(OPEN, panel=(assessor(OTHER, done=True),))
    words = [stage_word(replace(seen, called=n, with_outcome=told), at=AFTER) for n, told in ((0, 0), (2, 0), (2, 1))]
    assert words == ["Gemensam bild", "Intervjuer", "Utfall"]


@pytest.mark.parametrize(
    ("days", "released", "told"),
    [(8, 0, False), (7, 0, True), (0, 3, True), (-2, 8, True), (3, 9, False)],
)
def test_the_day_that_candidates_were_promised_stands_a_week_before_as_long_as_somebody_waits(
    days: int, released: int, told: bool
) -> None:
    promised = AFTER.date() + timedelta(days=days)
    case = replace(OPEN, promised=promised, released=released, with_outcome=9)
    assert ((promised, "Besked lovat till de sökande") in office(case)) == told
    assert (promised, "Besked lovat till de sökande") not in office(replace(case, promised=None))


@pytest.mark.parametrize(("gave_up", "hired", "told"), [(0, 0, False), (1, 0, True), (1, 1, False), (2, 0, True)])
def test_a_post_that_one_gave_up_is_to_be_offered_to_another(gave_up: int, hired: int, told: bool) -> None:
    case = replace(OPEN, gave_up=gave_up, hired=hired, employed=hired, with_outcome=3)
    assert ("Välj vem som ska erbjudas tjänsten" in [text for _, text in office(case)]) == told


def test_where_everybody_has_taken_theirs_back_it_is_not_said_that_nobody_applied() -> None:
    (item,) = office_items([replace(OPEN, arrived=0, gave_up=1)], at=AFTER, person_id=ME)
    assert item.text == "Avsluta rekryteringen" and "ingen har sökt" not in item.about
