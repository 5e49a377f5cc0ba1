"""`portal demo`: an installation of its own with a fictitious case, its worker and its web server, all on this machine."""

import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask, current_app
from flask.cli import ScriptInfo, with_appcontext

from portal import clock
from portal.config import IN_FILES, Settings
from portal.db import create_file, db
from portal.demo.services import seed
from portal.demo.services.people import PASSWORD, PEOPLE
from portal.demo.services.sowing import sow_country
from portal.demo.sweden import MOST_PARTIES, Sizes
from portal.operations.schema import upgrade
from portal.vault.keyring import create_keyring
from portal.vault.services import the_vault

STARTUP_SECONDS = 60
RAISED_AGAIN_SECONDS = 0.2
HALF_MADE = "half_made"  # a file that lies in the folder until all is made


@click.command("demo")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--reset", is_flag=True, help="Börja om: släng demons alla uppgifter först.")
@click.pass_obj
def demo(portal: ScriptInfo, port: int, reset: bool) -> None:
    """Starta en demo med en påhittad region, två rivaliserande partier och nio sökande."""
    _require_free(port)
    folder = Path(os.environ.get("PORTAL_INSTANCE_PATH", "instance")).absolute() / "demo"
    with alone_in(folder):
        if reset or (folder / HALF_MADE).exists():
            shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "portal.db").exists():
            (folder / HALF_MADE).touch()
        os.environ.update(_environment(folder, port))
        _run(_prepare(portal), folder, port)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Raises `click.ClickException` while another demo has its data there."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as taken:
            raise click.ClickException("En demo är redan i gång med samma uppgifter. Stäng den först.") from taken
        yield


def until_heard(*_told: object) -> None:
    """Ends the demo. What is raised while Python clears something away is dropped by Python itself, and the demo went on: it
    is raised again until somebody has heard it."""
    signal.setitimer(signal.ITIMER_REAL, RAISED_AGAIN_SECONDS)
    raise KeyboardInterrupt


def _run(app: Flask, folder: Path, port: int) -> None:
    """Until it is stopped. Whoever closes the terminal stops it too, with its children: gunicorn itself would load anew."""
    for told in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGALRM):
        if signal.getsignal(told) is not signal.SIG_IGN:  # by nohup
            signal.signal(told, until_heard)
    children = [_start("run", "--port", str(port))]
    try:
        _wait_for(port)
        log_ins = seed(app)
        (folder / HALF_MADE).unlink(missing_ok=True)
        children.append(_start("worker"))  # not before: what is made is weeks old, and half made would be swept
        click.echo(_welcome(port, log_ins))
        _watch(children)
    except KeyboardInterrupt:
        signal.setitimer(signal.ITIMER_REAL, 0)
        click.echo("Demon är stängd. Uppgifterna finns kvar till nästa gång.")
    finally:
        for child in children:
            child.terminate()
        for child in children:
            child.wait()


