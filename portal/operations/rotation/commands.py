"""`portal keys rotate`: the installation's key changed while the portal runs."""

import click
from flask import current_app
from flask.cli import with_appcontext

from portal import clock
from portal.config import Misconfigured, Settings
from portal.operations.rotation.services import remarks, rotate
from portal.operations.services import OPEN_KEY_FILE
from portal.vault.keyring import is_open_to_others


@click.command("rotate")
@with_appcontext
def rotate_keys() -> None:
    """Byt installationens nyckel medan portalen är i gång. Avbryts det: kör samma kommando igen."""
    settings: Settings = current_app.config["SETTINGS"]
    if is_open_to_others(settings.keys_file):
        raise Misconfigured(OPEN_KEY_FILE)
    done = rotate(settings.keys_file, at=clock.now())
    click.echo(f"{'Ny nyckel' if done.began else 'Nyckeln är bytt redan'}: {done.current} i {settings.keys_file}.")
    click.echo(
        f"Omslutna på nytt: {done.controllers} personuppgiftsansvarigas nycklar, {done.applications} ansökningars "
        f"och {done.secrets} hemligheter."
    )
    for remark in remarks():
        click.echo(remark)
