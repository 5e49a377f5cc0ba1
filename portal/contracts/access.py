"""Who may read employments."""

from portal.organisations.access import Actor, Role


def may_read_employments(actor: Actor) -> bool:
    """The party's office its own; the authority's HR those whom the authority employs, which the scope sees to."""
    return actor.role in (Role.KANSLI, Role.REGION)
