"""Where the bars of the ledger and of the register of employments stand: posts and days in, percentages out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


def comma(size: Decimal) -> str:
    """A share of a post as people write it: 0,80."""
    return f"{size:.2f}".replace(".", ",")


@dataclass(frozen=True)
class Unit:
    """One post of the ledger. ``kind``: filled, advertised or free. ``size`` in whole posts (0.80 = 80 %)."""

    name: str
    size: Decimal
    kind: str
    href: str = ""


@dataclass(frozen=True)
class DrawnUnit:
    """A post in the ledger's bar, in percentages of its width."""

    unit: Unit
    x: float
    width: float
    text: str


@dataclass(frozen=True)
class Ledger:
    """The ledger true to scale. ``ticks``: (x, figure) for each whole post and the end."""

    units: tuple[DrawnUnit, ...]
    ticks: tuple[tuple[float, str], ...]
    total: str
    filled: str
    advertised: str
    free: str
    over: bool


def ledger_bar(units: Sequence[Unit], total: Decimal) -> Ledger:
    """Draw the posts side by side; what is left of ``total`` becomes free. ``over``: more is claimed than decided."""
    claimed = sum((unit.size for unit in units), Decimal(0))
    rest = total - claimed
    shown = [*units, Unit("Ledigt", rest, "free")] if rest > 0 else list(units)
    width = max(total, claimed) or Decimal(1)
    drawn, at = [], Decimal(0)
    for unit in shown:
        drawn.append(DrawnUnit(unit, _percent(at / width), _percent(unit.size / width), comma(unit.size)))
        at += unit.size
    whole = [Decimal(n) for n in range(int(total) + 1) if total - n >= Decimal("0.2") or total == n]
    ticks = [(_percent(n / width), str(n)) for n in whole]
    if total != int(total):
        ticks.append((_percent(total / width), comma(total)))
    return Ledger(
        units=tuple(drawn),
        ticks=tuple(ticks),
        total=comma(total),
        filled=comma(_sum(shown, "filled")),
        advertised=comma(_sum(shown, "advertised")),
        free=comma(_sum(shown, "free")),
        over=claimed > total,
    )


def _sum(units: Iterable[Unit], kind: str) -> Decimal:
    return sum((unit.size for unit in units if unit.kind == kind), Decimal(0))


def _percent(share: Decimal | float) -> float:
    return round(float(share) * 100, 2)


@dataclass(frozen=True)
class Span:
    """A stretch of time. ``kind``: employed, former, stand_in, undecided, advertised. ``ends`` None: no end known."""

    kind: str
    starts: date
    ends: date | None
    text: str = ""


@dataclass(frozen=True)
class Row:
    """A person (or an advertised post) of the register. ``about`` says role and, in words, when it ends early."""

    name: str
    about: str
    size: Decimal
    spans: tuple[Span, ...]
    end_text: str = ""
    href: str = ""


@dataclass(frozen=True)
class DrawnSpan:
    """A bar of the register, in percentages."""

    span: Span
    x: float
    width: float


@dataclass(frozen=True)
class DrawnRow:
    """A row with its bars and the diamonds where a bar covers an election day."""

    row: Row
    size_text: str
    spans: tuple[DrawnSpan, ...]
    diamonds: tuple[float, ...]


@dataclass(frozen=True)
class Mark:
    """A day that crosses all rows, with its word above."""

    x: float
    day: date


@dataclass(frozen=True)
class Register:
    """The register's drawing. ``beyond``: where the hatching begins (None: no limit)."""

    rows: tuple[DrawnRow, ...]
    years: tuple[tuple[float, int], ...]
    year_lines: tuple[float, ...]
    elections: tuple[Mark, ...]
    stops: tuple[Mark, ...]
    today: float | None
    beyond: float | None


def register_picture(
    rows: Sequence[Row],
    *,
    first: date,
    last: date,
    today: date,
    elections: Sequence[date],
    stops: Sequence[date],
    limit: date | None,
) -> Register:
    """Draw ``rows`` between ``first`` and ``last``; ``stops`` are the law's 31 Decembers, ``limit`` the latest."""
    days = max((last - first).days, 1)

    def x(day: date) -> float:
        return _percent(min(max((day - first).days / days, 0), 1))

    def span(piece: Span) -> DrawnSpan:
        begins = x(piece.starts)
        return DrawnSpan(piece, begins, round(x(piece.ends or last) - begins, 2))

    def row(person: Row) -> DrawnRow:
        shown = tuple(span(piece) for piece in person.spans if piece.starts <= last and (piece.ends or last) >= first)
        signs = tuple(x(day) for day in elections if any(_covers(piece, day) for piece in person.spans))
        return DrawnRow(person, comma(person.size), shown, signs)

    whole = range(first.year, last.year + 1)
    halves = [(x(max(date(n, 1, 1), first)), x(min(date(n, 12, 31), last)), n) for n in whole]
    return Register(
        rows=tuple(row(person) for person in rows),
        years=tuple((round((a + b) / 2, 2), n) for a, b, n in halves if b - a > 6 and not _past(n, limit)),
        year_lines=tuple(x(date(n, 1, 1)) for n in whole if first < date(n, 1, 1) < last),
        elections=tuple(Mark(x(day), day) for day in elections if first <= day <= last),
        stops=tuple(Mark(x(day), day) for day in stops if first <= day <= last),
        today=x(today) if first <= today <= last else None,
        beyond=x(limit) if limit and limit < last else None,
    )


def _past(year: int, limit: date | None) -> bool:
    return limit is not None and year > limit.year


def _covers(piece: Span, day: date) -> bool:
    held = piece.kind != "former"
    return held and piece.starts <= day and (piece.ends is None or day <= piece.ends)
