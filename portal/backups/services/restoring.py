"""A backup put back on an empty machine: documents first, then all rows in one transaction, then the migrations since.

Cut short, the same command is run again. Before that transaction ends, nothing stands in the database, and a blob that
is written twice is the same blob; after it, the note in `unfinished` says that the rows are this backup's, and what is
left is done.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from flask import current_app

from portal.applications.services.returned import Returned
from portal.audit.services import PLATFORM_CHAIN, RESTORED, SYSTEM, record
from portal.backups.archive import Archive, read_through
from portal.backups.queries import is_empty, put_rows, tells_of_backup
from portal.backups.refusals import Damaged, NewerSchema, NotEmpty
from portal.backups.rows import from_line
from portal.backups.services.sealing import the_seal
from portal.backups.services.unfinished import Unfinished, begin, found
from portal.db import create_file, db, unit_of_work
from portal.operations.schema import downgrade, upgrade
from portal.operations.services import analyse
from portal.operations.stores import create_stores
from portal.organisations.services.looking_over import note_restored
from portal.revisions import known_revisions, present_revision
from portal.vault.generations import add_generations
from portal.vault.services import the_vault


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back. ``returned`` is None where the keys are still to come."""

    taken_at: datetime
    rows: int
    blobs: int
    returned: Returned | None


def restore_backup(path: Path, *, at: datetime) -> Restored:
    """Put a backup of the portal back, or go on with it. Raises one of `backups.refusals`, before anything is written."""
    archive = read_through(path, kind="portal", seal=the_seal())
    manifest = archive.manifest
    if manifest["revision"] not in known_revisions():
        raise NewerSchema
    create_file(db.engine)
    begun = _begin(archive, at) if is_empty(db.engine) else _go_on(archive, at)
    upgrade()
    analyse(current_app.config["SETTINGS"].database_owner_url)  # what follows looks for rows among all of them
    add_generations(the_vault().key_store.generations())
    with db.sessionmaker() as own, unit_of_work(own):
        note_restored(own, of=_taken_at(archive))
        record(own, chain=PLATFORM_CHAIN, at=at, actor=SYSTEM, verb=RESTORED, reason=manifest["taken_at"])
    rows = sum(told["rows"] for told in manifest["tables"])
    return Restored(_taken_at(archive), rows, manifest["blobs"], returned=begun.end(at))


def _begin(archive: Archive, at: datetime) -> Unfinished:
    _make_tables(archive.manifest["revision"])
    begun = begin(archive, db.engine, before=_keys_known_until(at))
    _put_back(archive)
    return begun


def _go_on(archive: Archive, at: datetime) -> Unfinished:
    """The restore whose rows are in. Its log says so too: one that was begun and cut short before may have been followed
    by something else. Raises `NotEmpty`."""
    begun = found(archive, db.engine)
    with db.sessionmaker() as own:
        if begun is None or not tells_of_backup(own, _taken_at(archive)):
            raise NotEmpty
    create_stores(current_app.config["SETTINGS"])  # the key store may be another by now, and know less
    known = _keys_known_until(at)
    return replace(begun, before=min(begun.before, known) if begun.before and known else None)


def _taken_at(archive: Archive) -> datetime:
    return datetime.fromisoformat(archive.manifest["taken_at"])


def _keys_known_until(at: datetime) -> datetime | None:
    """Up to when a key store that survived vouches for every key; None where it is empty.

    It may be an old copy of itself, or have lost its end: of what is younger than its youngest key it knows nothing.
    """
    newest = the_vault().key_store.newest()
    return min(at, newest) if newest else None


def _make_tables(revision: str) -> None:
    """The tables as they were when the backup was taken, and the stores beside the database."""
    present = present_revision(db.engine)
    if present not in (None, revision):
        downgrade("base")
    create_stores(current_app.config["SETTINGS"])  # before the migrations, which let the application's role in
    upgrade(revision)


def _put_back(archive: Archive) -> None:
    """Everything in the archive. Raises `Damaged` where that is not what its manifest says."""
    tables = {f"database/{told['name']}.jsonl": told for told in archive.manifest["tables"]}
    rows = blobs = 0
    with db.sessionmaker() as own, unit_of_work(own):
        for name, content in archive.members():
            if name in tables:
                rows += put_rows(own.connection(), **_rows(tables[name], content))
            else:
                the_vault().blobs.put(name.removeprefix("blobs/"), content.read())
                blobs += 1
        if (rows, blobs) != (sum(told["rows"] for told in tables.values()), archive.manifest["blobs"]):
            raise Damaged


def _rows(told: dict[str, Any], content: IO[bytes]) -> dict[str, Any]:
    columns = told["columns"]
    rows: Iterator[dict[str, Any]] = (from_line(columns, line) for line in content)
    return {"name": told["name"], "columns": columns, "rows": rows, "scoped": told["scoped"]}
