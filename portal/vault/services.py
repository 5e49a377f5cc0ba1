"""The one door to personal data at rest: keys made, opened and destroyed; texts, secrets and documents sealed."""

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple
from uuid import UUID

from flask import Flask, current_app
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from portal.config import Settings
from portal.vault.afresh import wrapped_now
from portal.vault.blobs import OF_FOLDER, BlobStore
from portal.vault.engines import open_store
from portal.vault.keyring import KeyFile, Keyring
from portal.vault.keystore import KeyStore
from portal.vault.models import ControllerKey
from portal.vault.sealing import SealBroken, fingerprint, new_key, ready, seal, unseal, unseal_by

_APART = (0).to_bytes(2, "big")  # where the generation of the controller's key stands, which begins at 1
_KEY_ID_ENDS = len(_APART) + 16
_NEWEST = select(func.max(ControllerKey.generation)).where(ControllerKey.controller_id == bindparam("controller"))

Owned = tuple[UUID, UUID, bytes]  # an application, its controller, and something sealed under its key


@dataclass(frozen=True, slots=True)
class Vault:
    """What an installation seals with and where the sealed things lie."""

    key_file: KeyFile
    key_store: KeyStore
    blobs: BlobStore
    # The controllers' keys as they lie in the database, wrapped, each asked for once; asked for anew where the
    # installation's key that wrapped one has been taken out of the file since.
    wrapped: dict[tuple[UUID, int], bytes] = field(default_factory=dict)

    @property
    def keyring(self) -> Keyring:
        """The installation's keys as they are now."""
        return self.key_file.now()


def init_vault(app: Flask, settings: Settings) -> None:
    """Open keyring, key store and blob store once for the application."""
    app.extensions["vault"] = Vault(
        KeyFile(settings.keys_file),
        KeyStore(settings.key_store_url),
        open_store(settings.storage_url, settings.storage_key),
    )


def the_vault() -> Vault:
    """The vault of the current application."""
    vault: Vault = current_app.extensions["vault"]
    return vault


class Kept(NamedTuple):
    """A blob's random name, and the hash of its sealed bytes as they were handed to the store."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ApplicationKey:
    """One application's own key. Every sealed column and document is bound to the application and to its place."""

    application_id: UUID
    raw: bytes

    def seal_text(self, place: str, text: str) -> bytes:
        """Seal ``text`` for ``place`` (``table.column`` or ``table.column|row``)."""
        return seal(self.raw, text.encode(), belongs_to=f"{place}|{self.application_id}")

    def open_text(self, place: str, sealed: bytes) -> str:
        """Open what `seal_text` sealed for the same place."""
        return unseal(self.raw, sealed, belongs_to=f"{place}|{self.application_id}").decode()

    def seal_bytes(self, place: str, plain: bytes) -> bytes:
        """Seal a small paper that lies in its row."""
        return seal(self.raw, plain, belongs_to=f"{place}|{self.application_id}")

    def open_bytes(self, place: str, sealed: bytes) -> bytes:
        """Open what `seal_bytes` sealed for the same place."""
        return unseal(self.raw, sealed, belongs_to=f"{place}|{self.application_id}")

    def keep_document(self, place: str, plain: bytes) -> Kept:
        """Seal ``plain`` and store it safely. The row that names the blob comes after."""
        kept, sealed = self.seal_document(place, plain)
        the_vault().blobs.put(kept.name, sealed)
        return kept

    def seal_document(self, place: str, plain: bytes, *, beside: str = "") -> tuple[Kept, bytes]:
        """The same where several are stored together: what it will be found by, and the bytes that are to be stored.

        ``beside`` is the name of another of them: in one folder they are safe with one wait for the disk less each.
        """
        shared = beside[:OF_FOLDER]
        name = shared + secrets.token_hex(20)[len(shared) :]
        sealed = seal(self.raw, plain, belongs_to=f"{place}|{name}|{self.application_id}")
        return Kept(name, sha256(sealed).hexdigest()), sealed

    def open_document(self, place: str, name: str) -> bytes:
        """The document's bytes. Raises `BlobGone` or `SealBroken`."""
        return self.open_sealed(place, name, the_vault().blobs.get(name))

    def open_sealed(self, place: str, name: str, sealed: bytes) -> bytes:
        """The same of bytes that have been fetched already. Raises `SealBroken`."""
        return unseal(self.raw, sealed, belongs_to=f"{place}|{name}|{self.application_id}")


