"""Two windows that write to one application: what the other has saved since a page was opened, to be chosen between. PURE."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from portal.applications.questions import Reply


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """What stands saved and is not what the page says. Empty where nothing collides."""

    texts: Mapping[str, str] = field(default_factory=dict)
    replies: Mapping[UUID, Reply] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.texts or self.replies)


NOTHING = Meanwhile()


def meanwhile(
    saved_texts: Mapping[str, str],
    saved_replies: Mapping[UUID, Reply],
    texts: Mapping[str, str],
    replies: Mapping[UUID, Reply],
    *,
    seen: int | None,
    version: int,
) -> Meanwhile:
    """``seen`` is the version that the page was opened with, ``version`` the one that is saved now.

    What was empty collides with nothing: writing there loses nothing. A page that tells no version is from before pages
    did, and is taken as it comes.
    """
    if seen is None or seen == version:
        return NOTHING
    said = {id: saved_replies.get(id, Reply()) for id in replies}
    return Meanwhile(
        {name: saved for name, text in texts.items() if (saved := saved_texts.get(name, "")) and saved != text},
        {id: saved for id, saved in said.items() if saved and saved != replies[id]},
    )
