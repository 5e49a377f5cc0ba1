"""The note of a restore that is under way: a file in the instance folder, from before the first row to the very end.

The rows, or the keys, are put back in one transaction, and what was erased since is erased again after it. Where that
was cut short, the note tells the same command that what lies there is its own, and from where to go on.
"""

import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from flask import current_app
from sqlalchemy import Engine

from portal.applications.services.returned import Returned, end_returned
from portal.backups.archive import Archive
from portal.vault.blobs import sync_folder

PORTAL, KEYS = "portal", "keys"


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Which backup is being put back, and where. ``before`` is up to when the keys were known; None where no key is back
    yet. It is of the first run: once the portal has been used, its youngest key no longer tells."""

    kind: str
    backup: str
    place: str
    before: datetime | None

    def end(self, at: datetime) -> Returned | None:
        """Erase again what came back. The note goes when all of it is done. None where the keys are still to come: then it
        stays until they are here, however the portal is used meanwhile."""
        returned = end_returned(at, before=self.before) if self.before else None
        if returned is not None and not returned.failed:
            for kind in (self.kind, PORTAL):
                _file(kind).unlink(missing_ok=True)
        return returned


def awaits_keys() -> bool:
    """Whether a database was put back here whose keys are still to come, and none of them has."""
    file = _file(PORTAL)
    return not _file(KEYS).exists() and file.exists() and json.loads(file.read_text()).get("before") is None


def begin(archive: Archive, engine: Engine, *, before: datetime | None) -> Unfinished:
    """Write the note, safe on disk, in the place of any earlier one: there is nothing of that restore in ``engine``."""
    made = Unfinished(**_told(archive, engine), before=before)
    file = _file(made.kind)
    part = file.with_name(f"{file.name}.part")
    with part.open("w") as written:
        json.dump(asdict(made), written, default=datetime.isoformat)
        written.flush()
        os.fsync(written.fileno())
    part.replace(file)
    sync_folder(file.parent)
    return made


def found(archive: Archive, engine: Engine) -> Unfinished | None:
    """The note, where it is of this backup and this database. That it was begun does not tell that its rows are in."""
    told = _told(archive, engine)
    file = _file(told["kind"])
    note = json.loads(file.read_text()) if file.exists() else {}
    before = note.pop("before", None)
    return Unfinished(**told, before=datetime.fromisoformat(before) if before else None) if note == told else None


def _told(archive: Archive, engine: Engine) -> dict[str, str]:
    place = engine.url.render_as_string(hide_password=True)
    return {"kind": archive.manifest["kind"], "backup": archive.vouched, "place": place}


def _file(kind: str) -> Path:
    folder: Path = current_app.config["SETTINGS"].instance_path
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder / f"{kind}.restoring"
