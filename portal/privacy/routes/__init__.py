"""The pages of privacy."""

from portal.privacy.routes import candidate, kept, leaving, merits, office
from portal.privacy.routes.blueprint import privacy

__all__ = ["candidate", "kept", "leaving", "merits", "office", "privacy"]
