"""`portal backup`, `portal restore`, and the same of the keys: each prints what it came to, and how long it took."""

import sys
from pathlib import Path

import click
from flask.cli import with_appcontext

from portal import clock
from portal.applications.services.returned import Returned
from portal.backups.services.keys import restore_keys, take_keys
from portal.backups.services.restoring import restore_backup
from portal.backups.services.taking import take_backup

PEOPLE = (
    "Personerna är som de var {taken_at}. Den som har lämnat ett parti, en myndighet eller driften sedan dess kommer in "
    "igen, och roller, lösenord och telefoner är de som gällde då. Kanslierna och myndigheterna har det att gå igenom på sin "
    "startsida: säg till dem, och se på /drift vilka som har gjort det. Driftens egna går ni igenom på /drift/personer."
)
FILE = click.argument("file", type=click.Path(dir_okay=False, path_type=Path))


@click.command("backup")
@FILE
@with_appcontext
def backup(file: Path) -> None:
    """Säkerhetskopiera databasen och handlingarna, medan portalen är i gång. Nycklarna tas aldrig med."""
    begun = clock.monotonic()
    taken = take_backup(file, at=clock.now())
    click.echo(f"Skriven: {file}. {taken.rows} rader, {taken.blobs} filer, {_seconds(begun)} s.")
    if taken.lost:
        click.echo(f"{taken.lost} handlingar saknar sin fil i dokumentlagret. Kör: portal check", err=True)
        sys.exit(1)


@click.command("restore")
@FILE
@with_appcontext
def restore(file: Path) -> None:
    """Lägg tillbaka en säkerhetskopia i en tom installation."""
    begun = clock.monotonic()
    done = restore_backup(file, at=clock.now())
    taken_at = f"{done.taken_at.astimezone(clock.STOCKHOLM):%Y-%m-%d %H:%M}"
    click.echo(f"Tillbaka från {taken_at}: {done.rows} rader, {done.blobs} filer, {_seconds(begun)} s.")
    click.echo(PEOPLE.format(taken_at=taken_at))
    if done.returned is None:
        click.echo("Utan nycklarna går ingen ansökan att öppna. Kör: portal keys restore FIL")
    else:
        _tell(done.returned)


@click.command("backup")
@FILE
@with_appcontext
def backup_keys(file: Path) -> None:
    """Säkerhetskopiera ansökningarnas nycklar, för sig. Kopian är god i 30 dagar; släng den sedan."""
    click.echo(f"Skriven: {file}. {take_keys(file, at=clock.now())} nycklar.")


@click.command("restore")
@FILE
@with_appcontext
def restore_keys_command(file: Path) -> None:
    """Lägg tillbaka nycklarna, sedan databasen är tillbaka."""
    keys, returned = restore_keys(file, at=clock.now())
    click.echo(f"Tillbaka: {keys} nycklar.")
    _tell(returned)


def _tell(returned: Returned) -> None:
    if returned.erased:
        click.echo(f"{returned.erased} ansökningar var raderade sedan kopian togs och är raderade igen.")
    if returned.unreadable:
        click.echo(f"{returned.unreadable} ansökningar går inte att öppna: deras nycklar saknas.", err=True)
    if returned.failed:
        click.echo(
            f"{returned.failed} ansökningar gick inte att radera igen. Kör samma kommando en gång till.", err=True
        )
        sys.exit(1)


def _seconds(begun: float) -> str:
    return f"{clock.monotonic() - begun:.1f}".replace(".", ",")
