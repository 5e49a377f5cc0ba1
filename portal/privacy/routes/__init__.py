"""The pages of privacy."""

from portal.privacy.routes import candidate, leaving
from portal.privacy.routes.blueprint import privacy

__all__ = ["candidate", "leaving", "privacy"]
