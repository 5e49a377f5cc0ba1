"""The file of a backup: a tar with its manifest last, and a trailer that vouches for every byte before it. PURE.

The trailer is one line: where the manifest begins, a keyed hash of all that stands before the trailer (so that only the
installation can have written it), and the SHA-256 of the whole file up to there (so that damage is told from the rest).
"""

import fcntl
import hashlib
import hmac
import io
import json
import os
import re
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from portal.backups import refusals
from portal.vault.blobs import sync_folder

FORMAT = 1
MANIFEST = "manifest.json"
_TRAILER = re.compile(rb"portal-backup (\d{20}) ([0-9a-f]{64}) ([0-9a-f]{64})\n")
_TRAILER_BYTES = len("portal-backup ") + 20 + 1 + 64 + 1 + 64 + 1
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Seal:
    """How an installation knows its own backups: a mark that is no secret, and the key that vouches."""

    mark: str
    key: bytes


class Writer:
    """Writes members one after the other, and sums up every byte on its way."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._sum = file, hashlib.sha256()
        self._tar = tarfile.TarFile.open(fileobj=cast(IO[bytes], self), mode="w|", format=tarfile.PAX_FORMAT)

    def write(self, data: bytes) -> int:
        """What the tar writes through."""
        self._sum.update(data)
        if not self._file.closed:  # what a tar that was given up still holds goes nowhere
            self._file.write(data)
        return len(data)

    def add(self, name: str, content: IO[bytes], size: int) -> None:
        """Add a member of ``size`` bytes."""
        member = tarfile.TarInfo(name)
        member.size, member.mode = size, 0o600
        self._tar.addfile(member, content)
        _forget(self._tar)

    def finish(self, manifest: dict[str, Any], seal: Seal) -> None:
        """Write the manifest and the trailer."""
        begins = self._tar.offset
        told = json.dumps({"format": FORMAT, "mark": seal.mark, **manifest}, ensure_ascii=False, indent=1).encode()
        self.add(MANIFEST, io.BytesIO(told), len(told))
        self._tar.close()
        vouched = f"portal-backup {begins:020d} {_vouch(seal, begins, self._sum.digest())} ".encode()
        self.write(vouched)
        self._file.write(self._sum.hexdigest().encode() + b"\n")


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A new file that only its owner can read, safe on disk on leaving; on a fault there is none. Raises `FileExists`,
    and `BeingWritten`."""
    part = path.with_name(path.name + ".part")
    if path.exists():
        raise refusals.FileExists(file=path)
    with _alone(part, path) as file:
        try:
            file.truncate()  # what a run that was cut short has left
            yield Writer(file)
            file.flush()
            os.fsync(file.fileno())
            if path.exists():
                raise refusals.FileExists(file=path)
            part.rename(path)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    sync_folder(path.absolute().parent)


def _alone(part: Path, path: Path) -> IO[bytes]:
    """The part, this run's as long as it is open. Raises `BeingWritten` where another holds it, or has just ended; and where
    somebody else has put a file of theirs in its place, who could read along."""
    file = os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600), "wb")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        held, there = os.fstat(file.fileno()), part.stat()
        if held.st_ino == there.st_ino and held.st_uid == os.geteuid():
            os.fchmod(file.fileno(), 0o600)
            return file
    except OSError:  # held, or gone
        pass
    file.close()
    raise refusals.BeingWritten(file=path)


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup that has been read through, every byte vouched for. ``vouched`` is by what, which no other backup has."""

    path: Path
    manifest: dict[str, Any]
    vouched: str

    def members(self) -> Iterator[tuple[str, IO[bytes]]]:
        """Each member's name and content, in order, to be read before the next is asked for; not the manifest."""
        with tarfile.open(self.path, mode="r:") as tar:
            while (member := tar.next()) is not None and member.name != MANIFEST:
                content = tar.extractfile(member)
                assert content is not None
                yield member.name, content
                _forget(tar)


def read_through(path: Path, *, kind: str, seal: Seal) -> Archive:
    """Read all of the file before anything is made of it. Raises one of `refusals`, in the order of what is wrong."""
    try:
        with path.open("rb") as file:
            trailer = _trailer(file)
            manifest = _manifest(file, trailer.begins)
    except OSError as fault:
        raise refusals.FileMissing(file=path) from fault
    if manifest.get("format") != FORMAT:
        raise refusals.OtherFormat
    if manifest["mark"] != seal.mark:
        raise refusals.Foreign
    if not hmac.compare_digest(_vouch(seal, trailer.begins, trailer.summed), trailer.vouched):
        raise refusals.Forged
    if manifest["kind"] != kind:
        raise refusals.OtherKind
    return Archive(path, manifest, trailer.vouched)


@dataclass(frozen=True, slots=True)
class _Trailer:
    begins: int
    summed: bytes
    vouched: str


def _trailer(file: IO[bytes]) -> _Trailer:
    """The trailer, once every byte of the file has been summed up. Raises `Damaged`."""
    left = file.seek(0, os.SEEK_END) - _TRAILER_BYTES
    if left < 0:
        raise refusals.Damaged
    file.seek(0)
    summed = hashlib.sha256()
    while left and (chunk := file.read(min(_CHUNK, left))):
        summed.update(chunk)
        left -= len(chunk)
    before, line = summed.digest(), file.read()
    found = _TRAILER.fullmatch(line)
    if found is None:
        raise refusals.Damaged
    summed.update(line[: found.start(3)])
    if summed.hexdigest().encode() != found[3]:
        raise refusals.Damaged
    return _Trailer(int(found[1]), before, found[2].decode())


def _manifest(file: IO[bytes], begins: int) -> dict[str, Any]:
    file.seek(begins)
    with suppress(tarfile.TarError, ValueError, AttributeError), tarfile.open(fileobj=file, mode="r|") as tar:
        member = tar.next()
        content = tar.extractfile(member) if member is not None and member.name == MANIFEST else None
        manifest: dict[str, Any] = json.loads(content.read()) if content is not None else {}
        return manifest
    raise refusals.Damaged  # whole, and yet no backup of ours


def _forget(tar: tarfile.TarFile) -> None:
    """A tar remembers every member it has met, and a backup may have millions."""
    tar.members.clear()  # type: ignore[attr-defined]


def _vouch(seal: Seal, begins: int, summed: bytes) -> str:
    return hmac.new(seal.key, b"%d|" % begins + summed, hashlib.sha256).hexdigest()
