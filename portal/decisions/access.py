"""Who may decide in a recruitment: a pure predicate over what a person is to it."""

from portal.review.access import Standing


def may_decide(who: Standing) -> bool:
    """Go through the checklist, let everybody have their word, and read the decision file: the office, or the assessor who
    decides. Never anyone who has applied. One who decides and does not assess does it through the office."""
    return (who.office or (who.named and who.decides)) and not who.has_applied
