"""The `portal` command: what reckons needs no settings, and what goes wrong is one line."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

BARE = {name: value for name, value in os.environ.items() if not name.startswith("PORTAL_")}


def portal(*arguments: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "portal.cli", *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        env={**BARE, **settings},
    )


def test_the_limit_is_told_without_settings_database_or_instance(tmp_path: Path) -> None:
    answer = portal(
        "limit", "--employer", "region", "--decided", "2022-12-20", "--starts", "2023-01-01", folder=tmp_path
    )
    assert (answer.returncode, answer.stderr) == (0, "")
    told = json.loads(answer.stdout)
    assert (told["latest_end"], told["verdict"], told["permanent_on"]) == ("2026-12-31", "ok", None)
    assert list(tmp_path.iterdir()) == []


def test_las_5_a_a_party_is_warned_when_the_day_it_turns_permanent_lies_within_the_term(tmp_path: Path) -> None:
    term = ("limit", "--employer", "party", "--decided", "2026-12-01", "--starts", "2027-01-01", "--ends", "2027-12-31")
    fits, warned = portal(*term, folder=tmp_path), portal(*term, "--earlier-days", "90", folder=tmp_path)
    told = [json.loads(answer.stdout) for answer in (fits, warned)]
    assert [(one["verdict"], one["permanent_on"]) for one in told] == [("ok", "2028-01-01"), ("warn", "2027-10-03")]
    assert (fits.returncode, warned.returncode) == (0, 0)
    assert "tillsvidareanställning" in told[1]["reasons"][-1]


@pytest.mark.parametrize(
    "arguments",
    [
        ("profiles", "Region Ingenstans"),
        ("limit", "--employer", "party", "--decided", "2026-12-01", "--starts", "2027-01-01", "--earlier-days", "9999"),
        ("limit", "--employer", "region", "--decided", "2026-02-30", "--starts", "2027-01-01"),
        ("limit", "--employer", "region", "--decided", "2051-02-03", "--starts", "2051-03-01"),
        ("ads", "read", "finns-inte.txt"),
        ("nonsense",),
        ("accounts", "invite", "a@example.se", "--role", "drift"),
    ],
)
def test_what_cannot_be_is_one_line_on_stderr_and_exit_2(arguments: tuple[str, ...], tmp_path: Path) -> None:
    answer = portal(*arguments, folder=tmp_path)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert len(answer.stderr.strip().splitlines()) == 1


def test_help_needs_no_settings_and_lists_only_the_portals_own_commands(tmp_path: Path) -> None:
    answer = portal("--help", folder=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")
    for command in (
        "limit",
        "elections",
        "profiles",
        "ads",
        "demo",
        "run",
        "worker",
        "db",
        "check",
        "accounts",
        "keys",
        "i18n",
    ):
        assert f"  {command} " in answer.stdout
    assert "limiter" not in answer.stdout


def test_a_database_that_cannot_be_meant_is_one_line(tmp_path: Path) -> None:
    settings = {"PORTAL_DEMO": "1", "PORTAL_SECRET_KEY": "x" * 40, "PORTAL_INSTANCE_PATH": str(tmp_path)}
    portal("keys", "create", folder=tmp_path, **settings)
    answer = portal("check", folder=tmp_path, PORTAL_DATABASE_URL="foo://x", **settings)
    assert answer.returncode == 2
    assert len(answer.stderr.strip().splitlines()) == 1


def test_the_database_is_its_owners_alone_also_one_that_was_open_to_others(tmp_path: Path) -> None:
    settings = {"PORTAL_DEMO": "1", "PORTAL_SECRET_KEY": "x" * 40, "PORTAL_INSTANCE_PATH": str(tmp_path / "here")}
    portal("keys", "create", folder=tmp_path, **settings)
    for _ in range(2):
        assert portal("db", "upgrade", folder=tmp_path, **settings).returncode == 0
        files = [file for file in (tmp_path / "here").iterdir() if ".db" in file.name]
        assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}
        (tmp_path / "here" / "portal.db").chmod(0o644)
        assert "portal.db kan läsas av andra" in portal("check", folder=tmp_path, **settings).stdout
