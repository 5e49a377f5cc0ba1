"""`portal sweep`: what the worker sweeps every hour, at once. Counts alone: no name, no title, no party."""

import sys

import click
from flask.cli import with_appcontext

from portal import clock
from portal.applications.services import sweeping
from portal.jobs.belief import believe
from portal.privacy.rights.services.leaving import end_restrictions, restrictions_to_end
from portal.privacy.services.disposing import Gone, carry_out_due, due_now

HELD_BACK = (
    "Nycklar och filer utan ansökan är fler än de andra, så inget av dem är rört. Det ser ut som fel databas, eller en tom: "
    "kontrollera PORTAL_DATABASE_URL, eller lägg tillbaka en säkerhetskopia. Är databasen säkert den rätta: "
    "portal sweep --even-most"
)


@click.command("sweep")
@click.option("--dry-run", is_flag=True, help="Säg bara hur mycket som skulle tas bort.")
@click.option(
    "--even-most",
    is_flag=True,
    help="Ta bort nycklar och filer utan ansökan fast de är fler än de andra. Bara när databasen säkert är den rätta.",
)
@with_appcontext
def sweep(dry_run: bool, even_most: bool) -> None:
    """Städa det som arbetaren städar varje timme: ansökningar vars tid är ute, gamla utkast, avbrutna raderingar, ensamma
    nycklar och filer."""
    at = clock.now()
    if not dry_run:
        believe(at)  # whoever asks for it by hand has looked at the clock
    gone = due_now(at) if dry_run else carry_out_due(at)
    unlocked = restrictions_to_end(at) if dry_run else end_restrictions(at)
    swept = sweeping.to_sweep(at) if dry_run else sweeping.sweep(at, even_most=even_most)
    click.echo(
        f"{'Skulle städas' if dry_run else 'Städat'}: {swept.drafts} utkast, {swept.erasures} raderingar, "
        f"{swept.keys} nycklar och {swept.blobs} filer utan ansökan."
    )
    if swept.held_back:
        click.echo(HELD_BACK, err=True)
    if gone != Gone():
        click.echo(
            f"{'Skulle ha tagits bort' if dry_run else 'Borttaget'} efter utgången tid: "
            f"{gone.disposed} gallrade och {gone.erased} raderade ansökningar. "
            f"{gone.left} {'skulle sparas' if dry_run else 'sparas'} bara efter samtycke. "
            f"{gone.told} rekryteringar {'skulle aviseras' if dry_run else 'aviserade'} två veckor i förväg."
        )
    if gone.failed:
        click.echo(f"{gone.failed} rekryteringar gick inte att gallra: loggen säger vilka. Kör: portal check", err=True)
    if unlocked:
        click.echo(f"{'Skulle raderas' if dry_run else 'Raderat'}: {unlocked} återtagna ansökningar som legat låsta.")
    if swept.failed:
        click.echo(f"{swept.failed} utkast eller raderingar gick inte att städa: loggen säger vilka.", err=True)
    if (swept.held_back or swept.failed or gone.failed) and not dry_run:
        sys.exit(1)
