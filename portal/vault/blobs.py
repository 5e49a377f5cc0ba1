"""Where sealed documents lie: a Protocol, and the local folder. Names are random and tell nothing."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol


class BlobGone(Exception):
    """There is no blob of that name."""


class BlobStore(Protocol):
    """Puts, gets, deletes and lists sealed bytes. `put` returns only when the bytes are safe.

    What a `put` that was cut short left behind is listed too, under a name of its own, and can be deleted by it.
    """

    def put(self, name: str, sealed: bytes) -> None: ...

    def get(self, name: str) -> bytes: ...

    def delete(self, name: str) -> None: ...

    def names(self) -> Iterator[tuple[str, datetime]]: ...


class LocalStore:
    """One folder, two letters a sub-folder. Temp file, fsync, rename, fsync of the folder: all of a blob or nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, sealed: bytes) -> None:
        path = self._path(name)
        if not path.parent.is_dir():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            sync_folder(path.parent.parent)
        part = path.with_suffix(".part")
        try:
            with part.open("wb") as file:
                file.write(sealed)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)

    def get(self, name: str) -> bytes:
        try:
            return self._path(name).read_bytes()
        except FileNotFoundError as gone:
            raise BlobGone(name) from gone

    def delete(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, datetime]]:
        for path in self.folder.glob("??/*"):
            try:
                written = path.stat().st_mtime
            except FileNotFoundError:
                continue  # renamed or deleted since the folder was read
            yield path.name.removesuffix(".sealed"), datetime.fromtimestamp(written, UTC)

    def _path(self, name: str) -> Path:
        if not name.removesuffix(".part").isalnum():
            raise ValueError("a blob's name is letters and digits")
        return self.folder / name[:2] / (name if name.endswith(".part") else f"{name}.sealed")


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe: after a rename, the file is found under its new name whatever happens."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
