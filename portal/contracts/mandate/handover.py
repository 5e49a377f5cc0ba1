"""What ends with an employment and is handed over: as far as the authority's own rules say, and what the employment's own
first days say was handed out. Nothing is added to either.

PURE.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from portal.contracts.written.rules import Rules
from portal.profiles.profile import Sourced, Step

LONG: Final = 5  # letters; shorter ones end other words: "bil" in "stabil"
_ENDING: Final = re.compile("(en|et|n|t|er|erna|ar|arna|na)$")
NOT_AMONG_THE_STEPS: Final = "Stegen för de första dagarna i reglerna nämner det inte."

# A thing that ends: its words on the page, and either a key of its own or the words that the steps of the first days use.
_BY_STEP: Final = (
    ("Passerkort och nycklar", ("passerkort", "nyckel", "nycklar")),
    ("Konton och behörigheter", ("användar-id", "konto", "behörighet", "inloggning")),
)
_BY_KEY: Final = (
    ("Arbetsmiljöuppgifter", "work_environment_tasks"),
    ("Arbetsplats och utrustning", "workplace"),
)

# What somebody is given in their first days and has to give back, as the steps of those days call it.
_GIVEN: Final = (
    "passerkort", "nyckelkort", "id-kort", "betalkort", "nyckel", "nycklar", "bricka", "dator", "telefon", "mobil",
    "surfplatta", "läsplatta", "användar-id", "konto", "behörighet", "behörigheter", "inloggning", "bil",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that ends. Without ``words`` the rules do not say, and ``unclear`` has their sentence about it."""

    label: str
    words: tuple[str, ...] = ()
    source: str = ""
    unclear: str = ""


def handover(rules: Rules) -> tuple[Thing, ...]:
    """The things, in the order of the page."""
    steps = tuple(_by_step(rules, label, words) for label, words in _BY_STEP)
    return (*steps, *(Thing(label, rules.words(key), rules.source(key), rules.unclear(key)) for label, key in _BY_KEY))


def given_back(steps: Iterable[str]) -> tuple[str, ...]:
    """Those of the steps done that speak of something to give back or to shut, in their order."""
    return tuple(step for step in steps if any(map(_is_given, re.findall(r"[\w-]+", step.casefold()))))


def _is_given(word: str) -> bool:
    """Whether it is one of the words, with its ending ("datorn") or as the last part of one ("tjänstetelefon")."""
    forms = (word, _ENDING.sub("", word))
    return any(form == given or (len(given) >= LONG and form.endswith(given)) for form in forms for given in _GIVEN)


def _by_step(rules: Rules, label: str, words: tuple[str, ...]) -> Thing:
    answer = rules.said["first_steps"]
    if not isinstance(answer, Sourced):
        return Thing(label, unclear=rules.unclear("first_steps"))
    steps = answer.value if isinstance(answer.value, tuple) else ()
    found = tuple(
        f"Vid tillträdet: {one.what}"
        for one in steps
        if isinstance(one, Step) and any(word in one.what.casefold() for word in words)
    )
    if not found:
        return Thing(label, unclear=NOT_AMONG_THE_STEPS)
    return Thing(label, found, rules.source("first_steps"))
