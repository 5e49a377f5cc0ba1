"""The installation's keys: a file of lines ``name base64``, the first one current, kept outside what backups take.

What was derived from the first key there ever was (for links, the log, backups) stays when that key is taken out of the
file: from the first rotation on it stands there by itself, in lines ``@purpose base64``.

Where several machines each have the file, a key is made known to all of them before any of them wraps by it: until then its
line is ``+name base64``, and it only opens.
"""

import base64
import fcntl
import hashlib
import hmac
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from portal.config import Misconfigured
from portal.vault.blobs import sync_folder
from portal.vault.sealing import KEY_BYTES, SealBroken, new_key, seal, unseal

PURPOSES: Final = ("audit", "audit_head", "backup", "installation_mark", "links", "rates")  # of all that is derived
_DERIVED, _WAITING = "@", "+"


@dataclass(frozen=True, slots=True)
class Keyring:
    """All installation keys by name, the current one first. Wraps the controllers' keys and derives the portal's own."""

    keys: tuple[tuple[str, bytes], ...]
    derived: Mapping[str, bytes] = field(default_factory=dict)  # by purpose, as it was before the first rotation
    waiting: tuple[tuple[str, bytes], ...] = ()  # the next one, which another machine may wrap by already

    @property
    def current(self) -> str:
        """The name of the key that everything new is wrapped by."""
        return self.keys[0][0]

    def is_current(self, wrapped: bytes) -> bool:
        """Whether the current key wrapped this."""
        return wrapped.startswith(self.current.encode() + b":")

    def wrap(self, key: bytes, *, belongs_to: str) -> bytes:
        """Seal another key, or a secret of the installation's own, under the current installation key."""
        name, current = self.keys[0]
        return name.encode() + b":" + seal(current, key, belongs_to=belongs_to)

    def unwrap(self, wrapped: bytes, *, belongs_to: str) -> bytes:
        """Open what `wrap` made, also with an older or the next key. Raises `SealBroken` when that key is gone."""
        name, _, sealed = wrapped.partition(b":")
        for known, key in (*self.keys, *self.waiting):
            if known.encode() == name:
                return unseal(key, sealed, belongs_to=belongs_to)
        raise SealBroken("the installation key is gone")

    def derive(self, purpose: str) -> bytes:
        """A key for one of `PURPOSES`. From the oldest key there was, so that rotation changes nothing."""
        if purpose not in PURPOSES:
            raise LookupError(f"{purpose} would not outlive a rotation")
        if purpose in self.derived:
            return self.derived[purpose]
        return hmac.new(self.keys[-1][1], purpose.encode(), hashlib.sha256).digest()


def read_keyring(path: Path) -> Keyring:
    """Read the key file. Raises `Misconfigured` with what to do."""
    try:
        lines = path.read_text().splitlines()
    except PermissionError as shut:
        raise Misconfigured(
            f"Nyckelfilen {path} får inte läsas av den användare som kommandot körs som. Kör det som portalens användare, "
            "eller ge den filen: chown."
        ) from shut
    except OSError as unreadable:
        raise Misconfigured(
            f"Nyckelfilen {path} går inte att läsa. Lägg tillbaka den: utan den går ingenting att öppna. "
            "Bara en ny installation, som inte har någon, skapar en: portal keys create"
        ) from unreadable
    except UnicodeDecodeError:
        lines = [""]
    try:
        keys = tuple(
            (name, base64.b64decode(key, validate=True)) for name, key in map(str.split, filter(str.strip, lines))
        )
    except ValueError:  # no base64, or not two words
        keys = ()
    derived = {name.removeprefix(_DERIVED): key for name, key in keys if name.startswith(_DERIVED)}
    lengths = {len(key) for _, key in keys}
    waiting = tuple((name.removeprefix(_WAITING), key) for name, key in keys if name.startswith(_WAITING))
    keys = tuple((name, key) for name, key in keys if not name.startswith((_DERIVED, _WAITING)))
    names = {name for name, _ in (*keys, *waiting)}
    if not keys or len(names) != len(keys) + len(waiting) or lengths != {KEY_BYTES}:
        raise Misconfigured(f"Nyckelfilen {path} ska ha rader med ett namn och 32 byte i base64.")
    return Keyring(keys, derived, waiting)


class KeyFile:
    """The key file as it is at this moment: what a rotation writes into it is known to every living process at once."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # What the file was when it was read, and what it said: put in place as one. Of two threads that read two files in a
        # row one could leave its keys beside the other's mark, and nobody would read the newest until the file changed.
        self._known = self._stat(), read_keyring(path)

    def now(self) -> Keyring:
        """The keys. Read anew where the file is another; one that cannot be read leaves those that are known."""
        mark, (known_by, keyring) = self._stat(), self._known
        if mark != known_by:
            with suppress(Misconfigured):
                keyring = read_keyring(self._path)
                self._known = mark, keyring
        return keyring

    def _stat(self) -> tuple[int, ...] | None:
        try:
            stat = self._path.stat()
        except OSError:
            return None
        return stat.st_ino, stat.st_mtime_ns, stat.st_size


@contextmanager
def alone_with(path: Path) -> Iterator[None]:
    """Nobody else on this machine changes the key file meanwhile: two who begin a change at once would each make a key, and
    the later file would be without the first one's."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        yield
    finally:
        os.close(folder)


def add_key(path: Path, name: str) -> None:
    """Put a new key first in the file, or the one that waits there. All of it or nothing; what is derived from the first key
    is written out, so that its line can be taken away later. Only the owner can read it."""
    keyring = read_keyring(path)
    first = keyring.waiting[:1] or ((name, new_key()),)
    _put_in_place(path, keyring, (*first, *keyring.keys))


def add_waiting_key(path: Path, name: str) -> None:
    """Put a new key in the file, to open with but not to wrap by yet. All of it or nothing."""
    keyring = read_keyring(path)
    _put_in_place(path, keyring, (*keyring.keys, (f"{_WAITING}{name}", new_key())))


def _put_in_place(path: Path, keyring: Keyring, lines: Sequence[tuple[str, bytes]]) -> None:
    new = path.with_name(f"{path.name}.new")
    owner = path.stat()
    try:
        new.unlink(missing_ok=True)
        _write(new, [*lines, *((f"{_DERIVED}{purpose}", keyring.derive(purpose)) for purpose in PURPOSES)])
        if os.geteuid() == 0:  # whoever serves is not root, and is to read it still
            os.chown(new, owner.st_uid, owner.st_gid)
        new.replace(path)
        sync_folder(path.parent)
    except OSError as refused:
        raise Misconfigured(
            f"Nyckelfilen {path} går inte att byta ut. Kör där dess mapp går att skriva i."
        ) from refused


def is_open_to_others(path: Path) -> bool:
    """Whether anybody but the owner may read or change the key file."""
    return bool(path.stat().st_mode & 0o077)


def create_keyring(path: Path, name: str) -> None:
    """Write a new key file that only its owner can read. Never over an existing one (raises `FileExistsError`)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    _write(path, [(name, new_key())])
    sync_folder(path.parent)


def _write(path: Path, lines: Sequence[tuple[str, bytes]]) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    try:
        with os.fdopen(descriptor, "w") as file:
            file.writelines(f"{name} {base64.b64encode(key).decode()}\n" for name, key in lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError:  # what is half written would be taken for a key file
        path.unlink(missing_ok=True)
        raise
