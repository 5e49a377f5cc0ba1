"""Two windows that write to one application: what the other has saved since a page was opened, to be chosen between. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from portal.applications.questions import Reply

Texts = Mapping[str, str]
Replies = Mapping[UUID, Reply]


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What stands saved and is not what the page says. Empty where nothing collides."""

    texts: Texts = field(default_factory=dict)
    replies: Replies = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.texts or self.replies)


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


def marks_of(texts: Texts, replies: Replies) -> str:
    """One mark for each text and answer, by which it is known later whether it has been changed since."""
    said = {**texts, **{id.hex: reply.as_json() for id, reply in replies.items()}}
    return " ".join(f"{name}:{_mark(text)}" for name, text in said.items() if text)


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:12]


def meanwhile(
    saved_texts: Texts, saved_replies: Replies, texts: Texts, replies: Replies, *, seen: Seen, version: int
) -> Meanwhile:
    """What collides, of what a page says that was opened with ``seen``; ``version`` is the one that is saved now.

    What was empty collides with nothing, for writing there loses nothing; nor does what only this page has changed.
    """
    if seen.version is None or seen.version == version:
        return NOTHING
    said = {id: saved_replies.get(id, Reply()) for id in replies}
    return Meanwhile(
        {
            name: saved
            for name, text in texts.items()
            if (saved := saved_texts.get(name, "")) and saved != text and seen.marks.get(name) != _mark(saved)
        },
        {
            id: saved
            for id, saved in said.items()
            if saved and saved != replies[id] and seen.marks.get(id.hex) != _mark(saved.as_json())
        },
    )
