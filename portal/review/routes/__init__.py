"""The pages of review: panel, phases, jäv, krav, scores, order and handing in, candidates, joint view, meeting."""

from portal.review.routes import (
    candidates,
    conflicts,
    joint,
    mask_pages,
    masking,
    meeting,
    meeting_order,
    minutes,
    note,
    order,
    own,
    panel,
    pause,
    phases,
    requirements,
    score,
    why,
)
from portal.review.routes.blueprint import review

__all__ = [
    "candidates",
    "conflicts",
    "joint",
    "mask_pages",
    "masking",
    "meeting",
    "meeting_order",
    "minutes",
    "note",
    "order",
    "own",
    "panel",
    "pause",
    "phases",
    "requirements",
    "review",
    "score",
    "why",
]
