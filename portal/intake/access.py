"""Who may register an application for somebody: the office. Pure predicates."""

from portal.review.access import Standing, may_name_panel


def may_register(who: Standing) -> bool:
    """Register what came by post or mail: the office, never one who has applied."""
    return may_name_panel(who)
