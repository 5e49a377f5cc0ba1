"""Where sealed documents lie: a Protocol, and the local folder. Names are random and tell nothing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


class BlobGone(Exception):
    """There is no blob of that name."""


class StoreUnreachable(OSError):
    """The store does not answer, or takes nothing in: full, away, or not ours to write in. Says nothing of one blob."""


class BlobStore(Protocol):
    """Puts, gets, deletes and lists sealed bytes. `put` returns only when the bytes are safe.

    What a `put` that was cut short left behind is listed too, under a name of its own, and can be deleted by it.
    `get` raises `BlobGone`; each raises `StoreUnreachable`.
    """

    def put(self, name: str, sealed: bytes) -> None: ...

    def get(self, name: str) -> bytes: ...

    def delete(self, name: str) -> None: ...

    def names(self) -> Iterator[tuple[str, datetime]]: ...


class LocalStore:
    """One folder, two letters a sub-folder. Temp file, fsync, rename, fsync of the folder: all of a blob or nothing.

    The folder is made once, on opening: one that has gone since, with its disk perhaps, is not made anew in its place.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with suppress(OSError):  # the first use tells
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, name: str, sealed: bytes) -> None:
        path = self._path(name)
        part = path.with_suffix(".part")
        with _reaching_the_disk():
            if not path.parent.is_dir():
                path.parent.mkdir(mode=0o700, exist_ok=True)
                sync_folder(self.folder)
            try:
                with part.open("wb") as file:
                    file.write(sealed)
                    file.flush()
                    os.fsync(file.fileno())
                part.replace(path)
            except OSError:
                with suppress(OSError):  # the first fault is the one to tell of
                    part.unlink(missing_ok=True)
                raise
            sync_folder(path.parent)

    def get(self, name: str) -> bytes:
        path = self._path(name)
        with _reaching_the_disk():
            try:
                return path.read_bytes()
            except FileNotFoundError as gone:
                self._require_folder()
                raise BlobGone(name) from gone

    def delete(self, name: str) -> None:
        path = self._path(name)
        with _reaching_the_disk():
            self._require_folder()
            path.unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, datetime]]:
        with _reaching_the_disk():
            self._require_folder()
            for path in self.folder.glob("??/*"):
                with suppress(FileNotFoundError):  # renamed or deleted since it was listed
                    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                    yield path.name.removesuffix(".sealed"), written

    def _require_folder(self) -> None:
        """A missing blob is one thing, a missing store another."""
        os.scandir(self.folder).close()

    def _path(self, name: str) -> Path:
        if not name.removesuffix(".part").isalnum():
            raise ValueError("a blob's name is letters and digits")
        return self.folder / name[:2] / (name if name.endswith(".part") else f"{name}.sealed")


@contextmanager
def _reaching_the_disk() -> Iterator[None]:
    try:
        yield
    except OSError as fault:
        raise StoreUnreachable(fault.errno, os.strerror(fault.errno or 0)) from fault


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe: after a rename, the file is found under its new name whatever happens."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
