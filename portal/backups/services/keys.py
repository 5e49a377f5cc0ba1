"""The key store's own backup: apart from the portal's, and good for thirty days, so that what is erased stays erased."""

import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path

from portal.applications.services.returned import Returned, end_returned
from portal.audit.services import PLATFORM_CHAIN, SYSTEM, record, record_reading
from portal.backups.archive import read_through, writing
from portal.backups.queries import columns_of, is_empty
from portal.backups.refusals import DatabaseFirst, KeysNotEmpty, KeysTooOld
from portal.backups.rows import as_line, from_line
from portal.backups.services.sealing import the_seal
from portal.db import create_file, db, unit_of_work
from portal.vault.keystore import application_key
from portal.vault.services import the_vault

LONGEST = timedelta(days=30)
_COLUMNS = columns_of(application_key)


def take_keys(path: Path, *, at: datetime) -> int:
    """Write a backup of the wrapped application keys. How many. Raises `FileExists`."""
    count = 0
    with writing(path) as archive, tempfile.TemporaryFile(dir=path.parent) as file:
        record_reading(chain=PLATFORM_CHAIN, at=at, actor=SYSTEM, verb="keys.backup_taken", object_id=None)
        for count, row in enumerate(the_vault().key_store.rows(), 1):  # noqa: B007 the last number is the count
            file.write(as_line(_COLUMNS, row))
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        archive.add("keys.jsonl", file, size)
        archive.finish({"kind": "keys", "taken_at": at.isoformat(), "keys": count}, the_seal())
    return count


def restore_keys(path: Path, *, at: datetime) -> tuple[int, Returned]:
    """Put the keys back into an empty key store, beside a database that is back already. How many, and what they showed.

    Raises one of `backups.refusals`, before anything is written.
    """
    archive, store = read_through(path, kind="keys", seal=the_seal()), the_vault().key_store
    taken_at = datetime.fromisoformat(archive.manifest["taken_at"])
    if at - taken_at > LONGEST:
        raise KeysTooOld(days=LONGEST.days)
    create_file(db.engine)
    if is_empty(db.engine):
        raise DatabaseFirst
    store.create_tables()
    if store.count():
        raise KeysNotEmpty
    for _name, content in archive.members():
        store.put_all(from_line(_COLUMNS, line) for line in content)
    with db.sessionmaker() as own, unit_of_work(own):
        record(own, chain=PLATFORM_CHAIN, at=at, actor=SYSTEM, verb="keys.backup_restored")
    return archive.manifest["keys"], end_returned(at, before=taken_at)
