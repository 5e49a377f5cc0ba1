"""The candidates in an assessor's own order, and keys that tell nothing of which application is meant.

Both are made from ids alone: stable for the assessor, different for each, independent of when anybody applied.
"""

from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID


def shuffled(member_id: UUID, application_ids: Iterable[UUID]) -> list[UUID]:
    """The applications in this assessor's order. One that comes later takes its place without moving the others."""
    return sorted(application_ids, key=lambda id: _digest("order", member_id, id))


def shuffled_names(member_id: UUID, application_ids: Iterable[UUID]) -> list[UUID]:
    """The applications in the order in which this assessor is shown bare names: another than that of the papers, so that
    the place of a name tells nothing of whose papers are which."""
    return sorted(application_ids, key=lambda id: _digest("names", member_id, id))


def opaque_key(member_id: UUID, application_id: UUID) -> str:
    """A key for a form in which the application must not be told: another for each assessor, no way back from it."""
    return _digest("key", member_id, application_id).hex()[:20]


def _digest(purpose: str, member_id: UUID, application_id: UUID) -> bytes:
    return sha256(purpose.encode() + member_id.bytes + application_id.bytes).digest()
