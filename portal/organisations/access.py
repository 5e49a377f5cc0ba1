"""Who may do what: pure predicates, used by guards, by templates and by the table of permissions in the tests."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class Role(StrEnum):
    """What a membership makes of a person."""

    DRIFT = "drift"  # runs the installation; sees no recruitment
    KANSLI = "kansli"  # the party's office
    LEDAMOT = "ledamot"  # an elected member of the party: assesses where named
    REGION = "region"  # the authority's HR and registrar


@dataclass(frozen=True, slots=True)
class Actor:
    """A logged-in person in one accepted membership. ``membership_id`` is None for one who has none (yet)."""

    person_id: UUID
    name: str
    membership_id: UUID | None = None
    role: Role | None = None
    party_id: UUID | None = None
    authority_id: UUID | None = None


def may_enter(actor: Actor) -> bool:
    """Be logged in at all: the start page, one's own account."""
    return True


def may_run_installation(actor: Actor) -> bool:
    """Add authorities, parties and their first people."""
    return actor.role is Role.DRIFT


def may_run_recruitment(actor: Actor) -> bool:
    """Write and publish ads, name assessors, record outcomes: the party's office."""
    return actor.role is Role.KANSLI


def may_work_in_party(actor: Actor) -> bool:
    """Anything inside a party; what of a recruitment is seen is then decided by panel, phase and conflict."""
    return actor.role in (Role.KANSLI, Role.LEDAMOT)


def may_invite_colleagues(actor: Actor) -> bool:
    """Invite people into one's own party or authority."""
    return actor.role in (Role.KANSLI, Role.REGION)


def may_look_after_people(actor: Actor) -> bool:
    """Send an invitation again, send a new binding of a telephone, end a membership: of whose people is checked apart."""
    return actor.role in (Role.KANSLI, Role.REGION, Role.DRIFT)


def may_read_register(actor: Actor) -> bool:
    """The authority's own side: region-employed applications as they arrive, and employments."""
    return actor.role is Role.REGION


def may_read_rules(actor: Actor) -> bool:
    """The authority's own rules for political secretaries: those who write ads and contracts."""
    return actor.role in (Role.KANSLI, Role.REGION)


def may_read_data_papers(actor: Actor) -> bool:
    """The papers on personal data: those who answer for it, and whoever runs the installation."""
    return actor.role in (Role.KANSLI, Role.REGION, Role.DRIFT)


def may_change_party(actor: Actor) -> bool:
    """Change one's own party's name, colour and rules: the party's office."""
    return actor.role is Role.KANSLI


def may_change_authority(actor: Actor) -> bool:
    """Change one's own authority's name as controller, its disposal decision and its public address."""
    return actor.role is Role.REGION
