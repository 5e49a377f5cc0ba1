"""What `portal profiles` prints: plain values, each with its source and paragraph, or "unknown" with what is unclear."""

from collections.abc import Mapping
from typing import Any, Final, TypedDict

from portal.profiles.keys import KEYS
from portal.profiles.profile import Answer, Profile, Sourced, Step, Unknown
from portal.profiles.shelf import profiles, require_profile

UNKNOWN: Final = "unknown"


class AnswerReport(TypedDict):
    """One key. ``source`` and ``paragraph`` are null where ``value`` is "unknown", ``unclear`` null where it is not."""

    value: Any
    source: str | None
    paragraph: str | None
    unclear: str | None


class ProfileReport(TypedDict):
    """One authority. ``alternatives`` have the employers that a party chooses between, and are empty elsewhere."""

    name: str
    key: str
    also_called: list[str]
    kind: str
    version: int
    valid_from: str
    print: str
    note: str
    sourced: int
    unknown: int
    rules: dict[str, AnswerReport]
    alternatives: dict[str, dict[str, AnswerReport]]
    to_fill: dict[str, list[str]]


def profiles_report() -> list[ProfileReport]:
    """Every authority that rules are written for, in order of name. Raises `BadProfile`."""
    return [_as_report(one) for one in profiles()]


def profile_report(name: str) -> ProfileReport:
    """One of them, by name. Raises `NoSuchProfile` or `BadProfile`."""
    return _as_report(require_profile(name))


def _as_report(one: Profile) -> ProfileReport:
    sourced, unknown = one.counted()
    return {
        "name": one.name,
        "key": one.key,
        "also_called": list(one.also_called),
        "kind": one.kind,
        "version": one.version,
        "valid_from": one.valid_from.isoformat(),
        "print": one.print,
        "note": one.note,
        "sourced": sourced,
        "unknown": unknown,
        "rules": _answers(one.rules),
        "alternatives": {employer: _answers(said) for employer, said in one.alternatives.items()},
        "to_fill": {employer: [key.name for key in one.needed(employer)] for employer in one.employers},
    }


def _answers(said: Mapping[str, Answer]) -> dict[str, AnswerReport]:
    return {name: _answer(said[name]) for name in KEYS if name in said}


def _answer(answer: Answer) -> AnswerReport:
    if isinstance(answer, Unknown):
        return {"value": UNKNOWN, "source": None, "paragraph": None, "unclear": answer.unclear}
    return {"value": _plain(answer), "source": answer.source, "paragraph": answer.paragraph, "unclear": None}


def _plain(answer: Sourced) -> Any:
    value = answer.value
    if isinstance(value, tuple):
        return [_step(one) if isinstance(one, Step) else one for one in value]
    return value


def _step(one: Step) -> dict[str, Any]:
    said = {"who": one.who, "what": one.what}
    return said if one.days is None else {**said, "days": one.days}
