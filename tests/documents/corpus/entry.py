"""One file of the corpus: what it is called, its bytes, and the verdicts that would be honest about it."""

from collections.abc import Callable
from dataclasses import dataclass

from portal.documents.reading import Verdict


@dataclass(frozen=True, slots=True)
class Entry:
    """A file and what the door must say of it.

    `of` is its class (SECURITY 3.4 and 5). `words` must be found in the text where the file is taken in.
    More than one verdict stands where the answer honestly depends on how much time a busy machine gave it.
    """

    title: str
    of: str
    make: Callable[[], bytes]
    verdicts: frozenset[Verdict]
    name: str = "cv.pdf"
    words: str = ""


Made = Callable[[], bytes] | bytes


def files_of(of: str, name: str = "cv.pdf") -> Callable[..., Entry]:
    """A maker of entries of one class."""

    def entry(title: str, made: Made, *verdicts: Verdict, words: str = "", called: str = name) -> Entry:
        make = made if callable(made) else lambda: made
        return Entry(title, of, make, frozenset(verdicts), called, words)

    return entry
