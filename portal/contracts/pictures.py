"""The reasoning behind a last day, and the register of employments, as the pages draw them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from portal.contracts.terms import Answer, Terms
from portal.elections.calendar import LAST_YEAR, BeyondElectionTable, Election, elections, next_election
from portal.elections.permanent import Form, permanent_on, with_months_of_thirty
from portal.elections.timeline import Milestone, timeline
from portal.swedish_dates import shown_day
from portal.swedish_names import alphabetical
from portal.web.register_picture import Register, Row, Span, register_picture
from portal.web.term_picture import ReasonBar, reason_bar

KL: Final = ("Kommunallagen 4 kap. 33 §", "https://selex.se/eli/sfs/2017/725")
LAS: Final = ("Lagen om anställningsskydd 5 a §", "https://selex.se/eli/sfs/1982/80")
SPECIAL_TIME: Final = "tiden i särskild visstidsanställning blivit mer än tolv månader"
STAND_IN_TIME: Final = "tiden som vikarie blivit mer än två år"
BEFORE_IT: Final = "redan i den anställning som den här följer på"
GOES_ON: Final = "Den tar inte slut av sig själv på slutdatumet."
WENT_ON: Final = "Den tog inte slut av sig själv på slutdatumet: förnya den, eller skriv in det som avslutar den."
UNCOUNTED: Final = "hos partiet är inte inräknade: har personen sådana kommer den dagen tidigare."
SOON: Final = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Reasoning:
    """What the reasoning panel shows."""

    heading: str
    steps: list[dict[str, Any]]
    bar: ReasonBar | None
    text: str
    law_text: str
    law_href: str
    dates: tuple[Milestone, ...]


def reasoning_of(terms: Terms, answer: Answer, *, on: date) -> Reasoning:
    """The panel for terms that are being written: the days, the bar with the wish past the stop, and the sentences."""
    limit = answer.limit
    text = " ".join(reason.sentence for reason in limit.reasons if not reason.field)
    return _reasoning(
        decided=terms.decided,
        starts=terms.starts,
        election=limit.election.day,
        latest_end=limit.latest_end,
        wish=answer.wish,
        text=text,
        by_law=limit.basis == "law",
        on=on,
    )


def recorded_reasoning(row: Any, *, ends: date | None, on: date) -> Reasoning:
    """The panel for an employment that ``ends`` on a day, from what was stored with it and from nothing else. Of another day
    than the last one allowed it is no reason."""
    text = f"Räknat från {shown_day(row.limit_reference)} enligt {row.limit_article} (regel {row.limit_rule})."
    return _reasoning(
        decided=row.decided_on,
        starts=row.starts_on,
        election=row.limit_election,
        latest_end=row.limit_latest_end,
        wish=ends,
        text=text,
        by_law=row.employer == "authority",
        last="Därför" if ends == row.limit_latest_end else "Gränsen är",
        on=on,
        decision_word="Beslutet fattades" if row.decided_on <= on else "Beslutet fattas",
    )


def permanent_words(
    row: Any,
    *,
    on: date,
    ended: bool = False,
    since: date | None = None,
    renewed: bool = False,
    ends: date | None = None,
) -> str:
    """That the last day of a party's fixed-term employment is none, because it turns permanent before it (LAS 5 a §); nothing
    where it does not, or has no last day. An employment that is extended without a break keeps the day it was begun with.
    ``ended``: a notice or an earlier last day has been given, and that day is one, whatever it is the last day of. ``since``:
    what it renews was permanent already from that day, which a renewal does not move. ``renewed``: another goes on
    from it. ``ends``: another last day than the one it has."""
    turns, ends = turned_on(row, ends=ends) if since is None else since, ends or row.ends_on
    if turns is None or ends is None or row.never_began:
        return ""
    time = STAND_IN_TIME if row.stands_in else SPECIAL_TIME
    had, has = (f"för då hade {time}", f"för då har {time}") if since is None else (BEFORE_IT, BEFORE_IT)
    day = shown_day(turns)
    if ends < on and (ended or renewed):
        return f"{day} hade det blivit en tillsvidareanställning."
    if turns <= on:
        words = f"Sedan {day} är det en tillsvidareanställning, {had}."
        by_itself = GOES_ON if ends >= on else WENT_ON
        return words if ended else f"{words} {by_itself}"
    sooner = f"{'Andra tidigare' if row.renews_id else 'Tidigare'} dagar som vikarie {UNCOUNTED}"
    if not row.stands_in or since is not None:
        sooner = "Slutar den före den dagen blir den inte det"
        sooner += "." if since is not None else _or_with_months_of_thirty(row, turns)
    return f"{day} blir det en tillsvidareanställning, {has}. {sooner}"


def _or_with_months_of_thirty(row: Any, turns: date) -> str:
    maybe = with_months_of_thirty(row.starts_on, row.earlier_days)
    return f"; räknas en månad som 30 dagar är den dagen {shown_day(maybe)}." if maybe < turns else "."


def turned_on(row: Any, *, ends: date | None = None) -> date | None:
    """The day within a party's fixed-term employment from which it is permanent (LAS 5 a §); None where it has none.
    ``ends``: another last day than the one it has."""
    ends = ends or row.ends_on
    turns: date | None = row.permanent_on
    if row.stands_in and turns and not row.renews_id:  # stored, perhaps, when it was counted as särskild visstid
        turns = permanent_on(row.starts_on, form=Form.STAND_IN)
    if turns is None or ends is None or ends < turns or row.never_began:
        return None
    return turns


def _reasoning(
    *,
    decided: date,
    starts: date,
    election: date,
    latest_end: date,
    wish: date | None,
    text: str,
    by_law: bool,
    on: date,
    last: str = "Därför",
    decision_word: str = "Beslutet fattas",
) -> Reasoning:
    first = {"label": decision_word, "day": decided}
    if starts < decided:
        first = {"label": "Första dagen, före beslutet", "day": starts}
    law_text, law_href = KL if by_law else LAS
    return Reasoning(
        heading=f"{last if by_law else 'Utgångsläget är'} {shown_day(latest_end)}",
        steps=[
            first,
            {"label": "Nästa val i hela landet", "day": election},
            {"label": "Det årets sista dag", "day": latest_end},
        ],
        bar=reason_bar(starts=starts, limit=latest_end, election=election, wish=wish) if starts < latest_end else None,
        text=text,
        law_text=law_text,
        law_href=law_href,
        dates=timeline(today=on, election=election, latest_end=latest_end, by_law=by_law),
    )


A_YEAR: Final = timedelta(days=365)
MARKED: Final = {"undecided": "beslut saknas", "stand_in": "vikariat"}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the register. ``ends`` None: until further notice, or (advertised) not said.

    ``mark``: undecided or stand_in."""

    name: str
    about: str
    percent: int
    starts: date
    ends: date | None
    advertised: bool = False
    href: str = ""
    mark: str = ""


