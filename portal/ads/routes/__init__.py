"""The pages of the ads: what everybody reads, and the office's pages where they are written."""

from portal.ads.routes import parts, public, publishing, recruitments, rows
from portal.ads.routes.blueprint import ads

__all__ = ["ads", "parts", "public", "publishing", "recruitments", "rows"]
