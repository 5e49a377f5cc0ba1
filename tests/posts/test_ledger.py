"""The ledger against a naive count: every party, every day, one claim at a time."""

from datetime import date, timedelta
from decimal import Decimal as D
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.posts.ledger import Claim, Kind, Quota, excess, standing_on, stretches

DAY, FIRST = timedelta(days=1), date(2026, 12, 20)
LAST = FIRST + 30 * DAY
TERM = (date(2027, 1, 1), date(2030, 12, 31))
PARTIES = "SVM"

days = st.integers(0, 30).map(lambda n: FIRST + n * DAY)
sizes = st.integers(0, 300).map(lambda n: D(n) / 100)


@st.composite
def quotas(draw: st.DrawFn) -> list[Quota]:
    made = []
    for turn in range(draw(st.integers(0, 6))):
        starts, ends = sorted((draw(days), draw(days)))
        party, pool = draw(st.sampled_from(PARTIES)), draw(st.sampled_from([None, None, "rödgrön", "mitten"]))
        made.append(Quota(party, draw(sizes), starts, ends, turn, pool))
    return made


@st.composite
def claims(draw: st.DrawFn) -> list[Claim]:
    made: list[Claim] = []
    for number in range(draw(st.integers(0, 7))):
        starts, length = draw(days), draw(st.one_of(st.none(), st.integers(0, 30)))
        party, kind = draw(st.sampled_from(PARTIES)), draw(st.sampled_from(list(Kind)))
        posts = [one.id for one in made if one.party == party and one.stands_in_for is None]
        instead = draw(st.sampled_from([None, *posts]))
        ends = None if length is None else starts + length * DAY
        made.append(Claim(party, draw(sizes), starts, ends, kind, number, instead))
    return made


def counted(party: str, quotas: list[Quota], claims: list[Claim], day: date) -> tuple[object, ...]:
    """Filled, advertised, room, free and over, as one would count them on one's fingers."""
    own = pool = None
    for quota in quotas:  # in order of decision: the last one stands
        if quota.party == party and quota.starts <= day <= quota.ends:
            own, pool = (quota.size, pool) if quota.pool is None else (own, quota)
    filled, advertised = fingers(party, claims, day)
    room = own
    if pool is not None:
        left = pool.size
        for other in PARTIES:
            _, theirs = latest(other, quotas, day)
            if other != party and theirs is not None and theirs.pool == pool.pool:
                left -= max(D(0), sum(fingers(other, claims, day)) - (latest(other, quotas, day)[0] or D(0)))
        room = (own or D(0)) + max(D(0), left)
    used = filled + advertised
    if room is None:
        return filled, advertised, None, None, D(0)
    return filled, advertised, room, max(D(0), room - used), max(D(0), used - room)


def latest(party: str, quotas: list[Quota], day: date) -> tuple[D | None, Quota | None]:
    own, pool = None, None
    for quota in quotas:
        if quota.party == party and quota.starts <= day <= quota.ends:
            if quota.pool is None:
                own = quota.size
            else:
                pool = quota
    return own, pool


def fingers(party: str, claims: list[Claim], day: date) -> tuple[D, D]:
    there = [c for c in claims if c.party == party and c.starts <= day and (c.ends is None or c.ends >= day)]
    filled = advertised = D(0)
    for post in there:
        if post.stands_in_for is not None and any(other.id == post.stands_in_for for other in there):
            continue
        people = [c.size for c in there if c.stands_in_for == post.id and c.kind is Kind.FILLED]
        sought = [c.size for c in there if c.stands_in_for == post.id and c.kind is Kind.ADVERTISED]
        of_the_post = max(post.size, sum(people, D(0)))
        if post.kind is Kind.FILLED:
            filled += of_the_post
        else:
            advertised += of_the_post
        advertised += max(D(0), sum(people, D(0)) + sum(sought, D(0)) - of_the_post)
    return filled, advertised


@settings(max_examples=150, deadline=None)
@given(quotas(), claims(), st.sampled_from(PARTIES))
def test_every_day_of_every_stretch_is_what_a_naive_count_gives(
    quotas: list[Quota], claims: list[Claim], party: str
) -> None:
    found = stretches(party, quotas, claims, first=FIRST, last=LAST)
    assert (found[0].starts, found[-1].ends) == (FIRST, LAST)
    assert all(a.ends is not None and a.ends + DAY == b.starts and a.standing != b.standing for a, b in pairwise(found))
    for one in found:
        day = one.starts
        while one.ends is not None and day <= one.ends:
            s = one.standing
            assert (s.filled, s.advertised, s.room, s.free, s.over) == counted(party, quotas, claims, day)
            day += DAY


@settings(max_examples=150, deadline=None)
@given(quotas(), claims(), claims(), claims(), st.sampled_from(PARTIES))
def test_a_change_is_stopped_on_exactly_the_first_day_that_gets_worse_and_is_over(
    quotas: list[Quota], others: list[Claim], before: list[Claim], after: list[Claim], party: str
) -> None:
    own = (
        [Claim(party, c.size, c.starts, c.ends, c.kind, ("before", c.id)) for c in before],
        [Claim(party, c.size, c.starts, c.ends, c.kind, ("after", c.id)) for c in after],
    )
    found = excess(party, quotas, others, before=own[0], after=own[1])
    worse = None
    for n in range(62):
        day = FIRST + n * DAY
        was, now = (counted(party, quotas, [*others, *mine], day) for mine in own)
        if now[4] and now[0] + now[1] > was[0] + was[1]:  # type: ignore[operator]
            worse = day
            break
    assert (found.starts if found else None) == worse


