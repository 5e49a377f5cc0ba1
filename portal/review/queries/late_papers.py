"""When the covered CV of somebody under a code name came to those who assess: nobody had it before them who handed in before,
so what they handed in does not cover it. Whoever applies by name sends everything before anybody assesses."""

from sqlalchemy import case, func, select

from portal.applications.models import Application
from portal.documents.models import Document
from portal.review.queries.papers import OPEN

_CAME = (
    select(func.max(Document.created_at))
    .where(
        Document.application_id == Application.id, Document.slot == "attachment", Document.replaced_at.is_(None),
        Document.state.in_(OPEN),
    )
    .correlate(Application)
    .scalar_subquery()
)  # fmt: skip
PAPER_AT = case((Application.protected, _CAME))  # of the few alone; beside `Application`
