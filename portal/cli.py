"""The `portal` command: each command calls one service. Those that only reckon need no settings and no database."""

import json
import sys
from collections.abc import Mapping
from importlib import import_module
from types import MappingProxyType

import click
from flask import Flask, current_app
from flask.cli import AppGroup, FlaskGroup, with_appcontext
from sqlalchemy.exc import SQLAlchemyError

from portal.config import Misconfigured
from portal.refusal import Refusal
from portal.starting import looking_for_no_garbage


def _make_app() -> Flask:
    with looking_for_no_garbage():
        from portal.factory import create_app

        return create_app()


ELSEWHERE = {  # commands that live with their feature, loaded when they are asked for
    "accounts": "portal.accounts.commands:accounts",
    "ads": "portal.ads.commands:ads",
    "audit": "portal.audit.commands:audit",
    "backup": "portal.backups.commands:backup",
    "demo": "portal.demo.commands:demo",
    "i18n": "portal.operations.commands:i18n",
    "profiles": "portal.profiles.commands:profiles",
    "restore": "portal.backups.commands:restore",
    "seed": "portal.demo.commands:fill",
    "sweep": "portal.privacy.commands:sweep",
}


class Elsewhere(click.Group):
    """A group some of whose commands live with their feature."""

    elsewhere: Mapping[str, str] = MappingProxyType({})

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*self.commands, *self.elsewhere})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.elsewhere:
            return click.Group.get_command(self, ctx, name)
        module, _, attribute = self.elsewhere[name].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        return command


class PortalGroup(Elsewhere, FlaskGroup):
    """The portal's own commands and no others: help and a mistyped name need no settings."""

    elsewhere = MappingProxyType(ELSEWHERE)


class KeysGroup(Elsewhere):
    """What is done with keys."""

    elsewhere = MappingProxyType(
        {
            "backup": "portal.backups.commands:backup_keys",
            "prepare": "portal.operations.rotation.commands:prepare_keys",
            "restore": "portal.backups.commands:restore_keys_command",
            "rotate": "portal.operations.rotation.commands:rotate_keys",
        }
    )


cli = PortalGroup(
    name="portal",
    help="Rekrytering av politiska sekreterare.",
    create_app=_make_app,
    add_default_commands=False,
    set_debug_flag=False,
    load_dotenv=False,
)
cli.params.clear()  # the options by which Flask finds an application: this one is found


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def _tell(sentence: str) -> None:
    click.echo(sentence, err=True)


@cli.command("limit", with_appcontext=False)
@click.option("--employer", type=click.Choice(["region", "party"]), required=True, help="Vem som anställer.")
@click.option("--decided", required=True, help="Dagen för anställningsbeslutet, ÅÅÅÅ-MM-DD.")
@click.option("--starts", required=True, help="Första dagen på arbetet.")
@click.option("--ends", default=None, help="Sista dagen, om den är bestämd.")
@click.option("--earlier-days", type=int, default=0, help="Dagar av särskild visstid de senaste fem åren (parti).")
def limit(employer: str, decided: str, starts: str, ends: str | None, earlier_days: int) -> None:
    """Hur länge en politisk sekreterare får vara anställd (kommunallagen 4 kap. 33 §)."""
    from portal.elections.report import limit_report

    _print_json(
        limit_report(employer=employer, decided=decided, starts=starts, ends=ends or None, earlier_days=earlier_days)
    )


@cli.command("elections", with_appcontext=False)
@click.option("--from", "first", type=int, default=1970, help="Första året.")
@click.option("--to", "last", type=int, default=2050, help="Sista året.")
def elections(first: int, last: int) -> None:
    """Valdagar i hela landet, med källa."""
    from portal.elections.report import elections_report

    _print_json(elections_report(first, last))


