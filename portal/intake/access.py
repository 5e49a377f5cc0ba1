"""Who may register an application for somebody: the office. Pure predicates."""

from uuid import UUID

from portal.review.access import Standing, may_name_panel, may_see_name


def may_register(who: Standing) -> bool:
    """Register what came by post or mail: the office, never one who has applied."""
    return may_name_panel(who)


def may_see_begun(who: Standing, *, own: bool) -> bool:
    """See one that is begun, with name, papers and salary claim: of those who assess, in whatever way, whoever began it
    alone (``own``). Once it is finished the same is shown by what the review shows."""
    return may_register(who) and (own or not who.named)


def may_see_registered(who: Standing, application_id: UUID, *, own: bool) -> bool:
    """See one that has been registered by name, with the letter to print: who knows the name, and whoever registered it
    themself (``own``), who has typed the name: nobody else may be there to print it. Never who has jäv for them."""
    if not may_register(who) or application_id in who.conflicts:
        return False
    return own or may_see_name(who, application_id)
