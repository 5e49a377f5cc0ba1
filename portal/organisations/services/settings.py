"""What a party or an authority says of itself, changed: by its own people, or by those who run the installation.

``seen`` is what the page that is saved was opened with: what another has saved since is not written over unseen.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from portal.audit.services import PLATFORM_CHAIN, person_actor, record
from portal.clock import STOCKHOLM
from portal.locking import HELD
from portal.organisations.models import Authority, Party, RetentionRule
from portal.organisations.names import as_read
from portal.organisations.queries import retention_rules_of
from portal.organisations.retention import USUAL_MONTHS, Retention, in_force
from portal.refusal import N_, Moved, Refusal
from portal.seen import NOT_TOLD, Seen, Texts, between, texts_of

PARTY_FIELDS: Final = ("name", "hue", "controller_name", "data_officer", "group_leader_policy", "elected_policy")
AUTHORITY_FIELDS: Final = (
    "controller_name", "contact_email", "data_officer", "profile_key", "board_first_day", "board_source",
)  # fmt: skip
MAY_BE_UNSAID = ("profile_key", "board_first_day", "board_source")  # which are None, where others are an empty text


class NameTaken(Refusal):
    """An authority, or a party within its authority, has this name already."""

    field = "name"
    text = N_("%(name)s finns redan. Välj ett annat namn.")


class SettingsMoved(Moved):
    """Somebody else has saved them since the page was opened."""

    text = N_("Uppgifterna har ändrats sedan sidan öppnades. Läs det som är sparat och spara igen.")


def change_party(
    session: Session, *, party_id: UUID, values: Mapping[str, Any], retention: Retention, by: UUID, at: datetime,
    seen: Seen = NOT_TOLD,
) -> None:  # fmt: skip
    """Change a party's name, colour, rules and what it says of other offices beside the post: ``values`` are `PARTY_FIELDS`.
    Published ads keep what they were published with. Raises `NameTaken`, `SettingsMoved`."""
    party = session.get_one(Party, party_id, with_for_update=HELD)
    _require_unmoved(session, party, values, retention, seen, at)
    if as_read(values["name"]) != as_read(party.name):
        require_free(session, party.authority_id, values["name"])
    _put(party, PARTY_FIELDS, values)
    if not was_left(seen, retention):
        say_rule(session, party, retention, by, at)
    note(session, party_id, "party.changed", party_id, by, at)


def change_authority(
    session: Session, *, authority_id: UUID, values: Mapping[str, Any], retention: Retention, by: UUID, at: datetime,
    seen: Seen = NOT_TOLD,
) -> None:  # fmt: skip
    """Change who is controller by name, the rule that retention goes by, the public address, the data protection officer,
    whose rules hold, and the new board's first day with where it is decided: ``values`` are `AUTHORITY_FIELDS`. Raises
    `SettingsMoved`."""
    authority = session.get_one(Authority, authority_id, with_for_update=HELD)
    _require_unmoved(session, authority, values, retention, seen, at)
    _put(authority, AUTHORITY_FIELDS, values)
    if not was_left(seen, retention):
        say_rule(session, authority, retention, by, at)
    note(session, PLATFORM_CHAIN, "authority.changed", authority_id, by, at)


def say_rule(session: Session, controller: Party | Authority, said: Retention, by: UUID | None, at: datetime) -> None:
    """Add a rule, where it says anything, and something else than the one that is to hold on its day."""
    rule = _new_rule(session, controller, said, at)
    if rule is None:
        return
    whose = {"party_id" if isinstance(controller, Party) else "authority_id": controller.id}
    session.add(RetentionRule(**whose, **rule._asdict(), said_by=by, said_at=at))
    session.flush()


def _new_rule(session: Session, controller: Party | Authority, said: Retention, at: datetime) -> Retention | None:
    """The rule that is said, with what it leaves open filled in; None where it says nothing that is not so already."""
    on = at.astimezone(STOCKHOLM).date()
    known = retention_rules_of(session, controller.id)
    now, from_then = in_force(known, on), said.valid_from or on
    months = said.months or (now.months if now is not None else USUAL_MONTHS)
    present = in_force(known, from_then)
    if not said.basis or (present is not None and (present.months, present.basis) == (months, said.basis)):
        return None
    return Retention(months, said.basis, from_then)


def was_left(seen: Seen, said: Retention) -> bool:
    """Whether the page says of how long applications are kept what it said when it was opened: then nobody has said anything,
    also where another rule holds by now."""
    return seen.untouched("retention", retention_text(said))


def retention_text(said: Retention) -> str:
    """What is said of it, as the text that it is compared by."""
    return texts_of({"retention": said})["retention"]


def saved_texts(session: Session, subject: Party | Authority) -> Texts:
    """What stands, field by field; ``retention`` is all that has been said of it."""
    rules = [(row.months, row.basis, row.valid_from) for row in retention_rules_of(session, subject.id)]
    fields = PARTY_FIELDS if isinstance(subject, Party) else AUTHORITY_FIELDS
    return texts_of({name: getattr(subject, name) for name in fields} | {"retention": rules})


def require_free(session: Session, authority_id: UUID, name: str) -> None:
    """Raises `NameTaken` where the authority has a party whose name reads the same. It is held: of two who take one at once
    the second waits, and is told."""
    session.get(Authority, authority_id, with_for_update=HELD)
    taken = session.scalars(select(Party.name).where(Party.authority_id == authority_id))
    if as_read(name) in map(as_read, taken):
        raise NameTaken(name=name)


def note(session: Session, chain: UUID, verb: str, object_id: UUID, by: UUID | None, at: datetime) -> None:
    """The line in the log; nobody's is a command's."""
    record(session, chain=chain, at=at, actor=person_actor(by) if by else "command", verb=verb, object_id=object_id)


def _require_unmoved(
    session: Session,
    subject: Party | Authority,
    values: Mapping[str, Any],
    retention: Retention,
    seen: Seen,
    at: datetime,
) -> None:
    saved, written = saved_texts(session, subject), texts_of(values)
    said = _new_rule(session, subject, retention, at) is not None
    written["retention"] = retention_text(retention) if said else saved["retention"]
    moved = between(seen, saved, written)
    if moved.moved:
        raise SettingsMoved(written, asks=moved.asks)


def _put(subject: Party | Authority, fields: tuple[str, ...], values: Mapping[str, Any]) -> None:
    for name in fields:
        setattr(subject, name, values[name] or (None if name in MAY_BE_UNSAID else values[name]))