def _require_free(port: int) -> None:
    """Raises `click.ClickException` when somebody else listens there."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as taken:
            raise click.ClickException(f"Port {port} är upptagen. Välj en annan med --port.") from taken


def _environment(folder: Path, port: int) -> dict[str, str]:
    secret = folder / "secret_key"
    if not secret.exists():
        secret.write_text(secrets.token_hex(32))
        secret.chmod(0o600)
    return {
        "PORTAL_DEMO": "1",
        "PORTAL_INSTANCE_PATH": str(folder),
        "PORTAL_SECRET_KEY": secret.read_text(),
        "PORTAL_BASE_URL": f"http://localhost:{port}",
        "PORTAL_NOW": os.environ.get("PORTAL_NOW") or f"@{folder / 'now'}",
        # The demo keeps to itself, whatever else this machine is set to.
        **dict.fromkeys(
            (
                "PORTAL_DATABASE_URL", "PORTAL_DATABASE_OWNER_URL", "PORTAL_KEY_STORE_URL", "PORTAL_QUEUE_URL",
                "PORTAL_RATES_URL", "PORTAL_STORAGE_URL", "PORTAL_KEYS_FILE", "PORTAL_SMTP_URL",
                *(f"{name}_FILE" for name in IN_FILES),
            ),
            "",
        ),
    }  # fmt: skip


def _prepare(portal: ScriptInfo) -> Flask:
    """Keys, database and key store: made the first time, brought up to date after that."""
    settings = Settings.from_environment()
    if not settings.keys_file.exists():
        create_keyring(settings.keys_file, "demo")
    app = portal.load_app()
    with app.app_context():
        create_file(db.engine)
        upgrade()
        the_vault().key_store.create_tables()
    return app


def _start(*command: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "portal.cli", *command])


def _wait_for(port: int) -> None:
    """Until /healthz answers, past any proxy of this machine's. Raises `click.ClickException` when it does not."""
    itself = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(STARTUP_SECONDS * 10):
        try:
            with itself.open(f"http://127.0.0.1:{port}/healthz", timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise click.ClickException(f"Webbservern svarar inte på port {port}. Se felet ovanför.")


def _watch(children: list[subprocess.Popen[bytes]]) -> None:
    """Until somebody stops the demo, or a part of it stops by itself."""
    while all(child.poll() is None for child in children):
        time.sleep(0.5)
    raise click.ClickException("En del av demon har stannat. Se felet ovanför och starta om.")


def _welcome(port: int, log_ins: list[tuple[str, str, str]]) -> str:
    here = f"http://localhost:{port}"
    people = "\n".join(f"  {who:<34} {email:<34} {password}" for who, email, password in log_ins)
    return f"""
Demon är i gång. Allt i den är påhittat.

  Lediga tjänster      {here}/
  Logga in             {here}/logga-in
  Brevlådan            {here}/demo/brevlada   (all post, och varje persons kod just nu)

Logga in med e-post och lösenord, och sedan koden från brevlådan:

{people}

Nyckelfilen ligger här i demons mapp. I en riktig installation ligger den någon annanstans.
Stäng med Ctrl+C. Börja om med: portal demo --reset
"""


@click.command("seed")
@click.option("--parties", type=click.IntRange(2, MOST_PARTIES), default=50, show_default=True, help="Antal partier.")
@click.option("--ads", type=click.IntRange(1), default=200, show_default=True, help="Antal annonser.")
@click.option("--applications", type=click.IntRange(0), default=10_000, show_default=True, help="Antal ansökningar.")
@click.option("--candidates", default="", help="Fler annonser hos det första partiet, med så många sökande: 100,1000.")
@click.option("--seed", type=int, default=1, show_default=True, help="Samma tal ger samma människor.")
@with_appcontext
def fill(parties: int, ads: int, applications: int, candidates: str, seed: int) -> None:
    """Fyll en egen, tom installation med ett påhittat land att mäta i (kräver PORTAL_DEMO=1)."""
    begun = clock.monotonic()
    sizes = Sizes(parties, ads, applications, _numbers(candidates), seed)
    counts = sow_country(current_app._get_current_object(), sizes, clock.now(), _told)  # type: ignore[attr-defined]
    seconds = clock.monotonic() - begun
    for table, rows in counts.most_common():
        click.echo(f"{rows:>10} {table}")
    click.echo(f"{counts.total():>10} rader på {seconds:.0f} s, {counts.total() / seconds:.0f} i sekunden.\n")
    click.echo("Logga in med e-post och lösenord, och sedan koden från /demo/brevlada:\n")
    click.echo(_people())


def _numbers(text: str) -> tuple[int, ...]:
    parts = [part for part in text.split(",") if part]
    if not all(part.isdecimal() and int(part) for part in parts):
        raise click.BadParameter("Skriv hela tal med komma mellan, till exempel 100,1000,10000.")
    return tuple(map(int, parts))


def _told(done: int, of: int) -> None:
    if done * 10 // of != (done - 1) * 10 // of:
        click.echo(f"{done} av {of} regioner och kommuner", err=True)


def _people() -> str:
    return "\n".join(f"  {one.who:<18} {one.email:<24} {PASSWORD}" for one in PEOPLE)
