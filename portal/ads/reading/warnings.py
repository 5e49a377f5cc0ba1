"""What a posting says that cannot hold, seen from a given day: the law's end date, passed days, pay history, titles."""

import re
from datetime import date, timedelta

from portal.ads.reading.caveats import Warned
from portal.ads.reading.period import Period
from portal.ads.reading.sections import Page
from portal.ads.reading.sentences import without_stop
from portal.elections.calendar import BeyondElectionTable, is_election_year
from portal.elections.limit import Limit, limit_for_authority
from portal.swedish_dates import swedish_day

_TOO_SOON = timedelta(days=31)
_PAY_HISTORY = re.compile(
    r"\b(?:nuvarande|tidigare|dagens|senaste|föregående)\s(?:\w{1,20}\s){0,2}(?:lön|löner|löneläge|lönenivå"
    r"|månadslön|ersättning)\b|\blönehistorik\b"
    r"|\b(?:din|vilken) lön (?:idag|i dag|du har)\b",
    re.I,
)
_GENDERED = (
    (re.compile(r"sekreterarinna(n)?\b", re.I), "sekreterare"),
    (re.compile(r"politiske\b", re.I), "politisk"),
    (re.compile(r"(tales|tjänste|ombuds|förtroende|kontakt)man(nen)?\b", re.I), r"\1person"),
    (re.compile(r"\b(?:manlig|kvinnlig)a?\s", re.I), ""),
    (re.compile(r"(press|kontors|kansli)(?:tjej|kille|dam|flicka)\b", re.I), r"\1medarbetare"),
)
_PERMANENT = re.compile(r"tills\s?vidare|fast anställning", re.I)


def find_warnings(
    page: Page, period: Period, *, title: str | None, form: str | None, employer: str | None, on: date
) -> list[Warned]:
    """All warnings for a posting read on the day `on`, in the order of the fields."""
    found = [*_title(title), *_form(form, employer), *_days(period, employer, on)]
    deadline = period.deadline
    if deadline and deadline.day and deadline.day < on:
        text = f"Sista ansökningsdag, {swedish_day(deadline.day)}, har passerat. Välj en ny dag."
        found.append(Warned("deadline", text, None))
    return found + _pay_history(page)


def _title(title: str | None) -> list[Warned]:
    neutral = title or ""
    for gendered, instead in _GENDERED:
        neutral = gendered.sub(instead, neutral)
    if neutral == (title or ""):
        return []
    return [Warned("title", f"Titeln ”{title}” pekar på ett kön. Skriv en titel som gäller alla.", neutral.strip())]


def _form(form: str | None, employer: str | None) -> list[Warned]:
    if not form or employer == "party" or not _PERMANENT.search(form):
        return []
    text = (
        f"”{form}” går inte när regionen eller kommunen anställer: en politisk sekreterare anställs för"
        " begränsad tid (kommunallagen 4 kap. 33 §)."
    )
    return [Warned("employment_form", text, "tidsbegränsad anställning")]


def _days(period: Period, employer: str | None, on: date) -> list[Warned]:
    start = period.earliest_start.day if period.earliest_start else None
    end = period.latest_end.day if period.latest_end else None
    limit = None if employer == "party" else _limit(period, start, on)
    found = _start(start, limit)
    offer = limit.latest_end.isoformat() if limit else None
    if end is None:
        return found
    if start and start > end:
        text = (
            f"Tjänsten börjar {swedish_day(start)} men slutar redan {swedish_day(end)}. Flytta slutdatumet"
            " eller starten."
        )
        return [*found, Warned("latest_end", text, offer if limit and limit.latest_end >= start else None)]
    why = _end(end, limit, on)
    return [*found, Warned("latest_end", why, offer)] if why else found


def _limit(period: Period, start: date | None, on: date) -> Limit | None:
    """The limit if the decision comes the day after the last day to apply, or today when that day is not known."""
    deadline = period.deadline.day if period.deadline else None
    try:
        decided = deadline + timedelta(days=1) if deadline and deadline >= on else on
        return limit_for_authority(decided=decided, starts=max(start or decided, decided))
    except (BeyondElectionTable, OverflowError):
        return None


def _start(start: date | None, limit: Limit | None) -> list[Warned]:
    if start is None or limit is None or start <= limit.latest_end:
        return []
    text = (
        f"Starten {swedish_day(start)} ligger efter {swedish_day(limit.latest_end)}, det sista slutdatum som"
        f" ett beslut före valet"
        f" {swedish_day(limit.election.day)} kan ha. Besluta efter valet eller välj en tidigare start."
    )
    return [Warned("earliest_start", text, None)]


def _end(end: date, limit: Limit | None, on: date) -> str | None:
    """Why the end cannot stand, or None when it can."""
    if limit and end > limit.latest_end:
        return (
            f"{swedish_day(end)} är för sent: regionen eller kommunen får anställa längst till och med"
            f" {swedish_day(limit.latest_end)}"
            " (kommunallagen 4 kap. 33 §)."
        )
    if end < on:
        return f"Slutdatumet {swedish_day(end)} har passerat. Välj ett nytt."
    if limit is None:
        return None
    if is_election_year(end.year) and limit.latest_end.year > end.year >= on.year:
        return (
            f"{swedish_day(end)} är tillåtet men kan inte nås av den som börjar {end.year + 1}. Ett beslut"
            f" efter valet {end.year} får räcka"
            f" längst till och med {swedish_day(limit.latest_end)}."
        )
    if end < on + _TOO_SOON:
        return (
            f"{swedish_day(end)} är så nära att den som anställs knappt hinner börja."
            f" Längst tillåtet är {swedish_day(limit.latest_end)}."
        )
    return None


def _pay_history(page: Page) -> list[Warned]:
    for sentence in page.all_sentences:
        asked = _PAY_HISTORY.search(sentence)
        if asked:
            text = (
                f"Annonsen frågar efter lönehistorik: ”{without_stop(sentence)}”. Fråga efter löneanspråk,"
                " inte efter lön i andra anställningar."
            )
            return [Warned("salary", text, "löneanspråk")]
    return []
