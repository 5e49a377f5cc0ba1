"""The candidates in an assessor's own order, and keys that tell nothing of which application is meant.

Both are made from ids alone: stable for the assessor, different for each, independent of when anybody applied.
"""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID


def shuffled(member_id: UUID, application_ids: Iterable[UUID]) -> list[UUID]:
    """The applications in this assessor's order. One that comes later takes its place without moving the others."""
    return _sorted("order", member_id, application_ids)


def shuffled_names(member_id: UUID, application_ids: Iterable[UUID]) -> list[UUID]:
    """The applications in the order in which this assessor is shown bare names: another than that of the papers, so that
    the place of a name tells nothing of whose papers are which."""
    return _sorted("names", member_id, application_ids)


def opaque_key(member_id: UUID, application_id: UUID) -> str:
    """A key for a form in which the application must not be told: another for each assessor, no way back from it."""
    return sha256(b"key" + member_id.bytes + application_id.bytes).hexdigest()[:20]


def _sorted(purpose: str, member_id: UUID, application_ids: Iterable[UUID]) -> list[UUID]:
    before = purpose.encode() + member_id.bytes
    return sorted(application_ids, key=lambda id: sha256(before + id.bytes).digest())
