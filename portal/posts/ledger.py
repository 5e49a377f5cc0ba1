"""The ledger of posts: from quotas and claims to what is filled, advertised, free and over, on every day.

PURE. Sizes are whole posts with two decimals; days are calendar days in Sweden and a stretch holds both its ends. Every
party is counted with its own quota and with what its coalition has in common: the pool is used by what each member
claims beyond its own quota, by all members together.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

NOTHING: Final = Decimal("0.00")
NEXT: Final = timedelta(days=1)


class Kind(StrEnum):
    """What a claim comes from."""

    FILLED = "filled"  # somebody is employed
    ADVERTISED = "advertised"  # an ad is out, or its recruitment goes on


@dataclass(frozen=True, slots=True)
class Quota:
    """What one decision gives a party, or (with ``pool``) the coalition it is in. Of those that cover a day the one
    with the highest ``turn`` holds: decisions are added, never changed."""

    party: Hashable
    size: Decimal
    starts: date
    ends: date
    turn: int
    pool: Hashable | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """So much of a party's posts, from a day to a day (None: no end known). Who stands in for another takes only
    what goes beyond that one's claim, while it lasts."""

    party: Hashable
    size: Decimal
    starts: date
    ends: date | None
    kind: Kind = Kind.FILLED
    id: Hashable = None
    stands_in_for: Hashable = None

    def covers(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a party stands on one day. ``room`` None: nobody has decided anything, and nothing is stopped.

    ``room`` is ``own`` and what of ``pool`` the other members have not used.
    """

    filled: Decimal
    advertised: Decimal
    own: Decimal | None
    pool: Decimal | None
    room: Decimal | None

    @property
    def used(self) -> Decimal:
        """Filled and advertised."""
        return self.filled + self.advertised

    @property
    def free(self) -> Decimal | None:
        """What is left; never less than nothing."""
        return None if self.room is None else max(NOTHING, self.room - self.used)

    @property
    def over(self) -> Decimal:
        """What is claimed beyond the room."""
        return NOTHING if self.room is None else max(NOTHING, self.used - self.room)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days in a row on which nothing changes. ``ends`` None: for all time."""

    starts: date
    ends: date | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class Excess:
    """The first days on which ``wanted`` does not fit into what the others leave free."""

    starts: date
    ends: date | None
    wanted: Decimal
    standing: Standing  # without what is wanted


def standing_on(party: Hashable, quotas: Iterable[Quota], claims: Iterable[Claim], day: date) -> Standing:
    """How the party stands on ``day``."""
    quotas, claims = tuple(quotas), tuple(claims)
    filled, advertised = _used(party, claims, day)
    own, shared = _in_force(party, quotas, day)
    room = own
    if shared is not None:
        others = {one.party for one in quotas if one.pool is not None and one.party != party}
        taken = sum((_beyond(other, shared.pool, quotas, claims, day) for other in others), NOTHING)
        room = (own or NOTHING) + max(NOTHING, shared.size - taken)
    return Standing(filled, advertised, own, shared.size if shared else None, room)


def stretches(
    party: Hashable, quotas: Sequence[Quota], claims: Sequence[Claim], *, first: date, last: date | None = None
) -> list[Stretch]:
    """The party's standing from ``first`` to ``last`` (None: for all time), in stretches that differ from each other."""

    def counted(day: date) -> Standing:
        return standing_on(party, quotas, claims, day)

    return _joined(_changes(quotas, claims, first, last), last, counted)


def excess(
    party: Hashable,
    quotas: Sequence[Quota],
    others: Sequence[Claim],
    *,
    before: Sequence[Claim],
    after: Sequence[Claim],
) -> Excess | None:
    """Where a change of one's own claims from ``before`` to ``after`` goes past the room; None where it never does.

    Days on which no more is wanted than before pass, even where the party is over already: a quota may have been lowered.
    """
    if not after:
        return None
    first, whole = min(claim.starts for claim in after), (*others, *before, *after)
    for starts, ends in _spans(_changes(quotas, whole, first, None), None):
        held = standing_on(party, quotas, others, starts)
        was = standing_on(party, quotas, (*others, *before), starts)
        will_be = standing_on(party, quotas, (*others, *after), starts)
        if will_be.over and will_be.used > was.used:
            return Excess(starts, ends, will_be.used - held.used, held)
    return None


def _used(party: Hashable, claims: Sequence[Claim], day: date) -> tuple[Decimal, Decimal]:
    """Filled and advertised. A post and those who stand in for it are one: what they claim together is the larger."""
    present = [claim for claim in claims if claim.party == party and claim.covers(day)]
    known = {claim.id for claim in present if claim.id is not None}
    filled = advertised = NOTHING
    for post in (claim for claim in present if claim.stands_in_for not in known):
        people, sought = _of_post(post, present)
        filled, advertised = filled + people, advertised + sought
    return filled, advertised


def _of_post(post: Claim, present: Sequence[Claim]) -> tuple[Decimal, Decimal]:
    """Filled and advertised of one post, with whoever stands in for it, and for them in their turn."""
    instead = [
        _of_post(one, present) for one in present
        if post.id is not None and one.stands_in_for == post.id and one is not post
    ]  # fmt: skip
    people, sought = (sum(sizes, NOTHING) for sizes in zip(*instead, strict=True)) if instead else (NOTHING, NOTHING)
    held = max(post.size, people)
    beyond = max(held, people + sought) - held
    return (held, beyond) if post.kind is Kind.FILLED else (NOTHING, held + beyond)


def _in_force(party: Hashable, quotas: Iterable[Quota], day: date) -> tuple[Decimal | None, Quota | None]:
    """The party's own size and its pool, by the last decision on each that covers the day."""
    holding = [one for one in quotas if one.party == party and one.starts <= day <= one.ends]
    own = max((one for one in holding if one.pool is None), key=lambda one: one.turn, default=None)
    shared = max((one for one in holding if one.pool is not None), key=lambda one: one.turn, default=None)
    return (own.size if own else None), shared


def _beyond(party: Hashable, pool: Hashable, quotas: Sequence[Quota], claims: Sequence[Claim], day: date) -> Decimal:
    """What a member takes of the pool; nothing where another decision has put it elsewhere."""
    own, shared = _in_force(party, quotas, day)
    if shared is None or shared.pool != pool:
        return NOTHING
    return max(NOTHING, sum(_used(party, claims, day), NOTHING) - (own or NOTHING))


def _changes(quotas: Iterable[Quota], claims: Iterable[Claim], first: date, last: date | None) -> list[date]:
    """``first`` and every later day on which anything begins or has ended."""
    days = {first}
    held: tuple[Quota | Claim, ...] = (*quotas, *claims)
    for one in held:
        days.add(one.starts)
        if one.ends is not None and one.ends < date.max:
            days.add(one.ends + NEXT)
    return sorted(day for day in days if day >= first and (last is None or day <= last))


def _spans(days: Sequence[date], last: date | None) -> Iterator[tuple[date, date | None]]:
    for place, day in enumerate(days):
        yield day, days[place + 1] - NEXT if place + 1 < len(days) else last


def _joined(days: Sequence[date], last: date | None, counted: Callable[[date], Standing]) -> list[Stretch]:
    found: list[Stretch] = []
    for starts, ends in _spans(days, last):
        standing = counted(starts)
        begins = found.pop().starts if found and found[-1].standing == standing else starts
        found.append(Stretch(begins, ends, standing))
    return found
