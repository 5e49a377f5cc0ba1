"""The letterbox: the candidate's own page under the private link, and the office's under the recruitment."""

from portal.letterbox.routes import office, own
from portal.letterbox.routes.blueprint import letterbox

__all__ = ["letterbox", "office", "own"]
