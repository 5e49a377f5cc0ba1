"""`portal accounts`: the first operator; all the rest is pages."""

import click
from email_validator import EmailNotValidError, validate_email
from flask import current_app
from flask.cli import AppGroup

from portal import clock
from portal.accounts.address import canonical
from portal.accounts.queries import person_at
from portal.accounts.services import log_out_by_operator
from portal.db import unit_of_work
from portal.refusal import Refusal
from portal.web.fields import clean_line

LONGEST_NAME = 120
accounts = AppGroup("accounts", help="Konton.")


@accounts.command("invite")
@click.argument("email")
@click.option("--role", type=click.Choice(["drift"]), required=True, help="Rollen. Övriga roller bjuds in på sidorna.")
@click.option("--name", default="", help="Personens namn.")
def invite(email: str, role: str, name: str) -> None:
    """Bjud in någon att driva portalen. Skriver ut inbjudans adress, och skickar den också som brev.

    Den som redan driver portalen får en adress för att koppla en ny telefon. Lösenordet behövs fortfarande.
    """
    address = _written(email)
    known_as = clean_line(name) or address.partition("@")[0]
    if len(known_as) > LONGEST_NAME:
        raise click.BadParameter(f"Skriv namnet med högst {LONGEST_NAME} tecken.", param_hint="--name")
    try:
        click.echo(current_app.extensions["invite_to_run"](address, known_as))
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence) from None


@accounts.command("log-out")
@click.argument("email", required=False)
@click.option("--everybody", is_flag=True, help="Alla som är inloggade, i stället för en person.")
def log_out(email: str | None, everybody: bool) -> None:
    """Avsluta en persons inloggningar, eller allas. Var och en kan logga in igen."""
    if bool(email) == everybody:
        raise click.UsageError("Skriv en e-postadress, eller --everybody.")
    address = canonical(clean_line(email) or "") if email else None
    with unit_of_work() as session:
        if address is not None and person_at(session, address) is None:
            raise click.ClickException(
                "Ingen har den adressen, så ingen inloggning är avslutad. Se hur den är skriven."
            )
        ended = log_out_by_operator(session, email=address, at=clock.now())
    click.echo(f"Avslutade inloggningar: {ended}")


def _written(email: str) -> str:
    """The address as it is kept, of one that a mail can be sent to."""
    try:
        checked = validate_email(clean_line(email) or "", check_deliverability=False)
    except EmailNotValidError:
        raise click.BadParameter("Skriv adressen som i namn@exempel.se.", param_hint="EMAIL") from None
    return canonical(checked.normalized)
