"""Who sees a score or a note, and when. The rule is one table; the sentence a person reads is made from the same table.

PRODUCT C6. Scores and notes have a switch each (HotCRP 312): whether assessors see each other's when both have handed in,
or not before all have. A score is covered by its author's handing in when they had been asked of the application by then:
what comes later is judged, and handed in, anew.
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


class Part(StrEnum):
    """What an assessor has said of a candidate: scores and order, or in words beside them."""

    SCORES = "scores"
    NOTES = "notes"


class Condition(StrEnum):
    """What must have happened; any one of a viewer's conditions is enough."""

    ALWAYS = "always"
    BOTH_HANDED_IN = "both_handed_in"
    ALL_HANDED_IN = "all_handed_in"
    LAST_MINUTE_PASSED = "last_minute_passed"
    BOTH_AND_LAST_MINUTE = "both_and_last_minute"
    IN_AND_DECIDING = "in_and_deciding"


RULE: Final[Mapping[Viewer, tuple[Condition, ...]]] = {
    Viewer.AUTHOR: (Condition.ALWAYS,),
    Viewer.ASSESSOR: (Condition.BOTH_HANDED_IN,),
    Viewer.JOINT: (Condition.ALL_HANDED_IN, Condition.LAST_MINUTE_PASSED),
}
CARDS: Final[Mapping[Viewer, tuple[Condition, ...]]] = {
    **RULE,
    Viewer.JOINT: (Condition.ALL_HANDED_IN, Condition.IN_AND_DECIDING),  # an interview has no last minute of its own
}
WAITING: Final = (Condition.ALL_HANDED_IN, Condition.BOTH_AND_LAST_MINUTE)  # an assessor's, of what waits for all


@dataclass(frozen=True, slots=True)
class Sharing:
    """The two switches of a recruitment. A note tells the score it stands beside, so it is never seen before that."""

    scores_wait_for_all: bool = False
    notes_wait_for_all: bool = True

    def conditions(self, viewer: Viewer, part: Part) -> tuple[Condition, ...]:
        """What must have happened before a viewer sees this part; any one is enough."""
        waits = self.scores_wait_for_all or (part is Part.NOTES and self.notes_wait_for_all)
        return WAITING if waits and viewer is Viewer.ASSESSOR else RULE[viewer]

    @property
    def parts_differ(self) -> bool:
        """Whether an assessor sees another's notes by another rule than the scores."""
        return self.conditions(Viewer.ASSESSOR, Part.SCORES) != self.conditions(Viewer.ASSESSOR, Part.NOTES)


USUAL: Final = Sharing()
TOGETHER: Final = Sharing(scores_wait_for_all=False, notes_wait_for_all=False)


@dataclass(frozen=True, slots=True)
class Moment:
    """How things stand for one application at one instant.

    ``handed_in`` has, for each assessor who judges the application, whether their handing in covers it. ``deciding`` is
    whether the recruitment has come to be decided, or is over.
    """

    author_in: bool
    viewer_in: bool
    handed_in: Collection[bool]
    last_minute: datetime | None
    at: datetime
    deciding: bool = False


_HOLDS: Final[Mapping[Condition, Callable[[Moment], bool]]] = {
    Condition.ALWAYS: lambda moment: True,
    Condition.BOTH_HANDED_IN: lambda moment: moment.author_in and moment.viewer_in,
    Condition.ALL_HANDED_IN: lambda moment: bool(moment.handed_in) and all(moment.handed_in),
    Condition.LAST_MINUTE_PASSED: lambda moment: moment.last_minute is not None and moment.at >= moment.last_minute,
    Condition.BOTH_AND_LAST_MINUTE: lambda moment: (
        _HOLDS[Condition.BOTH_HANDED_IN](moment) and _HOLDS[Condition.LAST_MINUTE_PASSED](moment)
    ),
    Condition.IN_AND_DECIDING: lambda moment: moment.author_in and moment.deciding,
}


def may_see(viewer: Viewer, moment: Moment, part: Part = Part.SCORES, sharing: Sharing = USUAL) -> bool:
    """Whether a score, or the note beside it, is open to this viewer at this moment."""
    return any(_HOLDS[condition](moment) for condition in sharing.conditions(viewer, part))


def may_see_card(viewer: Viewer, moment: Moment) -> bool:
    """Whether an interview card is open to this viewer at this moment."""
    return any(_HOLDS[condition](moment) for condition in CARDS[viewer])


def covers(handed_in_at: datetime | None, answered_at: datetime | None, *opened_at: datetime | None) -> bool:
    """Whether a handing in covers an application: the assessor had answered about jäv for it when they handed in.

    When it was sent does not say so: a second sending counts from when it is confirmed, a deputy is called in later.
    ``opened_at`` are the instants before which there was nothing to judge (masked, called in); None is no such instant.
    """
    if handed_in_at is None or answered_at is None or answered_at > handed_in_at:
        return False
    return not [one for one in opened_at if one is not None and one > handed_in_at]


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
_APART: Final = {
    Part.SCORES: "En annan bedömare ser dina poäng och din ordning",
    Part.NOTES: "Dina anteckningar ser hen",
}
_EXAMPLE: Final = {Part.SCORES: "poäng och ordning", Part.NOTES: "anteckningar"}
_WHEN: Final = {
    Condition.ALWAYS: "hela tiden",
    Condition.BOTH_HANDED_IN: "när både {both} har lämnat in",
    Condition.ALL_HANDED_IN: "när alla har lämnat in",
    Condition.LAST_MINUTE_PASSED: "när sista minuten har gått{last_minute}",
    Condition.BOTH_AND_LAST_MINUTE: "när sista minuten har gått{last_minute} och både {both} har lämnat in",
}
_WHEN_OF_CARDS: Final = {
    **_WHEN,
    Condition.ALL_HANDED_IN: "när alla som är med vid intervjun har lämnat in",
    Condition.IN_AND_DECIDING: "när rekryteringen har nått fasen Beslut eller är avslutad och kortet är inlämnat",
}
_SEES_CARDS: Final = {**_SEES, Viewer.JOINT: "Kansliet och den som beslutar ser det"}
_OF_LAST_MINUTE: Final = (Condition.LAST_MINUTE_PASSED, Condition.BOTH_AND_LAST_MINUTE)


