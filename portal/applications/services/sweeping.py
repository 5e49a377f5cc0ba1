"""What is swept: drafts nobody touches, erasures that were cut short, and keys and blobs that no row names."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import select
from sqlalchemy.orm import Session

from portal import clock, scope
from portal.applications.queries import (
    draft,
    keyed_applications,
    keyed_identities,
    old_drafts,
    unfinished_erasures,
)
from portal.applications.services.drafting import KEPT
from portal.applications.services.withdrawing import empty_application, finish_erasure, keys_of, let_go_of_mails
from portal.applications.states import State
from portal.audit.queries import last_line_at
from portal.audit.services import PLATFORM_CHAIN, RESTORED
from portal.db import after_commit, db, unit_of_work
from portal.documents.queries import filed_ids, named_blobs
from portal.documents.services import delete_blobs
from portal.links.services import delete_links, sweep_visits
from portal.organisations.models import Party
from portal.scope import acting_for
from portal.vault.services import the_vault

_log = structlog.get_logger("sweeper")
FEW_KEYS, FEW_BLOBS = 20, 80  # of some applications that came to nothing, in a portal that has few others
UNNAMED_FOR = timedelta(days=1)  # a blob or a key younger than this may get its row yet
LEFT_ALONE = timedelta(days=30)  # after a backup was put back: as long as backups of keys are kept


@dataclass(frozen=True, slots=True)
class Swept:
    """How many of each went."""

    drafts: int
    erasures: int
    keys: int
    blobs: int
    held_back: bool = False  # keys and blobs: see `Unnamed.are_most`
    failed: int = 0  # drafts and erasures of which something went wrong; the log says which


@dataclass(frozen=True, slots=True)
class Unnamed:
    """Keys and blobs that no row in any party names, and how many are named."""

    keys: set[UUID]
    blobs: set[str]
    named_keys: int
    named_blobs: int
    parties: int

    @property
    def are_most(self) -> bool:
        """Whether they are more than what is named, and more than what a fault or two leaves behind, or in a database that
        has no party yet: it is another then, or empty, and what it does not name may be all that is left of the right one."""
        few_keys, few_blobs = (0, 0) if self.parties == 0 else (FEW_KEYS, FEW_BLOBS)
        keys, blobs = len(self.keys), len(self.blobs)
        return keys > max(self.named_keys, few_keys) or blobs > max(self.named_blobs, few_blobs)


def sweep(at: datetime, *, even_most: bool = False) -> Swept:
    """Everything that is to be swept at ``at``; keys and blobs that are most of all there are only where ``even_most`` says
    so. Safe to repeat, and to run twice at once."""
    (drafts, left), (erasures, unfinished) = _each_draft(at), _each_erasure()
    found = unnamed(at, UNNAMED_FOR)
    held_back = found.are_most and not even_most
    keys, blobs = (0, 0) if held_back else _sweep_unnamed(found)
    with unit_of_work() as session:
        sweep_visits(session, at)
    return Swept(drafts, erasures, keys, blobs, held_back, left + unfinished)


def to_sweep(at: datetime) -> Swept:
    """How much `sweep` would sweep at ``at``; nothing is."""
    drafts, erasures, theirs = 0, 0, set[UUID]()
    for own in each_party():
        drafts += len(old_drafts(own, at - KEPT))
        unfinished = unfinished_erasures(own)
        erasures += len(unfinished)
        theirs.update(key_id for application_id in unfinished for key_id in keys_of(own, application_id))
    found = unnamed(at, UNNAMED_FOR)
    return Swept(drafts, erasures, len(found.keys - theirs), len(found.blobs), found.are_most)


def each_party() -> Iterator[Session]:
    """A session for each party in turn; together they see every application. Nobody's scope is wider than one party's."""
    with db.sessionmaker() as own:
        parties = own.scalars(select(Party.id).order_by(Party.id)).all()
    for party in parties:
        with acting_for(scope.party(party)) as own:
            yield own


def _each_draft(at: datetime) -> tuple[int, int]:
    """Delete drafts untouched for thirty days, key first. How many, and how many could not be: one keeps none back."""
    swept = failed = 0
    for own in each_party():
        for application_id in old_drafts(own, at - KEPT):
            with _noting_what_fails(own, application_id) as went:
                with unit_of_work(own) as session:
                    swept += delete_draft(session, application_id, untouched_since=at - KEPT)
                went.well = True
            failed += not went.well
    return swept, failed


@dataclass(slots=True)
class _Went:
    well: bool = False


@contextmanager
def _noting_what_fails(own: Session, application_id: UUID) -> Iterator[_Went]:
    went = _Went()
    try:
        yield went
    except Exception as fault:
        own.rollback()
        _log.error("not_swept", application_id=str(application_id), reason=type(fault).__name__)


def delete_draft(session: Session, application_id: UUID, *, untouched_since: datetime | None = None) -> bool:
    """Delete a draft: its rows, its link, and once that is committed its key and its blobs. False where it is a draft
    no more, or in use. Cut short in between, the key and the blobs are orphans; a row without its key is never left."""
    row = draft(session, application_id)
    if row is None or row.state != State.DRAFT or (untouched_since and row.changed_at >= untouched_since):
        return False
    after_commit(session, lambda: the_vault().key_store.destroy(application_id))
    empty_application(session, row)
    session.delete(row)
    delete_links(session, application_id)
    let_go_of_mails(session, application_id, clock.now())
    session.flush()
    return True


def _each_erasure() -> tuple[int, int]:
    """Finish every erasure that was marked and then cut short. How many, and how many could not be."""
    finished = failed = 0
    for own in each_party():
        for application_id in unfinished_erasures(own):
            with _noting_what_fails(own, application_id) as went:
                finish_erasure(application_id, own)
                went.well = True
            finished, failed = finished + went.well, failed + (not went.well)
    return finished, failed


def old_blobs(age: timedelta) -> set[str]:
    """Blobs that are older than ``age`` by the store's own clock, which may go otherwise than ours: a fresh one tells."""
    blobs, mark = the_vault().blobs, secrets.token_hex(20)
    blobs.put(mark, b"")
    written = dict(blobs.names())
    blobs.delete(mark)
    return {name for name, then in written.items() if then < written[mark] - age}


