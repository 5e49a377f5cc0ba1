"""The verbs of review: name the panel, answer about jäv, score, order, hand in, call to interview."""

from portal.review.services.calling import call_to_interview
from portal.review.services.declaring import declare_conflicts
from portal.review.services.naming import invite_panel, name_panel
from portal.review.services.ordering import hand_in, save_order
from portal.review.services.scoring import save_presence, save_step

__all__ = [
    "call_to_interview",
    "declare_conflicts",
    "hand_in",
    "invite_panel",
    "name_panel",
    "save_order",
    "save_presence",
    "save_step",
]
