"""The Schulze method over orders with ties, by integers used as sets of candidates.

A set of candidates is one Python integer with a bit for each, so a whole row of the pairwise table is compared, joined
or counted in one operation. Source: Markus Schulze, "A new monotonic, clone-independent, reversal symmetric, and
Condorcet-consistent single-winner election method", 2011. The strength of a defeat is the number of winning votes.
"""

from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
Order = Sequence[Collection[K]]


def schulze(orders: Sequence[Order[K]], candidates: Sequence[K]) -> tuple[tuple[K, ...], ...]:
    """The joint order of several assessors' orders: groups, best first; more than one in a group is a tie.

    Each order is a sequence of groups, best first, tied within a group. A candidate whom an order leaves out is not
    compared with anyone in it: an assessor with a conflict, or who has skipped, gives no vote for or against them. Places
    are of all the votes all the same: a path through one whom few have ordered can set two others apart. One whom all
    leave out is beaten by nobody, and so in the first group: who means no place asks of the others alone, and who means
    the last adds them as a last group (``with_rest_last``).

    The first group is those whom nobody beats by a stronger path than goes back; the next group those whom nobody
    among the rest beats, and so on. Within a group candidates stand as in ``candidates``; a tie is never broken.
    Raises ValueError when a candidate occurs twice or an order names one who is not among ``candidates``.
    """
    _check(orders, candidates)
    # Candidates are numbered from the best-placed down. That changes no result; it shortens the walk in _reaches.
    numbered = sorted(candidates, key=_mean_places(orders, candidates).__getitem__)
    beats = _beaten_by_each(*_vote_rows(orders, numbered))
    position = {candidate: place for place, candidate in enumerate(candidates)}
    return tuple(
        tuple(sorted((numbered[i] for i in _bits(layer)), key=position.__getitem__)) for layer in _layers(beats)
    )


def with_rest_last(order: Order[K], candidates: Sequence[K]) -> tuple[tuple[K, ...], ...]:
    """The order with everyone it leaves out tied in a last group."""
    named = {candidate for group in order for candidate in group}
    rest = tuple(candidate for candidate in candidates if candidate not in named)
    groups = tuple(tuple(group) for group in order)
    return (*groups, rest) if rest else groups


def _check(orders: Sequence[Order[K]], candidates: Sequence[K]) -> None:
    known = set(candidates)
    if len(known) != len(candidates):
        raise ValueError("a candidate is listed twice")
    for order in orders:
        named = [candidate for group in order for candidate in group]
        if len(set(named)) != len(named):
            raise ValueError("an order has a candidate twice")
        if not known.issuperset(named):
            raise ValueError("an order has a candidate who is not listed")


def _mean_places(orders: Sequence[Order[K]], candidates: Sequence[K]) -> dict[K, float]:
    places: dict[K, list[int]] = {candidate: [] for candidate in candidates}
    for order in orders:
        for place, group in enumerate(order):
            for candidate in group:
                places[candidate].append(place)
    return {candidate: sum(seen) / len(seen) if seen else 0.0 for candidate, seen in places.items()}


def _vote_rows(orders: Sequence[Order[K]], numbered: Sequence[K]) -> tuple[list[list[int]], list[list[int]]]:
    """For each candidate the rows of votes won and lost.

    Row ``won[i][n]`` is the set of those whom more than ``n`` orders place below candidate ``i``; ``lost`` likewise
    with those placed above.
    """
    number = {candidate: i for i, candidate in enumerate(numbered)}
    won: list[list[int]] = [[] for _ in numbered]
    lost: list[list[int]] = [[] for _ in numbered]
    for order in orders:
        groups = [[number[candidate] for candidate in group] for group in order]
        above, below = 0, sum(1 << i for group in groups for i in group)
        for group in groups:
            members = sum(1 << i for i in group)
            below &= ~members
            for i in group:
                _count(won[i], below)
                _count(lost[i], above)
            above |= members
    return won, lost


def _count(row: list[int], voted: int) -> None:
    """Add one vote for each candidate in the set: whoever was in ``row[n]`` moves up into ``row[n + 1]`` as well."""
    for n, already in enumerate(row):
        row[n] = already | voted
        voted &= already
    if voted:
        row.append(voted)


def _beaten_by_each(won: list[list[int]], lost: list[list[int]]) -> list[int]:
    """For each candidate the set of those whom it beats: its strongest path to them is stronger than theirs to it.

    That is so exactly when, at some strength, it reaches them over defeats at least so strong and they do not reach
    it. One transitive closure per strength answers it for all pairs.
    """
    count = len(won)
    defeats = [_exceeds(won[i], lost[i]) for i in range(count)]
    defeated_by = [_exceeds(lost[i], won[i]) for i in range(count)]
    beats = [0] * count
    for strength in range(max(map(len, won), default=0)):
        forward = [_row(won[i], strength) & defeats[i] for i in range(count)]
        backward = [_row(lost[i], strength) & defeated_by[i] for i in range(count)]
        for members, reached in _reaches(forward, backward):
            for i in _bits(members):
                beats[i] |= reached & ~members
    return beats


def _row(row: list[int], n: int) -> int:
    return row[n] if n < len(row) else 0


def _exceeds(row: list[int], other: list[int]) -> int:
    """The set of candidates counted more often in ``row`` than in ``other``."""
    more = 0
    for n, counted in enumerate(row):
        more |= counted & ~_row(other, n)
    return more


def _reaches(forward: list[int], backward: list[int]) -> Iterator[tuple[int, int]]:
    """Each set of candidates who all reach one another, with all whom they reach (themselves included).

    Kosaraju's two searches find the sets, sources first; from the last one back, what a set reaches is put together
    from what the sets after it reach.
    """
    remaining = (1 << len(forward)) - 1
    components = []
    for i in reversed(_finishing_order(forward)):
        if remaining >> i & 1:
            members = _search(backward, i, remaining)
            remaining &= ~members
            components.append(members)
    reach = [0] * len(forward)
    for members in reversed(components):
        successors = 0
        for i in _bits(members):
            successors |= forward[i]
        reached = members
        while pending := successors & ~reached:
            reached |= reach[_lowest(pending)]
        for i in _bits(members):
            reach[i] = reached
        yield members, reached


def _finishing_order(edges: list[int]) -> list[int]:
    """The candidates in the order in which a depth-first search is done with them."""
    unseen = (1 << len(edges)) - 1
    done: list[int] = []
    path: list[int] = []
    while unseen or path:
        ahead = edges[path[-1]] & unseen if path else unseen
        if ahead:
            i = _lowest(ahead)
            unseen &= ~(1 << i)
            path.append(i)
        else:
            done.append(path.pop())
    return done


def _search(edges: list[int], start: int, within: int) -> int:
    """All who are reached from ``start`` without leaving ``within``."""
    found = new = 1 << start
    while new:
        i = _lowest(new)
        new = (new | edges[i] & within & ~found) & ~(1 << i)
        found |= edges[i] & within
    return found


def _layers(beats: list[int]) -> Iterator[int]:
    """The candidates in sets: first those whom nobody beats, then those whom nobody of the rest beats."""
    remaining = (1 << len(beats)) - 1
    while remaining:
        beaten = 0
        for i in _bits(remaining):
            beaten |= beats[i]
        layer = remaining & ~beaten
        yield layer
        remaining &= ~layer


def _lowest(members: int) -> int:
    return (members & -members).bit_length() - 1


def _bits(members: int) -> Iterator[int]:
    while members:
        lowest = members & -members
        yield lowest.bit_length() - 1
        members ^= lowest
