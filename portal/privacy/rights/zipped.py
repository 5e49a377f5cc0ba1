"""A ZIP made piece by piece: one file's bytes at a time are held, and nothing is ever written to a disk. PURE."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

Part = tuple[str, Callable[[], bytes]]  # the name in the ZIP, and what gives its bytes


class _Pieces:
    """What `zipfile` writes to: it cannot go back, and what has been written is taken away at once."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        taken = b"".join(self._pieces)
        self._pieces.clear()
        return taken


def zipped(parts: Iterable[Part], *, at: datetime) -> Iterator[bytes]:
    """The ZIP's bytes in their order. Every file in it carries the time ``at``."""
    pieces = _Pieces()
    with zipfile.ZipFile(pieces, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name, at.timetuple()[:6]), content(), zipfile.ZIP_DEFLATED)
            yield pieces.taken()
    yield pieces.taken()
