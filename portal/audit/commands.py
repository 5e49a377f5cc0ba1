"""`portal audit`: the chains verified, and their heads printed to be kept elsewhere."""

import sys
from collections import defaultdict
from pathlib import Path
from uuid import UUID

import click
from flask.cli import AppGroup

from portal import clock
from portal.audit.verification import KeptHeads, present_heads, told_restores, verify
from portal.refusal import Refusal

audit = AppGroup("audit", help="Loggens kedjor.")


class NotHeads(Refusal):
    """A file that `portal audit heads` has not written."""

    text = "%(file)s har en rad som inte är skriven av portal audit heads: rad %(number)d."


@audit.command("verify")
@click.option("--heads", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Sparade huvuden.")
def verify_chains(heads: Path | None) -> None:
    """Gå igenom varje kedja från första raden. Den första rad som inte stämmer i var och en nämns."""
    chains = list(verify(_kept(heads) if heads else None))
    bad = [chain for chain in chains if chain.first_bad is not None]
    for chain in bad:
        click.echo(chain)
    if bad and heads:
        _tell_restores()
    if bad:
        sys.exit(1)
    click.echo(f"{len(chains)} kedjor, {sum(chain.lines for chain in chains)} rader: alla är hela.")


@audit.command("heads")
def heads() -> None:
    """Skriv ut kedjornas huvuden. Spara dem varje dag på en plats som databasens ägare inte når."""
    for chain, ends in sorted(present_heads().items()):
        for count, last_hash in ends.items():
            click.echo(f"{clock.now().isoformat(timespec='seconds')} {chain} {count} {last_hash.hex()}")


def _tell_restores() -> None:
    for at, of in told_restores():
        when, then = (f"{instant.astimezone(clock.STOCKHOLM):%Y-%m-%d %H:%M}" for instant in (at, of))
        click.echo(
            f"Enligt loggen återställdes portalen {when} från en säkerhetskopia tagen {then}. Huvuden som skrevs däremellan "
            "passar inte längre, och det är inget fel. Spara den filen, och börja en ny."
        )


def _kept(path: Path) -> KeptHeads:
    """Every head in the file, from as many days as it has. Raises `NotHeads`."""
    kept: dict[UUID, dict[int, bytes]] = defaultdict(dict)
    for number, line in enumerate(path.read_text(errors="replace").splitlines(), 1):
        try:
            _at, chain, count, last_hash = line.split()
            kept[UUID(chain)].setdefault(int(count), bytes.fromhex(last_hash))
        except ValueError as fault:
            raise NotHeads(file=path, number=number) from fault
    return kept
