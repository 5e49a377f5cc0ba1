"""The installation's keys: a file of lines ``name base64``, the first one current, kept outside what backups take."""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass
from pathlib import Path

from portal.config import Misconfigured
from portal.vault.sealing import KEY_BYTES, SealBroken, new_key, seal, unseal


@dataclass(frozen=True, slots=True)
class Keyring:
    """All installation keys by name, the current one first. Wraps the controllers' keys and derives the portal's own."""

    keys: tuple[tuple[str, bytes], ...]

    def wrap(self, key: bytes, *, belongs_to: str) -> bytes:
        """Seal another key, or a secret of the installation's own, under the current installation key."""
        name, current = self.keys[0]
        return name.encode() + b":" + seal(current, key, belongs_to=belongs_to)

    def unwrap(self, wrapped: bytes, *, belongs_to: str) -> bytes:
        """Open what `wrap` made, also with an older key. Raises `SealBroken` when that key is gone."""
        name, _, sealed = wrapped.partition(b":")
        for known, key in self.keys:
            if known.encode() == name:
                return unseal(key, sealed, belongs_to=belongs_to)
        raise SealBroken("the installation key is gone")

    def derive(self, purpose: str) -> bytes:
        """A key for one purpose (audit chain, links). From the oldest key, so that rotation changes nothing."""
        return hmac.new(self.keys[-1][1], purpose.encode(), hashlib.sha256).digest()


def read_keyring(path: Path) -> Keyring:
    """Read the key file. Raises `Misconfigured` with what to do."""
    try:
        lines = path.read_text().splitlines()
    except OSError as unreadable:
        raise Misconfigured(f"Nyckelfilen {path} går inte att läsa. Skapa den med: portal keys create") from unreadable
    except UnicodeDecodeError:
        lines = [""]
    try:
        keys = tuple(
            (name, base64.b64decode(key, validate=True)) for name, key in map(str.split, filter(str.strip, lines))
        )
    except ValueError:  # no base64, or not two words
        keys = ()
    names = {name for name, _ in keys}
    if not keys or len(names) != len(keys) or any(len(key) != KEY_BYTES for _, key in keys):
        raise Misconfigured(f"Nyckelfilen {path} ska ha rader med ett namn och 32 byte i base64.")
    return Keyring(keys)


def is_open_to_others(path: Path) -> bool:
    """Whether anybody but the owner may read or change the key file."""
    return bool(path.stat().st_mode & 0o077)


def create_keyring(path: Path, name: str) -> None:
    """Write a new key file that only its owner can read. Never over an existing one (raises `FileExistsError`)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    line = f"{name} {base64.b64encode(new_key()).decode()}\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "w") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
