"""`portal keys rotate`: the installation's key changed while the portal runs."""

from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext

from portal import clock
from portal.config import Misconfigured, Settings
from portal.db import db
from portal.operations.rotation.services import prepare, remarks, rotate
from portal.operations.services import OPEN_KEY_FILE
from portal.vault.keyring import is_open_to_others


@click.command("prepare")
@with_appcontext
def prepare_keys() -> None:
    """Lägg nästa nyckel i nyckelfilen utan att ta den i bruk, där flera maskiner har var sin kopia av filen."""
    path = _own_key_file()
    name = prepare(path, at=clock.now())
    click.echo(
        f"Nyckeln {name} väntar i {path}. Kopiera filen till varje maskin, och kör sedan på en av dem: portal keys rotate"
    )


@click.command("rotate")
@with_appcontext
def rotate_keys() -> None:
    """Byt installationens nyckel medan portalen är i gång. Avbryts det: kör samma kommando igen."""
    path = _own_key_file()
    done = rotate(path, at=clock.now())
    click.echo(f"{'Ny nyckel' if done.began else 'Nyckeln är bytt redan'}: {done.current} i {path}.")
    click.echo(
        f"Omslutna på nytt: {done.controllers} personuppgiftsansvarigas nycklar, {done.applications} ansökningars "
        f"och {done.secrets} hemligheter."
    )
    db.session.rollback()  # what lies wrapped now, and not what was read before
    for remark in remarks():
        click.echo(remark)


def _own_key_file() -> Path:
    settings: Settings = current_app.config["SETTINGS"]
    if is_open_to_others(settings.keys_file):
        raise Misconfigured(OPEN_KEY_FILE)
    return settings.keys_file
