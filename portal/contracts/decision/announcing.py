"""What became of a decision: reported or minuted by itself (KL 6:40), its minutes announced; the days in their order."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from portal.contracts.decision.deciders import Decider, decides_by_delegation
from portal.refusal import N_, Refusal
from portal.swedish_dates import swedish_day

REPORTED_BEFORE_DECISION: Final = N_(
    "Beslutet fattades %(decided)s och kan inte ha anmälts %(day)s. Rätta den dag som är fel."
)
ANNOUNCED_BEFORE_DECISION: Final = N_(
    "Beslutet fattades %(decided)s, så justeringen kan inte ha anslagits %(day)s. Rätta den dag som är fel."
)
ANNOUNCED_BEFORE_REPORT: Final = N_(
    "Beslutet anmäldes %(reported)s. Protokollet från det mötet kan inte ha anslagits %(day)s. Rätta den dag som är fel."
)
ANNOUNCED_UNREPORTED: Final = N_(
    "Skriv när beslutet anmäldes, eller kryssa för att det har protokollförts för sig. Det är det protokollets anslag "
    "som tiden för överklagande räknas från."
)
REPORTED_BY_BOARD: Final = N_("Styrelsen har själv beslutat, så beslutet anmäls inte. Lämna det tomt.")
REPORTED_AND_APART: Final = N_("Antingen har beslutet anmälts eller protokollförts för sig. Ta bort det ena.")
AFTER_TODAY: Final = N_("%(day)s har inte varit än. Skriv in dagen när det har skett.")


class AnnouncementRefused(Refusal):
    """These cannot be the days. The sentence and the field are those of the first objection."""


@dataclass(frozen=True, slots=True)
class Announcement:
    """What became of it: reported, or minuted by itself (KL 6:40); and the day the justering was announced."""

    reported: date | None = None
    announced: date | None = None
    minuted_apart: bool = False


def require_announcement(said: Announcement, *, decider: Decider, decided: date, on: date) -> None:
    """Raises a Refusal where the days cannot be those of a decision taken on ``decided``. ``on`` is the present day."""
    delegated = decides_by_delegation(decider)
    if said.minuted_apart and not delegated:
        raise AnnouncementRefused(REPORTED_BY_BOARD, field="minuted_apart")
    if said.reported is not None:
        _require_report(said, said.reported, delegated, decided)
    if said.announced is not None:
        _require_announced(said, said.announced, delegated, decided)
    for field, day in (("reported", said.reported), ("announced", said.announced)):
        if day is not None and day > on:
            raise AnnouncementRefused(AFTER_TODAY, field=field, day=swedish_day(day))


def _require_report(said: Announcement, day: date, delegated: bool, decided: date) -> None:
    if not delegated:
        raise AnnouncementRefused(REPORTED_BY_BOARD, field="reported")
    if said.minuted_apart:
        raise AnnouncementRefused(REPORTED_AND_APART, field="reported")
    if day < decided:
        days = {"decided": swedish_day(decided), "day": swedish_day(day)}
        raise AnnouncementRefused(REPORTED_BEFORE_DECISION, field="reported", **days)


def _require_announced(said: Announcement, day: date, delegated: bool, decided: date) -> None:
    if day < decided:
        days = {"decided": swedish_day(decided), "day": swedish_day(day)}
        raise AnnouncementRefused(ANNOUNCED_BEFORE_DECISION, field="announced", **days)
    if delegated and not said.minuted_apart:
        if said.reported is None:
            raise AnnouncementRefused(ANNOUNCED_UNREPORTED, field="reported")
        if day < said.reported:
            days = {"reported": swedish_day(said.reported), "day": swedish_day(day)}
            raise AnnouncementRefused(ANNOUNCED_BEFORE_REPORT, field="announced", **days)
