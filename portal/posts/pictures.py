"""What the ledger's pages draw: a party's posts side by side, and a bar for each party.

PURE.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.posts.ledger import NOTHING, Claim, Kind, Quota, Standing
from portal.web.register_picture import Ledger, Unit, comma, ledger_bar

WORDS = {Kind.FILLED: "Tillsatt", Kind.ADVERTISED: "Reserverad"}


def party_ledger(party: Hashable, claims: Iterable[Claim], standing: Standing, day: date) -> Ledger:
    """The party's posts on that day, filled ones first. A stand-in is drawn as far as it takes more than whom it is for."""
    present = [claim for claim in claims if claim.party == party and claim.covers(day)]
    marks = {claim.id for claim in present}
    units: list[Unit] = []
    for kind, total in ((Kind.FILLED, standing.filled), (Kind.ADVERTISED, standing.advertised)):
        posts = [claim for claim in present if claim.kind is kind and claim.stands_in_for not in marks - {None}]
        units += [Unit(WORDS[kind], claim.size, kind.value) for claim in posts]
        beyond = total - sum((claim.size for claim in posts), NOTHING)
        units += [Unit("Vikariat", beyond, kind.value)] if beyond > 0 else []
    return ledger_bar(units, standing.used if standing.room is None else standing.room)


@dataclass(frozen=True, slots=True)
class Bar:
    """One party's bar, in percentages of the longest: filled, advertised, and where its room ends (None: undecided)."""

    name: str
    filled: float
    advertised: float
    free: float
    room: float | None
    texts: dict[str, str]
    over: bool


def bars(standings: Sequence[tuple[str, Standing]]) -> list[Bar]:
    """The bars of all parties, to one scale."""
    longest = max((max(one.room or NOTHING, one.used) for _, one in standings), default=NOTHING) or Decimal(1)

    def percent(size: Decimal) -> float:
        return round(float(size / longest) * 100, 2)

    return [
        Bar(
            name,
            percent(one.filled),
            percent(one.advertised),
            percent(one.free or NOTHING),
            None if one.room is None else percent(one.room),
            sizes_of(one),
            one.over > 0,
        )
        for name, one in standings
    ]


def sizes_of(standing: Standing) -> dict[str, str]:
    """The sizes as people write them; where nothing is decided there is nothing free either."""
    undecided = standing.room is None
    return {
        "room": "inte inlagt" if undecided else comma(standing.room or NOTHING),
        "filled": comma(standing.filled),
        "advertised": comma(standing.advertised),
        "free": "–" if undecided else comma(standing.free or NOTHING),
        "over": comma(standing.over) if standing.over else "–",
    }


@dataclass(frozen=True, slots=True)
class Pool:
    """A coalition on one day: what its members have of their own, what they share, and both together."""

    name: str
    members: int
    own: str
    shared: str
    total: str


def pools_on(quotas: Sequence[Quota], names: dict[Hashable, str], day: date) -> list[Pool]:
    """The coalitions that have something in common on that day. ``names`` by pool."""
    found = []
    for pool, name in names.items():
        members = [one for one in {one.party for one in quotas} if _pool_of(quotas, one, day) == pool]
        sizes = [one.size for one in quotas if one.pool == pool]
        if members and sizes[0]:
            own = sum((_own(quotas, one, day) for one in members), NOTHING)
            found.append(Pool(name, len(members), comma(own), comma(sizes[0]), comma(own + sizes[0])))
    return found


def total_on(quotas: Sequence[Quota], day: date) -> Decimal:
    """All that is given on that day: every party's own, and every pool once."""
    parties = {one.party for one in quotas}
    pools = {_pool_of(quotas, one, day) for one in parties} - {None}
    shared = sum((next(one.size for one in quotas if one.pool == pool) for pool in pools), NOTHING)
    return sum((_own(quotas, one, day) for one in parties), NOTHING) + shared


def _last(quotas: Iterable[Quota], party: Hashable, day: date, *, pooled: bool) -> Quota | None:
    """The decision that holds for a party on that day: of those on its own posts, or on a pool that it is in."""
    holding = [q for q in quotas if q.party == party and q.starts <= day <= q.ends and (q.pool is not None) is pooled]
    return max(holding, key=lambda one: one.turn, default=None)


def _pool_of(quotas: Iterable[Quota], party: Hashable, day: date) -> Hashable:
    """The pool that the party is in on that day; None where it is in none."""
    found = _last(quotas, party, day, pooled=True)
    return found.pool if found else None


def _own(quotas: Iterable[Quota], party: Hashable, day: date) -> Decimal:
    found = _last(quotas, party, day, pooled=False)
    return found.size if found else NOTHING
