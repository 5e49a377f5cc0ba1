"""What is swept: drafts nobody touches, erasures that were cut short, and keys and blobs that no row names."""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

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
from portal.db import after_commit, db, unit_of_work
from portal.documents.queries import filed_ids, named_blobs
from portal.documents.services import delete_blobs
from portal.links.services import delete_links, sweep_visits
from portal.organisations.models import Party
from portal.scope import acting_for
from portal.vault.services import the_vault

UNNAMED_FOR = timedelta(days=1)  # a blob or a key younger than this may get its row yet


@dataclass(frozen=True, slots=True)
class Swept:
    """How many of each went."""

    drafts: int
    erasures: int
    keys: int
    blobs: int


def sweep(at: datetime) -> Swept:
    """Everything that is to be swept at ``at``. Safe to repeat, and to run twice at once."""
    drafts, erasures = sweep_drafts(at), finish_erasures()
    keys, blobs = sweep_orphans(at)
    with unit_of_work() as session:
        sweep_visits(session, at)
    return Swept(drafts, erasures, keys, blobs)


def to_sweep(at: datetime) -> Swept:
    """How much `sweep` would sweep at ``at``; nothing is."""
    drafts, erasures, theirs = 0, 0, set[UUID]()
    for own in each_party():
        drafts += len(old_drafts(own, at - KEPT))
        unfinished = unfinished_erasures(own)
        erasures += len(unfinished)
        theirs.update(key_id for application_id in unfinished for key_id in keys_of(own, application_id))
    keys, blobs = unnamed(at, UNNAMED_FOR)
    return Swept(drafts, erasures, len(keys - theirs), len(blobs))


def each_party() -> Iterator[Session]:
    """A session for each party in turn; together they see every application. Nobody's scope is wider than one party's."""
    with db.sessionmaker() as own:
        parties = own.scalars(select(Party.id).order_by(Party.id)).all()
    for party in parties:
        with acting_for(scope.party(party)) as own:
            yield own


def sweep_drafts(at: datetime) -> int:
    """Delete drafts untouched for thirty days, key first. How many."""
    swept = 0
    for own in each_party():
        for application_id in old_drafts(own, at - KEPT):
            with unit_of_work(own) as session:
                swept += delete_draft(session, application_id, untouched_since=at - KEPT)
    return swept


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


def finish_erasures() -> int:
    """Finish every erasure that was marked and then cut short. How many."""
    finished = 0
    for own in each_party():
        for application_id in unfinished_erasures(own):
            finish_erasure(application_id, own)
            finished += 1
    return finished


def old_blobs(age: timedelta) -> set[str]:
    """Blobs that are older than ``age`` by the store's own clock, which may go otherwise than ours: a fresh one tells."""
    blobs, mark = the_vault().blobs, secrets.token_hex(20)
    blobs.put(mark, b"")
    written = dict(blobs.names())
    blobs.delete(mark)
    return {name for name, then in written.items() if then < written[mark] - age}


def unnamed(at: datetime, age: timedelta) -> tuple[set[UUID], set[str]]:
    """Keys and blobs older than ``age`` that no row in any party names.

    What is old is listed before the rows are read, so that a row that comes meanwhile is never missed.
    """
    keys = set(the_vault().key_store.older_than(at - age))
    blobs = old_blobs(age)
    for own in each_party():
        keys.difference_update((*keyed_applications(own), *keyed_identities(own), *filed_ids(own)))
        blobs.difference_update(blob.name for blob in named_blobs(own))
    return keys, blobs


def sweep_orphans(at: datetime) -> tuple[int, int]:
    """Remove keys and blobs older than a day that no row in any party names. How many keys and blobs."""
    keys, blobs = unnamed(at, UNNAMED_FOR)
    for application_id in keys:
        the_vault().key_store.discard(application_id)
    the_vault().key_store.leave_no_trace()
    delete_blobs(blobs)
    return len(keys), len(blobs)
