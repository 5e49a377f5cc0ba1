"""Papers of an employer's own, filed sealed: kept decision files, contracts and their signed copies."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from portal.db import PartyRow
from portal.documents.models import FiledDocument
from portal.documents.queries import FILED, filed_place
from portal.scope import walls_of
from portal.vault.services import (
    Kept,
    keep_apart,
    keep_for_controller,
    open_for_controller,
    open_kept_for_controller,
    seal_for_controller,
    the_vault,
)


@dataclass(frozen=True, slots=True)
class Filed:
    """A paper of the employer's own that lies sealed in the store, but that no row names yet."""

    name: str
    kind: str
    size: int
    page_count: int
    checksum: str  # SHA-256 of the file
    kept: Kept
    id: UUID = field(default_factory=uuid4)  # the row's, and the key's where it has one of its own


def keep_filed(
    session: Session, controller_id: UUID, data: bytes, *, name: str, kind: str = "pdf", page_count: int = 0
) -> Filed:
    """Seal a paper for its controller and store it safely. Called outside every unit of work."""
    checksum, kept = hashlib.sha256(data).hexdigest(), keep_for_controller(session, controller_id, data, place=FILED)
    return Filed(name, kind, len(data), page_count, checksum, kept)


def keep_filed_apart(
    session: Session, controller_id: UUID, data: bytes, *, name: str, kind: str, at: datetime
) -> Filed:
    """The same under a key of its own, for a paper that people are to be taken out of."""
    id = uuid4()
    kept = keep_apart(session, controller_id, data, key_id=id, place=FILED, at=at)
    return Filed(name, kind, len(data), 0, hashlib.sha256(data).hexdigest(), kept, id)


def add_filed(session: Session, *, owner: PartyRow, filed: Filed, at: datetime) -> FiledDocument:
    """The row of a kept paper, behind the same walls as ``owner``, in the caller's unit of work."""
    id, controller = filed.id, owner.controller_id

    def sealed(column: str, text: str) -> bytes:
        return seal_for_controller(session, controller, text, place=filed_place(column, id))

    row = FiledDocument(
        id=id,
        **walls_of(owner),
        kind=filed.kind,
        size=filed.size,
        page_count=filed.page_count,
        name_sealed=sealed("name", filed.name),
        checksum_sealed=sealed("checksum", filed.checksum),
        blob=filed.kept.name,
        cipher_sha256=filed.kept.sha256,
        created_at=at,
    )
    session.add(row)
    session.flush()
    return row


def filed_bytes(session: Session, row: FiledDocument) -> bytes:
    """The paper, byte for byte. Raises `BlobGone`, `KeyGone`, `StoreUnreachable` or `SealBroken`."""
    sealed = the_vault().blobs.get(row.blob)
    return open_kept_for_controller(session, row.controller_id, row.blob, sealed, place=FILED)


def filed_text(session: Session, row: FiledDocument, column: str) -> str:
    """Its name or its checksum (SHA-256 of the file), opened."""
    sealed: bytes = getattr(row, f"{column}_sealed")
    return open_for_controller(session, row.controller_id, sealed, place=filed_place(column, row.id))
