"""What a request comes to, its clock, its grounds and marks, and the decision's words: all of it pure."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from portal.clock import STOCKHOLM
from portal.disclosure.decision_text import DECIDED_BY, NONE_FOUND, Reviewed, appeal_lines, lacks_decider, proposed
from portal.disclosure.forms import LONGEST_DECISION
from portal.disclosure.grounds import (
    OTHER,
    BadGrounds,
    GroundMissing,
    ReasonMissing,
    grounds,
    is_protection,
    require_ground,
)
from portal.disclosure.marks import Mark, TooManyMarks, as_text, by_page, grounds_of, marks_in, with_mark, without_mark
from portal.disclosure.requests import (
    ENDED,
    NEXT,
    Answer,
    NotAllReviewed,
    Outcome,
    State,
    WrongStep,
    clock_of,
    outcome_of,
)
from portal.disclosure.requests import require as require_step
from portal.documents.masks import MOST_BOXES, WHOLE_PAGE, Box

OPEN, MASKED, WITHHELD = Answer
BOX, OTHER_BOX = Box(0.1, 0.1, 0.5, 0.2), Box(0.1, 0.6, 0.5, 0.7)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        ([], Outcome.REFUSED),
        ([OPEN], Outcome.WHOLE),
        ([OPEN, OPEN], Outcome.WHOLE),
        ([MASKED], Outcome.PARTLY),
        ([OPEN, WITHHELD], Outcome.PARTLY),
        ([MASKED, WITHHELD], Outcome.PARTLY),
        ([WITHHELD, WITHHELD], Outcome.REFUSED),
    ],
)
def test_a_request_comes_to_what_its_records_do(answers: Sequence[Answer], outcome: Outcome) -> None:
    assert outcome_of(answers) is outcome
    with pytest.raises(NotAllReviewed):
        outcome_of([*answers, ""])


def test_no_step_that_the_table_lacks_is_taken() -> None:
    for now, then in product(State, State):
        if then in NEXT[now]:
            require_step(now, then)
        else:
            with pytest.raises(WrongStep):
                require_step(now, then)
    assert {State.ANSWERED, State.TAKEN_BACK} == ENDED


def test_the_clock_counts_days_in_stockholm_and_stops_with_the_answer() -> None:
    came = datetime(2026, 11, 26, 23, 50, tzinfo=STOCKHOLM)
    assert clock_of(came, None, on=date(2026, 11, 26)).words == "kom i dag"
    assert clock_of(came, None, on=date(2026, 11, 27)).words == "en dag sedan den kom"
    late = clock_of(came, None, on=date(2026, 12, 3))
    assert (late.words, late.due_on, late.stopped) == ("7 dagar sedan den kom", date(2026, 11, 27), False)
    assert clock_of(came, came + timedelta(hours=1), on=date(2027, 5, 1)).words == "efter en dag"
    assert clock_of(came, came, on=date(2027, 5, 1)).words == "samma dag"


def test_every_ground_has_its_paragraph_and_source_and_one_is_of_a_protected_identity() -> None:
    for one in grounds().values():
        assert one.paragraph.endswith("§ OSL") and one.source.startswith("https://")
        assert one.words and one.when.startswith("Gäller") and "?" in one.weigh, "it asks, and does not decide"
        require_ground(one.key, "")
    assert [key for key in grounds() if is_protection(key)] == ["osl-21-3"]
    for key in ("", "osl-99-1"):
        with pytest.raises(GroundMissing):
            require_ground(key, "för att")
    with pytest.raises(ReasonMissing):
        require_ground(OTHER, "")


GOOD = {
    "paragraph": '"21 kap. 3 § OSL"', "words": '"Adress"', "when": '"Gäller adresser."', "weigh": '"Finns hot?"',
    "source": '"https://lagen.nu/2009:400"', "protected": "true",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"weigh": None}, "x, g: weigh saknas"),
        ({"when": '" "'}, "when saknas"),
        ({"words": "3"}, "words saknas"),
        ({"paragraph": '"OSL 21:3"'}, "som 21 kap. 3 §"),
        ({"source": '"lagen.nu"'}, "börjar med https://"),
        ({"protected": '"ja"'}, "true eller false"),
        ({"protected": None}, "Ingen grund är märkt"),
        ({"decides": "true"}, "decides är inget"),
        ({"words": '"'}, "går inte att läsa"),
    ],
)
def test_a_ground_that_lacks_something_stops_them_all_with_where_it_is(
    changed: dict[str, str | None], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "x"
    told: dict[str, str | None] = {**GOOD, **changed}
    path.write_text("[g]\n" + "\n".join(f"{name} = {value}" for name, value in told.items() if value is not None))
    with pytest.raises(BadGrounds) as found:
        grounds(path)
    assert said in str(found.value)


def test_marks_are_kept_and_taken_away_page_by_page() -> None:
    one, other, next_page = Mark(1, BOX, "osl-21-3"), Mark(1, OTHER_BOX, OTHER, "Upphovsrätt"), Mark(2, BOX, "osl-21-1")
    marks = with_mark(with_mark(with_mark([], one), other), next_page)
    assert marks_in(as_text(marks)) == marks == with_mark(marks, other)
    assert by_page([*marks, Mark(0, WHOLE_PAGE, "osl-21-7")]) == {1: [BOX, OTHER_BOX], 2: [BOX]}
    assert without_mark(marks, 1, 2) == [one, next_page]
    assert without_mark(marks, 1, 3) == without_mark(marks, 1, 0) == marks
    assert with_mark(marks, Mark(1, WHOLE_PAGE, "osl-21-3")) == [next_page, Mark(1, WHOLE_PAGE, "osl-21-3")]
    assert grounds_of([one, other, one]) == ["21 kap. 3 § OSL", "Upphovsrätt"]
    with pytest.raises(TooManyMarks):
        with_mark([one] * MOST_BOXES, other)


def test_the_decision_says_of_each_record_what_and_why_and_how_to_appeal() -> None:
    records = [Reviewed(7, "Ansökan", OPEN), Reviewed(8, "Bilaga", WITHHELD, ["21 kap. 1 § OSL"])]
    text = proposed("Region Ådalen", Outcome.PARTLY, date(2026, 11, 26), records)
    assert "Begäran kom in 26 november 2026." in text
    assert "Nummer 7, ansökan: lämnas ut.\n" in text
    assert text.endswith("Nummer 8, bilaga: lämnas inte ut. Grund: 21 kap. 1 § OSL.\n\nBeslutat av …, med stöd av ….")
    assert NONE_FOUND in proposed("Region Ådalen", Outcome.REFUSED, date(2026, 11, 26), [])
    for outcome in (Outcome.PARTLY, Outcome.REFUSED):
        appeal = " ".join(appeal_lines("Region Ådalen", outcome))
        for words in ("kammarrätten", "6 kap. 7 och 8 §§", "inom tre veckor", "43 och 44 §§", "Region Ådalen"):
            assert words in appeal
    assert appeal_lines("Region Ådalen", Outcome.WHOLE) == []


def test_records_of_which_the_same_is_said_stand_in_one_line_by_their_numbers() -> None:
    art, health = "21 kap. 1 § OSL", "39 kap. 5 a § OSL"
    records = [
        Reviewed(12, "Ansökan", MASKED, [art, health]),
        *(Reviewed(n, "Ansökan", MASKED, [health, art]) for n in (9, 8, 7)),
        Reviewed(10, "Bilaga", MASKED, [art, health]),
        *(Reviewed(n, "Bilaga", OPEN) for n in (13, 14)),
        *(Reviewed(n, "Bilaga", WITHHELD, gone="Gallrad 9 januari 2029") for n in (15, 16, 17)),
    ]
    text = proposed("Region Ådalen", Outcome.PARTLY, date(2026, 11, 26), records)
    assert text.split("\n\n")[1].splitlines() == [
        f"Nummer 7–9 och 12, ansökan: lämnas ut maskade. Grund: {health}; {art}.",
        f"Nummer 10, bilaga: lämnas ut maskad. Grund: {art}; {health}.",
        "Nummer 13 och 14, bilaga: lämnas ut.",
        "Nummer 15–17, bilaga: finns inte kvar, gallrad 9 januari 2029.",
    ]


@pytest.mark.parametrize(
    ("said", "lacking"),
    [
        (DECIDED_BY, True),
        ("Beslutat av kanslichefen, med stöd av ….", True),
        ("Beslutat av …, med stöd av delegationsordningen.", True),
        ("Beslutat av kanslichefen, med stöd av delegationsordningen.", False),
        ("Regionstyrelsen beslutar § 12 …", False),
    ],
)
def test_who_decides_is_filled_in(said: str, lacking: bool) -> None:
    assert lacks_decider(f"Region Ådalen avslår begäran.\n\n{said}") is lacking


@pytest.mark.parametrize(
    ("answer", "grounds", "gone"),
    [(MASKED, ["21 kap. 1 § OSL"], ""), (OPEN, [], ""), (WITHHELD, [], "Gallrad 9 januari 2029")],
)
def test_what_is_proposed_of_a_whole_case_can_be_sent(answer: Answer, grounds: Sequence[str], gone: str) -> None:
    words = ("Ansökan", "Meritförteckning", "Personligt brev", "Bilaga", "Brev till den sökande")
    records = [Reviewed(n, words[n % 5], answer, grounds, gone) for n in range(10_000, 15_000)]
    assert len(proposed("Region Ådalen", Outcome.PARTLY, date(2026, 11, 26), records)) < LONGEST_DECISION
