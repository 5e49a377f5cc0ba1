"""Authorities and parties made and changed. Each gets its own key before anything can be sealed for it."""

import secrets
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.services import PLATFORM_CHAIN, person_actor, record
from portal.clock import STOCKHOLM
from portal.organisations.models import Authority, Party, RetentionRule
from portal.organisations.queries import retention_rules_of
from portal.organisations.retention import USUAL_MONTHS, in_force
from portal.refusal import N_, Refusal
from portal.vault.services import create_controller_key

PARTY_RULE = "24 månader efter att tjänsten tillsattes"


class Retention(NamedTuple):
    """How many months applications are kept, what that rests on, and from which day."""

    months: int
    basis: str
    valid_from: date


class NameTaken(Refusal):
    """An authority, or a party within its authority, has this name already."""

    field = "name"
    text = N_("%(name)s finns redan. Välj ett annat namn.")


def add_authority(
    session: Session, *, name: str, kind: str, controller_name: str, by: UUID | None, at: datetime
) -> Authority:
    """A new region or municipality, with its key. Raises `NameTaken`."""
    if session.scalar(select(Authority.id).where(Authority.name == name)) is not None:
        raise NameTaken(name=name)
    authority = Authority(id=uuid4(), name=name, kind=kind, controller_name=controller_name, created_at=at)
    session.add(authority)
    session.flush()
    create_controller_key(session, authority.id, at=at)
    _note(session, PLATFORM_CHAIN, "authority.added", authority.id, by, at)
    return authority


def change_authority(
    session: Session,
    *,
    authority_id: UUID,
    controller_name: str,
    retention: Retention,
    contact_email: str,
    data_officer: str,
    profile_key: str | None,
    board_first_day: date | None,
    board_source: str | None,
    by: UUID,
    at: datetime,
) -> None:
    """Change who is controller by name, the rule that retention goes by, the public address, the data protection officer,
    whose rules hold, and the new board's first day with where it is decided."""
    authority = session.get_one(Authority, authority_id, with_for_update=True)
    authority.controller_name = controller_name
    say_rule(session, authority, retention, by, at)
    authority.contact_email, authority.profile_key = contact_email, profile_key
    authority.data_officer = data_officer
    authority.board_first_day, authority.board_source = board_first_day, board_source
    _note(session, PLATFORM_CHAIN, "authority.changed", authority_id, by, at)


def add_party(
    session: Session, *, authority_id: UUID, name: str, hue: int, controller_name: str, by: UUID | None, at: datetime
) -> Party:
    """A new party in an authority, with a random name for its colours and a key of its own. Raises `NameTaken`."""
    _refuse_taken(session, authority_id, name)
    party = Party(
        id=uuid4(),
        authority_id=authority_id,
        name=name,
        key=f"p{secrets.token_hex(6)}",
        hue=hue,
        controller_name=controller_name,
        created_at=at,
    )
    session.add(party)
    session.flush()
    own = Retention(USUAL_MONTHS, PARTY_RULE, at.astimezone(STOCKHOLM).date())
    say_rule(session, party, own, by, at)
    create_controller_key(session, party.id, at=at)
    _note(session, party.id, "party.added", party.id, by, at)
    return party


def change_party(
    session: Session,
    *,
    party_id: UUID,
    name: str,
    hue: int,
    controller_name: str,
    data_officer: str,
    retention: Retention,
    group_leader_policy: str,
    elected_policy: str,
    by: UUID,
    at: datetime,
) -> None:
    """Change a party's name, colour, rules and what it says of other offices beside the post. Published ads keep what they
    were published with. Raises `NameTaken`."""
    party = session.get_one(Party, party_id, with_for_update=True)
    if name != party.name:
        _refuse_taken(session, party.authority_id, name)
    party.name, party.hue = name, hue
    party.controller_name, party.data_officer = controller_name, data_officer
    say_rule(session, party, retention, by, at)
    party.group_leader_policy, party.elected_policy = group_leader_policy, elected_policy
    _note(session, party_id, "party.changed", party_id, by, at)


def say_rule(session: Session, controller: Party | Authority, said: Retention, by: UUID | None, at: datetime) -> None:
    """Add a rule, where it says anything, and something else than the one that is to hold on its day."""
    present = in_force(retention_rules_of(session, controller.id), said.valid_from)
    if not said.basis or (present is not None and (present.months, present.basis) == (said.months, said.basis)):
        return
    whose = {"party_id" if isinstance(controller, Party) else "authority_id": controller.id}
    row = RetentionRule(
        **whose, months=said.months, basis=said.basis, valid_from=said.valid_from, said_by=by, said_at=at
    )
    session.add(row)
    session.flush()


def _refuse_taken(session: Session, authority_id: UUID, name: str) -> None:
    taken = select(Party.id).where(Party.authority_id == authority_id, Party.name == name)
    if session.scalar(taken) is not None:
        raise NameTaken(name=name)


def _note(session: Session, chain: UUID, verb: str, object_id: UUID, by: UUID | None, at: datetime) -> None:
    record(session, chain=chain, at=at, actor=person_actor(by) if by else "command", verb=verb, object_id=object_id)
