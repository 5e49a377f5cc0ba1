"""Two of an office who write the same part of an ad: what another has saved of it since a page was opened.

PURE.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.seen import Seen, Texts


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """The fields of a part that the page alone has changed since it was opened, that another alone has, and that both have
    and not to the same."""

    mine: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()

    @property
    def moved(self) -> bool:
        """Whether what is saved must not be written over unseen."""
        return bool(self.theirs or self.both)

    @property
    def asks(self) -> bool:
        """Whether the page has anything of its own to save beside it; else what is saved stands and nothing is lost."""
        return bool(self.both or (self.theirs and self.mine))


def texts_of(values: Mapping[str, Any]) -> dict[str, str]:
    """A part's values, each as the one text that it is compared by; nothing filled in is empty."""
    return {name: "" if value in (None, "", []) else _text(value) for name, value in values.items()}


def meanwhile(seen: Seen, saved: Texts, written: Texts) -> Meanwhile:
    """What has come between: ``saved`` is what stands, ``written`` what the page that was opened with ``seen`` would make of
    it. A page that does not tell what it was opened with is taken as it comes."""
    if seen.version is None:
        return Meanwhile()
    differ = {name for name, text in written.items() if text != saved[name]}
    mine = {name for name in differ if seen.shown(name, saved[name])}
    theirs = {name for name in differ - mine if seen.shown(name, written[name])}
    return Meanwhile(frozenset(mine), frozenset(theirs), frozenset(differ - mine - theirs))


def _text(value: object) -> str:
    return json.dumps(value, default=str, ensure_ascii=False, sort_keys=True)
