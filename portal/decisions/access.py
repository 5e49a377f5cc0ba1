"""Who may decide in a recruitment: a pure predicate over what a person is to it."""

from uuid import UUID

from portal.review.access import Standing, is_asked


def may_decide(who: Standing) -> bool:
    """Go through the checklist, let everybody have their word, and read the decision file: the office, or the assessor who
    decides. Never anyone who has applied. One who decides and does not assess does it through the office."""
    return (who.office or (who.named and who.decides)) and not who.has_applied


def may_read_about(who: Standing, application_id: UUID) -> bool:
    """Read of one candidate in the decision file. Whoever is asked of them has answered that they have no jäv; one of the
    office who stands in for others is not asked of them."""
    answered = application_id in who.clear or not is_asked(who, application_id)
    return application_id not in who.conflicts and answered
