"""What was read of a table, sealed and sent along with its preview: what is confirmed is what was shown, to the byte.

Nothing is stored in between, so nothing is left of a table that nobody confirms. The seal holds for one person, one kind
of table and some hours; without the controller's key nobody can write another.
"""

import base64
import binascii
import json
import zlib
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy.exc import NoResultFound
from sqlalchemy.orm import Session

from portal.refusal import N_, Refusal
from portal.vault.sealing import SealBroken
from portal.vault.services import open_for_controller, seal_for_controller

HOLDS: Final = timedelta(hours=12)
MOST_BYTES: Final = 200_000  # of the sealed copy; a form may be 256 kB
MOST_PLAIN: Final = 2_000_000


class PreviewLost(Refusal):
    """What came back is not what was sent, or it has waited too long."""

    field = "file"
    text = N_("Förhandsvisningen gäller inte längre. Välj filen igen, så visas raderna på nytt.")
    status = 409


class TooLongTexts(Refusal):
    """The rows hold more text than a form can carry back."""

    field = "file"
    text = N_("Texterna i tabellen är för långa tillsammans. Dela upp den och läs in delarna var för sig.")


def seal_preview(
    session: Session, rows: list[Any], *, controller_id: UUID, person_id: UUID, kind: str, at: datetime
) -> str:
    """The rows as text for a hidden field. Raises TooLongTexts."""
    plain = json.dumps([at.timestamp(), rows], ensure_ascii=False).encode()
    if len(plain) > MOST_PLAIN:  # no more than this is unpacked again
        raise TooLongTexts
    packed = base64.b64encode(zlib.compress(plain, 9)).decode()
    sealed = seal_for_controller(session, controller_id, packed, place=_place(kind, person_id))
    text = base64.b64encode(sealed).decode()
    if len(text) > MOST_BYTES:
        raise TooLongTexts
    return text


def open_preview(
    session: Session, text: str, *, controller_id: UUID, person_id: UUID, kind: str, at: datetime
) -> list[Any]:
    """The rows that were sent along. Raises PreviewLost."""
    if not text or len(text) > MOST_BYTES:
        raise PreviewLost
    try:
        sealed = base64.b64decode(text, validate=True)
        packed = open_for_controller(session, controller_id, sealed, place=_place(kind, person_id))
        plain = zlib.decompressobj().decompress(base64.b64decode(packed), MOST_PLAIN)
    except (SealBroken, binascii.Error, zlib.error, ValueError, NoResultFound):
        raise PreviewLost from None
    sent, rows = json.loads(plain)
    if not timedelta(0) <= at - datetime.fromtimestamp(sent, at.tzinfo) <= HOLDS:
        raise PreviewLost
    found: list[Any] = rows
    return found


def _place(kind: str, person_id: UUID) -> str:
    return f"preview.{kind}|{person_id}"