def controller_key(session: Session, controller_id: UUID) -> tuple[int, bytes]:
    """The current key of a controller and its generation. Raises `LookupError` where none was made."""
    newest = session.scalar(_NEWEST, {"controller": controller_id})
    if newest is None:
        raise LookupError("the controller has no key")
    return newest, _controller_key_of(session, controller_id, newest)


def create_controller_key(session: Session, controller_id: UUID, *, at: datetime) -> None:
    """Make the first or the next key of a party or an authority."""
    made = select(func.coalesce(func.max(ControllerKey.generation), 0)).where(
        ControllerKey.controller_id == controller_id
    )
    generation = session.scalar(made) or 0
    wrapped = the_vault().keyring.wrap(new_key(), belongs_to=f"controller_key|{controller_id}")
    session.add(ControllerKey(controller_id=controller_id, generation=generation + 1, wrapped=wrapped, created_at=at))


def rewrap_controller_key(controller_id: UUID, wrapped: bytes) -> bytes:
    """The same key under the installation's current one. Raises `SealBroken`."""
    keyring, place = the_vault().keyring, f"controller_key|{controller_id}"
    return keyring.wrap(keyring.unwrap(wrapped, belongs_to=place), belongs_to=place)


def rewrap_application_key(
    session: Session, application_id: UUID, controller_id: UUID, wrapped: bytes, *, generations: tuple[int, int]
) -> bytes:
    """The same key, from one generation of its controller's to another. Raises `SealBroken`."""
    former, newest = (_controller_key_of(session, controller_id, one) for one in generations)
    place = f"application_key|{application_id}|{controller_id}"
    return seal(newest, unseal(former, wrapped, belongs_to=place), belongs_to=place)


def create_application_key(
    session: Session, *, application_id: UUID, controller_id: UUID, at: datetime
) -> ApplicationKey:
    """Make and store the key of a new application, before anything is sealed with it."""
    return create_application_keys(session, application_ids=(application_id,), controller_id=controller_id, at=at)[0]


def create_application_keys(
    session: Session, *, application_ids: Sequence[UUID], controller_id: UUID, at: datetime
) -> list[ApplicationKey]:
    """The same for several new applications of one controller, stored together. In their order."""
    generation, outer = controller_key(session, controller_id)
    made = [ApplicationKey(id, new_key()) for id in application_ids]
    the_vault().key_store.put_all(
        {
            "application_id": key.application_id,
            "controller_id": controller_id,
            "generation": generation,
            "wrapped": seal(outer, key.raw, belongs_to=f"application_key|{key.application_id}|{controller_id}"),
            "created_at": at,
        }
        for key in made
    )
    return made


def open_application_key(session: Session, *, application_id: UUID, controller_id: UUID) -> ApplicationKey:
    """The key of an application. Raises `KeyGone` once it is destroyed."""
    generation, wrapped = the_vault().key_store.get(application_id)
    outer = _controller_key_of(session, controller_id, generation)
    return ApplicationKey(
        application_id, unseal(outer, wrapped, belongs_to=f"application_key|{application_id}|{controller_id}")
    )


def open_application_keys(session: Session, controllers: Mapping[UUID, UUID]) -> dict[UUID, ApplicationKey]:
    """The keys of many applications, given with their controllers, in one pass; a destroyed one is left out."""
    owned = [(id, controller_id, b"") for id, controller_id in controllers.items()]
    return {id: ApplicationKey(id, raw) for id, _, _, raw in _unwrapped(session, owned)}


def open_texts(session: Session, place: str, sealed: Collection[Owned]) -> dict[UUID, str]:
    """What `ApplicationKey.seal_text` sealed for one place of many applications, opened in one pass; that of a destroyed key
    is left out."""
    return {
        id: unseal_by(ready(raw), text, f"{place}|{written}").decode()
        for id, written, text, raw in _unwrapped(session, sealed)
    }


def _unwrapped(session: Session, owned: Collection[Owned]) -> Iterator[tuple[UUID, str, bytes, bytes]]:
    """Each application's id, the same as it is written, what it was given with, and its key. What a thousand have in common
    is made ready once."""
    kept, under = the_vault().key_store.get_many([id for id, _, _ in owned]), None
    for id, controller_id, sealed in owned:
        found = kept.get(id)
        if found is None:
            continue
        generation, wrapped = found
        if under != (controller_id, generation):
            under = controller_id, generation
            controller, cipher = str(controller_id), ready(_controller_key_of(session, controller_id, generation))
        written = str(id)
        yield id, written, sealed, unseal_by(cipher, wrapped, f"application_key|{written}|{controller}")


