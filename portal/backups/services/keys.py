"""The key store's own backup: apart from the portal's, and good for thirty days, so that what is erased stays erased."""

import io
import os
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from portal.applications.services.returned import Returned
from portal.audit.services import PLATFORM_CHAIN, SYSTEM, record, record_reading
from portal.backups.archive import Archive, read_through, writing
from portal.backups.queries import columns_of, is_empty
from portal.backups.refusals import DatabaseFirst, KeysNotEmpty, KeysOfTomorrow, KeysTooOld
from portal.backups.rows import as_line, from_line
from portal.backups.services.sealing import the_seal
from portal.backups.services.unfinished import Unfinished, awaits_keys, begin, found
from portal.chunks import in_chunks
from portal.db import create_file, db, unit_of_work
from portal.revisions import present_revision, wanted_revision
from portal.vault.generations import add_generations, all_generations, copy_generations
from portal.vault.keystore import KeyStore, application_key, controller_generation, destroyed_key
from portal.vault.services import the_vault

LONGEST = timedelta(days=30)
CLOCKS_APART = timedelta(hours=1)  # as far as two machines' may be
_COLUMNS, _GONE = columns_of(application_key), columns_of(destroyed_key)
_WRAP = columns_of(controller_generation)
_KEYS, _DESTROYED, _GENERATIONS = "keys.jsonl", "destroyed.jsonl", "generations.jsonl"


def take_keys(path: Path, *, at: datetime) -> int:
    """Write a backup of the wrapped application keys, with what wraps them. How many. Raises `FileExists`."""
    count = 0
    copy_generations()  # those of a change that was made by a program that left none
    with writing(path) as archive, tempfile.TemporaryFile(dir=path.parent) as file:
        record_reading(chain=PLATFORM_CHAIN, at=at, actor=SYSTEM, verb="keys.backup_taken", object_id=None)
        for count, row in enumerate(the_vault().key_store.rows(), 1):  # noqa: B007 the last number is the count
            file.write(as_line(_COLUMNS, row))
        size = file.seek(0, os.SEEK_END)
        file.seek(0)
        archive.add(_KEYS, file, size)
        gone = b"".join(as_line(_GONE, row) for row in the_vault().key_store.all_destroyed())
        archive.add(_DESTROYED, io.BytesIO(gone), len(gone))
        wrapping = b"".join(as_line(_WRAP, [row[name] for name in _WRAP]) for row in all_generations())
        archive.add(_GENERATIONS, io.BytesIO(wrapping), len(wrapping))
        archive.finish({"kind": "keys", "taken_at": at.isoformat(), "keys": count}, the_seal())
    return count


def restore_keys(path: Path, *, at: datetime) -> tuple[int, Returned]:
    """Put the keys back into an empty key store, beside a database that is back already. How many, and what they showed.

    Cut short, the same command goes on. Raises one of `backups.refusals`, before anything is written.
    """
    archive, store = read_through(path, kind="keys", seal=the_seal()), the_vault().key_store
    create_file(db.engine)
    if is_empty(db.engine) or present_revision(db.engine) != wanted_revision():
        raise DatabaseFirst
    store.create_tables()
    if store.count() and awaits_keys():
        begun = _fill_in(archive, store, at)  # the portal has been used since, and has made keys of its own
    else:
        begun = _go_on(archive, store) if store.count() else _begin(archive, store, at)
    for rows in _in(archive, _GENERATIONS, _WRAP):
        add_generations(rows)
    copy_generations()
    with db.sessionmaker() as own, unit_of_work(own):
        record(own, chain=PLATFORM_CHAIN, at=at, actor=SYSTEM, verb="keys.backup_restored")
    return archive.manifest["keys"], begun.end(at) or Returned()


def _begin(archive: Archive, store: KeyStore, at: datetime) -> Unfinished:
    """All but those that were destroyed while they were copied, which the list of the destroyed has, read after them."""
    begun = _with_destroyed(archive, store, at)
    gone = {id for (id,) in store.all_destroyed()}
    for rows in _in(archive, _KEYS, _COLUMNS):
        store.put_all(row for row in rows if row["application_id"] not in gone)
    return begun


def _fill_in(archive: Archive, store: KeyStore, at: datetime) -> Unfinished:
    """As `_begin`, beside the keys that have been made meanwhile. What has been destroyed here since stays so."""
    begun = _with_destroyed(archive, store, at)
    for rows in _in(archive, _KEYS, _COLUMNS):
        for some in in_chunks(rows):
            ids = [row["application_id"] for row in some]
            there = store.holding(ids) | store.destroyed(ids)
            store.put_all(row for row in some if row["application_id"] not in there)
    return begun


def _with_destroyed(archive: Archive, store: KeyStore, at: datetime) -> Unfinished:
    """A restore that is begun: what the backup knows as destroyed is so here, before a key comes in."""
    _require_young(archive, at)
    begun = begin(archive, store.engine, before=datetime.fromisoformat(archive.manifest["taken_at"]))
    for rows in _in(archive, _DESTROYED, _GONE):
        store.put_destroyed(rows)
    return begun


def _require_young(archive: Archive, at: datetime) -> None:
    age = at - datetime.fromisoformat(archive.manifest["taken_at"])
    if age > LONGEST:
        raise KeysTooOld(days=LONGEST.days)
    if age < -CLOCKS_APART:
        raise KeysOfTomorrow


def _go_on(archive: Archive, store: KeyStore) -> Unfinished:
    """The restore whose keys are in: all came at once, so any shows it. Raises `KeysNotEmpty`."""
    begun = found(archive, store.engine)
    ids = (row["application_id"] for rows in _in(archive, _KEYS, _COLUMNS) for row in rows)
    if begun is None or not any(store.holding(some) for some in in_chunks(ids)):
        raise KeysNotEmpty
    return begun


def _in(archive: Archive, member: str, columns: Mapping[str, str]) -> Iterator[Iterator[dict[str, Any]]]:
    """The rows of one file of the archive; one from before it was written has none."""
    return ((from_line(columns, line) for line in content) for name, content in archive.members() if name == member)
