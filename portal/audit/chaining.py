"""What a line's hash and a head's seal are made of. Both need the installation's key."""

import hashlib
import hmac
import json
from datetime import UTC, datetime
from typing import NamedTuple
from uuid import UUID

from portal.audit.models import AuditLine
from portal.vault.services import the_vault

START = b"\0" * 32  # what the first line of a chain follows


class Line(NamedTuple):
    """A line as it is added, by the columns of `AuditLine`."""

    id: UUID
    chain_id: UUID
    number: int
    at: datetime
    actor: str
    verb: str
    object_id: UUID | None
    reason: str
    previous_hash: bytes
    hash: bytes = b""


def line_hash(line: AuditLine | Line, *, with_id: bool = True) -> bytes:
    """The keyed hash of all that stands in a line, the hash of the line before it among it."""
    content = [
        str(line.chain_id),
        line.number,
        line.at.astimezone(UTC).isoformat(),
        line.actor,
        line.verb,
        str(line.object_id or ""),
        line.reason,
        line.previous_hash.hex(),
        *([str(line.id)] if with_id else []),
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hmac.new(the_vault().keyring.derive("audit"), text.encode(), hashlib.sha256).digest()


def is_genuine(line: AuditLine) -> bool:
    """Whether the line is as it was written. The first lines ever were hashed without their row's own id."""
    return line.hash in (line_hash(line), line_hash(line, with_id=False))


def first_seal(chain: UUID) -> bytes:
    """The seal of a chain without lines. It stands nowhere, so nobody can set a head back to it."""
    return hmac.new(the_vault().keyring.derive("audit_head"), chain.bytes, hashlib.sha256).digest()


def rolled(seal: bytes, hash: bytes) -> bytes:
    """The seal, rolled on over one more line."""
    return hmac.new(the_vault().keyring.derive("audit_head"), seal + hash, hashlib.sha256).digest()
