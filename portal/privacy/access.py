"""Who may do what for candidates' rights, and who may say how long applications are kept."""

from uuid import UUID

from portal.organisations.access import Actor, Role
from portal.review.access import Standing, may_read_whole_papers


def may_answer_requests(actor: Actor) -> bool:
    """Read and answer what candidates have asked for: the party's office, which runs the recruitment."""
    return actor.role is Role.KANSLI


def may_answer_for(who: Standing, application_id: UUID) -> bool:
    """Answer one candidate: nobody who has jäv for them, and nobody who has applied to the same post."""
    return who.office and not who.has_applied and application_id not in who.conflicts


def may_copy_for(who: Standing, application_id: UUID) -> bool:
    """Take out a candidate's copy for them: who may open the whole papers. While a review is blind that is nobody."""
    return may_answer_for(who, application_id) and may_read_whole_papers(who, application_id)


def may_read_retention(actor: Actor) -> bool:
    """What is kept of whom until when, recruitment by recruitment, in counts: the party's office."""
    return actor.role is Role.KANSLI


def may_decide_retention(who: Standing) -> bool:
    """Hold, postpone and say from which day it is counted: the office. Never one who has applied."""
    return who.office and not who.has_applied
