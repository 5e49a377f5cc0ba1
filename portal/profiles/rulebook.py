"""A profile laid out for a page: under headings, each value with its source beside it, what is unknown in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from portal.profiles.keys import KEYS, Group, Key
from portal.profiles.profile import EMPLOYERS, Answer, Profile, Unknown, words_of

PLACES: Final[Mapping[str, str]] = {"region": "regionen", "kommun": "kommunen"}


@dataclass(frozen=True, slots=True)
class Line:
    """One key. ``condition`` is "när partiet anställer" where it depends on that. ``words`` are empty and ``unclear``
    says why where it is unknown; then there is no source either."""

    label: str
    condition: str
    words: tuple[str, ...] = ()
    source: str = ""
    paragraph: str = ""
    unclear: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """The lines under one heading."""

    heading: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class ToFill:
    """What a person must fill in before a contract with this employer can be finished."""

    condition: str
    labels: tuple[str, ...]


def parts_of(profile: Profile) -> tuple[Part, ...]:
    """Every key of a profile, in the catalogue's order; one that depends on the employer is there for each of them."""
    grouped = {
        group: tuple(line for key in KEYS.values() if key.group is group for line in _lines(profile, key))
        for group in Group
    }
    return tuple(Part(group.value, lines) for group, lines in grouped.items())


def to_fill(profile: Profile | None, kind: str) -> tuple[ToFill, ...]:
    """For each employer there can be. Without a profile nothing is known, so all that a contract needs is to be filled."""
    found = []
    for employer in profile.employers if profile else EMPLOYERS:
        needed = profile.needed(employer) if profile else [key for key in KEYS.values() if employer in key.needed_by]
        if needed:
            found.append(ToFill(condition_of(employer, kind), tuple(key.label for key in needed)))
    return tuple(found)


def condition_of(employer: str, kind: str) -> str:
    """ "När regionen anställer", "när kommunen anställer" or "när partiet anställer", without the capital."""
    return f"när {PLACES[kind] if employer == 'authority' else 'partiet'} anställer"


def _lines(profile: Profile, key: Key) -> Iterator[Line]:
    if key.name in profile.rules:
        yield _line(key, "", profile.rules[key.name])
    for employer in EMPLOYERS:
        if key.name in (said := profile.alternatives.get(employer, {})):
            yield _line(key, condition_of(employer, profile.kind), said[key.name])


def _line(key: Key, condition: str, answer: Answer) -> Line:
    if isinstance(answer, Unknown):
        return Line(key.label, condition, unclear=answer.unclear)
    return Line(key.label, condition, words_of(key, answer.value), answer.source, answer.paragraph)
