"""Where the signs of the term line stand: days in, percentages out.

The picture has two scales that meet at the first day of work: the weeks before it, the years after it. Every place is a
percentage of the picture's width, so that the drawing stretches while its text keeps its size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

LEFT, JOINT, STOP = 0.6, 26.5, 95.8


@dataclass(frozen=True)
class Point:
    """A day with a sign. ``kind``: today, deadline, start, election, end (its own), stop (the law's) or wish."""

    kind: str
    day: date
    x: float
    above: bool
    anchor: str


@dataclass(frozen=True)
class Year:
    """A year of the scale: its figure in the middle, the tick where it begins (None for the first)."""

    number: int
    middle: float
    tick: float | None


@dataclass(frozen=True)
class TermPicture:
    """What the template draws. An employment until further notice is ``open_ended``: its bar goes on to the edge."""

    points: tuple[Point, ...]
    bar_from: float
    bar_to: float
    open_ended: bool
    wish_to: float | None
    weeks: tuple[float, ...]
    years: tuple[Year, ...]
    duration: tuple[int, int]
    start_agreed: bool = True  # it begins on that day at the earliest; else on that very day

    def point(self, kind: str) -> Point | None:
        """The point of that kind, or None."""
        return next((point for point in self.points if point.kind == kind), None)


@dataclass(frozen=True)
class _Scale:
    """Days to percentages, two straight pieces that meet at ``joint``."""

    first: date
    joint: date
    last: date

    def x(self, day: date) -> float:
        if day < self.joint:
            share = (day - self.first).days / (self.joint - self.first).days
            return round(LEFT + share * (self.begin - LEFT), 2)
        share = (day - self.joint).days / max((self.last - self.joint).days, 1)
        return round(self.begin + share * (STOP - self.begin), 2)

    @property
    def begin(self) -> float:
        return JOINT if self.first < self.joint else LEFT


def whole_months(first: date, last: date) -> tuple[int, int]:
    """Whole years and months from ``first`` to and including ``last``."""
    end = last + timedelta(days=1)
    months = (end.year - first.year) * 12 + end.month - first.month - (end.day < first.day)
    return divmod(max(months, 0), 12)


def term_picture(
    *,
    today: date,
    starts: date,
    deadline: date | None = None,
    ends: date | None = None,
    election: date | None = None,
    limit: date | None = None,
    wish: date | None = None,
    start_agreed: bool = True,
) -> TermPicture:
    """Place the signs of an employment that begins on ``starts``.

    ``ends`` is its own last day when that comes before ``limit``, the last day the law allows; with neither it runs
    until further notice. ``wish`` is a last day someone asked for, drawn dashed where it passes the limit. A day after all
    that, such as to-day's when the employment is over, has no place in the picture.
    """
    lasts = min((day for day in (ends, limit) if day), default=None)
    last = max(day for day in (lasts, wish, starts + timedelta(days=365)) if day)
    scale = _Scale(min(day for day in (today, deadline, starts) if day), starts, last)
    points = tuple(_points(scale, today, deadline, starts, election, lasts, limit, wish))
    return TermPicture(
        points=points,
        bar_from=scale.x(starts),
        bar_to=scale.x(lasts) if lasts else 100.0,
        open_ended=lasts is None,
        wish_to=scale.x(wish) if wish and limit and wish > limit else None,
        weeks=tuple(_weeks(scale)),
        years=tuple(_years(scale, lasts or last)),
        duration=whole_months(starts, lasts) if lasts else (0, 0),
        start_agreed=start_agreed,
    )


def _points(
    scale: _Scale,
    today: date,
    deadline: date | None,
    starts: date,
    election: date | None,
    lasts: date | None,
    limit: date | None,
    wish: date | None,
) -> Iterator[Point]:
    wanted: list[tuple[str, date | None]] = [("today", today), ("deadline", deadline), ("start", starts)]
    if election and (lasts is None or starts < election <= lasts):
        wanted.append(("election", election))
    wanted.append(("stop" if lasts == limit else "end", lasts))
    if wish and limit and wish > limit:
        wanted.append(("wish", wish))
    order = [(kind, day) for kind, day in wanted if day and day <= scale.last]
    for kind, day in sorted(order, key=lambda pair: pair[1]):
        x = scale.x(day)
        yield Point(kind, day, x, kind in ("today", "start", "election", "wish"), "end" if x > 60 else "start")


def _weeks(scale: _Scale) -> Iterator[float]:
    """A tick for each Monday before the start, unless they would stand closer than a hair."""
    if (scale.joint - scale.first).days > 300:
        return
    monday = scale.first + timedelta(days=(7 - scale.first.weekday()) % 7)
    while monday < scale.joint:
        yield scale.x(monday)
        monday += timedelta(days=7)


def _years(scale: _Scale, last: date) -> Iterator[Year]:
    for number in range(scale.joint.year, last.year + 1):
        begins = max(date(number, 1, 1), scale.joint)
        left, right = scale.x(begins), scale.x(min(date(number, 12, 31), last))
        if right - left > 5:
            yield Year(number, round((left + right) / 2, 2), left if begins > scale.joint else None)


@dataclass(frozen=True)
class ReasonBar:
    """The bar of the reasoning panel, in percentages; ``wish`` lies past ``limit`` and is drawn dashed."""

    starts: Point
    election: Point | None
    limit: Point
    wish: Point | None


def reason_bar(*, starts: date, limit: date, election: date | None = None, wish: date | None = None) -> ReasonBar:
    """Place start, election day, the lawful end and a wished end past it on one scale of days."""
    past = wish if wish and wish > limit else None
    last = (past or limit) + (limit - starts) * 0.12

    def point(kind: str, day: date) -> Point:
        share = (day - starts).days / max((last - starts).days, 1)
        return Point(kind, day, round(2.2 + share * 97.8, 2), above=False, anchor="start" if kind == "start" else "end")

    return ReasonBar(
        starts=point("start", starts),
        election=point("election", election) if election and starts < election < limit else None,
        limit=point("stop", limit),
        wish=point("wish", past) if past else None,
    )
