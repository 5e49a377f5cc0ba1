"""Half set up, or with something away: `portal check` and every command say which it is and what to do, in one sentence."""

import os
import socket
import ssl
from dataclasses import replace
from pathlib import Path

import pytest

from portal.config import Misconfigured, Settings
from portal.factory import create_app
from portal.mail.engines import NotLetIn
from portal.operations import waiting
from portal.operations.secret_files import open_secrets
from portal.operations.services import findings
from portal.operations.silence import NO_ANSWER
from portal.vault.engines import open_store
from portal.vault.keyring import read_keyring
from tests.conftest import SECRET, close_stores
from tests.database import required
from tests.proofs.living import free_port
from tests.test_cli import portal

SERVER = "postgresql+psycopg://portal@127.0.0.1:{port}/portal"


@pytest.fixture
def away() -> str:
    """The address of a database server that does not answer."""
    try:
        import psycopg  # noqa: F401
    except ImportError:
        required("the driver of PostgreSQL is not installed (extra: services)")
    return SERVER.format(port=free_port())


def found(settings: Settings) -> list[str]:
    """What `portal check` says."""
    app = create_app(settings)
    with app.app_context():
        try:
            return list(findings(app))
        finally:
            close_stores()


def test_a_database_server_that_is_away_is_not_one_to_upgrade(settings: Settings, away: str) -> None:
    said = found(replace(settings, database_url=away))
    assert NO_ANSWER in said
    assert not any("db upgrade" in line for line in said)


def test_a_key_store_that_is_away_is_told_by_its_own_name(settings: Settings, away: str) -> None:
    (line,) = found(replace(settings, key_store_url=away))
    assert line.startswith("Nyckellagret i PORTAL_KEY_STORE_URL svarar inte.")


def test_a_key_store_that_was_never_made_is_made_by_the_upgrade(settings: Settings, tmp_path: Path) -> None:
    (line,) = found(replace(settings, key_store_url=f"sqlite:///{tmp_path}/none.db"))
    assert line == "Nyckellagret är inte färdigt. Kör: portal db upgrade"


def half(tmp_path: Path, **more: str) -> dict[str, str]:
    """An installation with keys and no database."""
    settings = {
        "PORTAL_DEMO": "1",
        "PORTAL_SECRET_KEY": SECRET,
        "PORTAL_INSTANCE_PATH": str(tmp_path / "here"),
        "PORTAL_KEYS_FILE": str(tmp_path / "keys"),
        **more,
    }
    assert portal("keys", "create", folder=tmp_path, **settings).returncode == 0
    return settings


@pytest.mark.parametrize("made", [False, True])
def test_whoever_is_invited_before_the_upgrade_waits_for_it(tmp_path: Path, made: bool) -> None:
    settings = half(tmp_path)
    if made:
        (tmp_path / "here").mkdir(exist_ok=True)
        (tmp_path / "here" / "portal.db").touch()
    answer = portal("accounts", "invite", "a@example.se", "--role", "drift", folder=tmp_path, **settings)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr == "Databasen är inte färdig. Kör: portal db upgrade\n"


def test_an_upgrade_without_its_server_is_one_line(tmp_path: Path, away: str) -> None:
    settings = half(tmp_path)
    address = away.replace("+psycopg", "")
    settings |= dict.fromkeys(("PORTAL_DATABASE_URL", "PORTAL_QUEUE_URL", "PORTAL_RATES_URL"), address)
    answer = portal("db", "upgrade", folder=tmp_path, **settings)
    assert (answer.returncode, len(answer.stderr.splitlines())) == (2, 1), answer.stderr


def test_a_key_file_of_somebody_elses_is_not_one_that_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(_: Path, *__: object, **___: object) -> str:
        raise PermissionError

    monkeypatch.setattr(Path, "read_text", shut)
    with pytest.raises(Misconfigured, match="får inte läsas av den användare som kommandot körs som") as refused:
        read_keyring(tmp_path / "keys")
    assert "Lägg tillbaka" not in str(refused.value)


def test_a_folder_that_cannot_be_written_to_is_told_by_its_setting(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Misconfigured, match="PORTAL_INSTANCE_PATH"):
        create_app(replace(settings, instance_path=tmp_path / "file" / "here"))
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(Misconfigured, match="PORTAL_INSTANCE_PATH"):
        create_app(settings)


def test_a_list_of_authorities_that_is_none_is_told_by_its_setting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "nowhere.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    with pytest.raises(Misconfigured, match="SSL_CERT_FILE"):
        open_store("s3://portal?endpoint=https://lagring.example.se", ("name", "key"))


def test_a_file_with_a_password_that_all_may_read_is_told_of(tmp_path: Path) -> None:
    open_one, shut = tmp_path / "smtp", tmp_path / "database"
    for file, mode in ((open_one, 0o644), (shut, 0o640)):
        file.write_text("x")
        file.chmod(mode)
    environment = {"PORTAL_SMTP_URL_FILE": str(open_one), "PORTAL_DATABASE_URL_FILE": str(shut)}
    (line,) = open_secrets({**environment, "PORTAL_QUEUE_URL_FILE": ""})
    assert str(open_one) in line and "PORTAL_SMTP_URL_FILE" in line and "chmod 400" in line


@pytest.mark.parametrize(
    ("fault", "advice"),
    [
        (ssl.SSLCertVerificationError(1, "self-signed certificate"), "SSL_CERT_FILE"),
        (ssl.SSLError(1, "wrong version number"), "smtps://"),
        (socket.gaierror(-2, "Name or service not known"), "Namnet"),
        (ConnectionRefusedError(), "porten"),
        (TimeoutError(), "porten"),
        (NotLetIn("no", 535), "lösenord"),
        (NotLetIn("the server offers no encryption"), "serverns logg"),
        (ValueError(), "serverns logg"),
    ],
)
def test_what_is_wrong_with_the_mail_server_is_told_with_what_to_do(fault: Exception, advice: str) -> None:
    assert advice in waiting.advice_on(fault)


def test_root_is_told_whose_the_installation_is_and_leaves_nothing_behind(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lies_there() -> set[Path]:
        return set(settings.instance_path.rglob("*"))

    assert not [line for line in found(settings) if "körs av root" in line]
    before = lies_there()
    if os.geteuid() == 0:
        os.chown(settings.instance_path, 54321, -1)
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (told,) = found(settings)
    assert told.startswith(f"{settings.instance_path} ägs av användaren ") and "körs av root." in told
    assert lies_there() == before
