"""The day on which candidates have been told that they will know, as the published ad has it. PURE."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any


def promised_day(content: Mapping[str, Any]) -> date | None:
    """The day a decision is expected; None where none is promised.

    The day after the last one to apply is what was assumed for want of another (`ads.term`): beside a timetable it promises
    nothing.
    """
    expected, deadline = content.get("expected_decision"), content.get("deadline")
    day = date.fromisoformat(expected) if expected else None
    if day is None or not deadline:
        return day
    assumed = day <= date.fromisoformat(deadline) + timedelta(days=1) and content.get("timetable")
    return None if assumed else day
