"""Two windows that write to one application: what the other has saved since a page was opened, to be chosen between. PURE."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from portal.applications.questions import Reply

Texts = Mapping[str, str]
Replies = Mapping[UUID, Reply]


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What stands saved and is not what the page says. False where nothing collides.

    ``untouched`` is where the page says what it was opened with, and another window has saved something else since: that
    stands, and nobody is asked.
    """

    texts: Texts = field(default_factory=dict)
    replies: Replies = field(default_factory=dict)
    untouched: frozenset[str | UUID] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.texts or self.replies)

    def stands(self, place: str | UUID) -> bool:
        """Whether what is saved of this text or answer is not written over."""
        return place in self.texts or place in self.replies or place in self.untouched


NOTHING = Meanwhile()


@dataclass(frozen=True, slots=True)
class Seen:
    """What a page was opened with: the version of the whole, and a mark of each text, as the page carries them.

    ``version`` is None for a page that tells none: it is from before pages did, and is taken as it comes.
    """

    version: int | None = None
    marks: Texts = field(default_factory=dict)

    @classmethod
    def of(cls, version: int | None, marks: str) -> "Seen":
        """As a page said it: see `marks_of`."""
        pairs = (pair.partition(":") for pair in marks.split())
        return cls(version, {name: mark for name, _, mark in pairs})

    def but_for(self, marks: str, places: Iterable[str | UUID]) -> str:
        """These marks, but for some places those of this page."""
        old = {place if isinstance(place, str) else place.hex for place in places}
        kept = {name: mark for name, mark in Seen.of(None, marks).marks.items() if name not in old}
        kept |= {name: mark for name, mark in self.marks.items() if name in old}
        return " ".join(f"{name}:{mark}" for name, mark in kept.items())

    def shown(self, place: str | UUID, text: str) -> bool:
        """Whether the page was opened with this very text there; an empty one has no mark."""
        return self.marks.get(place if isinstance(place, str) else place.hex, "") == (_mark(text) if text else "")


def marks_of(texts: Texts, replies: Replies) -> str:
    """One mark for each text and answer, by which it is known later whether it has been changed since."""
    said = {**texts, **{id.hex: reply.as_json() for id, reply in replies.items()}}
    return " ".join(f"{name}:{_mark(text)}" for name, text in said.items() if text)


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def meanwhile(
    saved_texts: Texts, saved_replies: Replies, texts: Texts, replies: Replies, *, seen: Seen, version: int | None
) -> Meanwhile:
    """What collides, of what a page says that was opened with ``seen``; ``version`` is the one that is saved now, None where
    the whole has none.

    What was empty collides with nothing, for writing there loses nothing; nor does what only one of the two has changed.
    """
    if seen.version is None or seen.version == version:
        return NOTHING
    saved = {name: saved_texts.get(name, "") for name in texts}
    answered = {id: saved_replies.get(id, Reply()) for id in replies}
    told = said(texts, replies)
    theirs = {place: text for place, text in said(saved, answered).items() if text != told[place]}
    untouched = frozenset(place for place in theirs if seen.shown(place, told[place]))
    collides = {place for place, text in theirs.items() if text and not seen.shown(place, text)} - untouched
    return Meanwhile(
        {name: text for name, text in saved.items() if name in collides},
        {id: reply for id, reply in answered.items() if id in collides},
        untouched,
    )


def said(texts: Texts, replies: Replies) -> dict[str | UUID, str]:
    """Texts and answers, each as the one text that it is compared by; an answer that says nothing is empty."""
    told: dict[str | UUID, str] = {}
    told.update(texts.items())
    return told | {id: reply.as_json() if reply else "" for id, reply in replies.items()}