def unnamed(at: datetime, age: timedelta) -> Unnamed:
    """Keys and blobs older than ``age`` that no row in any party names. For `LEFT_ALONE` after a backup was put back nothing
    that is older than that: another backup may name it, to be put back once this one is seen to be too old.

    What is old is listed before the rows are read, so that a row that comes meanwhile is never missed.
    """
    keys = set(the_vault().key_store.older_than(at - age))
    blobs, named, parties = old_blobs(age), 0, 0
    old_keys = len(keys)
    for own in each_party():
        parties += 1
        keys.difference_update((*keyed_applications(own), *keyed_identities(own), *filed_ids(own)))
        for blob in named_blobs(own):
            blobs.discard(blob.name)
            named += 1
    named_keys = old_keys - len(keys)
    restored = _restored_at() if keys or blobs else None
    if restored is not None and restored > at - LEFT_ALONE:
        keys.difference_update(the_vault().key_store.older_than(restored))
        blobs.difference_update(old_blobs(at - restored))
    return Unnamed(keys, blobs, named_keys, named, parties)


def _restored_at() -> datetime | None:
    with db.sessionmaker() as own:
        return last_line_at(own, PLATFORM_CHAIN, RESTORED)


def _sweep_unnamed(found: Unnamed) -> tuple[int, int]:
    for application_id in found.keys:
        the_vault().key_store.discard(application_id)
    the_vault().key_store.leave_no_trace()
    delete_blobs(found.blobs)
    return len(found.keys), len(found.blobs)
