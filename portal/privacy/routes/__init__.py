"""The pages of privacy."""

from portal.privacy.routes import (
    acting,
    candidate,
    kept,
    later,
    leaving,
    merits,
    office,
    proposal,
    registering,
)
from portal.privacy.routes.blueprint import privacy

__all__ = ["acting", "candidate", "kept", "later", "leaving", "merits", "office", "privacy", "proposal", "registering"]
