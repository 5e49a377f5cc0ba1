"""Settings half given: each command that needs them ends with one Swedish line that names the setting, and exit 2."""

import base64
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest

from portal import cli
from portal.config import Misconfigured, Settings
from portal.factory import create_app
from portal.vault.keyring import create_keyring
from tests.proofs.living import free_port
from tests.proofs.test_mail_kills import sink_on

COMMANDS = (("run", "--port", "0"), ("worker",), ("check",), ("db", "upgrade"))
PG, OWNER = "postgresql://portal_app:x@db.example/portal", "postgresql://portal_owner:y@db.example/portal"
GONE = None
SPELT_OTHERWISE = [  # addresses of the database of PG
    "postgresql://keys:x@db.example:5432/portal", "postgres://keys:x@db.example/portal",
    "postgresql://keys:x@db.example/portal?sslmode=require", "postgresql://keys:x@elsewhere/x?host=db.example&dbname=portal", "postgresql+psycopg://keys:x@DB.example/portal",
]  # fmt: skip

WRONG: list[tuple[str, dict[str, str | None]]] = [
    ("PORTAL_SECRET_KEY", {"PORTAL_SECRET_KEY": GONE}),
    ("PORTAL_SECRET_KEY", {"PORTAL_SECRET_KEY": ""}),
    ("PORTAL_SECRET_KEY", {"PORTAL_SECRET_KEY": "   "}),
    ("PORTAL_SECRET_KEY", {"PORTAL_SECRET_KEY": "kort"}),
    ("PORTAL_SECRET_KEY", {"PORTAL_SECRET_KEY": "a" * 64}),
    ("PORTAL_SECRET_KEY", {"PORTAL_SECRET_KEY": "change-me-to-something-long-and-random-0123456789"}),
    ("PORTAL_SECRET_KEY", {"PORTAL_SECRET_KEY": "only-for-tests-0123456789abcdefghijklmnop"}),
    ("PORTAL_SECRET_KEY_FILE", {"PORTAL_SECRET_KEY_FILE": "/finns/inte"}),
    ("PORTAL_DATABASE_URL_FILE", {"PORTAL_DATABASE_URL_FILE": "/finns/inte"}),
    ("PORTAL_DATABASE_URL_FILE", {"PORTAL_DATABASE_URL_FILE": "/dev/null"}),
    ("PORTAL_SMTP_URL_FILE", {"PORTAL_SMTP_URL_FILE": "/"}),
    ("PORTAL_KEYS_FILE", {"PORTAL_KEYS_FILE": GONE}),
    ("PORTAL_KEYS_FILE", {"PORTAL_KEYS_FILE": ""}),
    ("PORTAL_BASE_URL", {"PORTAL_BASE_URL": GONE}),
    ("PORTAL_BASE_URL", {"PORTAL_BASE_URL": "portal.se"}),
    ("PORTAL_BASE_URL", {"PORTAL_BASE_URL": "https://"}),
    ("PORTAL_BASE_URL", {"PORTAL_BASE_URL": "https://portal.se:port"}),
    ("PORTAL_BASE_URL", {"PORTAL_BASE_URL": "ftp://portal.se"}),
    ("PORTAL_TRUSTED_HOSTS", {"PORTAL_TRUSTED_HOSTS": "https://portal.se/"}),
    ("PORTAL_SMTP_URL", {"PORTAL_SMTP_URL": GONE}),
    ("PORTAL_SMTP_URL", {"PORTAL_SMTP_URL": "mail.se"}),
    ("PORTAL_SMTP_URL", {"PORTAL_SMTP_URL": "smtp://"}),
    ("PORTAL_SMTP_URL", {"PORTAL_SMTP_URL": "smtp://mail.se:tjugofem"}),
    ("PORTAL_MAIL_FROM", {"PORTAL_MAIL_FROM": "portalen"}),
    ("PORTAL_PROXY_HOPS", {"PORTAL_PROXY_HOPS": "en"}),
    ("PORTAL_PROXY_HOPS", {"PORTAL_PROXY_HOPS": "-1"}),
    ("PORTAL_NOW", {"PORTAL_NOW": "2026-11-23T10:00"}),
    ("PORTAL_NOW", {"PORTAL_DEMO": "1", "PORTAL_NOW": "i morgon"}),
    ("PORTAL_DEMO", {"PORTAL_DEMO": "ja"}),
    ("PORTAL_DEMO", {"PORTAL_DEMO": "1", "PORTAL_BASE_URL": "https://portal.se"}),  # everybody's codes and mails
    ("PORTAL_DATABASE_URL", {"PORTAL_DATABASE_URL": "foo://x"}),
    ("PORTAL_DATABASE_URL", {"PORTAL_DATABASE_URL": "sqlite://"}),
    ("PORTAL_DATABASE_URL", {"PORTAL_DATABASE_URL": "postgresql://db.example"}),
    ("PORTAL_DATABASE_URL", {"PORTAL_DATABASE_URL": "postgresql://u:p@db.example:port/portal"}),
    ("PORTAL_DATABASE_OWNER_URL", {"PORTAL_DATABASE_URL": PG}),
    ("PORTAL_DATABASE_OWNER_URL", {"PORTAL_DATABASE_URL": PG, "PORTAL_DATABASE_OWNER_URL": PG}),
    ("PORTAL_KEY_STORE_URL", {"PORTAL_KEY_STORE_URL": "nyckel.db"}),
    ("PORTAL_KEY_STORE_URL", {"PORTAL_KEY_STORE_URL": "{database}"}),
    (
        "PORTAL_KEY_STORE_URL",
        {"PORTAL_DATABASE_URL": PG, "PORTAL_DATABASE_OWNER_URL": OWNER, "PORTAL_KEY_STORE_URL": OWNER},
    ),
    *(
        (
            "PORTAL_KEY_STORE_URL",
            {"PORTAL_DATABASE_URL": PG, "PORTAL_DATABASE_OWNER_URL": OWNER, "PORTAL_KEY_STORE_URL": url},
        )
        for url in SPELT_OTHERWISE
    ),
    ("PORTAL_MAIL_FROM", {"PORTAL_MAIL_FROM": GONE}),
    ("PORTAL_QUEUE_URL", {"PORTAL_QUEUE_URL": "amqp://queue"}),
    ("PORTAL_RATES_URL", {"PORTAL_RATES_URL": "memory://"}),
    ("PORTAL_STORAGE_URL", {"PORTAL_STORAGE_URL": "/mapp"}),
    ("PORTAL_STORAGE_URL", {"PORTAL_STORAGE_URL": "file://mapp"}),
    ("PORTAL_STORAGE_URL", {"PORTAL_STORAGE_URL": "s3://portal"}),
    ("PORTAL_STORAGE_URL", {"PORTAL_STORAGE_URL": "s3://?endpoint=https://lagring.se"}),
    ("PORTAL_INSTANCE_PATH", {"PORTAL_INSTANCE_PATH": __file__}),
]


