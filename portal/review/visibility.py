"""Who sees a score, and when. The rule is one table; the sentence a person reads is made from the same table.

PRODUCT C6. A score is covered by its author's handing in when the application had arrived by then: what comes later is
judged, and handed in, anew.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Viewer(StrEnum):
    """As whom one looks at a score."""

    AUTHOR = "author"
    ASSESSOR = "assessor"  # another assessor of the same panel
    JOINT = "joint"  # the office, every export and the joint view


class Condition(StrEnum):
    """What must have happened; any one of a viewer's conditions is enough."""

    ALWAYS = "always"
    BOTH_HANDED_IN = "both_handed_in"
    ALL_HANDED_IN = "all_handed_in"
    LAST_MINUTE_PASSED = "last_minute_passed"


RULE: Final[Mapping[Viewer, tuple[Condition, ...]]] = {
    Viewer.AUTHOR: (Condition.ALWAYS,),
    Viewer.ASSESSOR: (Condition.BOTH_HANDED_IN,),
    Viewer.JOINT: (Condition.ALL_HANDED_IN, Condition.LAST_MINUTE_PASSED),
}


@dataclass(frozen=True, slots=True)
class Moment:
    """How things stand for one application at one instant.

    ``handed_in`` has, for each assessor who judges the application, whether their handing in covers it.
    """

    author_in: bool
    viewer_in: bool
    handed_in: Collection[bool]
    last_minute: datetime | None
    at: datetime


_HOLDS: Final[Mapping[Condition, Callable[[Moment], bool]]] = {
    Condition.ALWAYS: lambda moment: True,
    Condition.BOTH_HANDED_IN: lambda moment: moment.author_in and moment.viewer_in,
    Condition.ALL_HANDED_IN: lambda moment: bool(moment.handed_in) and all(moment.handed_in),
    Condition.LAST_MINUTE_PASSED: lambda moment: moment.last_minute is not None and moment.at >= moment.last_minute,
}


def may_see_score(viewer: Viewer, moment: Moment) -> bool:
    """Whether a score is open to this viewer at this moment."""
    return any(_HOLDS[condition](moment) for condition in RULE[viewer])


def covers(handed_in_at: datetime | None, arrived_at: datetime | None) -> bool:
    """Whether a handing in covers an application: it had arrived when the assessor handed in."""
    return handed_in_at is not None and (arrived_at is None or arrived_at <= handed_in_at)


_WHO: Final = {
    Viewer.AUTHOR: "du själv",
    Viewer.ASSESSOR: "en annan bedömare",
    Viewer.JOINT: "kansliet och den gemensamma bilden",
}
_WHEN: Final = {
    Condition.ALWAYS: "hela tiden",
    Condition.BOTH_HANDED_IN: "när både du och hen har lämnat in",
    Condition.ALL_HANDED_IN: "när alla har lämnat in",
    Condition.LAST_MINUTE_PASSED: "när sista minuten har gått",
}


def who_sees(last_minute_text: str = "") -> str:
    """The rule as a sentence to an assessor. ``last_minute_text`` is the last minute in words, where one is set."""
    parts = []
    for viewer, conditions in RULE.items():
        said = [_when(condition, last_minute_text) for condition in conditions if _applies(condition, last_minute_text)]
        parts.append(f"{_WHO[viewer]} {' eller '.join(said)}")
    return f"Det du sätter ser {', '.join(parts[:-1])}, och {parts[-1]}."


def _applies(condition: Condition, last_minute_text: str) -> bool:
    return condition is not Condition.LAST_MINUTE_PASSED or bool(last_minute_text)


def _when(condition: Condition, last_minute_text: str) -> str:
    place = f", {last_minute_text}" if condition is Condition.LAST_MINUTE_PASSED else ""
    return _WHEN[condition] + place
