"""Who may do what in one recruitment's review: pure predicates over what a person is to it."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Standing:
    """What a person is to one recruitment.

    ``conflicts`` and ``clear`` are the applications for which they have answered that they have jäv, and that they have
    not. A conflict binds the person for good, also after they have left the panel.
    """

    office: bool = False
    named: bool = False  # in the panel and not removed
    leads: bool = False
    has_applied: bool = False
    conflicts: frozenset[UUID] = field(default_factory=frozenset)
    clear: frozenset[UUID] = field(default_factory=frozenset)


def may_enter_case(who: Standing) -> bool:
    """Know that the case is there: the office and the panel, never anyone who has applied."""
    return (who.office or who.named) and not who.has_applied


def may_name_panel(who: Standing) -> bool:
    """Name and remove assessors, set the last day, see the list of all who have applied."""
    return who.office and not who.has_applied


def may_assess(who: Standing) -> bool:
    """Answer about jäv, score, order and hand in."""
    return who.named and not who.has_applied


def may_see_listed(who: Standing, application_id: UUID) -> bool:
    """See one application in a list. An assessor of the office is bound by their own jäv like every other."""
    if not may_enter_case(who) or application_id in who.conflicts:
        return False
    return application_id in who.clear or (who.office and not who.named)


def may_read_papers(who: Standing, application_id: UUID) -> bool:
    """Open letter, answers and documents: whoever sees it listed."""
    return may_see_listed(who, application_id)


def may_score(who: Standing, application_id: UUID) -> bool:
    """Score one application: an assessor who has answered that they have no jäv."""
    return may_assess(who) and application_id in who.clear and application_id not in who.conflicts


def may_call(who: Standing, application_id: UUID) -> bool:
    """Record that a candidate is called to interview: the office, or who leads the panel."""
    return (who.office or (who.named and who.leads)) and may_read_papers(who, application_id)


def may_see_salary(who: Standing, application_id: UUID, *, called: bool) -> bool:
    """Read the salary claim: sealed until the candidate has been called to interview."""
    return called and may_read_papers(who, application_id)
