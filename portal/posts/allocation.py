"""How an authority shares out its political secretaries: each model as one function from seats and sizes to amounts.

PURE. Amounts are whole posts with two decimals (`Decimal`) or whole kronor a year (`int`); every function takes either
and gives the same back. Who is a party is any hashable value, and what is given comes back in its order.
"""

from collections.abc import Collection, Hashable, Mapping
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum
from typing import Final, TypeVar

from portal.refusal import N_, Refusal

Key = TypeVar("Key", bound=Hashable)
Amount = TypeVar("Amount", Decimal, int)

HUNDREDTH: Final = Decimal("0.01")


class Model(StrEnum):
    """The ways of sharing out that are in use (DOMAIN 3.1)."""

    FIXED = "fast"  # so much for each party, as decided
    PER_SEAT = "per_mandat"  # a base and so much for each seat
    PROPORTIONAL = "proportionellt"  # one sum in proportion to seats
    SIDES = "majoritet_opposition"  # one sum for the majority, one for the opposition
    COALITION = "samverkan"  # one sum that the parties of a coalition have in common


class NotInSteps(Refusal):
    """The sum cannot be handed out in pieces of that size."""

    text = N_("%(total)s går inte jämnt upp i steg om %(step)s. Ändra summan eller välj ett mindre steg.")
    field = "step"


class NobodyHasSeats(Refusal):
    """There is nothing to share out by."""

    text = N_("Inget parti har mandat, så det finns inget att fördela efter. Skriv partiernas mandat.")
    field = "seats"


def per_seat(seats: Mapping[Key, int], *, base: Amount, each: Amount) -> dict[Key, Amount]:
    """``base`` for every party with a seat and ``each`` for every seat; a party without seats gets nothing."""
    return {party: base + each * count if count else each * 0 for party, count in seats.items()}


def proportional(seats: Mapping[Key, int], *, total: Amount, step: Amount) -> dict[Key, Amount]:
    """``total`` by seats in pieces of ``step``, to the last one: what division leaves goes to the largest remainders.

    Of equal remainders the party with more seats comes first, then the one named first. Raises NotInSteps, NobodyHasSeats.
    """
    everybody = sum(seats.values())
    if not everybody:
        raise NobodyHasSeats
    if total % step:
        raise NotInSteps(total=str(total).replace(".", ","), step=str(step).replace(".", ","))
    pieces = int(total // step)
    whole = {party: pieces * count // everybody for party, count in seats.items()}
    order = sorted(seats, key=lambda party: (-(pieces * seats[party] % everybody), -seats[party]))
    for party in order[: pieces - sum(whole.values())]:
        whole[party] += 1
    return {party: step * number for party, number in whole.items()}


def by_side(
    seats: Mapping[Key, int], *, majority: Collection[Key], for_majority: Amount, for_opposition: Amount, step: Amount
) -> dict[Key, Amount]:
    """One sum shared by the parties of the majority, one by all others, each in proportion to seats.

    A side without seats gets nothing. Raises NotInSteps, and NobodyHasSeats when neither side has any.
    """
    if not sum(seats.values()):
        raise NobodyHasSeats
    shares = dict.fromkeys(seats, step * 0)
    for total, inside in ((for_majority, True), (for_opposition, False)):
        side = {party: count for party, count in seats.items() if (party in majority) is inside}
        if sum(side.values()):
            shares |= proportional(side, total=total, step=step)
    return shares


def with_extra(shares: Mapping[Key, Amount], *, chair: Key, extra: Amount) -> dict[Key, Amount]:
    """The same, and ``extra`` for the party that holds the chair of the board."""
    return {party: share + extra if party == chair else share for party, share in shares.items()}


def posts_for(kronor: int, *, kronor_per_post: int) -> Decimal:
    """How many posts a sum of money pays for, when one full-time post costs ``kronor_per_post``: never rounded up."""
    return (Decimal(kronor) / kronor_per_post).quantize(HUNDREDTH, ROUND_FLOOR)