def whole_settings(folder: Path) -> dict[str, str]:
    """The settings of a real installation, complete."""
    return {
        "PORTAL_BASE_URL": "https://portal.se",
        "PORTAL_SECRET_KEY": "0f8c2b7e91d3a45566aa77bb88cc99dd",
        "PORTAL_KEYS_FILE": str(folder / "keys" / "installation.keys"),
        "PORTAL_INSTANCE_PATH": str(folder / "instance"),
        "PORTAL_SMTP_URL": "smtp://user:word@mail.se:587",
        "PORTAL_MAIL_FROM": "noreply@portal.se",
        "PORTAL_TRUSTED_HOSTS": "portal.se",
    }


@pytest.fixture
def whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The same in the environment."""
    for name in [name for name in os.environ if name.startswith(("PORTAL_", "AWS_"))]:
        monkeypatch.delenv(name)
    create_keyring(tmp_path / "keys" / "installation.keys", "k1")
    settings = whole_settings(tmp_path)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    return settings


def refused(command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> str:
    """The one line that a command ends with. Exit 2, nothing on stdout, no traceback."""
    monkeypatch.setattr(sys, "argv", ["portal", *command])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    (line,) = told.err.strip().splitlines()
    return line


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(("setting", "changes"), WRONG, ids=lambda value: str(value)[:60])
def test_a_setting_that_cannot_be_meant_is_named_in_one_line(
    setting: str, changes: dict[str, str | None], command: tuple[str, ...], whole: dict[str, str],
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for name, value in changes.items():
        if value is None:
            monkeypatch.delenv(name)
        else:
            database = f"sqlite:///{whole['PORTAL_INSTANCE_PATH']}/portal.db"
            monkeypatch.setenv(name, value.format(database=database))
    line = refused(command, monkeypatch, capsys)
    assert setting in line
    assert line[-1] in ".25", "a whole sentence"


def test_the_whole_settings_are_taken_and_empty_ones_mean_the_ordinary(whole: dict[str, str]) -> None:
    empty = dict.fromkeys(("PORTAL_DATABASE_URL", "PORTAL_QUEUE_URL", "PORTAL_STORAGE_URL", "PORTAL_PROXY_HOPS"), " ")
    made = Settings.from_environment({**whole, **empty})
    assert made.database_url == f"sqlite:///{whole['PORTAL_INSTANCE_PATH']}/portal.db"
    assert made.storage_url == f"file://{whole['PORTAL_INSTANCE_PATH']}/documents"
    assert Settings.from_environment({**whole, "PORTAL_DATABASE_URL": PG, "PORTAL_DATABASE_OWNER_URL": OWNER}).https
    s3 = {"PORTAL_STORAGE_URL": "s3://portal?endpoint=https://lagring.se"}
    assert Settings.from_environment({**whole, **s3}).storage_url == s3["PORTAL_STORAGE_URL"]
    with pytest.raises(Misconfigured, match="AWS_SECRET_ACCESS_KEY"):
        Settings.from_environment({**whole, **s3, "AWS_ACCESS_KEY_ID": "x"})
    assert Settings.from_environment({**whole, **s3}).storage_key is None  # a role's


def test_the_document_stores_key_is_taken_from_a_file(whole: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "storage_key"
    file.write_text("from the file\n")
    s3 = {"PORTAL_STORAGE_URL": "s3://portal?endpoint=https://lagring.se", "AWS_SECRET_ACCESS_KEY_FILE": str(file)}
    made = Settings.from_environment({**whole, **s3, "AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "in words"})
    assert made.storage_key == ("x", "from the file")
    with pytest.raises(Misconfigured, match="AWS_ACCESS_KEY_ID"):
        Settings.from_environment({**whole, **s3})


def test_what_holds_a_password_is_taken_from_a_file_before_what_is_set_in_words(
    whole: dict[str, str], tmp_path: Path
) -> None:
    addresses = {
        "PORTAL_SECRET_KEY": "9a1b3c5d7e8f60718293a4b5c6d7e8f9",
        "PORTAL_DATABASE_URL": PG,
        "PORTAL_DATABASE_OWNER_URL": OWNER,
        "PORTAL_KEY_STORE_URL": "postgresql://portal_keys:z@keys.example/portal_keys",
        "PORTAL_QUEUE_URL": PG,
        "PORTAL_RATES_URL": PG,
        "PORTAL_SMTP_URL": "smtps://other:word@mail.se:465",
    }
    files = {f"{name}_FILE": tmp_path / name for name in addresses}
    for name, address in addresses.items():
        (tmp_path / name).write_text(f"{address}\n")
    by_file = Settings.from_environment({**whole, **{name: str(path) for name, path in files.items()}})
    assert by_file == Settings.from_environment({**whole, **addresses})
    assert by_file != Settings.from_environment(whole)


def _key(length: int) -> str:
    return base64.b64encode(os.urandom(length)).decode()


KEY_FILES = {
    "missing": None,
    "empty": b"",
    "no base64": b"k1 ***\n",
    "a word too few": b"k1\n",
    "a word too many": b"k1 a b\n",
    "too short": f"k1 {_key(16)}\n".encode(),
    "one of two too short": f"k2 {_key(32)}\nk1 {_key(31)}\n".encode(),
    "one name twice": f"k1 {_key(32)}\nk1 {_key(32)}\n".encode(),
    "no text": b"\xff\xfe\x00",
}


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize("content", KEY_FILES.values(), ids=KEY_FILES)
def test_a_key_file_that_is_none_is_told_in_one_line(
    content: bytes | None, command: tuple[str, ...], whole: dict[str, str],
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    path = Path(whole["PORTAL_KEYS_FILE"])
    path.unlink()
    if content is not None:
        path.write_bytes(content)
        path.chmod(0o400)
    line = refused(command, monkeypatch, capsys)
    assert "Nyckelfilen" in line and str(path) in line


@pytest.mark.parametrize("command", COMMANDS[:2], ids=" ".join)
def test_a_key_file_that_others_can_read_stops_the_start(
    command: tuple[str, ...], whole: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(whole["PORTAL_KEYS_FILE"]).chmod(0o444)
    assert "Nyckelfilen kan läsas av andra" in refused(command, monkeypatch, capsys)


@pytest.mark.parametrize("command", COMMANDS[:2], ids=" ".join)
def test_a_database_that_is_not_prepared_stops_the_start(
    command: tuple[str, ...], whole: dict[str, str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "portal db upgrade" in refused(command, monkeypatch, capsys)


def test_no_variable_turns_debugging_on(whole: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FLASK_DEBUG", "FLASK_ENV"):
        monkeypatch.setenv(name, "development" if name == "FLASK_ENV" else "1")
    assert not create_app(Settings.from_environment(whole)).debug


@pytest.mark.slow
def test_check_tells_of_another_installations_key_and_of_a_newer_database(
    whole: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    port = free_port()
    monkeypatch.setenv("PORTAL_SMTP_URL", f"smtp://127.0.0.1:{port}")

    def portal(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "portal.cli", *command], capture_output=True, text=True, check=False
        )

    assert portal("db", "upgrade").returncode == 0
    with sink_on(port):
        assert portal("check").stdout == "Allt är som det ska.\n"
    with sqlite3.connect(Path(whole["PORTAL_INSTANCE_PATH"]) / "portal.db") as database:
        foreign = (uuid4().hex, uuid4().hex, 1, b"other:" + b"\x01" * 60, "2026-11-25 10:00:00")
        database.execute(
            "INSERT INTO controller_key (id, controller_id, generation, wrapped, created_at) VALUES (?, ?, ?, ?, ?)",
            foreign,
        )
    told = portal("check")
    assert (told.returncode, told.stdout.count("går inte att öppna: rätt nyckelfil saknas.")) == (1, 1)
    with sqlite3.connect(Path(whole["PORTAL_INSTANCE_PATH"]) / "portal.db") as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    told = portal("check")
    assert (told.returncode, "version 9999, som är nyare än programmet" in told.stdout) == (1, True)
    ended = portal("run", "--port", "0")
    assert (ended.returncode, "nyare än programmet" in ended.stderr) == (2, True)
