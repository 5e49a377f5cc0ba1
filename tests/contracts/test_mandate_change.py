"""A change of mandate by examples, and by hypothesis against a naive count of every day. Years come from the table."""

from datetime import date, timedelta
from decimal import Decimal as D
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.contracts.mandate.change import Change, Phase, change_at, change_of, changes
from portal.contracts.mandate.fates import GOING, Fate, Held, fate_of
from portal.contracts.mandate.handover import NOT_AMONG_THE_STEPS, given_back, handover
from portal.contracts.mandate.pictures import board_of, heading, if_all_sentence, over_sentence, turn_words
from portal.contracts.mandate.room import Side, room_around, turns
from portal.contracts.written.rules import rules_for
from portal.elections.board import election_of_board
from portal.elections.calendar import elections
from portal.posts.ledger import Claim, Kind, Quota
from portal.profiles.shelf import profile_called
from tests.posts.test_ledger import counted

DAY = timedelta(days=1)
C30 = change_of(2030)
assert C30 is not None
OLD, NEW = (date(2027, 1, 1), C30.last), (C30.first, date(2034, 12, 31))


def held(ends: date | None = C30.last, *, starts: date = date(2027, 2, 1), **more: object) -> Held:
    return Held(uuid4(), starts, ends, 100, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("year", "election", "from_"), [(2030, 8, "2031–2034"), (2034, 10, "2035–2038")])
def test_every_day_of_a_change_follows_from_the_table(year: int, election: int, from_: str) -> None:
    change = change_of(year)
    assert change is not None
    assert (change.election.day, change.decided_from) == (date(year, 9, election), date(year, 9, election + 1))
    assert (change.council, change.last, change.first) == (
        date(year, 10, 15), date(year, 12, 31), date(year + 1, 1, 1),
    )  # fmt: skip
    assert change.words == from_
    days = [date(year, 6, 30), date(year, 7, 1), change.election.day, change.decided_from, change.last, change.first]
    assert [change.phase(day) for day in days] == [
        Phase.FAR, Phase.BEFORE, Phase.BEFORE, Phase.AFTER, Phase.AFTER, Phase.OVER,
    ]  # fmt: skip


def test_the_change_at_hand_is_the_first_whose_last_day_has_not_passed() -> None:
    asked = {date(2026, 12, 31): 2026, date(2027, 1, 1): 2030, date(2031, 11, 26): 2034, date(2050, 12, 31): 2050}
    for day, year in asked.items():
        found = change_at(day)
        assert found is not None
        assert found.election.year == year
    assert change_at(date(2051, 1, 1)) is None
    assert [change_of(year) for year in (2031, 2013, 2054, 0)] == [None] * 4
    last = change_of(2050)
    assert last is not None
    assert (last.ends, last.words) == (None, "från 2051")


def test_an_election_that_is_moved_in_the_table_moves_the_change() -> None:
    known = {one.election.day for one in changes()}
    assert known == {one.day for one in elections(first=2014)}


def test_each_employment_has_its_fate() -> None:
    on, former = date(2030, 11, 1), uuid4()
    cases = [
        (held(), Fate.LEAVES),
        (held(date(2030, 11, 30)), Fate.EARLIER),
        (held(on), Fate.EARLIER),
        (held(date(2030, 10, 31)), None),
        (held(date(2030, 11, 30), notice=True), Fate.NOTICE),
        (held(notice=True), Fate.NOTICE),
        (held(renewed=NEW), Fate.RENEWED),
        (held(None), Fate.STAYS),
        (held(date(2031, 1, 1)), Fate.STAYS),
        (held(NEW[1], starts=C30.first), Fate.NEW),
        (held(NEW[1], starts=C30.first, renews=former), None),
    ]
    assert [fate_of(one, C30, on=on) for one, _ in cases] == [fate for _, fate in cases]


