"""Who may read employments."""

from portal.organisations.access import Actor, Role


def may_read_employments(actor: Actor) -> bool:
    """The party's office its own; the authority's HR those whom the authority employs, which the scope sees to."""
    return actor.role in (Role.KANSLI, Role.REGION)


def may_read_mandate_change(actor: Actor) -> bool:
    """A change of mandate: the party's office its own people and posts, the authority every party's posts."""
    return actor.role in (Role.KANSLI, Role.REGION)


def may_write_contracts(actor: Actor) -> bool:
    """Fill in, offer and take back contracts, and file signed copies: the party's office, which runs the recruitment."""
    return actor.role is Role.KANSLI


def may_write_decisions(actor: Actor) -> bool:
    """Write down the decision behind an employment and what became of it: the party's office."""
    return actor.role is Role.KANSLI


def may_change_employments(actor: Actor) -> bool:
    """Extend, end early, write down a notice and take such an act back: the party's office."""
    return actor.role is Role.KANSLI


def may_record_employments(actor: Actor) -> bool:
    """Record employments without an ad, renew them and read in those that were there: the party's office."""
    return actor.role is Role.KANSLI


def may_write_onboarding(actor: Actor) -> bool:
    """Begin, tick and change the checklist of somebody's first days: the party's office."""
    return actor.role is Role.KANSLI
