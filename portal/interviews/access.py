"""Who may do what about interviews: pure predicates over what a person is to the recruitment (`review.access.Standing`)."""

from uuid import UUID

from portal.review.access import Standing, may_read_papers, may_score, may_take_part


def may_arrange(who: Standing) -> bool:
    """Make and take away times, and write the guide: the office, or who leads the panel."""
    return may_take_part(who) and (who.office or (who.named and who.leads))


def may_see_meeting(who: Standing, application_id: UUID) -> bool:
    """Know whose a booked time is. To whom has jäv it is taken, and no more."""
    return may_read_papers(who, application_id)


def may_keep_card(who: Standing, application_id: UUID) -> bool:
    """Keep a card of one's own for the interview: an assessor without jäv."""
    return may_score(who, application_id)


def may_write_down_reference(who: Standing, application_id: UUID) -> bool:
    """Ask those whom the candidate has named, and write down what they say."""
    return may_arrange(who) and may_read_papers(who, application_id)