def test_looking_back_those_who_left_are_still_told_of() -> None:
    later = date(2031, 3, 1)
    assert fate_of(held(), C30, on=later) is Fate.LEAVES
    assert fate_of(held(date(2030, 12, 30)), C30, on=later) is None


near = st.integers(-20, 20).map(lambda n: C30.last + n * DAY)


def after(day: date, most: int) -> st.SearchStrategy[date]:
    """The day itself or one of the next."""
    return st.integers(0, most).map(lambda n: day + n * DAY)


@st.composite
def people(draw: st.DrawFn) -> list[Held]:
    made = []
    for _ in range(draw(st.integers(0, 8))):
        starts = draw(near)
        ends = draw(st.one_of(st.none(), after(starts, 25)))
        again = None
        if ends is not None and ends <= C30.last and draw(st.booleans()):
            begins = max(C30.first, ends + draw(st.integers(1, 5)) * DAY)
            again = (begins, draw(st.one_of(st.none(), after(begins, 20))))
        percent = draw(st.integers(1, 100))
        made.append(Held(uuid4(), starts, ends, percent, renewed=again, notice=draw(st.booleans())))
    return made


def works(one: Held, day: date) -> bool:
    """Whether this person is at work that day, on one's fingers."""
    spans = [(one.starts, one.ends), *([one.renewed] if one.renewed else [])]
    return any(first <= day and (last is None or day <= last) for first, last in spans)


@settings(max_examples=200, deadline=None)
@given(people(), near)
def test_who_goes_is_who_a_count_of_every_day_no_longer_finds_at_work(everybody: list[Held], on: date) -> None:
    for one in everybody:
        fate = fate_of(one, C30, on=on)
        until = [n for n in range(-45, 1) if works(one, C30.last + n * DAY) and C30.last + n * DAY >= min(on, C30.last)]
        later = [n for n in range(1, 60) if works(one, C30.last + n * DAY)]
        if fate is None:
            assert not until
        elif fate in GOING:
            assert until
            assert not later
            assert (fate is Fate.LEAVES) == (works(one, C30.last) and not one.notice)
        else:
            assert later
            assert (fate is Fate.NEW) == (one.starts > C30.last)
            assert (fate is Fate.RENEWED) == (one.renewed is not None)


@st.composite
def book(draw: st.DrawFn) -> tuple[list[Quota], list[Claim]]:
    sizes = st.integers(0, 300).map(lambda n: D(n) / 100)
    quotas = []
    for turn in range(draw(st.integers(0, 6))):
        starts, ends = sorted((draw(near), draw(near)))
        quotas.append(
            Quota(draw(st.sampled_from("SVM")), draw(sizes), starts, ends, turn, draw(st.sampled_from([None, "röd"])))
        )
    claims = []
    for number in range(draw(st.integers(0, 7))):
        starts = draw(near)
        ends = draw(st.one_of(st.none(), after(starts, 25)))
        kind = draw(st.sampled_from(list(Kind)))
        claims.append(Claim(draw(st.sampled_from("SVM")), draw(sizes), starts, ends, kind, number))
    return quotas, claims


@settings(max_examples=150, deadline=None)
@given(book(), st.lists(st.integers(1, 100).map(lambda n: D(n) / 100), max_size=3))
def test_before_after_and_the_worst_day_are_what_a_naive_count_of_every_day_gives(
    both: tuple[list[Quota], list[Claim]], leaving: list[D]
) -> None:
    quotas, claims = both
    renewed = [Claim("S", size, C30.first, C30.ends) for size in leaving]
    found = room_around("S", quotas, claims, C30, leaving=renewed)
    for standing, day in ((found.before, C30.last), (found.after, C30.first)):
        told = (standing.filled, standing.advertised, standing.room, standing.free, standing.over)
        assert told == counted("S", quotas, claims, day)
    overs = [(counted("S", quotas, claims, C30.first + n * DAY)[4], -n) for n in range(60)]
    most, at = max(overs)  # type: ignore[type-var]
    assert (found.worst.standing.over, found.worst.starts) == (most, C30.first - at * DAY) if found.worst else not most
    again = [*claims, *(Claim("S", size, C30.first, C30.ends, id=100 + n) for n, size in enumerate(leaving))]
    assert found.if_all.over == counted("S", quotas, again, C30.first)[4]
    most = max(counted("S", quotas, again, C30.first + n * DAY)[4] for n in range(60))
    assert (found.worst_if_all.standing.over if found.worst_if_all else 0) == most


