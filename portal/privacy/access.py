"""Who may do what for candidates' rights."""

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
