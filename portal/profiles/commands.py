"""`portal profiles`: each authority's own rules as data."""

import json

import click

from portal.profiles.faults import BadProfile
from portal.profiles.report import profile_report, profiles_report


@click.command("profiles")
@click.argument("name", required=False)
def profiles(name: str | None) -> None:
    """Regionernas och kommunernas egna regler, var och en med källa: alla, eller NAME.

    Utan fel är svaret 0; 1 när en regelfil är fel skriven, 2 när namnet inte finns.
    """
    try:
        found = profiles_report() if name is None else profile_report(name)
    except BadProfile as fault:
        raise click.ClickException(fault.sentence) from fault
    click.echo(json.dumps(found, ensure_ascii=False, indent=2))