@pytest.mark.parametrize(("over", "new"), [("Ada", "0.00"), ("Bo", "1.00")])
def test_who_stands_in_for_one_who_goes_on_over_the_change_is_no_new_post(over: str, new: str) -> None:
    """Ada holds the post and Bo stands in for her: whoever of them runs on, it is one post, new where Ada's is."""
    runs = {"Ada": NEW, "Bo": NEW, over: (OLD[0], NEW[1])}
    claims = [Claim("S", D("1.00"), *runs["Ada"], id=1), Claim("S", D("1.00"), *runs["Bo"], id=2, stands_in_for=1)]
    found = room_around("S", [], claims, C30)
    assert (found.after.filled, found.fresh) == (D("1.00"), D(new))


@pytest.mark.parametrize(("size", "new"), [("0.50", "0.50"), ("1.00", "0.00")])
def test_what_a_new_stand_in_fills_beyond_the_post_is_new_and_whoever_stands_in_for_them_is_not(
    size: str, new: str
) -> None:
    ada = Claim("S", D(size), OLD[0], NEW[1], id=1)
    claims = [ada, *(Claim("S", D("1.00"), *NEW, id=id, stands_in_for=id - 1) for id in (2, 3))]
    assert room_around("S", [], claims, C30).fresh == D(new)


def test_what_is_over_and_what_would_be_is_told_with_its_sums() -> None:
    quotas = [Quota("S", D("3.00"), *OLD, 0), Quota("S", D("1.50"), *NEW, 1)]
    claims = [Claim("S", D("1.00"), OLD[0], None), Claim("S", D("2.00"), *OLD), Claim("S", D("0.75"), *NEW)]
    found = room_around("S", quotas, claims, C30, leaving=[Claim("S", D("1.00"), *NEW)] * 2)
    assert (found.before.free, found.after.over, found.fresh, found.side) == (0, D("0.25"), D("0.75"), Side.BOTH)
    assert "Från 1 januari 2031 är 0,25 heltider mer än utrymmet: 1,75 tillsatt mot 1,50." in over_sentence(
        found
    ).replace("\xa0", " ")
    assert if_all_sentence(found, 2) == (
        "Om båda som slutar förnyas blir det 2,25 heltider för mycket: 3,75 tillsatt mot 1,50."
    )


@pytest.mark.parametrize(
    ("quotas", "side"),
    [
        ([Quota("S", D(2), *OLD, 0), Quota("S", D(2), *NEW, 1)], Side.BOTH),
        ([Quota("S", D(2), *OLD, 0), Quota("S", D(0), *NEW, 1)], Side.OUT),
        ([Quota("V", D(2), *OLD, 0), Quota("S", D(1), *NEW, 1)], Side.IN),
        ([Quota("S", D(2), *OLD, 0), Quota("V", D(1), *NEW, 1)], Side.MISSING),
        ([Quota("S", D(2), *OLD, 0)], Side.UNDECIDED),
        ([Quota("S", D(0), *NEW, 1)], Side.NEITHER),
    ],
)
def test_a_party_is_in_out_or_not_decided_about(quotas: list[Quota], side: Side) -> None:
    assert room_around("S", quotas, [], C30).side is side