def register_of(lines: Sequence[Line], *, on: date) -> Register:
    """The register against election days and the law's 31 Decembers, from this year's first day: what has been over for
    a year is not drawn. After the last election of the table no limit is."""
    ahead = _ahead(on)
    first, stop = date(on.year, 1, 1), date(ahead.year, 12, 31) if ahead else None
    lines = [line for line in lines if line.ends is None or line.ends >= on - A_YEAR]
    ends = [line.ends for line in lines if line.ends]
    last = max([(stop or date(on.year, 12, 31)) + timedelta(days=180), *ends])
    held = elections(first.year, ahead.year if ahead else LAST_YEAR) if on.year <= LAST_YEAR else ()
    return register_picture(
        [_row(line, on, stop) for line in lines],
        first=first,
        last=last,
        today=on,
        elections=[one.day for one in held],
        stops=[date(one.year, 12, 31) for one in held],
        limit=stop,
    )


def _row(line: Line, on: date, stop: date | None) -> Row:
    kind = "advertised" if line.advertised else "former" if line.ends and line.ends < on else line.mark or "employed"
    early = line.ends is not None and (stop is None or line.ends < stop)
    word = "till och med" if line.advertised else "slutade" if kind == "former" else "slutar"
    ends = f"{word} {shown_day(line.ends)}" if line.ends else "tills vidare"
    about = f"{line.about} · {MARKED[line.mark]}" if line.mark else line.about
    return Row(
        name=line.name,
        about=f"{about} · {ends}" if early else about,
        size=Decimal(line.percent) / 100,
        spans=(Span(kind, line.starts, line.ends, _bar_text(line)),),
        end_text="" if early else ends,
        href=line.href,
    )


def _bar_text(line: Line) -> str:
    if line.advertised:
        return f"Tillträde tidigast {shown_day(line.starts)}"
    return "Heltid" if line.percent == 100 else f"{line.percent} %"


def ending_soon(lines: Iterable[Line], *, on: date) -> list[Line]:
    """The employments whose last day comes within two months, the first to end first."""
    soon = [line for line in lines if line.ends and on <= line.ends <= on + SOON and not line.advertised]
    return sorted(soon, key=lambda line: (line.ends or on, alphabetical(line.name)))


def mandate(on: date) -> str:
    """The term that runs to the next election's year, as people write it: 2027–2030. Empty after the last
    election of the table."""
    ahead = _ahead(on)
    if ahead is None:
        return ""
    former = elections(last=ahead.year - 1)[-1]
    return f"{former.year + 1}–{ahead.year}"


def _ahead(on: date) -> Election | None:
    try:
        return next_election(on)
    except BeyondElectionTable:
        return None
