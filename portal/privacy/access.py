"""Who may do what for candidates' rights, and who may say how long applications are kept."""

from uuid import UUID

from portal.organisations.access import Actor, Role
from portal.review.access import Standing, may_read_whole_papers, may_see_name


def may_answer_requests(actor: Actor) -> bool:
    """Read, register and answer what candidates have asked for: the party's office, which runs the recruitment, and where
    the authority employs its own people too, whose records it concerns."""
    return actor.role in (Role.KANSLI, Role.REGION)


def may_act_on_requests(actor: Actor) -> bool:
    """Do at once what was asked for, and give what only the recruitment has (the copy, merits): the party's office."""
    return actor.role is Role.KANSLI


def may_answer_for(who: Standing, application_id: UUID) -> bool:
    """Answer one candidate: nobody who has jäv for them, and nobody who has applied to the same post."""
    return who.office and not who.has_applied and application_id not in who.conflicts


def may_answer_as_authority(who: Standing, application_id: UUID) -> bool:
    """The same of the authority's people: the scope shows them their own records alone."""
    return not who.has_applied and application_id not in who.conflicts


def may_correct_for(who: Standing, application_id: UUID) -> bool:
    """Put a candidate's details right for them: who may see the name."""
    return may_answer_for(who, application_id) and may_see_name(who, application_id)


def may_copy_for(who: Standing, application_id: UUID) -> bool:
    """Take out a candidate's copy for them: who may open the whole papers. While a review is blind that is nobody."""
    return may_answer_for(who, application_id) and may_read_whole_papers(who, application_id)


def may_read_retention(actor: Actor) -> bool:
    """What is kept of whom until when, recruitment by recruitment, in counts: the party's office."""
    return actor.role is Role.KANSLI


def may_decide_retention(who: Standing) -> bool:
    """Hold, postpone and say from which day it is counted: the office. Never one who has applied."""
    return who.office and not who.has_applied


def may_lift_hold(who: Standing, application_id: UUID | None) -> bool:
    """Lift a legal hold: of one candidate nobody who has jäv for them; None is one of the whole recruitment."""
    return may_decide_retention(who) and application_id not in who.conflicts