@cli.command("run", with_appcontext=False)
@click.option("--host", default="127.0.0.1", help="Adressen att lyssna på.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000)
@click.option("--workers", type=click.IntRange(1, 64), default=2, help="Antal webbprocesser.")
def run(host: str, port: int, workers: int) -> None:
    """Starta webbservern."""
    from portal.config import THIS_MACHINE, Misconfigured, Settings
    from portal.operations.counts import forget_counts, share_counts

    settings = Settings.from_environment()
    if settings.demo and host not in THIS_MACHINE:
        raise Misconfigured("Demon visar allas koder och mejl: den lyssnar bara på 127.0.0.1.")
    share_counts()  # before anything is loaded that counts
    try:
        with looking_for_no_garbage():
            from portal.factory import create_app
            from portal.operations.engines import serve
            from portal.operations.services import require_ready

            require_ready(settings, _tell)
            app = create_app(settings)
        serve(app, host=host, port=port, workers=workers)
    finally:
        forget_counts()


@cli.command("worker")
@with_appcontext
def worker() -> None:
    """Starta arbetaren: post, sidbilder och det som sker på bestämd tid."""
    from portal.jobs.engines import require_queue
    from portal.jobs.tasks import ask_for_round
    from portal.operations.engines import work
    from portal.operations.services import require_ready

    require_ready(current_app.config["SETTINGS"], _tell)
    require_queue(current_app.extensions["queue"])
    ask_for_round(current_app)
    work(current_app.extensions["queue"], current_app.extensions["worker_is_ending"])


database = AppGroup("db", help="Databasens schema.")


@database.command("upgrade")
def upgrade_database() -> None:
    """För databasen och nyckellagret till den senaste versionen."""
    from portal.db import create_file, db, open_engine
    from portal.operations.schema import upgrade
    from portal.operations.stores import create_stores

    create_file(db.engine)
    with open_engine(current_app.config["SETTINGS"].database_owner_url).connect():  # says so where nobody answers
        pass
    create_stores(current_app.config["SETTINGS"])  # before the migrations, which let the application's role in
    upgrade()


@database.command("downgrade")
@click.argument("revision")
@click.confirmation_option(
    "--yes",
    prompt="Det som nyare versioner har sparat går förlorat. Ta en säkerhetskopia först. Fortsätta?",
    help="Fråga inte.",
)
def downgrade_database(revision: str) -> None:
    """Ta databasen tillbaka till en tidigare version."""
    from portal.operations.schema import downgrade

    downgrade(revision)


keys = KeysGroup("keys", help="Installationens nycklar.")


@keys.command("create")
def create_keys() -> None:
    """Skapa nyckelfilen som PORTAL_KEYS_FILE pekar på, om den inte finns."""
    from portal import clock
    from portal.config import Settings
    from portal.operations.services import has_keys
    from portal.vault.keyring import create_keyring

    settings = Settings.from_environment()
    path = settings.keys_file
    if has_keys(settings.database_url):
        raise click.ClickException(
            "Databasen har nycklar från en annan nyckelfil, och en ny öppnar ingen av dem. Lägg tillbaka den som fanns."
        )
    try:
        create_keyring(path, f"k{clock.today():%Y%m%d}")
    except FileExistsError as there:
        raise click.ClickException(f"{path} finns redan och lämnas som den är.") from there
    click.echo(f"Skapad: {path}. Förvara en kopia på ett säkert ställe: utan den går ingenting att läsa.")


@cli.command("check")
@click.option("--deep", is_flag=True, help="Öppna också varje fil: tar så lång tid som att läsa dem alla.")
@with_appcontext
def check(deep: bool) -> None:
    """Pröva varje inställning och det som alltid ska gälla."""
    from portal.operations.rotation.services import remarks
    from portal.operations.services import findings

    found = list(findings(current_app, deep=deep))
    for line in found or remarks():  # of keys nothing more is said while something is wrong
        click.echo(line)
    if found:
        sys.exit(1)
    click.echo("Allt är som det ska.")


cli.add_command(database)
cli.add_command(keys)


def main() -> None:
    """The entry point. A refusal or a missing setting is one line on stderr and exit 2."""
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as done:
        sys.exit(done.exit_code)
    except click.ClickException as fault:
        click.echo(" ".join(fault.format_message().split()), err=True)
        sys.exit(fault.exit_code)
    except (Misconfigured, Refusal) as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)
    except (OSError, SQLAlchemyError) as fault:
        from portal.operations.silence import NO_DATABASE, is_unprepared

        if is_unprepared(fault):
            click.echo(NO_DATABASE, err=True)
            sys.exit(2)
        reason = " ".join(str(fault).split())[:300]
        click.echo(f"Något som portalen behöver går inte att nå eller skriva: {reason}", err=True)
        sys.exit(2)
    except click.Abort:
        sys.exit(1)


if __name__ == "__main__":
    main()
