"""What may be written down of an employment decision: KL 6:37, 6:40, the order of days, and the limit that stands (D1)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.contracts.decision.announcing import Announcement, AnnouncementRefused, require_announcement
from portal.contracts.decision.deciders import OF, Decider, Seat, decides_by_delegation, shown
from portal.contracts.decision.rules import (
    Decision,
    DecisionRefused,
    LimitWouldNotHold,
    OutsideTheBoard,
    Stored,
    require_decision,
    require_limit_holds,
)
from portal.contracts.decision.stages import Stage, ToDo, stage_of, to_do
from portal.elections.limit import Verdict, limit_for_authority
from portal.posts.employer_model import Employer
from portal.refusal import Refusal

DECIDED, TODAY = date(2026, 12, 14), date(2027, 1, 20)
BY_MEMBER = Decision(Decider.MEMBER, "Gunnel Sundvall", DECIDED, delegation="4.2")


def refused(decision: Decision, employer: Employer = Employer.AUTHORITY) -> Refusal:
    with pytest.raises(Refusal) as found:
        require_decision(decision, employer=employer, on=TODAY)
    return found.value


def is_taken(require: Callable[[], None]) -> bool:
    """Whether it passes, rather than meeting the domain's no."""
    try:
        require()
    except Refusal:
        return False
    return True


def decision_is_taken(decision: Decision) -> bool:
    return is_taken(lambda: require_decision(decision, employer=Employer.AUTHORITY, on=TODAY))


def days_are_taken(said: Announcement) -> bool:
    return is_taken(lambda: require_announcement(said, decider=Decider.MEMBER, decided=DECIDED, on=TODAY))


def limit_holds(decided: date) -> bool:
    return is_taken(lambda: require_limit_holds(OF_2030, decided))


def leader(seat: Seat | None) -> Decision:
    return Decision(Decider.GROUP_LEADER, "Gunnel Sundvall", DECIDED, seat=seat, delegation="4.2")


def test_kl_6_37_a_group_leader_outside_the_board_cannot_decide():
    found = refused(leader(Seat.NONE))
    assert isinstance(found, OutsideTheBoard)
    assert "6 kap. 37 §" in found.sentence
    assert found.field == "seat"


@pytest.mark.parametrize("seat", [Seat.MEMBER, Seat.DEPUTY])
def test_kl_6_37_a_group_leader_who_is_a_member_or_a_deputy_can_by_delegation(seat):
    assert decision_is_taken(leader(seat))
    assert not decision_is_taken(replace(leader(seat), delegation=""))


def test_a_group_leaders_seat_must_be_said():
    assert refused(leader(None)).field == "seat"


@pytest.mark.parametrize("decider", [one for one in Decider if decides_by_delegation(one)])
def test_who_decides_by_delegation_says_which(decider):
    said = Decision(decider, "Gunnel Sundvall", DECIDED, seat=Seat.MEMBER)
    assert refused(said).field == "delegation"


def test_the_board_itself_needs_no_delegation_and_its_committee_does():
    itself = Decision(Decider.BOARD, "Regionstyrelsen", DECIDED)
    assert decision_is_taken(itself)
    assert not decision_is_taken(replace(itself, decider=Decider.COMMITTEE))


@pytest.mark.parametrize("employer", list(Employer))
def test_each_employer_has_its_own_deciders(employer):
    for decider in set(Decider) - set(OF[employer]):
        said = Decision(decider, "Någon", DECIDED, seat=Seat.MEMBER, delegation="4.2")
        assert refused(said, employer).field == "decider"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"who": ""}, "who"),
        ({"decided": TODAY + timedelta(days=1)}, "decided"),
        ({"report_by": DECIDED - timedelta(days=1)}, "report_by"),
    ],
)
def test_what_is_missing_or_cannot_be_is_refused_beside_its_field(changes, field):
    said = {"decider": Decider.MEMBER, "who": "Gunnel Sundvall", "decided": DECIDED, "delegation": "4.2"}
    found = refused(Decision(**{**said, **changes}))
    assert isinstance(found, DecisionRefused)
    assert found.field == field


def test_a_decision_of_this_very_day_can_be_written_down_and_reported_no_earlier():
    said = replace(BY_MEMBER, decided=TODAY, report_by=TODAY)
    assert decision_is_taken(said)
    assert not decision_is_taken(replace(said, report_by=TODAY - timedelta(days=1)))
    assert not decision_is_taken(replace(BY_MEMBER, decided=TODAY + timedelta(days=1)))


def test_who_decided_is_shown_with_the_seat_that_let_them():
    assert shown(Decider.GROUP_LEADER, Seat.DEPUTY) == "Gruppledare, ersättare i styrelsen"
    assert shown(Decider.BOARD, None) == "Styrelsen själv"


def january(number: int) -> date:
    return date(2027, 1, number)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (Announcement(reported=date(2026, 12, 13)), "reported"),  # reported before it was decided
        (Announcement(reported=january(12), announced=date(2026, 12, 13)), "announced"),  # announced before decided
        (Announcement(reported=january(12), announced=january(11)), "announced"),  # announced before it was reported
        (Announcement(announced=january(12)), "reported"),  # announced and never reported
        (Announcement(reported=january(12), minuted_apart=True), "reported"),  # both ways at once
        (Announcement(reported=january(21)), "reported"),  # a day to come
        (Announcement(reported=january(12), announced=january(21)), "announced"),
    ],
)
def test_days_that_cannot_be_are_refused_beside_the_one_that_is_wrong(said, field):
    with pytest.raises(AnnouncementRefused) as found:
        require_announcement(said, decider=Decider.MEMBER, decided=DECIDED, on=TODAY)
    assert found.value.field == field


