"""The pages of a record, for whoever reads or marks them."""

from collections.abc import Callable
from typing import TypeVar

from flask import Response, abort
from sqlalchemy.orm import Session

from portal.db import db
from portal.disclosure.queries.records import Record
from portal.disclosure.services.burning import page_count
from portal.refusal import Refusal
from portal.web.filters import sentence_of
from portal.web.headers import picture_of_page

Of = TypeVar("Of", bound=Record)


def pages_or_fault(entry: Record, count: Callable[[Session, Record], int] = page_count) -> tuple[range, str]:
    """The numbers of its pages, as ``count`` has them; and why they cannot be drawn, where they cannot."""
    try:
        return range(1, count(db.session, entry) + 1), ""
    except Refusal as refusal:
        return range(0), sentence_of(refusal)


def picture(draw: Callable[[Session, Of, int], bytes | None], entry: Of, number: int) -> Response:
    """The answer with one of its pages, as ``draw`` draws it; a page that is not there where there is no such."""
    try:
        drawn = draw(db.session, entry, number)
    except Refusal as refusal:
        abort(refusal.status)
    return picture_of_page(drawn) if drawn is not None else abort(404)