def full(size: str, *, party: str = "S", pool: str | None = None, turn: int = 0) -> Quota:
    return Quota(party, D(size), *TERM, turn, pool)


def test_two_who_share_a_post_are_one_and_a_third_part_is_over() -> None:
    shared = [Claim("S", D("0.40"), *TERM), Claim("S", D("0.60"), *TERM)]
    assert standing_on("S", [full("1")], shared, TERM[0]).free == 0
    found = excess("S", [full("1")], shared, before=[], after=[Claim("S", D("0.80"), *TERM)])
    assert found is not None
    assert (found.starts, found.wanted, found.standing.free) == (TERM[0], D("0.80"), D(0))


def test_a_stand_in_takes_no_room_until_whom_it_stands_in_for_has_left() -> None:
    gone = Claim("S", D("1.00"), TERM[0], date(2028, 12, 31), id="a")
    instead = Claim("S", D("1.00"), date(2028, 1, 1), date(2029, 6, 30), stands_in_for="a")
    found = stretches("S", [full("1")], [gone, instead], first=TERM[0], last=TERM[1])
    assert [(one.starts, one.standing.filled, one.standing.free) for one in found] == [
        (TERM[0], D("1.00"), D(0)),
        (date(2029, 7, 1), D(0), D("1.00")),
    ]


def test_who_stands_in_for_more_than_the_other_had_takes_the_rest() -> None:
    both = [Claim("S", D("0.50"), *TERM, id="a"), Claim("S", D("0.80"), *TERM, stands_in_for="a")]
    assert standing_on("S", [], both, TERM[0]).filled == D("0.80")


def test_a_quota_lowered_below_what_is_filled_leaves_the_party_over_and_stops_only_what_adds() -> None:
    people = [Claim("S", D("1.00"), *TERM), Claim("S", D("1.00"), *TERM)]
    lowered = [full("2"), Quota("S", D("1.50"), date(2028, 1, 1), TERM[1], 1)]
    assert standing_on("S", lowered, people, date(2027, 12, 31)).over == 0
    assert standing_on("S", lowered, people, date(2028, 1, 1)).over == D("0.50")
    assert excess("S", lowered, people[:1], before=people[1:], after=people[1:]) is None, (
        "a word in an ad may be mended"
    )
    assert excess("S", lowered, people, before=[], after=[Claim("S", D("0.01"), *TERM)]) is not None


def test_before_and_after_what_is_decided_nothing_is_stopped() -> None:
    early = Claim("S", D("9.00"), date(2026, 1, 1), date(2026, 12, 31))
    late = Claim("S", D("9.00"), date(2031, 1, 1), None)
    assert excess("S", [full("1")], [], before=[], after=[early, late]) is None
    assert standing_on("S", [full("1")], [early], early.starts).room is None


def test_vastra_gotaland_fits_24_in_all_s_five_and_a_half_and_a_coalition_of_12_for_15_people() -> None:
    """S0: 24 secretaries, S 5.5, RödGrön Ledning 12 full-time posts on about 15 people; the rest is the opposition's."""
    members = {"S": "5.50", "V": "2.00", "MP": "1.50"}
    opposition = {"M": "4.50", "SD": "4.50", "C": "1.00", "KD": "1.00", "L": "1.00"}
    decided = [full(size, party=who) for who, size in (members | opposition).items()]
    decided += [full("3", party=who, pool="RödGrön Ledning", turn=1) for who in members]
    assert sum(D(size) for size in members.values()) + 3 == 12
    assert sum(D(size) for size in (members | opposition).values()) + 3 == 24
    people = [Claim("S", D("1.00"), *TERM) for _ in range(5)] + [Claim("S", D("0.50"), *TERM) for _ in range(2)]
    people += [Claim("V", D("0.80"), *TERM) for _ in range(5)] + [Claim("MP", D("0.60"), *TERM)]
    people += [Claim("MP", D("0.70"), *TERM), Claim("MP", D("0.70"), *TERM)]
    assert len(people) == 15
    assert sum(claim.size for claim in people) == 12
    for who in members:
        assert standing_on(who, decided, people, TERM[0]).free == 0
        assert excess(who, decided, people, before=[], after=[Claim(who, D("0.01"), *TERM)]) is not None
    assert standing_on("M", decided, people, TERM[0]).free == D("4.50")


def test_a_coalition_dissolved_mid_period_leaves_its_members_with_their_own() -> None:
    ends = date(2028, 6, 30)
    decided = [full("1", party="V"), full("2", party="V", pool="rödgrön", turn=1)]
    decided.append(Quota("V", D(0), ends + DAY, TERM[1], 2, "rödgrön"))
    people = [Claim("V", D("3.00"), *TERM)]
    assert [
        (one.starts, one.standing.over) for one in stretches("V", decided, people, first=TERM[0], last=TERM[1])
    ] == [
        (TERM[0], D(0)),
        (ends + DAY, D("2.00")),
    ]


def test_who_was_only_in_a_coalition_that_is_dissolved_has_nothing_rather_than_no_limit() -> None:
    decided = [full("2", party="V", pool="rödgrön"), full("0", party="V", pool="rödgrön", turn=1)]
    assert standing_on("V", decided, [], TERM[0]).room == 0


def test_who_stands_in_for_a_stand_in_is_counted() -> None:
    claims = [
        Claim("S", D("0.50"), *TERM, id="a"),
        Claim("S", D("0.50"), *TERM, id="b", stands_in_for="a"),
        Claim("S", D("1.00"), *TERM, id="c", stands_in_for="b"),
    ]
    assert standing_on("S", [], claims, TERM[0]).used == D("1.00")
