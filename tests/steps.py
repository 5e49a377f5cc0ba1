"""Steps that lead to what a test is about, taken once: what they made of an installation is kept, and the next test that
takes the same steps is given it.

Each test begins in a copy of a world that is built once. A step that is taken first in it, or next after others that are
kept, of the same and at the same instant, makes of it what it made the last time; most of a test's time went into that.
Where anything else has touched a file of the installation, or something stands in the place of a part of the portal, the
step is taken. On PostgreSQL it always is.
"""

import os
import time
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

import pytest
from flask import Flask, has_app_context

from tests.database import POSTGRESQL
from tests.left_by_steps import DATABASES, Left, read, sizes_of

ROOM = 128 * 1024 * 1024  # bytes, in each process
P, T = ParamSpec("P"), TypeVar("T")
_PLACES = _APP, _SET_CLOCK, _WORLD = [object() for _ in range(3)]  # of what is each test's own


class NotKnown(Exception):
    """A value that cannot be known again in another test."""


@dataclass(frozen=True)
class Made:
    """What a step made: of the files, of the clock, of what it was given (by its place), and what it answered."""

    left: Left
    said: str  # to the clock
    ran: float  # seconds since then
    given: dict[int, dict[str, Any]]
    answer: Any


@dataclass
class Way:
    """How the installation of the test that runs came to be as it is."""

    app: Flask
    instance: Path
    close: Callable[[], None]
    set_clock: Callable[[str], Any]
    patches: pytest.MonkeyPatch
    world: Any = field(default_factory=object)
    steps: Any = None
    stood: dict[str, tuple[int, int]] | None = None
    made: tuple[Any, ...] = ()

    def parts(self) -> tuple[Any, ...]:
        """What tells whether the test has put something else in the place of a part of the portal, or of its settings."""
        return len(self.patches._setattr), len(self.patches._setitem), self.app.config["SETTINGS"]

    def stand(self, steps: Any) -> None:
        """These steps, and nothing else, have made it what it is now."""
        self.steps, self.stood = steps, sizes_of(self.instance)

    def is_whole(self) -> bool:
        """Whether all that was done lies in its files, nobody has them open, and the portal is as it is made."""
        if has_app_context() or self.parts() != self.made:
            return False
        with self.app.app_context():
            self.close()
        return not any((self.instance / f"{name}-{more}").exists() for name in DATABASES for more in ("wal", "shm"))

    def take(self, key: Any, step: Callable[[], Any], given: Sequence[Any]) -> Any:
        """Take a step and keep what it makes."""
        before, known = read(self.instance), [self.known(one) for one in given]
        answer = step()
        self.known(answer)  # or it is no step to be kept
        changed = [n for n, one in enumerate(given) if self.known(one) != known[n]]
        if self.is_whole() and (left := Left.between(before, read(self.instance))) is not None:
            said, ran = _clock_says()
            inside = {n: vars(given[n]) for n in changed}
            names = dict(zip(map(id, self._own()), _PLACES, strict=True))
            _keep(key, Made(left, said, ran, *deepcopy((inside, answer), names)))
            self.stand(_number_of(key))
        return answer

    def give(self, key: Any, made: Made, given: Sequence[Any]) -> Any:
        """What the step made the last time."""
        made.left.put_into(self.instance)
        self.set_clock(made.said)
        then = time.time() - made.ran
        os.utime(_place_of_clock(), (then, then))
        inside, answer = deepcopy((made.given, made.answer), dict(zip(map(id, _PLACES), self._own(), strict=True)))
        for n, values in inside.items():
            vars(given[n]).update(values)
        self.stand(_number_of(key))
        return answer

    def known(self, value: Any) -> Any:
        """By what a value is known in another test. Raises where it is not."""
        if value is None or isinstance(value, str | int | float | bytes | UUID | date | timedelta | Decimal | Enum):
            return type(value), value
        for one, place in zip(self._own()[:2], _PLACES, strict=False):
            if value is one:
                return place
        if isinstance(value, tuple | list):
            return type(value), tuple(map(self.known, value))
        if isinstance(value, dict):
            return dict, tuple((self.known(name), self.known(one)) for name, one in value.items())
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(self.known(getattr(value, one.name)) for one in fields(value))
        raise NotKnown(f"no other test knows {value!r}")

    def _own(self) -> tuple[Any, ...]:
        return self.app, self.set_clock, self.world


_way: list[Way] = []
_made: dict[Any, Made] = {}
_numbers: dict[Any, int] = {}
_room = [ROOM]


def begin(way: Way, *, known: bool) -> None:
    """A test begins, and its installation is not furnished yet. One that is not ``known``, whose keys are its own, has
    nothing to give to others."""
    way.made = way.parts()
    _way[:] = [] if POSTGRESQL or not known else [way]


def end() -> None:
    """It has ended."""
    _way.clear()


def furnished(name: str) -> None:
    """The installation is as the fixture of this name has left it."""
    for way in _way:
        way.stand(name)


def in_world(world: T) -> T:
    """The world that this test has."""
    for way in _way:
        way.world = world
    return world


def kept(step: Callable[P, T]) -> Callable[P, T]:
    """A step that is taken once."""

    @wraps(step)
    def taken(*args: Any, **named: Any) -> Any:
        given = (*args, *named.values())
        try:
            way, key = _known_step(step, args, named)
        except NotKnown:
            return step(*args, **named)
        made = _made.pop(key, None)
        if made is None:
            return way.take(key, lambda: step(*args, **named), given)
        _made[key] = made  # the last one asked for
        return way.give(key, made, given)

    return taken  # type: ignore[return-value]


def _known_step(step: Callable[..., Any], args: Any, named: Any) -> tuple[Way, Any]:
    way = _way[0] if _way else None
    if way is None or way.stood is None or has_app_context():
        raise NotKnown
    said, _ran = _clock_says()
    key = way.steps, said, step.__module__, step.__qualname__, way.known(args), way.known(named)
    if way.stood != sizes_of(way.instance) or not way.is_whole():
        way.stood = None  # nor is it after the next ones
        raise NotKnown
    return way, key


def _keep(key: Any, made: Made) -> None:
    _made[key] = made
    _room[0] -= made.left.size
    while _room[0] < 0:
        _room[0] += _made.pop(next(iter(_made))).left.size


def _number_of(key: Any) -> int:
    return _numbers.setdefault(key, len(_numbers))


def _place_of_clock() -> Path:
    place = os.environ.get("PORTAL_NOW", "")
    if not place.startswith("@"):
        raise NotKnown
    return Path(place[1:])


def _clock_says() -> tuple[str, float]:
    """The instant that the clock was put to, and how many seconds ago."""
    file = _place_of_clock()
    return file.read_text(), time.time() - file.stat().st_mtime
