"""A party's posts on both sides of a change of mandate, by the ledger: what is filled against the old room and the new.

PURE. The ledger counts; this compares two of its days, the worst day of the new term, and where decisions turn.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from portal.contracts.mandate.change import Change
from portal.posts.ledger import NOTHING, Claim, Kind, Quota, Standing, Stretch, standing_on, stretches


class Side(StrEnum):
    """Whether a party has posts before and after."""

    BOTH = "both"
    IN = "in"  # none before
    OUT = "out"  # none after, by a decision
    MISSING = "missing"  # others have a decision for the new term, this party has none
    UNDECIDED = "undecided"  # nobody has a decision for the new term
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Room:
    """One party around a change. ``fresh`` is what of the new term's filled posts begins with it: renewed and new.

    ``worst`` is the stretch of the new term in which most is over, where anything is. ``if_all`` is the new term's first
    day with everybody who leaves renewed to the same extent, ``worst_if_all`` the stretch in which most is over then.
    """

    before: Standing
    after: Standing
    fresh: Decimal
    worst: Stretch | None
    if_all: Standing
    worst_if_all: Stretch | None
    side: Side


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which what is decided for a party changes: its own posts, or what its coalition shares."""

    day: date
    before: Standing
    after: Standing

    @property
    def leaves(self) -> bool:
        """The party has no posts any more by a decision: it has left fullmäktige, say."""
        return bool(self.before.room) and self.after.room == NOTHING

    @property
    def runs_out(self) -> bool:
        """The decision ends and no other follows."""
        return self.before.room is not None and self.after.room is None

    @property
    def begins(self) -> bool:
        """The party has posts that it did not have."""
        return not self.before.room and bool(self.after.room)

    @property
    def coalition_ends(self) -> bool:
        """Nothing is shared any more."""
        return bool(self.before.pool) and not self.after.pool

    @property
    def coalition_begins(self) -> bool:
        """Something is shared that was not."""
        return not self.before.pool and bool(self.after.pool)


def room_around(
    party: Hashable,
    quotas: Sequence[Quota],
    claims: Sequence[Claim],
    change: Change,
    *,
    leaving: Iterable[Claim] = (),
) -> Room:
    """The party's posts on the last day of the old term and the first of the new. ``leaving`` is what those who
    leave would claim, for the question what comes of it if all are renewed."""
    before, after = (standing_on(party, quotas, claims, day) for day in (change.last, change.first))
    own = [one for one in claims if one.party == party and one.kind is Kind.FILLED]
    begun = [one for one in own if one.starts > change.last]
    instead = {one.stands_in_for for one in begun} - {None}
    hosts = [one for one in own if one.starts <= change.last and one.id in instead]  # their post was filled before
    renewed = [*claims, *leaving]
    return Room(
        before=before,
        after=after,
        fresh=_filled(party, [*hosts, *begun], change.first) - _filled(party, hosts, change.first),
        worst=_worst(party, quotas, claims, change),
        if_all=standing_on(party, quotas, renewed, change.first),
        worst_if_all=_worst(party, quotas, renewed, change),
        side=side_of(before, after, others_decided=any(_covers(one, change.first) for one in quotas)),
    )


def _worst(party: Hashable, quotas: Sequence[Quota], claims: Sequence[Claim], change: Change) -> Stretch | None:
    coming = stretches(party, quotas, claims, first=change.first, last=change.ends)
    most = max(coming, key=lambda one: one.standing.over)  # of equals the first
    return most if most.standing.over else None


def _filled(party: Hashable, claims: Sequence[Claim], day: date) -> Decimal:
    return standing_on(party, (), claims, day).filled


def side_of(before: Standing, after: Standing, *, others_decided: bool) -> Side:
    """Whether the party is in, out or both. ``others_decided``: somebody's posts are decided for the new term."""
    if after.room is None:
        return Side.MISSING if others_decided else Side.UNDECIDED
    if after.room:
        return Side.BOTH if before.room else Side.IN
    return Side.OUT if before.room else Side.NEITHER


def turns(
    party: Hashable, quotas: Sequence[Quota], claims: Sequence[Claim], *, first: date, last: date | None
) -> list[Turn]:
    """The days on which the decisions turn for the party, whoever else comes and goes in between."""
    found: list[Turn] = []
    held: Standing | None = None
    for one in stretches(party, quotas, claims, first=first, last=last):
        if held is not None and (held.own, held.pool) != (one.standing.own, one.standing.pool):
            found.append(Turn(one.starts, held, one.standing))
        held = one.standing
    return found


def _covers(quota: Quota, day: date) -> bool:
    return quota.starts <= day <= quota.ends
