"""A backup taken of a living portal: all rows as they stand at one moment first, the sealed documents after.

A document that is taken away while its blob is yet to be copied is taken out of the copied rows too, so that no row of a
backup lacks its file. A row that still stands, and whose blob is not there, has lost it: that is told.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from sqlalchemy import Table, select

from portal import scope
from portal.audit.services import PLATFORM_CHAIN, SYSTEM, record_reading
from portal.backups.archive import Writer, writing
from portal.backups.queries import (
    all_rows,
    blob_columns,
    columns_of,
    taken_tables,
)
from portal.backups.refusals import NotMigrated
from portal.backups.rows import Columns, as_line, from_line
from portal.backups.services.sealing import the_seal
from portal.chunks import in_chunks
from portal.db import db, read_at_one_moment
from portal.documents.models import Document
from portal.revisions import present_revision, wanted_revision
from portal.scope import acting_for
from portal.tables import scoped_tables
from portal.vault.blobs import BlobGone
from portal.vault.services import the_vault

Missing = set[tuple[UUID, UUID]]  # party, document


@dataclass(frozen=True, slots=True)
class Taken:
    """What a backup came to. ``lost`` are documents that stand in the database and have no file."""

    rows: int
    blobs: int
    lost: int


@dataclass(frozen=True, slots=True)
class Spooled:
    """The rows of one table as they stood, in a file without a name that vanishes with the process."""

    table: Table
    columns: Columns
    file: IO[bytes]
    rows: int = 0

    def read(self) -> Iterator[tuple[bytes, Mapping[str, Any]]]:
        """Each row, as its line and as its values."""
        self.file.seek(0)
        for line in self.file:
            yield line, from_line(self.columns, line)


def take_backup(path: Path, *, at: datetime) -> Taken:
    """Write a backup of database and documents; never of the keys. Raises `FileExists`, `NotMigrated`."""
    revision = present_revision(db.engine)
    if revision != wanted_revision():
        raise NotMigrated
    with writing(path) as archive, ExitStack() as files:
        record_reading(chain=PLATFORM_CHAIN, at=at, actor=SYSTEM, verb="backup.taken", object_id=None)
        spooled = _snapshot(path.parent, files)
        blobs, missing = _add_blobs(archive, spooled)
        lost = _still_standing(missing)
        told = [_add_table(archive, _without(one, missing - lost, path.parent, files)) for one in spooled]
        archive.finish(
            {"kind": "portal", "taken_at": at.isoformat(), "revision": revision, "blobs": blobs, "tables": told},
            the_seal(),
        )
    return Taken(rows=sum(one["rows"] for one in told), blobs=blobs, lost=len(lost))


def _snapshot(folder: Path, files: ExitStack) -> list[Spooled]:
    with db.sessionmaker() as own:
        connection = read_at_one_moment(own)
        return [_spool(made, all_rows(connection, made), folder, files) for made in taken_tables()]


def _spool(table: Table, rows: Iterator[Sequence[Any]], folder: Path, files: ExitStack) -> Spooled:
    columns, count = columns_of(table), 0
    file = _nameless(folder, files)
    for count, row in enumerate(rows, 1):  # noqa: B007 the last number is the count
        file.write(as_line(columns, row))
    return Spooled(table, columns, file, count)


def _nameless(folder: Path, files: ExitStack) -> IO[bytes]:
    file: IO[bytes] = files.enter_context(tempfile.TemporaryFile(dir=folder))  # noqa: SIM115 the stack closes it
    return file


def _add_blobs(archive: Writer, spooled: list[Spooled]) -> tuple[int, Missing]:
    """Copy the blobs that the rows name, sealed as they are, one at a time. How many, and whose were not there."""
    copied, missing = 0, set()
    for one in spooled:
        named = blob_columns(one.table)
        for _line, row in one.read() if named else ():
            for name in filter(None, (row[column] for column in named)):
                try:
                    sealed = the_vault().blobs.get(name)
                except BlobGone:
                    missing.add((row["party_id"], _document(row)))
                    continue
                archive.add(f"blobs/{name}", BytesIO(sealed), len(sealed))
                copied += 1
    return copied, missing


def _document(row: Mapping[str, Any]) -> UUID:
    """Which document a row of documents or of page pictures is of."""
    document: UUID = row["document_id"] if "document_id" in row else row["id"]
    return document


def _still_standing(missing: Missing) -> Missing:
    standing: Missing = set()
    for party in {party for party, _ in missing}:
        asked = (document for whose, document in missing if whose == party)
        with acting_for(scope.party(party)) as own:
            for some in in_chunks(asked):
                standing |= {(party, id) for id in own.scalars(select(Document.id).where(Document.id.in_(some)))}
    return standing


def _without(one: Spooled, gone: Missing, folder: Path, files: ExitStack) -> Spooled:
    """The same rows but for those of documents that are gone."""
    if not gone or not blob_columns(one.table):
        return one
    file, kept = _nameless(folder, files), 0
    for line, row in one.read():
        if (row["party_id"], _document(row)) not in gone:
            file.write(line)
            kept += 1
    return replace(one, file=file, rows=kept)


def _add_table(archive: Writer, one: Spooled) -> dict[str, Any]:
    size = one.file.seek(0, os.SEEK_END)
    one.file.seek(0)
    archive.add(f"database/{one.table.name}.jsonl", one.file, size)
    return {
        "name": one.table.name,
        "scoped": one.table in scoped_tables(),
        "columns": dict(one.columns),
        "rows": one.rows,
    }
