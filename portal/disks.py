"""The disks that an installation writes to, and whether there is room on them."""

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy import make_url

from portal.config import Settings

LEAST = 25  # MB: two of the largest bodies that are taken in (12 MB each)


def folders_written_to(settings: Settings) -> Iterator[Path]:
    """The folder of the installation, of its documents and of each SQLite file, as far as they are on this machine."""
    yield settings.instance_path
    if (storage := urlsplit(settings.storage_url)).scheme == "file":
        yield Path(unquote(storage.path))
    for address in (settings.database_url, settings.key_store_url, settings.queue_url, settings.rates_url):
        url = make_url(address)
        if url.get_backend_name() == "sqlite" and url.database:
            yield Path(url.database).parent


def full_disks(settings: Settings) -> list[tuple[Path, int]]:
    """Of each disk with less than `LEAST` free a folder on it, and how many MB that whoever runs this may still write. A
    folder that is not there yet has nothing to say."""
    found: dict[int, tuple[Path, int]] = {}
    for folder in folders_written_to(settings):
        try:
            disk, room = os.stat(folder).st_dev, os.statvfs(folder)
        except OSError:
            continue
        free = room.f_bavail * room.f_frsize // 1_000_000
        if free < LEAST:
            found.setdefault(disk, (folder, free))
    return list(found.values())
