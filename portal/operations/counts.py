"""Where the web processes count together: a small folder of mapped files, made before they start and taken away after."""

import os
import shutil
import tempfile
from pathlib import Path

FOLDER = "PROMETHEUS_MULTIPROC_DIR"  # the library's own name for it, read when the library is loaded
_OWNER = "PORTAL_COUNTS_OWNER"
_MEMORY = Path("/dev/shm")  # noqa: S108


def share_counts() -> None:
    """Give the web processes a fresh folder to count in, before the library that counts is loaded.

    In memory where there is such a place: a counter is a mapped file, and a mapped file on a full disk ends its process.
    """
    place = _MEMORY if os.access(_MEMORY, os.W_OK) else None
    os.environ[FOLDER] = tempfile.mkdtemp(prefix="portal-metrics-", dir=place)
    os.environ[_OWNER] = str(os.getpid())


def forget_counts() -> None:
    """Take the folder away when the process that made it ends; a web process that ends before it leaves it to the others."""
    if os.environ.get(_OWNER) == str(os.getpid()) and (folder := os.environ.pop(FOLDER, "")):
        shutil.rmtree(folder, ignore_errors=True)
