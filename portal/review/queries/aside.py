"""Who of the panel has nobody to judge."""

from portal.review.queries.case import Case


def judges_nobody(case: Case) -> bool:
    """Whether somebody of the panel judges none of those who count, has answered about all, and waits for none to be masked:
    they have jäv for every one. The joint view and the meeting are not theirs."""
    judges = case.to_judge or case.unanswered or case.waiting_for_masks
    return case.standing.named and bool(case.applications) and not judges