def who_sees(last_minute_text: str = "", sharing: Sharing = USUAL) -> str:
    """The rule to an assessor, one sentence for each who sees. ``last_minute_text`` is the last minute in words, where one
    is set."""
    said = []
    for viewer in RULE:
        if viewer is Viewer.ASSESSOR and sharing.parts_differ:
            said += [f"{words} {_when(sharing, viewer, part, last_minute_text)}." for part, words in _APART.items()]
        else:
            said.append(f"{_SEES[viewer]} {_when(sharing, viewer, Part.SCORES, last_minute_text)}.")
    return " ".join(said)


def who_sees_cards() -> str:
    """The same of an interview card, to whoever keeps one."""
    return " ".join(f"{words} {_when_of_cards(viewer)}." for viewer, words in _SEES_CARDS.items())


def when_cards_open() -> str:
    """When a card that is sealed from its reader opens, to an assessor as to the office."""
    assessor = _when_of_cards(Viewer.ASSESSOR, "den som har skrivit det och hen själv")
    return f"En annan bedömare ser ett kort {assessor}. {_SEES_CARDS[Viewer.JOINT]} {_when_of_cards(Viewer.JOINT)}."


def _when_of_cards(viewer: Viewer, both: str = "du och hen") -> str:
    return ", eller ".join(_WHEN_OF_CARDS[one].format(both=both) for one in CARDS[viewer])


def others_seen(last_minute_text: str = "", sharing: Sharing = USUAL) -> str:
    """When an assessor sees what another has set, as a sentence to whoever has handed in; and the notes, where they open
    later."""
    scores, notes = (_when(sharing, Viewer.ASSESSOR, part, last_minute_text) for part in (Part.SCORES, Part.NOTES))
    said = f"Du ser vad en annan bedömare har satt {scores}."
    return f"{said} Anteckningarna ser du {notes}." if sharing.parts_differ else said


def note_seen(last_minute_text: str = "", sharing: Sharing = USUAL) -> str:
    """When others read a note, as a sentence to its author."""
    when = _when(sharing, Viewer.ASSESSOR, Part.NOTES, last_minute_text, dated=False)
    return f"En annan bedömare ser den {when}, också på mötet."


def when_open(last_minute_text: str = "") -> str:
    """When the office sees what the assessors say, as a sentence to those who decide of krav."""
    when = _when(USUAL, Viewer.JOINT, Part.SCORES, last_minute_text, between=" eller ")
    return f"Kansliet och den som beslutar ser vad bedömarna säger, i den gemensamma bilden, {when}."


def example(part: Part, sharing: Sharing, *, author: str, viewer: str, last_minute_text: str = "") -> str:
    """What a choice comes to, told of two of the panel by name."""
    whose = author if author.endswith(("s", "x", "z")) else f"{author}s"
    when = _when(sharing, Viewer.ASSESSOR, part, last_minute_text, both=f"{author} och {viewer}")
    return f"{viewer} ser {whose} {_EXAMPLE[part]} {when}."


def _when(
    sharing: Sharing, viewer: Viewer, part: Part, last_minute_text: str, *, between: str = ", eller ",
    both: str = "du och hen", dated: bool = True,
) -> str:  # fmt: skip
    conditions = [one for one in sharing.conditions(viewer, part) if last_minute_text or one not in _OF_LAST_MINUTE]
    place = f", {last_minute_text}," if last_minute_text and dated else ""
    said = [_WHEN[one].format(both=both, last_minute=place) for one in conditions]
    return between.join(said).removesuffix(",")


def why_lines(*, names_hidden: bool, last_minute_text: str = "", sharing: Sharing = USUAL) -> tuple[str, str, str]:
    """Why it is done like this, in three lines: the same questions, whose names one sees, and what is sealed from one.

    The third is made from the rule; its page says the last minute above them.
    """
    opened, noted = (
        _when(sharing, Viewer.ASSESSOR, part, last_minute_text, dated=False) for part in (Part.SCORES, Part.NOTES)
    )
    notes = f" Anteckningarna ser du {noted}." if sharing.parts_differ else ""
    names = (
        "Namnen är dolda tills ni har valt vilka som kallas till intervju, så att det är texten som läses."
        if names_hidden
        else "Du ser vem som skrev vad. Därför svarar du först på om du känner någon av dem."
    )
    return (
        "Du svarar på samma frågor om alla: annonsens krav och meriter, ett i taget, och inget annat.",
        names,
        f"Vad en annan bedömare sätter ser du {opened}.{notes} Innan dess påverkar ingen någon annan.",
    )
