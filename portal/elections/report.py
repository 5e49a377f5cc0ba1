"""What `portal limit` and `portal elections` print: plain dicts with ISO dates, from the words typed at a prompt."""

import re
from datetime import date
from typing import Final, TypedDict

from portal.elections.calendar import FIRST_YEAR, LAST_YEAR, elections
from portal.elections.limit import Limit, limit_for_authority, limit_for_party
from portal.refusal import N_, Refusal

_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")


class ImpossibleDate(Refusal):
    """Not a day of the calendar written year-month-day."""

    text = N_("%(text)s är inget datum. Skriv år, månad och dag så här: 2026-11-21.")


class UnknownEmployer(Refusal):
    """Neither region nor party."""

    text = N_("%(employer)s är ingen arbetsgivare här. Skriv region eller party.")


class YearsReversed(Refusal):
    """The first year asked for is later than the last."""

    text = N_("Året %(first)s kommer efter %(last)s. Skriv det tidigare året först.")


class LimitReport(TypedDict):
    """The keys of `portal limit`. ``permanent_on`` is null for a region."""

    reference_date: str
    election: str
    latest_end: str
    verdict: str
    reasons: list[str]
    permanent_on: str | None


class ElectionReport(TypedDict):
    """One line of `portal elections`."""

    date: str
    source: str


def limit_report(
    *, employer: str, decided: str, starts: str, ends: str | None = None, earlier_days: int = 0
) -> LimitReport:
    """The limit for an employer "region" (municipalities too) or "party"; days as ISO text.

    ``earlier_days`` concerns parties only: LAS does not apply to those an authority employs (KL 4:33 third paragraph).
    Raises Refusal for an impossible date, one beyond the table, or earlier days that cannot be.
    """
    decided_on, starts_on = read_day(decided), read_day(starts)
    ends_on = None if ends is None else read_day(ends)
    if employer == "region":
        return _as_report(limit_for_authority(decided=decided_on, starts=starts_on, ends=ends_on))
    if employer == "party":
        return _as_report(
            limit_for_party(decided=decided_on, starts=starts_on, ends=ends_on, earlier_days=earlier_days)
        )
    raise UnknownEmployer(employer=employer)


def elections_report(first: int = FIRST_YEAR, last: int = LAST_YEAR) -> list[ElectionReport]:
    """The ordinary elections of the years asked for, with sources. Raises Refusal for years beyond the table."""
    if first > last:
        raise YearsReversed(first=first, last=last)
    return [{"date": election.day.isoformat(), "source": election.source} for election in elections(first, last)]


def read_day(text: str) -> date:
    """The day written "2026-11-21" and in no other way. Raises ImpossibleDate."""
    if not _ISO_DAY.fullmatch(text):
        raise ImpossibleDate(text=text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ImpossibleDate(text=text) from None


def _as_report(limit: Limit) -> LimitReport:
    return {
        "reference_date": limit.reference_date.isoformat(),
        "election": limit.election.day.isoformat(),
        "latest_end": limit.latest_end.isoformat(),
        "verdict": limit.verdict.value,
        "reasons": [reason.sentence for reason in limit.reasons],
        "permanent_on": limit.permanent_on.isoformat() if limit.permanent_on else None,
    }
