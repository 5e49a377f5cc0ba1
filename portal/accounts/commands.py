"""`portal accounts`: the first operator; all the rest is pages."""

import click
from flask import current_app
from flask.cli import AppGroup

from portal import clock
from portal.accounts.address import canonical
from portal.accounts.services import log_out_by_operator
from portal.db import unit_of_work
from portal.refusal import Refusal
from portal.web.fields import clean_line

accounts = AppGroup("accounts", help="Konton.")


@accounts.command("invite")
@click.argument("email")
@click.option("--role", type=click.Choice(["drift"]), required=True, help="Rollen. Övriga roller bjuds in på sidorna.")
@click.option("--name", default="", help="Personens namn.")
def invite(email: str, role: str, name: str) -> None:
    """Bjud in någon att driva portalen. Skriver ut inbjudans adress, och skickar den också som brev."""
    address = canonical(clean_line(email) or "")
    if not address.rpartition("@")[0] or "." not in address.rpartition("@")[2]:
        raise click.BadParameter("Skriv adressen som i namn@exempel.se.", param_hint="EMAIL")
    try:
        click.echo(current_app.extensions["invite_to_run"](address, clean_line(name) or address.partition("@")[0]))
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None


@accounts.command("log-out")
@click.argument("email", required=False)
@click.option("--everybody", is_flag=True, help="Alla som är inloggade, i stället för en person.")
def log_out(email: str | None, everybody: bool) -> None:
    """Avsluta en persons inloggningar, eller allas. Var och en kan logga in igen."""
    if bool(email) == everybody:
        raise click.UsageError("Skriv en e-postadress, eller --everybody.")
    with unit_of_work() as session:
        ended = log_out_by_operator(
            session, email=canonical(clean_line(email) or "") if email else None, at=clock.now()
        )
    click.echo(f"Avslutade inloggningar: {ended}")