@pytest.mark.parametrize(
    ("said", "neighbour"),
    [
        (Announcement(), Announcement(announced=DECIDED)),
        (Announcement(reported=DECIDED), Announcement(reported=DECIDED - timedelta(days=1))),
        (
            Announcement(reported=january(12), announced=january(12)),
            Announcement(reported=january(12), announced=january(11)),
        ),
        (  # KL 6:40
            Announcement(announced=january(12), minuted_apart=True),
            Announcement(announced=january(12)),
        ),
        (Announcement(reported=TODAY, announced=TODAY), Announcement(reported=TODAY, announced=january(21))),
    ],
)
def test_days_that_can_be_are_taken_and_their_neighbours_are_not(said, neighbour):
    assert days_are_taken(said)
    assert not days_are_taken(neighbour)


def test_the_boards_own_decision_is_announced_and_never_reported():
    require_announcement(Announcement(announced=january(12)), decider=Decider.BOARD, decided=DECIDED, on=TODAY)
    for said in (Announcement(reported=january(12)), Announcement(minuted_apart=True)):
        with pytest.raises(AnnouncementRefused, match="Styrelsen har själv beslutat"):
            require_announcement(said, decider=Decider.BOARD, decided=DECIDED, on=TODAY)


OF_2030 = Stored(Employer.AUTHORITY, date(2027, 2, 1), date(2027, 12, 31), date(2030, 12, 31))


@pytest.mark.parametrize("decided", [date(2026, 9, 14), date(2026, 12, 10), date(2027, 1, 31), date(2027, 3, 1)])
def test_kl_4_33_another_day_in_the_same_term_leaves_the_stored_limit_lawful(decided):
    assert limit_holds(decided)
    assert not limit_holds(date(2026, 9, 13))  # the election day itself


@pytest.mark.parametrize("decided", [date(2026, 9, 13), date(2026, 8, 20), date(2022, 10, 1)])
def test_kl_4_33_a_day_before_the_election_is_refused_whatever_the_end(decided):
    with pytest.raises(LimitWouldNotHold, match="Gränsen räknas inte om i efterhand"):
        require_limit_holds(OF_2030, decided)


def test_a_party_that_has_passed_its_policy_with_a_reason_is_not_held_to_it():
    day = date(2026, 8, 20)
    with pytest.raises(LimitWouldNotHold):
        require_limit_holds(Stored(Employer.PARTY, date(2026, 10, 1), None, date(2030, 12, 31)), day)
    require_limit_holds(Stored(Employer.PARTY, date(2026, 10, 1), None, date(2030, 12, 31), policy_passed=True), day)


@given(st.dates(date(2020, 1, 1), date(2045, 1, 1)), st.dates(date(2020, 1, 1), date(2045, 1, 1)), st.integers(0, 900))
def test_kl_4_33_what_is_let_through_is_lawful_on_its_new_day(recorded, moved_to, until_start):
    """Whatever was stored on one day and moved to another: where it is taken, the law gives at least as much."""
    starts = recorded + timedelta(days=until_start)
    limit = limit_for_authority(decided=recorded, starts=starts)
    if limit.verdict is Verdict.BLOCK:
        return
    try:
        require_limit_holds(Stored(Employer.AUTHORITY, starts, limit.ends, limit.latest_end), moved_to)
    except LimitWouldNotHold:
        return
    assert limit.latest_end <= limit_for_authority(decided=moved_to, starts=starts).latest_end


@dataclass
class Row:
    """A decision as it is kept."""

    decider: str = "member"
    decided_on: date = DECIDED
    report_by: date | None = None
    minuted_apart: bool = False
    reported_on: date | None = None
    announced_on: date | None = None
    last_appeal_on: date | None = None
    appealed_on: date | None = None
    final_on: date | None = None
    set_aside: bool = False


ANNOUNCED = {"reported_on": january(12), "announced_on": january(14), "last_appeal_on": date(2027, 2, 4)}


@pytest.mark.parametrize(
    ("row", "on", "stage", "day"),
    [
        (None, TODAY, Stage.UNWRITTEN, DECIDED),
        (Row(), TODAY, Stage.UNREPORTED, date(2026, 12, 28)),
        (Row(report_by=january(26)), TODAY, Stage.UNREPORTED, january(26)),
        (Row(decider="board"), TODAY, Stage.UNANNOUNCED, date(2026, 12, 30)),
        (Row(minuted_apart=True), TODAY, Stage.UNANNOUNCED, date(2026, 12, 30)),
        (Row(reported_on=january(12)), TODAY, Stage.UNANNOUNCED, january(28)),
        (Row(**ANNOUNCED), date(2027, 2, 4), Stage.APPEALABLE, date(2027, 2, 5)),
        (Row(**ANNOUNCED), date(2027, 2, 5), Stage.UNCONFIRMED, date(2027, 2, 5)),
        (Row(**ANNOUNCED, appealed_on=january(20)), date(2027, 2, 5), Stage.APPEALED, None),
        (Row(**ANNOUNCED, final_on=date(2027, 2, 5)), date(2027, 2, 5), Stage.FINAL, None),
        (Row(**ANNOUNCED, final_on=date(2027, 6, 1), set_aside=True), date(2027, 6, 1), Stage.SET_ASIDE, None),
    ],
)
def test_what_comes_next_stands_on_its_day(row, on, stage, day):
    assert stage_of(row, on=on) is stage
    assert to_do(row, decided=DECIDED, on=on) == (ToDo(stage, day) if day else None)
