"""Compiled templates kept in the installation's own folder: a process that has just begun does not compile them anew."""

from contextlib import suppress
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class KeptTemplates(FileSystemBytecodeCache):
    """Each under the hash of its source, so that no page is drawn by an old one. Where the disk gives no room, or the
    folder is not ours to write in, the page is drawn all the same."""

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it, if it can be kept."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def init_compiled(app: Flask, folder: Path) -> None:
    """Readable and writable by their owner alone: what is kept there is run."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    app.jinja_env.bytecode_cache = KeptTemplates(str(folder), "%s.template")
