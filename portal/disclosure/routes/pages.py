"""The pages of a record, for whoever reads or marks them."""

from portal.db import db
from portal.disclosure.services.burning import page_count
from portal.refusal import Refusal
from portal.register.models import RegisterEntry
from portal.web.filters import sentence_of

A4 = (1240, 1754)  # pixels of a page's picture


def pages_or_fault(entry: RegisterEntry) -> tuple[range, str]:
    """The numbers of its pages; and why they cannot be drawn, where they cannot."""
    try:
        return range(1, page_count(db.session, entry) + 1), ""
    except Refusal as refusal:
        return range(0), sentence_of(refusal)
