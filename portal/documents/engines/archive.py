"""A zip from a stranger (DOCX and ODT are zips): what it may hold, and parts read with a counting reader."""

import io
import stat
import zipfile
import zlib
from collections.abc import Iterator

from portal.documents.reading import DocumentRefused, Verdict

MAX_ENTRIES = 2_000
MAX_DECLARED = 100 * 1024 * 1024
MAX_PART = 30 * 1024 * 1024
_CHUNK = 64 * 1024
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


class Archive:
    """A zip that has passed the limits. Raises `DocumentRefused`: damaged, encrypted, macros, stuck."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
            raise DocumentRefused(Verdict.damaged) from None
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_DECLARED:
            raise DocumentRefused(Verdict.stuck)
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise DocumentRefused(Verdict.encrypted)
        self.names = [entry.filename for entry in entries]
        folded = [name.casefold() for name in self.names]
        if len(set(folded)) < len(folded) or any(map(_is_no_part, entries)):
            raise DocumentRefused(Verdict.damaged)
        if any(name.endswith("vbaproject.bin") or _is_basic(name) for name in folded):
            raise DocumentRefused(Verdict.macros)

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part's bytes, counted as they come: what the zip declares about itself is not believed."""
        count = 0
        try:
            with self._zip.open(name) as part:
                while chunk := part.read(_CHUNK):
                    count += len(chunk)
                    if count > MAX_PART:
                        raise DocumentRefused(Verdict.stuck)
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
            raise DocumentRefused(Verdict.damaged) from None


def _is_no_part(entry: zipfile.ZipInfo) -> bool:
    """Whether it is packed as no such file is, or a link to somewhere else: nothing is unpacked, and none is ever meant."""
    return entry.compress_type not in _METHODS or stat.S_ISLNK(entry.external_attr >> 16)


def _is_basic(name: str) -> bool:
    """Whether this is a program in an OpenDocument file; the empty lists of libraries are in many innocent ones."""
    inside = name.startswith(("basic/", "scripts/")) and not name.endswith("/")
    return inside and not name.endswith(("script-lc.xml", "script-lb.xml", "dialog-lc.xml", "dialog-lb.xml"))
