"""Whether everything that an application is made of is there: its key, its mail, its files and their bytes.

May be asked of a living installation: what seems to be missing is looked for once more before it is told.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from hashlib import sha256
from uuid import UUID

from sqlalchemy.orm import Session

from portal.applications.queries import arrived_states, keyed_applications, keyed_identities
from portal.applications.services.sweeping import UNNAMED_FOR, each_party, unnamed
from portal.applications.states import State
from portal.documents.queries import NamedBlob, named_blobs
from portal.mail.queries import posted
from portal.vault.blobs import BlobGone
from portal.vault.keystore import KeyGone
from portal.vault.sealing import SealBroken
from portal.vault.services import ApplicationKey, open_application_key, open_kept_for_controller, the_vault

_NOBODYS = UUID(int=0)
SWEPT_WITHIN = timedelta(hours=2)  # the worker sweeps every hour


_KEYS_BACK = (
    "Är nyckellagret tomt: lägg tillbaka dess säkerhetskopia med portal keys restore. Har det nycklar i sig: töm det aldrig, "
    "för då går alla nycklar från tiden efter kopian förlorade. Spara kopian och läs docs/backups.md."
)


class Lack(StrEnum):
    """What can be wrong, as a sentence that says what to do."""

    KEY = (
        f"Ansökan {{id}} saknar sin nyckel och går inte att läsa. {_KEYS_BACK} "
        "Är ansökans tid ute går den bort med: portal sweep"
    )
    IDENTITY = (
        "De skyddade personuppgifterna {id} saknar sin nyckel, så namnet bakom kodnamnet går inte att läsa. "
        f"{_KEYS_BACK}"
    )
    MAIL = "Ansökan {id} har aldrig fått sitt mejl i utkorgen. Be partiets kansli att höra av sig till den sökande."
    BLOB = "Filen {blob} i ansökan {id} saknas i dokumentlagret. Hämta den från säkerhetskopian."
    BYTES = "Filen {blob} i ansökan {id} är skadad och går inte att öppna. Hämta den från säkerhetskopian."
    FILED_BLOB = "Filen {blob} bland arbetsgivarens egna handlingar saknas. Hämta den från säkerhetskopian."
    FILED_BYTES = "Filen {blob} bland arbetsgivarens egna handlingar är skadad. Hämta den från säkerhetskopian."
    OTHER_DATABASE = (
        "Nyckellagret eller dokumentlagret har mer som databasen inte känner till än som den gör. Det ser ut som fel "
        "databas, eller en tom: kontrollera PORTAL_DATABASE_URL, eller lägg tillbaka en säkerhetskopia. Städningen rör "
        "inget av det. Är databasen säkert den rätta: portal sweep --even-most"
    )
    LEFT_KEY = "Nyckeln till ansökan {id} finns kvar utan ansökan. Kör: portal sweep"
    LEFT_BLOB = "Filen {blob} finns kvar i dokumentlagret utan ansökan. Kör: portal sweep"


@dataclass(frozen=True, slots=True)
class Broken:
    """One thing that is not as it must be."""

    lack: Lack
    application_id: UUID | None = None
    blob: str = ""

    def __str__(self) -> str:
        return self.lack.value.format(id=self.application_id, blob=self.blob)


def broken_things(at: datetime, *, deep: bool = False) -> Iterator[Broken]:
    """All that is not whole, party by party. ``deep`` opens every file too, which takes as long as reading them all."""
    listed = {name for name, _ in the_vault().blobs.names()}
    for own in each_party():
        yield from _without_key(own)
        yield from _without_own_key(own)
        yield from _without_mail(own)
        yield from _without_blob(own, listed)
        if deep:
            yield from _with_broken_bytes(own)
    found = unnamed(at, UNNAMED_FOR + SWEPT_WITHIN)
    if found.are_most:
        yield Broken(Lack.OTHER_DATABASE)
        return
    yield from (Broken(Lack.LEFT_KEY, application_id=id) for id in sorted(found.keys))
    yield from (Broken(Lack.LEFT_BLOB, blob=name) for name in sorted(found.blobs))


def _without_key(session: Session) -> Iterator[Broken]:
    wanted = keyed_applications(session)
    if missing := set(wanted) - the_vault().key_store.holding(wanted):
        session.rollback()  # a key is destroyed after its row has said so
        yield from (Broken(Lack.KEY, id) for id in sorted(missing.intersection(keyed_applications(session))))


def _without_own_key(session: Session) -> Iterator[Broken]:
    """Protected identities, each of which has a key of its own."""
    store, wanted = the_vault().key_store, keyed_identities(session)
    missing = set(wanted) - store.holding(wanted)
    if missing := missing - store.destroyed(missing):
        session.rollback()  # a key is destroyed before its row goes
        yield from (Broken(Lack.IDENTITY, id) for id in sorted(missing.intersection(keyed_identities(session))))


def _without_mail(session: Session) -> Iterator[Broken]:
    """Each has its receipt, or, where it came as a second one from its address, the question that went instead."""
    arrived = arrived_states(session)
    found = posted(session, [f"{kind}:{id}" for id in arrived for kind in ("receipt", "proposal")])
    for id, state in arrived.items():
        counted = state in (State.SENT, State.LATE, State.REPLACED)
        if f"receipt:{id}" not in found and (counted or f"proposal:{id}" not in found):
            yield Broken(Lack.MAIL, id)


def _without_blob(session: Session, listed: set[str]) -> Iterator[Broken]:
    missing = {blob.name for blob in named_blobs(session) if blob.name not in listed}
    gone = {name for name in missing if not _is_there(name)}  # it may have come since the listing
    if gone:
        session.rollback()  # a blob is deleted after its row
        yield from (
            Broken(Lack.BLOB if blob.application_id else Lack.FILED_BLOB, blob.application_id, blob.name)
            for blob in named_blobs(session)
            if blob.name in gone
        )


def _is_there(name: str) -> bool:
    try:
        the_vault().blobs.get(name)
    except BlobGone:
        return False
    return True


def _with_broken_bytes(session: Session) -> Iterator[Broken]:
    key: ApplicationKey | None = None
    for blob in sorted(named_blobs(session), key=lambda blob: blob.application_id or _NOBODYS):
        if blob.application_id is None:
            if not _opens(blob, partial(open_kept_for_controller, session, blob.controller_id, place=blob.place)):
                yield Broken(Lack.FILED_BYTES, blob=blob.name)
            continue
        if key is None or key.application_id != blob.application_id:
            try:
                key = open_application_key(
                    session, application_id=blob.application_id, controller_id=blob.controller_id
                )
            except (KeyGone, SealBroken):
                continue  # told of as lacking, or as a controller's key that does not open
        if not _opens(blob, partial(key.open_sealed, blob.place)):
            yield Broken(Lack.BYTES, blob.application_id, blob.name)


def _opens(blob: NamedBlob, opened: Callable[[str, bytes], bytes]) -> bool:
    """A file is what its row's hash says, and every blob opens; one that is gone is told of elsewhere, and one whose own
    key is gone was erased before a backup brought it back."""
    try:
        sealed = the_vault().blobs.get(blob.name)
        opened(blob.name, sealed)
    except SealBroken:
        return False
    except (BlobGone, KeyGone):
        return True
    return blob.cipher_sha256 in ("", sha256(sealed).hexdigest())
