"""The pages of privacy."""

from portal.privacy.routes import candidate, leaving, merits, office
from portal.privacy.routes.blueprint import privacy

__all__ = ["candidate", "leaving", "merits", "office", "privacy"]
