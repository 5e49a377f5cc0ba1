"""Compiled templates kept in the installation's own folder: a process that has just begun does not compile them anew.

What is kept is run, so each file is signed with the installation's secret, which does not lie in that folder: whoever can
write there can make no page. The key is of this very program too, whose filters and rules are part of what was compiled.
"""

import hashlib
import hmac
import os
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

import jinja2
from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache

_PACKAGE = Path(__file__).parents[1]
_SIGNATURE = hashlib.sha256().digest_size


class KeptTemplates(BytecodeCache):
    """One file each. One that is damaged, unsigned or of another program counts as none; so does a disk without room."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self.folder, self.key = folder, key

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what is kept, if it is ours."""
        with suppress(OSError):
            kept = (self.folder / bucket.key).read_bytes()
            signature, code = kept[:_SIGNATURE], kept[_SIGNATURE:]
            if hmac.compare_digest(signature, self._signed(bucket, code)):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, if it can be kept."""
        code = bucket.bytecode_to_string()
        with suppress(OSError):
            handle, place = tempfile.mkstemp(dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(self._signed(bucket, code) + code)
                os.replace(place, self.folder / bucket.key)
            except BaseException:
                os.unlink(place)
                raise

    def _signed(self, bucket: Bucket, code: bytes) -> bytes:
        return hmac.digest(self.key, f"{bucket.key}\0".encode() + code, "sha256")


def init_compiled(app: Flask, folder: Path, secret: str) -> None:
    """Let the application keep its templates in this folder."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
    key = hmac.digest(secret.encode(), b"compiled templates\0" + _this_program(), "sha256")
    app.jinja_env.bytecode_cache = KeptTemplates(folder, key)


@cache
def _this_program() -> bytes:
    """What tells one version of the program from another, an unsaved one's too. A process is one version all its life."""
    told = hashlib.sha256(jinja2.__version__.encode())
    for path in sorted(_PACKAGE.rglob("*.py")):
        seen = path.stat()
        told.update(f"\0{path}\0{seen.st_size}\0{seen.st_mtime_ns}".encode())
    return told.digest()
