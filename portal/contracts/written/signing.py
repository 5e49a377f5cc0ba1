"""How a signature comes to a contract: one small Protocol. What ships with the portal is the copy signed by hand, or in
some other system, and uploaded. No legal level is claimed by it: the portal keeps order, dates and copies.

A signing service would be another twin: given the same question it answers with the same thing, the signed paper.
"""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose signature is asked for, from 1 in the contract's order, and the SHA-256 of the paper that was offered."""

    position: int
    role: str
    name: str
    paper_sha256: str


@dataclass(frozen=True, slots=True)
class SignedCopy:
    """A PDF that bears the signature, opened and found whole."""

    name: str
    data: bytes
    page_count: int


class Signing(Protocol):
    """Brings the copy that bears one signature, or raises a Refusal that says why there is none."""

    def signed_copy(self, asked: Asked) -> SignedCopy: ...
