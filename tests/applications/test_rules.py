"""The pure rules: states, window, address, questions, what is missing."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from portal.accounts.address import canonical
from portal.applications import consent
from portal.applications.completeness import missing_of
from portal.applications.questions import Reply, questions_of
from portal.applications.states import ARRIVED, CAN_BE_WITHDRAWN, COUNTS, ENDED, NEXT, State, Step, may_become, step_of
from portal.applications.window import AdWithdrawn, ApplicationsClosed, NotOpen, RecruitmentEnded, arrives_as
from portal.web.amounts import kronor_in

CLOSES = datetime(2026, 12, 11, 23, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_every_state_is_reached_from_a_draft_and_none_leads_back_to_one() -> None:
    reached, todo = set(), {State.DRAFT}
    while todo:
        state = todo.pop()
        reached.add(state)
        todo |= NEXT[state] - reached
    assert reached == set(State)
    assert not any(State.DRAFT in after for after in NEXT.values())
    assert {State.WITHDRAWN, State.REPLACED, State.DECLINED, State.DISPOSED} == ENDED
    assert frozenset({State.SENT, State.LATE}) == COUNTS
    assert frozenset({State.SENT, State.LATE, State.PROPOSAL}) == CAN_BE_WITHDRAWN
    assert State.DRAFT not in ARRIVED
    assert may_become("proposal", State.SENT)
    assert not may_become("withdrawn", State.SENT)


def test_a_proposal_is_told_the_same_words_as_any_other() -> None:
    for closed in (False, True):
        for decided in (False, True):
            for off in (False, True):
                told = {"closed": closed, "called": False, "decided": decided, "off": off}
                words = {step_of(state, **told) for state in ("sent", "late", "proposal")}
                assert len(words) == 1
    assert step_of("sent", closed=True, called=True, decided=False, off=False) is Step.INTERVIEW
    assert step_of("sent", closed=True, called=False, decided=False, off=True) is Step.AD_WITHDRAWN
    assert {step.word for step in Step} == {
        "Mottagen", "Bedöms", "Intervju", "Avgjord", "Tillbakatagen", "Annonsen är tillbakadragen"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("after_close", "opened_before", "party", "expected"),
    [
        (-SECOND, False, True, State.SENT),
        (timedelta(), True, True, State.SENT),
        (timedelta(), False, True, None),
        (timedelta(), False, False, State.LATE),
        (timedelta(minutes=15) - SECOND, True, True, State.SENT),
        (timedelta(minutes=15), True, True, None),
        (timedelta(minutes=15), True, False, State.LATE),
    ],
)
def test_the_window_and_its_grace(
    after_close: timedelta, opened_before: bool, party: bool, expected: State | None
) -> None:
    at = CLOSES + after_close
    opened = CLOSES - SECOND if opened_before else at
    rule = {"at": at, "opened_at": opened, "closes_at": CLOSES, "withdrawn": False, "ended": False}
    if expected is None:
        with pytest.raises(ApplicationsClosed):
            arrives_as(**rule, employer="party")  # type: ignore[arg-type]
    else:
        assert arrives_as(**rule, employer="party" if party else "authority") is expected  # type: ignore[arg-type]


@pytest.mark.parametrize("employer", ["party", "authority"])
@pytest.mark.parametrize(("over", "why"), [("withdrawn", AdWithdrawn), ("ended", RecruitmentEnded)])
def test_nothing_arrives_at_an_ad_that_is_taken_back_or_decided_in_time_or_late(
    employer: str, over: str, why: type[NotOpen]
) -> None:
    for at in (CLOSES - timedelta(days=1), CLOSES + SECOND, CLOSES + timedelta(days=1)):
        rule = {"withdrawn": False, "ended": False, over: True}
        with pytest.raises(why):
            arrives_as(at=at, opened_at=CLOSES - timedelta(days=1), closes_at=CLOSES, employer=employer, **rule)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alma@example.se", "ALMA@EXAMPLE.SE"),
        ("a\u030asa@example.se", "Åsa@example.se"),
        ("alma@räksmörgås.example", "alma@xn--rksmrgs-5wao1o.example"),
        ("alma@example.se", " alma@example.se. "),
    ],
)
def test_two_ways_to_write_one_address(one: str, other: str) -> None:
    assert canonical(one) == canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alma@example.se", "alma@example.com"), ("a.b@x.se", "ab@x.se"),
        ("anna@spaß.example", "anna@spass.example"), ("strauß@example.se", "strauss@example.se"),
    ],
)  # fmt: skip
def test_two_addresses_stay_two(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize("odd", ["", "@", "a@" + "b" * 300, "a@.", "a@\ud800"])
def test_the_address_rule_never_fails(odd: str) -> None:
    assert isinstance(canonical(odd), str)


@pytest.mark.parametrize(
    ("text", "kronor"), [("1", 1), ("999 999", 999_999), ("42 500 kr/mån", 42_500), ("42,500", 42_500)]
)
def test_the_ends_of_what_a_sum_may_be(text: str, kronor: int) -> None:
    assert kronor_in(text) == kronor


def test_one_question_per_krav_and_merit_in_the_ads_order() -> None:
    krav, merit = str(uuid4()), str(uuid4())
    row = {"judged": "skala", "explanation": ""}
    content = {
        "requirements": [{"id": krav, "text": "Skriver väl", **row}],
        "merits": [{"id": merit, "text": "Bil", **row, "judged": "finns"}],
    }
    found = questions_of(content)
    assert [(q.kind, q.text, q.yes_or_no) for q in found] == [("krav", "Skriver väl", False), ("merit", "Bil", True)]
    assert Reply.from_json(Reply("ja", 'å "text"').as_json()) == Reply("ja", 'å "text"')


def test_only_what_the_ad_asks_for_is_missing() -> None:
    def missing(documents: list[str], employer: str = "authority", **have: set[str] | bool) -> list[str]:
        facts = {"filled": {"name", "email"}, "slots": set(), "consented": False, **have}
        return [m.field for m in missing_of({"documents": documents, "employer": employer}, **facts)]  # type: ignore[arg-type]

    assert missing([]) == []
    assert missing(["cv", "letter", "salary", "attachment"]) == ["cv", "letter", "salary"]
    assert missing(["letter"], filled={"name", "email", "letter"}) == []
    assert missing(["letter"], slots={"letter"}) == []
    assert missing([], "party") == ["consent"]
    assert missing([], "party", consented=True) == []


def test_the_consent_sentence_is_the_one_its_version_stands_for() -> None:
    """A changed sentence needs a new version: this pair is changed together or not at all."""
    assert consent.VERSION == "3"
    assert consent.SENTENCE.startswith("Jag samtycker till att %(controller)s behandlar")
    assert "ta tillbaka samtycket" in consent.SENTENCE
