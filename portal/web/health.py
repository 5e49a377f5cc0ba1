"""/healthz: the process answers. /readyz: so do database (at this version), key store, storage and queue; there is room."""

from flask import Blueprint, Response, current_app
from sqlalchemy import select

from portal.db import db
from portal.disks import full_disks
from portal.revisions import present_revision, wanted_revision
from portal.vault.models import ControllerKey
from portal.vault.services import the_vault
from portal.web.guards import operations

health = Blueprint("health", __name__)


@health.get("/healthz")
@operations
def healthz() -> Response:
    """The process is up."""
    return Response("ok\n", mimetype="text/plain")


@health.get("/readyz")
@operations
def readyz() -> Response:
    """Everything the process needs answers; the words name what does not."""
    faults = []
    for name, check in _CHECKS.items():
        try:
            check()
        except Exception:
            faults.append(name)
    if faults:
        return Response("not ready: " + ", ".join(faults) + "\n", 503, mimetype="text/plain")
    return Response("ready\n", mimetype="text/plain")


def _database() -> None:
    with db.sessionmaker() as own:  # let go again: the next question takes a connection of its own
        own.execute(select(ControllerKey.id).limit(1))


def _version() -> None:
    if present_revision(db.engine) != wanted_revision():
        raise LookupError("the database is at another version than the code")


def _queue() -> None:
    current_app.extensions["queue"].pending_count()


def _key_store() -> None:
    with the_vault().key_store.engine.connect():
        pass


def _storage() -> None:
    next(iter(the_vault().blobs.names()), None)


def _room() -> None:
    if full_disks(current_app.config["SETTINGS"]):
        raise LookupError("nothing that is sent could be written down")


_CHECKS = {
    "database": _database,
    "database version": _version,
    "key store": _key_store,
    "storage": _storage,
    "queue": _queue,
    "room on disk": _room,
}