def _controller_key_of(session: Session, controller_id: UUID, generation: int) -> bytes:
    """Asked once per session: a list of many names opens them all under the same key."""
    opened: dict[tuple[UUID, int], bytes] = session.info.setdefault("controller_keys", {})
    if (controller_id, generation) not in opened:
        vault, place = the_vault(), f"controller_key|{controller_id}"
        try:
            wrapped = vault.wrapped.get((controller_id, generation)) or _wrapped(session, controller_id, generation)
            unwrapped = vault.keyring.unwrap(wrapped, belongs_to=place)
        except SealBroken:  # wrapped by a key that is taken out of the file since
            wrapped = wrapped_now(controller_id, generation)
            unwrapped = vault.keyring.unwrap(wrapped, belongs_to=place)
        vault.wrapped[controller_id, generation] = wrapped
        opened[controller_id, generation] = unwrapped
    return opened[controller_id, generation]


def _wrapped(session: Session, controller_id: UUID, generation: int) -> bytes:
    wanted = ControllerKey.controller_id == controller_id, ControllerKey.generation == generation
    wrapped = session.scalars(select(ControllerKey.wrapped).where(*wanted)).one_or_none()
    return wrapped or wrapped_now(controller_id, generation)


def controller_fingerprint(session: Session, controller_id: UUID, text: str, *, purpose: str) -> bytes:
    """A keyed hash under the controller's first key, by which an address is found again within that controller."""
    outer = _controller_key_of(session, controller_id, 1)
    return fingerprint(outer, text, purpose=purpose)


def seal_for_controller(session: Session, controller_id: UUID, text: str, *, place: str) -> bytes:
    """Seal a text that must outlive one application (a mail on its way)."""
    generation, outer = controller_key(session, controller_id)
    return generation.to_bytes(2, "big") + seal(outer, text.encode(), belongs_to=f"{place}|{controller_id}")


def open_for_controller(session: Session, controller_id: UUID, sealed: bytes, *, place: str) -> str:
    """Open what `seal_for_controller` sealed."""
    outer = _controller_key_of(session, controller_id, int.from_bytes(sealed[:2], "big"))
    return unseal(outer, sealed[2:], belongs_to=f"{place}|{controller_id}").decode()


def seal_for_installation(text: str, *, place: str) -> bytes:
    """Seal a secret of the staff's (a one-time code's seed, a mail to a colleague)."""
    return the_vault().keyring.wrap(text.encode(), belongs_to=place)


def open_for_installation(sealed: bytes, *, place: str) -> str:
    """Open what `seal_for_installation` sealed."""
    return the_vault().keyring.unwrap(sealed, belongs_to=place).decode()


def keep_for_controller(session: Session, controller_id: UUID, plain: bytes, *, place: str) -> Kept:
    """Seal a file that must outlive one application and store it safely. The row that names the blob comes after."""
    generation, outer = controller_key(session, controller_id)
    name = secrets.token_hex(20)
    sealed = generation.to_bytes(2, "big") + seal(outer, plain, belongs_to=f"{place}|{name}|{controller_id}")
    the_vault().blobs.put(name, sealed)
    return Kept(name, sha256(sealed).hexdigest())


def keep_apart(session: Session, controller_id: UUID, plain: bytes, *, key_id: UUID, place: str, at: datetime) -> Kept:
    """The same under a key of its own in the key store: with that destroyed no backup of the file opens."""
    key = create_application_key(session, application_id=key_id, controller_id=controller_id, at=at)
    name = secrets.token_hex(20)
    sealed = _APART + key_id.bytes + seal(key.raw, plain, belongs_to=f"{place}|{name}|{key_id}")
    the_vault().blobs.put(name, sealed)
    return Kept(name, sha256(sealed).hexdigest())


def open_kept_for_controller(session: Session, controller_id: UUID, name: str, sealed: bytes, *, place: str) -> bytes:
    """Open what `keep_for_controller` or `keep_apart` stored, from its bytes in the store. Raises `SealBroken`, and
    `KeyGone` where a key of its own has been destroyed."""
    if sealed.startswith(_APART):
        key_id = UUID(bytes=sealed[len(_APART) : _KEY_ID_ENDS])
        key = open_application_key(session, application_id=key_id, controller_id=controller_id)
        return unseal(key.raw, sealed[_KEY_ID_ENDS:], belongs_to=f"{place}|{name}|{key_id}")
    outer = _controller_key_of(session, controller_id, int.from_bytes(sealed[:2], "big"))
    return unseal(outer, sealed[2:], belongs_to=f"{place}|{name}|{controller_id}")
