"""An assessor's own order: groups, best first, tied within a group; moved by buttons or by typed places."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from portal.refusal import Refusal

Groups = tuple[tuple[UUID, ...], ...]
HIGHEST: Final = 999


class PlaceUnreadable(Refusal):
    """A typed place that is no place."""

    text = "Skriv platsen som ett heltal från 1 till 999, till exempel 2. Samma siffra betyder delad plats."


def read_places(typed: Mapping[UUID, str]) -> dict[UUID, int]:
    """The places as typed; an empty one leaves the candidate out. Raises `PlaceUnreadable` with the id as its field."""
    places = {}
    for application, text in typed.items():
        if text.strip():
            places[application] = _read(application, text.strip())
    return places


def _read(application: UUID, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(HIGHEST)) and int(text) >= 1):
        raise PlaceUnreadable(field=str(application))
    return int(text)


def groups_of(places: Mapping[UUID, int]) -> Groups:
    """The order that places say: equal places are tied, gaps mean nothing."""
    tied: dict[int, list[UUID]] = {}
    for application, place in places.items():
        tied.setdefault(place, []).append(application)
    return tuple(tuple(tied[place]) for place in sorted(tied))


def places_of(groups: Sequence[Sequence[UUID]]) -> dict[UUID, int]:
    """The places that an order gives: 1, 2, 2, 4."""
    places: dict[UUID, int] = {}
    for group in groups:
        first = len(places) + 1
        places.update(dict.fromkeys(group, first))
    return places


def landed(typed: Mapping[UUID, int], former: Mapping[UUID, int]) -> dict[UUID, tuple[int, int]]:
    """Whoever was typed another place than they had and than they got: as typed, and as it became. Who shares a place
    takes room, and a gap takes none."""
    places = places_of(groups_of(typed))
    return {
        one: (wanted, places[one])
        for one, wanted in typed.items()
        if wanted != places[one] and wanted != former.get(one)
    }


def among(groups: Groups, applications: Collection[UUID]) -> Groups:
    """What an order says of these alone; whoever else is in it may stand anywhere."""
    kept = (tuple(one for one in group if one in applications) for group in groups)
    return tuple(group for group in kept if group)


def shown_of(groups: Groups, names: Mapping[UUID, str]) -> Groups:
    """The groups without those who have no name here; who share a place stand in order of name."""
    alphabetical = {one: place for place, one in enumerate(names)}
    shown = (sorted((one for one in group if one in names), key=alphabetical.__getitem__) for group in groups)
    return tuple(tuple(group) for group in shown if group)


def same_order(one: Groups, other: Groups) -> bool:
    """Whether two orders say the same, ties included."""
    return [set(group) for group in one] == [set(group) for group in other]


def moved(groups: Groups, application: UUID, up: bool) -> Groups:
    """One step up or down. One who shares a place leaves it; one who stands alone passes the next group."""
    at = next((n for n, group in enumerate(groups) if application in group), None)
    if at is None:
        return groups
    rest = tuple(other for other in groups[at] if other != application)
    if rest:
        pair = ((application,), rest) if up else (rest, (application,))
        return (*groups[:at], *pair, *groups[at + 1 :])
    other = at - 1 if up else at + 1
    if not 0 <= other < len(groups):
        return groups
    changed = list(groups)
    changed[at], changed[other] = changed[other], changed[at]
    return tuple(changed)


def placed_among(groups: Groups, by_mean: Groups, new: Collection[UUID]) -> Groups:
    """The order with these in it too, each right after the last of those whose own mean is better or the same; nothing of
    who stood there is changed. Empty where none of them has a mean."""
    placed = list(groups)
    for one in (one for group in by_mean for one in group if one in new):
        rank = next(n for n, group in enumerate(by_mean) if one in group)
        before = {other for group in by_mean[: rank + 1] for other in group} - {one}
        at = max((n + 1 for n, group in enumerate(placed) if before.intersection(group)), default=0)
        placed.insert(at, (one,))
    return tuple(placed) if len(placed) > len(groups) else ()
