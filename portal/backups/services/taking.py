"""A backup taken of a living portal: all rows as they stand at one moment first, the sealed documents after.

A document, or a page of one, that is taken away while its blob is yet to be copied is taken out of the copied rows too, so
that no row of a backup lacks its file. Where a page is masked anew meanwhile, or a paper of the employer's own goes, to
which rows point, all is taken once more. A row that still stands, and whose blob is not there, has lost it: that is told.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO
from itertools import groupby
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
from portal.backups.refusals import NotMigrated, Restless
from portal.backups.rows import Columns, as_line, from_line
from portal.backups.services.sealing import the_seal
from portal.chunks import in_chunks
from portal.db import db, read_at_one_moment
from portal.documents.models import Document, FiledDocument
from portal.revisions import present_revision, wanted_revision
from portal.scope import acting_for
from portal.tables import scoped_tables
from portal.vault.blobs import BlobGone
from portal.vault.services import the_vault

TRIES = 3


@dataclass(frozen=True, slots=True)
class Missing:
    """A row of the snapshot whose blob is not there: of which table, whose, and what it names."""

    table: Table
    party_id: UUID
    id: UUID
    document_id: UUID
    blob: str


class _Overtaken(Exception):
    """What the snapshot points to was replaced while its files were copied."""


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
    """Write a backup of database and documents; never of the keys. Raises `FileExists`, `NotMigrated`, `Restless`."""
    revision = present_revision(db.engine)
    if revision != wanted_revision():
        raise NotMigrated
    for number in range(TRIES):
        with suppress(_Overtaken):
            return _take(path, revision, at=at, first=number == 0)
    raise Restless


def _take(path: Path, revision: str, *, at: datetime, first: bool) -> Taken:
    with writing(path) as archive, ExitStack() as files:
        if first:
            record_reading(chain=PLATFORM_CHAIN, at=at, actor=SYSTEM, verb="backup.taken", object_id=None)
        spooled = _snapshot(path.parent, files)
        blobs, missing = _add_blobs(archive, spooled)
        lost, replaced = _still_standing(missing)
        gone = missing - lost
        if replaced or any(one.table.name == FiledDocument.__tablename__ for one in gone):
            raise _Overtaken
        told = [_add_table(archive, _without(one, gone, path.parent, files)) for one in spooled]
        archive.finish(
            {"kind": "portal", "taken_at": at.isoformat(), "revision": revision, "blobs": blobs, "tables": told},
            the_seal(),
        )
    return Taken(rows=sum(one["rows"] for one in told), blobs=blobs, lost=len({one.document_id for one in lost}))


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


def _add_blobs(archive: Writer, spooled: list[Spooled]) -> tuple[int, set[Missing]]:
    """Copy the blobs that the rows name, sealed as they are, one at a time. How many, and whose were not there."""
    copied, missing = 0, set[Missing]()
    for one in spooled:
        named = blob_columns(one.table)
        for _line, row in one.read() if named else ():
            for name in filter(None, (row[column] for column in named)):
                try:
                    sealed = the_vault().blobs.get(name)
                except BlobGone:
                    missing.add(Missing(one.table, row["party_id"], row["id"], row.get("document_id", row["id"]), name))
                    continue
                archive.add(f"blobs/{name}", BytesIO(sealed), len(sealed))
                copied += 1
    return copied, missing


def _still_standing(missing: set[Missing]) -> tuple[set[Missing], set[Missing]]:
    """Those whose row is still there and names the same blob; and those whose row names another by now."""
    lost, replaced = set[Missing](), set[Missing]()
    for (table, party), some in groupby(sorted(missing, key=_place), key=lambda one: (one.table, one.party_id)):
        asked = list(some)
        named = [table.c[column] for column in blob_columns(table)]
        with acting_for(scope.party(party)) as own:
            for ids in in_chunks({one.id for one in asked}):
                rows = own.execute(select(table.c.id, *named).where(table.c.party_id == party, table.c.id.in_(ids)))
                present = {id: blobs for id, *blobs in rows}
                lost |= {one for one in asked if one.blob in present.get(one.id, ())}
                replaced |= {one for one in asked if one.id in present and one.blob not in present[one.id]}
    return lost, replaced


def _place(one: Missing) -> tuple[str, str]:
    return one.table.name, str(one.party_id)


def _without(one: Spooled, gone: set[Missing], folder: Path, files: ExitStack) -> Spooled:
    """The same rows but for those that are gone, and for the pages of a document that is."""
    if not gone or not blob_columns(one.table):
        return one
    own = {each.id for each in gone if each.table is one.table}
    documents = {each.id for each in gone if each.table.name == Document.__tablename__}
    file, kept = _nameless(folder, files), 0
    for line, row in one.read():
        if row["id"] not in own and row.get("document_id") not in documents:
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
