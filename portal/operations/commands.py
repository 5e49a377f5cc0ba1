"""`portal i18n`: the languages. Needs no settings, no database and no application."""

import click

from portal.operations.catalogues import compile_catalogues
from portal.paths import TRANSLATIONS


@click.group("i18n")
def i18n() -> None:
    """Språken."""


@i18n.command("compile")
def compile_translations() -> None:
    """Sammanställ översättningarna, efter en ändring i en .po-fil eller i en nyhämtad arbetskopia."""
    for compiled in compile_catalogues(TRANSLATIONS):
        click.echo(f"Skriven: {compiled.relative_to(TRANSLATIONS)}. Starta om webbservern och arbetaren.")
