"""Where sealed documents lie: a Protocol, and the local folder. Names are random and tell nothing."""

import os
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

OF_FOLDER = 2  # letters of a name that say in which sub-folder it lies


class BlobGone(Exception):
    """There is no blob of that name."""


class StoreUnreachable(OSError):
    """The store does not answer, or takes nothing in: full, away, or not ours to write in. Says nothing of one blob."""


class BlobStore(Protocol):
    """Puts, gets, deletes and lists sealed bytes. `put` and `put_all` return only when the bytes are safe; of what was to
    be put together, all gets in or nothing stays.

    What a `put` that was cut short left behind is listed too, under a name of its own, and can be deleted by it.
    `get` raises `BlobGone`; each raises `StoreUnreachable`.
    """

    def put(self, name: str, sealed: bytes) -> None: ...

    def put_all(self, blobs: Mapping[str, bytes]) -> None: ...

    def get(self, name: str) -> bytes: ...

    def delete(self, name: str) -> None: ...

    def names(self) -> Iterator[tuple[str, datetime]]: ...


_OF_A_BLOB = re.compile(r"[^\W_]+\.(sealed|part)")


class LocalStore:
    """One folder, two letters a sub-folder. Temp file, fsync, rename, fsync of the folder: all of a blob or nothing.

    The folder is made once, on opening: one that has gone since, with its disk perhaps, is not made anew in its place.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with suppress(OSError):  # the first use tells
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, name: str, sealed: bytes) -> None:
        self.put_all({name: sealed})

    def put_all(self, blobs: Mapping[str, bytes]) -> None:
        """All are written before the first is synced: the disk is waited for once or twice, and not for each of them."""
        paths = {self._path(name): sealed for name, sealed in blobs.items()}
        folders = {path.parent for path in paths}
        with _reaching_the_disk():
            self._make(folders)
            new = [path for path in paths if not path.exists()]  # one that is put back may be there
            try:
                _write_parts(paths)
                for path in paths:
                    _part_of(path).replace(path)
                for folder in folders:
                    sync_folder(folder)
            except OSError:
                for path in paths:
                    with suppress(OSError):  # the first fault is the one to tell of
                        _part_of(path).unlink(missing_ok=True)
                for path in new:
                    with suppress(OSError):
                        path.unlink(missing_ok=True)
                raise

    def _make(self, folders: Collection[Path]) -> None:
        missing = [folder for folder in folders if not folder.is_dir()]
        for folder in missing:
            folder.mkdir(mode=0o700, exist_ok=True)
        if missing:
            sync_folder(self.folder)

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
                if not _OF_A_BLOB.fullmatch(path.name):
                    continue  # a copying that was cut short, a network folder's own
                with suppress(FileNotFoundError):  # renamed or deleted since it was listed
                    written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
                    yield path.name.removesuffix(".sealed"), written

    def _require_folder(self) -> None:
        """A missing blob is one thing, a missing store another."""
        os.scandir(self.folder).close()

    def _path(self, name: str) -> Path:
        if not name.removesuffix(".part").isalnum():
            raise ValueError("a blob's name is letters and digits")
        return self.folder / name[:OF_FOLDER] / (name if name.endswith(".part") else f"{name}.sealed")


def _part_of(path: Path) -> Path:
    return path.with_suffix(".part")


def _write_parts(paths: Mapping[Path, bytes]) -> None:
    with ExitStack() as opened:
        files = [opened.enter_context(_part_of(path).open("wb")) for path in paths]
        for file, sealed in zip(files, paths.values(), strict=True):
            file.write(sealed)
            file.flush()
        for file in files:
            os.fsync(file.fileno())


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
