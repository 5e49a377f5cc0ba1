"""The installation's key changed while the portal runs: a new one comes first in the file, and what the older ones have
wrapped is wrapped anew.

Living processes know the file's keys as soon as they are written (`vault.keyring.KeyFile`), and read what either has wrapped.
Machines that have a copy each of the file get the next key first (`prepare`): they open with it before anybody wraps by it.
Each part is committed by itself: whoever is cut short runs it again, and it goes on where it was. Nothing that is sealed is
touched: only keys, and the few secrets that the installation's key seals itself.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from portal.accounts.models import PasswordRequest, Person
from portal.clock import STOCKHOLM
from portal.config import Misconfigured
from portal.db import db, unit_of_work
from portal.mail.models import OutgoingMail
from portal.vault.generations import copy_generations
from portal.vault.keyring import add_key, add_waiting_key, alone_with, read_keyring
from portal.vault.keystore import PART, Rewrapped
from portal.vault.models import ControllerKey
from portal.vault.sealing import SealBroken
from portal.vault.services import create_controller_key, rewrap_application_key, rewrap_controller_key, the_vault

LEFT = "{count} saker vilar ännu på nyckeln {name}. Kör: portal keys rotate"
WAITS = "Nyckeln {name} väntar. När varje maskin har den här nyckelfilen, kör på en av dem: portal keys rotate"
IN_USE = "Nyckeln {name} är tagen i bruk på en annan maskin. Kopiera nyckelfilen därifrån hit."
UNKNOWN = (
    "{count} saker vilar på nyckeln {name}, som inte finns i nyckelfilen. Kopiera nyckelfilen hit från den maskin där "
    "nyckeln byttes."
)
REMOVABLE = (
    "Ingenting vilar längre på nyckeln {name}. Ta bort dess rad ur nyckelfilen om två dygn, när påbörjade formulär är "
    "skickade. Spara en kopia så länge äldre säkerhetskopior finns: de öppnas bara med den."
)


@dataclass(frozen=True, slots=True)
class Rotated:
    """Which key is current now, whether it is new, and how many of each were wrapped anew."""

    current: str
    began: bool
    controllers: int
    applications: int
    secrets: int


def prepare(path: Path, *, at: datetime) -> str:
    """Make the next key known, for every machine that is to have the file before anything is wrapped by it: its name.

    Done twice it is the same key. Raises `Misconfigured` where a change is under way, or was made on another machine.
    """
    _refuse_a_strangers_file()
    with alone_with(path):
        keyring = read_keyring(path)
        if len(keyring.keys) > 1:
            raise Misconfigured(
                "En äldre nyckel ligger kvar i nyckelfilen. Avsluta det bytet först: portal check säger hur."
            )
        if not keyring.waiting:
            add_waiting_key(path, _fresh_name(path, at))
    return read_keyring(path).waiting[0][0]


def rotate(path: Path, *, at: datetime) -> Rotated:
    """Change the installation's key, to the one that waits if there is one. With more than one key in the file a change is
    under way, and is only finished. Raises `Misconfigured` where it was made on another machine."""
    _refuse_a_strangers_file()
    with alone_with(path):
        began = len(read_keyring(path).keys) == 1
        if began:
            add_key(path, _fresh_name(path, at))
    controllers = sum(_renew(controller_id, at) for controller_id in _controllers())
    copy_generations()  # before a key rests on the new ones
    applications = sum(_rewrap_applications(controller_id) for controller_id in _controllers())
    return Rotated(the_vault().keyring.current, began, controllers, applications, _rewrap_secrets())


def wrapped_by() -> dict[str, int]:
    """How much each key wraps: those of the file, at 0 where they can be taken out of it, and others if need be."""
    counts = Counter(dict.fromkeys(_of_the_file(), 0))
    counts.update(wrapped.partition(b":")[0].decode("ascii", "replace") for wrapped in _all_wrapped(db.session))
    return dict(counts)


def strange_keys() -> Iterator[str]:
    """What is wrong where something is wrapped by a key that this machine's file has not."""
    known = _of_the_file()
    yield from (UNKNOWN.format(count=count, name=name) for name, count in wrapped_by().items() if name not in known)


def _of_the_file() -> set[str]:
    keyring = the_vault().keyring
    return {name for name, _ in (*keyring.keys, *keyring.waiting)}


def _refuse_a_strangers_file() -> None:
    """A change begun from an old copy of the file would make a second key, which the other machines do not have."""
    if strange := next(strange_keys(), ""):
        raise Misconfigured(strange)


