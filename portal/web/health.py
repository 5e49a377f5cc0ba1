"""/healthz: the process answers. /readyz: database, key store, storage and queue answer too."""

from flask import Blueprint, Response
from sqlalchemy import select

from portal.db import db
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
    db.session.execute(select(ControllerKey.id).limit(1))


def _key_store() -> None:
    with the_vault().key_store.engine.connect():
        pass


def _storage() -> None:
    next(iter(the_vault().blobs.names()), None)


_CHECKS = {"database": _database, "key store": _key_store, "storage": _storage}
