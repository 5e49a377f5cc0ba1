"""The verbs of an employment's contract."""

from portal.contracts.written.services.accepting import note_accepted
from portal.contracts.written.services.signing import record_signature, take_back_signature
from portal.contracts.written.services.writing import (
    delete_draft,
    not_now,
    offer_contract,
    require_offerable,
    save_contract,
    take_back_contract,
)

__all__ = [
    "delete_draft",
    "not_now",
    "note_accepted",
    "offer_contract",
    "record_signature",
    "require_offerable",
    "save_contract",
    "take_back_contract",
    "take_back_signature",
]
