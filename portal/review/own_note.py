"""An assessor's own note, saved from two windows of theirs: neither writes over the other unseen. PURE."""

from portal.refusal import Moved
from portal.seen import Seen, between, page_marks

ELSEWHERE = "dig i ett annat fönster"


class NoteMoved(Moved):
    """Another window has saved another note since this one was opened, and both have written."""

    text = (
        "Anteckningen är ändrad i ett annat fönster sedan du öppnade sidan. Läs den som är sparad, och spara din igen."
    )

    def __init__(self, *, present: str) -> None:
        super().__init__()
        self.present, self.version = present, version_of(present)

    @property
    def beside(self) -> dict[str, str]:
        """What a page shows beside what was typed."""
        return {"text": self.present or "Borttagen", "version": self.version, "by": ELSEWHERE}


def version_of(note: str) -> str:
    """By what a page says which note it was opened with."""
    return page_marks({"note": note}) or "-"


def note_to_keep(saved: str, typed: str, version: str | None) -> str:
    """``typed``, or what is ``saved`` where the page has written nothing of its own. A page that tells no ``version`` is
    taken as it comes. Raises `NoteMoved`."""
    found = between(Seen.told(version), {"note": saved}, {"note": typed})
    if found.both:
        raise NoteMoved(present=saved)
    return saved if found.theirs else typed


def said_of(kept: str, typed: str, saved: str) -> str:
    """What a page that saved by itself is told: ``saved``, and whether it shows another note than the one that stands."""
    return saved if kept == typed else f"{saved}. Anteckningen är ändrad i ett annat fönster: ladda om för att se den"


def version_after(kept: str, typed: str, version: str | None) -> str:
    """What the page goes on from: still from before, while it shows another note than the one that is saved."""
    return version_of(kept) if kept == typed or version is None else version
