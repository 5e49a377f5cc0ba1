"""What a page was opened with, as it says so itself when it is sent: by that it is known what others have changed since.

PURE.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

Texts = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page was opened with: the version of the whole, and a mark of each text, as the page carries them.

    ``version`` is None for a page that tells none: it is from before pages did, and is taken as it comes.
    """

    version: int | None = None
    marks: Texts = field(default_factory=dict)
    touched: frozenset[str] = frozenset()  # what a button of its own has set, whatever it is

    @classmethod
    def of(cls, version: int | None, marks: str) -> "Seen":
        """As a page said it: see `page_marks`."""
        pairs = (pair.partition(":") for pair in marks.split())
        return cls(version, {name: mark for name, _, mark in pairs})

    @classmethod
    def told(cls, marks: str | None) -> "Seen":
        """As a page said it of what has no version; None for a page that says nothing."""
        return NOT_TOLD if marks is None else cls.of(0, marks)

    def but_for(self, marks: str, places: Iterable[str | UUID]) -> str:
        """These marks, but for some places those of this page."""
        old = {place if isinstance(place, str) else place.hex for place in places}
        kept = {name: mark for name, mark in Seen.of(None, marks).marks.items() if name not in old}
        kept |= {name: mark for name, mark in self.marks.items() if name in old}
        return " ".join(f"{name}:{mark}" for name, mark in kept.items())

    def shown(self, place: str | UUID, text: str) -> bool:
        """Whether the page was opened with this very text there; an empty one has no mark."""
        return self.marks.get(place if isinstance(place, str) else place.hex, "") == (_mark(text) if text else "")

    def untouched(self, name: str, text: str) -> bool:
        """Whether the page says there what it says where nobody has typed."""
        if name in self.touched:
            return False
        suggested = self.marks.get(f"{name}?")
        return self.shown(name, text) if suggested is None else suggested == _mark(text)


NOT_TOLD = Seen()


def page_marks(texts: Texts, suggested: Texts | None = None) -> str:
    """One mark for each text that is saved, by which it is known later whether it has been changed since. ``suggested`` is
    what the page says where nobody has typed: another mark for each that is not what is saved."""
    said = [(name, text) for name, text in texts.items() if text]
    said += [(f"{name}?", text) for name, text in (suggested or {}).items() if text != texts[name]]
    return " ".join(f"{name}:{_mark(text)}" for name, text in said)


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Between:
    """The fields that a page alone has changed since it was opened, that another alone has, and that both have and not to
    the same."""

    mine: frozenset[str] = frozenset()
    theirs: frozenset[str] = frozenset()
    both: frozenset[str] = frozenset()

    def together(self, *heads: str, among: frozenset[str] | None = None) -> "Between":
        """The same, where all (or those ``among``) hangs on these fields: where the page has changed one of them, what
        another has changed is told beside it, and not taken in under one's own."""
        if not (self.mine | self.both).intersection(heads):
            return self
        told = self.theirs if among is None else self.theirs & among
        return Between(self.mine, self.theirs - told, self.both | told)

    @property
    def moved(self) -> bool:
        """Whether what is saved must not be written over unseen."""
        return bool(self.theirs or self.both)

    @property
    def asks(self) -> bool:
        """Whether the page has anything of its own to save beside it; else what is saved stands and nothing is lost."""
        return bool(self.both or (self.theirs and self.mine))


def texts_of(values: Mapping[str, Any]) -> dict[str, str]:
    """Values of fields, each as the one text that it is compared by; nothing filled in is empty."""
    return {name: text_of(value) for name, value in values.items()}


def text_of(value: object) -> str:
    """One value as such a text."""
    if value in (None, "", []):
        return ""
    return json.dumps(value, default=str, ensure_ascii=False, sort_keys=True)


def between(seen: Seen, saved: Texts, written: Texts) -> Between:
    """What has come between: ``saved`` is what stands, ``written`` what the page that was opened with ``seen`` would make of
    it. A page that does not tell what it was opened with is taken as it comes."""
    if seen.version is None:
        return Between()
    differ = {name for name, text in written.items() if text != saved[name]}
    stands = {name for name in differ if seen.shown(name, saved[name])}
    untouched = {name for name in differ if seen.untouched(name, written[name])}
    theirs = untouched - stands
    return Between(frozenset(stands - untouched), frozenset(theirs), frozenset(differ - stands - theirs))