def remarks() -> Iterator[str]:
    """What is to be said of the keys that are no longer current. No fault: they are there for as long as somebody wishes."""
    keyring, counts = the_vault().keyring, wrapped_by()
    for name, _ in keyring.waiting:
        yield (IN_USE if counts[name] else WAITS).format(name=name)
    for name, _ in keyring.keys[1:]:
        yield LEFT.format(name=name, count=counts[name]) if counts[name] else REMOVABLE.format(name=name)


def _fresh_name(path: Path, at: datetime) -> str:
    name = f"k{at.astimezone(STOCKHOLM):%Y%m%d}"
    keyring = read_keyring(path)
    known = {known for known, _ in (*keyring.keys, *keyring.waiting)}
    return next(one for one in (name, *(f"{name}-{n}" for n in range(2, 100))) if one not in known)


def _controllers() -> list[UUID]:
    with db.sessionmaker() as own:
        return list(own.scalars(select(ControllerKey.controller_id).distinct().order_by(ControllerKey.controller_id)))


def _renew(controller_id: UUID, at: datetime) -> bool:
    """A new generation of the controller's key, and the former ones wrapped anew, at one stroke; False where it is done.

    The former ones stay: they find addresses, and open what was sealed under them.
    """
    with db.sessionmaker() as own, unit_of_work(own) as session:
        wanted = select(ControllerKey).where(ControllerKey.controller_id == controller_id).with_for_update()
        rows = session.scalars(wanted.order_by(ControllerKey.generation)).all()
        older = [row for row in rows if not the_vault().keyring.is_current(row.wrapped)]
        if not older:
            return False
        for row in older:
            row.wrapped = rewrap_controller_key(controller_id, row.wrapped)
        session.flush()
        create_controller_key(session, controller_id, at=at)
        return True


def _rewrap_applications(controller_id: UUID) -> int:
    """The keys of a controller's applications, wrapped by its newest generation."""
    store, changed = the_vault().key_store, 0
    with db.sessionmaker() as own:
        newest = own.scalars(
            select(ControllerKey.generation)
            .where(ControllerKey.controller_id == controller_id)
            .order_by(ControllerKey.generation.desc())
        ).first()
        assert newest is not None
        keys = store.of_other_generation(controller_id, newest)
        while part := list(islice(keys, PART)):
            changed += store.put_anew(_rewrapped(own, controller_id, newest, part))
    return changed


def _rewrapped(
    session: Session, controller_id: UUID, generation: int, part: list[tuple[UUID, int, bytes]]
) -> Iterator[Rewrapped]:
    for application_id, former_generation, former in part:
        try:
            anew = rewrap_application_key(
                session, application_id, controller_id, former, generations=(former_generation, generation)
            )
        except SealBroken:
            continue  # `portal check` tells of it
        yield Rewrapped(application_id, former, generation, anew)


_SECRETS: tuple[tuple[Any, Any], ...] = (
    (Person, Person.totp_sealed),
    (PasswordRequest, PasswordRequest.address_sealed),
    (OutgoingMail, OutgoingMail.sealed),
)


def _place_of(row: Any) -> str:
    match row:
        case Person():
            return f"person.totp|{row.id}"
        case PasswordRequest():
            return f"password_request|{row.id}"
        case _:
            return f"mail|{row.once}"


def _rewrap_secrets() -> int:
    """What the installation's key seals itself: codes' seeds, mails to the staff. One changed meanwhile is left alone."""
    changed = 0
    for model, column in _SECRETS:
        with db.sessionmaker() as own:
            rows = own.scalars(_sealed_by_installation(model, column)).all()
            own.expunge_all()
        for row in rows:
            former = getattr(row, column.key)
            if the_vault().keyring.is_current(former):
                continue
            changed += _rewrap_secret(model, column, row, former)
    return changed


def _rewrap_secret(model: Any, column: Any, row: Any, former: bytes) -> int:
    keyring, place = the_vault().keyring, _place_of(row)
    try:
        anew = keyring.wrap(keyring.unwrap(former, belongs_to=place), belongs_to=place)
    except SealBroken:
        return 0
    with db.sessionmaker() as own, unit_of_work(own) as session:
        same = update(model).where(model.id == row.id, column == former)
        session.execute(same.values({column.key: anew}).execution_options(synchronize_session=False))
    return 1


def _sealed_by_installation(model: Any, column: Any) -> Any:
    wanted = select(model).where(column.is_not(None))
    return wanted.where(model.controller_id.is_(None)) if model is OutgoingMail else wanted


def _all_wrapped(session: Session) -> Iterator[bytes]:
    yield from session.scalars(select(ControllerKey.wrapped))
    for model, column in _SECRETS:
        yield from session.scalars(_sealed_by_installation(model, column).with_only_columns(column))
