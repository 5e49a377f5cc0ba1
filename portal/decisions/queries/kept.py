"""The kept decision file, read again; and from whom of its candidates nothing may be left."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.applications.queries import unreadable_in
from portal.decisions.access import may_decide, may_read_about
from portal.decisions.decision_file import ERASED
from portal.decisions.frozen import without
from portal.decisions.models import KeptFile
from portal.documents.models import FiledDocument
from portal.documents.services import filed_bytes, filed_text
from portal.review.access import reads_by_code_name
from portal.review.queries.case import Case

CASE_NAME = "beslutsakt.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """Where it lies. ``changed_at`` is when somebody was last taken out of it."""

    row: KeptFile
    document: FiledDocument

    @property
    def kept_at(self) -> datetime:
        """What it shows is as it was then."""
        return self.row.kept_at


def kept_of(session: Session, ad_id: UUID) -> Kept | None:
    """The kept file of a recruitment; None where none is, or not yet. In one statement."""
    found = session.execute(
        select(KeptFile, FiledDocument)
        .join(FiledDocument, FiledDocument.id == KeptFile.document_id)
        .where(KeptFile.ad_id == ad_id)
    ).one_or_none()
    return Kept(found.KeptFile, found.FiledDocument) if found is not None else None


def may_read_kept(case: Case) -> bool:
    """It shows everybody by name, so only who may read about all of them by name, and decides, reads it."""
    who = case.standing
    everybody = all(may_read_about(who, row.id) for row in case.applications)
    return may_decide(who) and everybody and not who.conflicts and not reads_by_code_name(who)


def checksum(session: Session, kept: Kept) -> str:
    """SHA-256 of its bytes."""
    return filed_text(session, kept.document, "checksum")


def kept_bytes(session: Session, kept: Kept) -> bytes:
    """The file as data, byte for byte; without one who has been erased and is in it still. Raises `BlobGone`."""
    data = filed_bytes(session, kept.document)
    gone = erased_in(session, kept.row.ad_id)
    file = json.loads(data)
    left = still_in(file, gone)
    return as_bytes(without(file, left)) if left else data


def still_in(file: dict[str, Any], gone: Collection[str]) -> set[str]:
    """Who of those that are gone has not been taken out of a file."""
    return {one["id"] for one in file["candidates"] if one["id"] in gone and one["name"] != ERASED}


def erased_in(session: Session, ad_id: UUID) -> Collection[str]:
    """The candidates of a recruitment whose applications have been emptied, or are kept where nobody may read them."""
    return {str(id) for id in unreadable_in(session, ad_id)}


def as_bytes(file: dict[str, Any]) -> bytes:
    """A decision file as it is sent and kept."""
    return json.dumps(file, ensure_ascii=False, indent=1).encode()
