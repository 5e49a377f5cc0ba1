"""Two windows that write to one application: what the other has saved since a page was opened, to be chosen between. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from portal.applications.questions import Reply
from portal.seen import Seen, Texts, page_marks

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


def marks_of(texts: Texts, replies: Replies) -> str:
    """One mark for each text and answer: see `portal.seen`."""
    return page_marks({**texts, **{id.hex: reply.as_json() for id, reply in replies.items()}})


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
