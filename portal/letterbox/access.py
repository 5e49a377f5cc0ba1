"""Who may read and write what stands in a candidate's letterbox: the office alone. Pure predicates."""

from uuid import UUID

from portal.review.access import Standing, may_name_panel, may_see_name


def may_keep_letterbox(who: Standing) -> bool:
    """See which candidates have written: the office. Who assesses or decides is judge, and reads what is judged by."""
    return may_name_panel(who)


def may_read_letterbox(who: Standing, application_id: UUID, *, over: bool = False) -> bool:
    """Read one candidate's messages and answer them: a message may tell who has written it, so one of the office who
    assesses blind reads none until the name is open, or the recruitment is ``over`` and nothing more is judged. Nobody reads
    where they have jäv."""
    if not may_keep_letterbox(who) or application_id in who.conflicts:
        return False
    return over or may_see_name(who, application_id)
