"""An order set by somebody who may not see everybody in it: the unseen keep their places among the others."""

from collections.abc import Collection
from uuid import UUID

from portal.review.own_order import Groups


def with_unseen(before: Groups, changed: Groups, seen: Collection[UUID]) -> Groups:
    """``changed``, which has nobody but ``seen``, with the others of ``before`` put back.

    One who shared a place with somebody seen goes on sharing it; one who stood alone stands next after whom they stood
    next after, and first where nobody seen stood before them.
    """
    groups = [list(group) for group in changed]
    anchor: UUID | None = None
    for group in before:
        shown = [one for one in group if one in seen and any(one in other for other in groups)]
        hidden = [one for one in group if one not in seen]
        if hidden and shown:
            next(other for other in groups if shown[0] in other).extend(hidden)
        elif hidden:
            at = next((n + 1 for n, other in enumerate(groups) if anchor in other), 0)
            groups.insert(at, hidden)
            anchor = hidden[0]
        if shown:
            anchor = shown[-1]
    return tuple(tuple(group) for group in groups)
