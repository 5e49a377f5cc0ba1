"""Who sees a score, and when. The rule is one table; the sentence a person reads is made from the same table.

PRODUCT C6. A score is covered by its author's handing in when they had been asked of the application by then: what comes
later is judged, and handed in, anew.
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


def covers(handed_in_at: datetime | None, answered_at: datetime | None, *opened_at: datetime | None) -> bool:
    """Whether a handing in covers an application: the assessor had answered about jäv for it when they handed in.

    When it was sent does not say so: a second sending counts from when it is confirmed, a deputy is called in later.
    ``opened_at`` are the instants before which there was nothing to judge (masked, called in); None is no such instant.
    """
    if handed_in_at is None or answered_at is None:
        return False
    return all(one is None or one <= handed_in_at for one in (answered_at, *opened_at))


def change_needs_reason(*, handed_in: bool, last_minute: datetime | None, at: datetime) -> bool:
    """Whether a change is one of what others may have seen: its author has handed in, or the joint view is open.

    A score that was never set is no change: nobody has seen it, and it is kept without a reason.
    """
    passed = last_minute is not None and at >= last_minute
    return handed_in or (passed and Condition.LAST_MINUTE_PASSED in RULE[Viewer.JOINT])


_SEES: Final = {
    Viewer.AUTHOR: "Du ser det du sätter",
    Viewer.ASSESSOR: "En annan bedömare ser det",
    Viewer.JOINT: "Kansliet och den som beslutar ser det, i den gemensamma bilden,",
}
_WHEN: Final = {
    Condition.ALWAYS: "hela tiden",
    Condition.BOTH_HANDED_IN: "när både du och hen har lämnat in",
    Condition.ALL_HANDED_IN: "när alla har lämnat in",
    Condition.LAST_MINUTE_PASSED: "när sista minuten har gått",
}


def who_sees(last_minute_text: str = "") -> str:
    """The rule to an assessor, one sentence for each who sees. ``last_minute_text`` is the last minute in words, where one
    is set."""
    said = []
    for viewer, conditions in RULE.items():
        when = [_when(condition, last_minute_text) for condition in conditions if _applies(condition, last_minute_text)]
        said.append(f"{_SEES[viewer]} {', eller '.join(when)}.")
    return " ".join(said)


def when_open(last_minute_text: str = "") -> str:
    """When the office sees what the assessors say, as a sentence to those who decide of krav."""
    conditions = [one for one in RULE[Viewer.JOINT] if _applies(one, last_minute_text)]
    said = " eller ".join(_when(condition, last_minute_text) for condition in conditions)
    return f"Kansliet och den som beslutar ser vad bedömarna säger, i den gemensamma bilden, {said}."


def _applies(condition: Condition, last_minute_text: str) -> bool:
    return condition is not Condition.LAST_MINUTE_PASSED or bool(last_minute_text)


def _when(condition: Condition, last_minute_text: str) -> str:
    place = f", {last_minute_text}" if condition is Condition.LAST_MINUTE_PASSED else ""
    return _WHEN[condition] + place


def why_lines(*, names_hidden: bool, last_minute_text: str = "") -> tuple[str, str, str]:
    """Why it is done like this, in three lines: the same questions, whose names one sees, and what is sealed from one.

    The third is made from the rule.
    """
    conditions = [one for one in RULE[Viewer.ASSESSOR] if _applies(one, last_minute_text)]
    opened = " eller ".join(_when(condition, last_minute_text) for condition in conditions)
    names = (
        "Namnen är dolda tills ni har valt vilka som kallas till intervju, så att det är texten som läses."
        if names_hidden
        else "Du ser vem som skrev vad. Därför svarar du först på om du känner någon av dem."
    )
    return (
        "Du svarar på samma frågor om alla: annonsens krav och meriter, ett i taget, och inget annat.",
        names,
        f"Vad en annan bedömare sätter ser du {opened}. Innan dess påverkar ingen någon annan.",
    )
