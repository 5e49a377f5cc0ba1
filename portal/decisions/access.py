"""Who may decide in a recruitment: a pure predicate over what a person is to it."""

from uuid import UUID

from portal.review.access import Standing, is_asked, may_see_listed, only_decides
from portal.review.phases import may_meet


def may_decide(who: Standing) -> bool:
    """Go through the checklist, write what becomes of each, let everybody have their word, and read the decision file: the
    office, or whoever decides. One who decides and does not assess, from the open phase on: before that nothing is theirs
    to see. Never anyone who has applied."""
    in_time = not only_decides(who) or may_meet(who.phase)
    return (who.office or who.decides) and in_time and not who.has_applied


def may_decide_about(who: Standing, application_id: UUID) -> bool:
    """Write what becomes of one candidate: whoever decides has said that they have no jäv, and so has the office."""
    return may_decide(who) and may_see_listed(who, application_id) and application_id in who.clear


def may_read_about(who: Standing, application_id: UUID) -> bool:
    """Read of one candidate in the decision file. Whoever is asked of them has answered that they have no jäv; one of the
    office who stands in for others is not asked of them. One who is kept for later is the office's alone."""
    theirs = who.office or application_id not in who.later
    answered = application_id in who.clear or not is_asked(who, application_id)
    return theirs and application_id not in who.conflicts and answered
