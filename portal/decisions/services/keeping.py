"""The decision file kept as it is when a recruitment ends, and those who are erased taken out of it."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.ads.models import Ad
from portal.ads.states import AdState
from portal.audit.services import SYSTEM, record
from portal.db import after_commit, db, unit_of_work
from portal.decisions.decision_file import NotOpenYet
from portal.decisions.frozen import has_more, without
from portal.decisions.models import KeptFile
from portal.decisions.queries.file import decision_file, sealed_file
from portal.decisions.queries.kept import CASE_NAME, Kept, as_bytes, erased_in, kept_of, still_in
from portal.documents.services import Filed, add_filed, delete_blobs, filed_bytes, keep_filed_apart
from portal.review.access import Standing
from portal.review.queries.case import Case, case_of
from portal.vault.blobs import BlobGone
from portal.vault.keystore import KeyGone
from portal.vault.services import the_vault

FOR = "partiets arkiv"


class ToKeep(NamedTuple):
    """What is to be sealed. ``former_id`` is the document whose place it takes; None where none is kept."""

    controller_id: UUID
    data: bytes
    former_id: UUID | None


def file_to_keep(session: Session, ad_id: UUID, *, at: datetime) -> ToKeep | None:
    """The whole file as the office without jäv would read it, without scores where C6 seals them; None where there is no such
    recruitment, or one that is whole is kept.

    An ad that was taken back may be over before a letter that had come in time is registered. Nothing is kept while that one
    waits for word; and what was kept before it is set anew once everybody has theirs.
    """
    case, kept = case_of(session, ad_id), kept_of(session, ad_id)
    goes_on = case is not None and case.ad.state == AdState.WITHDRAWN and not case.over
    if case is None or goes_on or (kept is not None and case.ad.state != AdState.WITHDRAWN):
        return None
    office = _as_office(case)
    try:
        file = decision_file(session, office, reader=FOR, at=at)
    except NotOpenYet:
        file = sealed_file(session, office, reader=FOR, at=at)
    if kept is not None and not _has_more(session, file, kept):
        return None
    return ToKeep(case.ad.controller_id, as_bytes(file), kept.document.id if kept is not None else None)


def _has_more(session: Session, file: dict[str, Any], kept: Kept) -> bool:
    try:
        return has_more(file, than=json.loads(filed_bytes(session, kept.document)))
    except (KeyGone, BlobGone):
        return False  # lost: `portal check` tells of the file


def _as_office(case: Case) -> Case:
    ids = [row.id for row in case.applications]
    return replace(
        case,
        standing=Standing(
            office=True,
            phase=case.phase,
            blind=case.blind,
            approved=frozenset(ids),
            shortlisted=frozenset(row.id for row in case.applications if row.called_at is not None),
        ),
    )


def keep_file(
    session: Session, *, ad_id: UUID, filed: Filed, at: datetime, former_id: UUID | None = None
) -> KeptFile | None:
    """The row of a file that lies sealed, in the place of the document ``former_id``; None, and the blob let go of, where
    another was kept meanwhile."""
    session.scalars(select(KeptFile).where(KeptFile.ad_id == ad_id).with_for_update()).all()
    case, kept = case_of(session, ad_id), kept_of(session, ad_id)
    if case is None or (kept.document.id if kept is not None else None) != former_id:
        after_commit(session, lambda: _let_go_of(filed.id, filed.kept.name))
        return None
    verb = "decision_file.kept" if kept is None else "decision_file.kept_anew"
    row = kept.row if kept is not None else _row_of(session, case.ad, filed, at)
    if kept is not None:
        _set_anew(session, kept, filed, at)
        row.kept_at, row.changed_at = at, None
    session.flush()
    record(session, chain=case.ad.party_id, at=at, actor=SYSTEM, verb=verb, object_id=ad_id)
    return row


def _row_of(session: Session, ad: Ad, filed: Filed, at: datetime) -> KeptFile:
    row = KeptFile(
        id=uuid4(), party_id=ad.party_id, authority_id=ad.authority_id, controller_id=ad.controller_id,
        with_authority=False, ad_id=ad.id, kept_at=at,
    )  # fmt: skip
    row.document_id = add_filed(session, owner=row, filed=filed, at=at).id
    session.add(row)
    return row


def _set_anew(session: Session, kept: Kept, filed: Filed, at: datetime) -> None:
    """What is kept is this document from now on; the former's row and blob go."""
    former, id, blob = kept.document, kept.document.id, kept.document.blob
    kept.row.document_id = add_filed(session, owner=kept.row, filed=filed, at=at).id
    session.flush()
    session.delete(former)
    session.flush()
    after_commit(session, lambda: _let_go_of(id, blob))


def left_to_keep(session: Session, ad_id: UUID) -> tuple[UUID, UUID, bytes] | None:
    """The kept file's id, its controller, and the file without those who have been erased; None where it holds none of them,
    or cannot be opened by anybody: a backup has brought back one that was set anew since, or its blob is lost."""
    kept = kept_of(session, ad_id)
    if kept is None:
        return None
    try:
        gone, file = erased_in(session, ad_id), json.loads(filed_bytes(session, kept.document))
    except (KeyGone, BlobGone):
        return None  # lost: there is nothing in it to take out, and `portal check` tells of the file
    still = still_in(file, gone)
    return (kept.document.id, kept.row.controller_id, as_bytes(without(file, still))) if still else None


def put_in_place(session: Session, *, ad_id: UUID, former_id: UUID, filed: Filed, at: datetime) -> bool:
    """What is left of the file stands in the place of the former, whose row and blob go. False where it was set anew by
    somebody else since ``former_id`` was read: of two who are erased at once neither comes back by the other's."""
    session.scalars(select(KeptFile).where(KeptFile.ad_id == ad_id).with_for_update()).all()
    kept = kept_of(session, ad_id)
    if kept is None or kept.document.id != former_id:
        after_commit(session, lambda: _let_go_of(filed.id, filed.kept.name))
        return kept is None
    _set_anew(session, kept, filed, at)
    kept.row.changed_at = at
    session.flush()
    chain = kept.row.party_id
    record(session, chain=chain, at=at, actor=SYSTEM, verb="decision_file.taken_out_of", object_id=ad_id)
    return True


def _let_go_of(id: UUID, blob: str) -> None:
    """A file that no row names any more: its own key first, where it has one. Doing it twice is no fault."""
    the_vault().key_store.destroy(id)
    delete_blobs([blob])


def take_out_erased(ad_id: UUID, at: datetime, own: Session | None = None) -> None:
    """The kept file of a recruitment set anew without those who have been erased, where it holds any of them. Opens its own
    units of work, in the session's scope; safe to repeat."""
    while True:
        with unit_of_work(own) as session:
            found = left_to_keep(session, ad_id)
        if found is None:
            return
        former_id, controller_id, data = found
        filed = keep_filed_apart(own or db.session, controller_id, data, name=CASE_NAME, kind="json", at=at)
        with unit_of_work(own) as session:
            if put_in_place(session, ad_id=ad_id, former_id=former_id, filed=filed, at=at):
                return
