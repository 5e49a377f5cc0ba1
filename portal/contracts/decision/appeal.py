"""How long an authority's decision can be appealed: kommunallagen 13:5, counted as lag (1930:173) says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

THREE_WEEKS: Final = timedelta(weeks=3)  # KL 13:5; ends on the weekday it began on, lag (1930:173) 1 §
FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


@dataclass(frozen=True, slots=True)
class AppealTime:
    """The last day of appeal and how it was reached. ``moved_by`` says what kept the third week's last day from being
    it (a holiday's name, an eve, a weekday); empty where nothing did."""

    announced: date
    three_weeks: date
    last_day: date
    moved_by: str

    @property
    def final_on(self) -> date:
        """The first day on which the decision stands (laga kraft), if nobody has appealed."""
        return final_after(self.last_day)


def appeal_time(announced: date, holidays: Mapping[date, str]) -> AppealTime:
    """The time that runs from the day on which the minutes' justering was announced on the board (anslagstavlan).

    ``holidays`` are the names, by day, of all allmänna helgdagar of that year and the next; Sundays need not be there.
    """
    three_weeks = announced + THREE_WEEKS
    return AppealTime(announced, three_weeks, weekday_from(three_weeks, holidays), free_day(three_weeks, holidays))


def weekday_from(day: date, holidays: Mapping[date, str]) -> date:
    """The day itself, or the next "vardag" where nothing is due on it: lag (1930:173) 2 §."""
    while free_day(day, holidays):
        day += timedelta(days=1)
    return day


def final_after(last_day: date) -> date:
    """The day after the last day of appeal."""
    return last_day + timedelta(days=1)


def free_day(day: date, holidays: Mapping[date, str]) -> str:
    """What makes nothing due on this day, as lag (1930:173) 2 § lists them; empty for any other day."""
    return holidays.get(day, "") or _eve(day) or {SATURDAY: "lördag", SUNDAY: "söndag"}.get(day.weekday(), "")


def _eve(day: date) -> str:
    """The three eves of the law. Påskafton, always a Saturday, and trettondagsafton are none of them."""
    if day.month == 6 and 19 <= day.day <= 25 and day.weekday() == FRIDAY:
        return "midsommarafton"
    return {(12, 24): "julafton", (12, 31): "nyårsafton"}.get((day.month, day.day), "")
