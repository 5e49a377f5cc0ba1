"""Protected identity: the candidate's way in, and the reader's pages."""

from portal.protection.routes import applying, masking, naming, reading
from portal.protection.routes.blueprint import protection

__all__ = ["applying", "masking", "naming", "protection", "reading"]
