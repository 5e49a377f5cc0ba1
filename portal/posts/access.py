"""Who may see and change the ledger of posts."""

from portal.organisations.access import Actor, Role


def may_read_own_posts(actor: Actor) -> bool:
    """A party's office and its elected members: what the party has, and what is left."""
    return actor.role in (Role.KANSLI, Role.LEDAMOT)


def may_keep_ledger(actor: Actor) -> bool:
    """The authority's HR: every party's line, and the decisions behind them."""
    return actor.role is Role.REGION