def test_a_party_that_leaves_in_mid_term_and_a_coalition_that_is_dissolved_turn_on_their_day() -> None:
    middle = date(2028, 5, 1)
    quotas = [
        Quota("S", D("2.00"), *OLD, 0),
        Quota("S", D("4.00"), *OLD, 1, "röd"),
        Quota("S", D("0.00"), middle, OLD[1], 2, "ingen"),
        Quota("S", D("0.00"), date(2029, 1, 1), OLD[1], 3),
    ]
    claims = [Claim("S", D("1.00"), *OLD)]
    told = [(one.day, turn_words(one)) for one in turns("S", quotas, claims, first=OLD[0], last=NEW[1])]
    assert told == [
        (
            middle,
            "Samverkans gemensamma tjänster upphör för partiet. Utrymmet går från 6,00 till 2,00 heltider.",
        ),
        (date(2029, 1, 1), "Partiet har inga tjänster längre (före: 2,00). 1,00 heltider är då över."),
        (NEW[0], "Beslutet om 0,00 heltider upphör, och inget nytt är inlagt."),
    ]


def test_what_another_member_takes_of_the_pool_is_no_turn() -> None:
    quotas = [Quota(party, D(4), *OLD, 0, "röd") for party in "SV"]
    claims = [Claim("V", D(1), date(2028, 1, 1), date(2028, 6, 30))]
    assert turns("S", quotas, claims, first=OLD[0], last=OLD[1]) == []


def test_what_is_handed_over_is_what_the_rules_say_and_nothing_else() -> None:
    north = profile_called("Region Västernorrland")
    things = {one.label: one for one in handover(rules_for(north, employer="authority", kind="region"))}
    assert things["Passerkort och nycklar"].words == (
        "Vid tillträdet: Se till att sekreteraren bokar tid för passerkort",
    )
    assert things["Konton och behörigheter"].words == ("Vid tillträdet: Upprätta användar-id",)
    assert "2.1 Anställningsförfarande" in things["Konton och behörigheter"].source
    for profile in (profile_called("Region Värmland"), None):
        for one in handover(rules_for(profile, employer="authority", kind="region")):
            assert not one.words
            assert not one.source
            assert one.unclear
    assert NOT_AMONG_THE_STEPS not in {one.unclear for one in things.values() if one.words}


def test_the_boards_first_day_is_this_changes_or_unknown() -> None:
    assert board_of(C30, date(2030, 12, 1), "Regionfullmäktige § 12").day == date(2030, 12, 1)
    assert board_of(C30, date(2031, 1, 1), "§").day == date(2031, 1, 1)
    for other in (None, date(2026, 12, 1), date(2030, 10, 14), date(2031, 1, 2)):
        assert board_of(C30, other, "§").day is None
    assert [election_of_board(day) for day in (date(2029, 11, 1), date(2013, 1, 1))] == [None, None]


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2030, 9, 5), "Om 117 dagar, 31 december 2030, slutar sju anställningar."),
        (date(2030, 12, 30), "I morgon, 31 december 2030, slutar sju anställningar."),
        (date(2030, 12, 31), "I dag, 31 december 2030, slutar sju anställningar."),
        (date(2031, 1, 1), "31 december 2030 slutade sju anställningar utan att förnyas."),
    ],
)
def test_the_days_that_are_left_are_counted(on: date, words: str) -> None:
    assert heading(C30, 7, on=on).replace("\xa0", " ") == words


def test_nobody_needs_a_name_to_be_compared() -> None:
    assert "name" not in Held.__dataclass_fields__
    assert isinstance(held().id, UUID)
    assert isinstance(C30, Change)


@pytest.mark.parametrize(
    ("step", "given"),
    [
        ("Hämta ut passerkortet", True), ("Beställ en tjänstedator", True), ("Lämna nycklar", True), ("Ge mobilen", True),
        ("Lägg upp ett e-postkonto", True), ("Lämna bilen", True), ("Visa kontoret", False), ("Ha ett kort möte", False),
        ("Gör en bild till webben", False), ("", False),
    ],
)  # fmt: skip
def test_what_speaks_of_something_to_give_back(step: str, given: bool) -> None:
    assert given_back([step]) == ((step,) if given else ())
