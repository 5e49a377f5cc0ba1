"""Who may say how long applications are kept."""

from portal.organisations.access import Actor, Role
from portal.review.access import Standing


def may_read_retention(actor: Actor) -> bool:
    """What is kept of whom until when, recruitment by recruitment, in counts: the party's office."""
    return actor.role is Role.KANSLI


def may_decide_retention(who: Standing) -> bool:
    """Hold, postpone and say from which day it is counted: the office. Never one who has applied."""
    return who.office and not who.has_applied
