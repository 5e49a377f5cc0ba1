"""The pages of review: panel, jäv, scores, order and handing in, candidates, joint view."""

from portal.review.routes import candidates, conflicts, joint, order, own, panel, score
from portal.review.routes.blueprint import review

__all__ = ["candidates", "conflicts", "joint", "order", "own", "panel", "review", "score"]
