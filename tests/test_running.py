"""What is said of running it is so: commands, options and settings in the instructions exist, and the proxy fits."""

import re
import shlex
import ssl
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from portal.cli import cli
from portal.config import IN_FILES

ROOT = Path(__file__).resolve().parent.parent
TOLD = ("README.md", "docs/running.md", "docs/security.md", "compose.yaml", "Dockerfile", ".env.example", "nginx.conf")
ONLY_TESTS = {"PORTAL_TEST_DATABASE", "PORTAL_TEST_SHORT", "PORTAL_PROOF"}
_SETTING = re.compile(r"(?:PORTAL|AWS)_[A-Z_]*[A-Z]")
_COMMAND = re.compile(r"^(?:\S*/|docker .* |command: |CMD )?portal ([a-z].*)")


def test_every_setting_that_is_told_of_exists_and_every_one_is_in_the_example() -> None:
    known = set(_SETTING.findall((ROOT / "portal" / "config.py").read_text())) | {f"{name}_FILE" for name in IN_FILES}
    for name in TOLD:
        told = set(_SETTING.findall((ROOT / name).read_text()))
        assert told - known - ONLY_TESTS == set(), name
    assert known - set(_SETTING.findall((ROOT / ".env.example").read_text())) == set()


@pytest.mark.parametrize("name", TOLD)
def test_every_command_that_is_told_of_exists_with_its_options(name: str) -> None:
    wrong = [command for command in commands_in(ROOT / name) if not exists(command)]
    assert wrong == []


def test_the_instructions_are_read() -> None:
    told = [" ".join(command) for name in TOLD for command in commands_in(ROOT / name)]
    for command in (
        "keys create",
        "db upgrade",
        "keys backup keys.backup",
        "run --host 0.0.0.0",
        "worker",
        "demo",
        "check --deep",
        "keys prepare",
        "keys rotate",
    ):
        assert command in told
    assert not exists(["nonsense"])
    assert not exists(["run", "--nonsense"])
    assert not exists(["keys"])


def test_the_proxy_collects_no_file_on_its_disk(app: Flask) -> None:
    direct = re.search(r"location ~ (\S+) \{\s+proxy_request_buffering off;", (ROOT / "nginx.conf").read_text())
    assert direct
    for rule in app.url_map.iter_rules():
        if getattr(app.view_functions[rule.endpoint], "__takes_files__", False):
            assert re.search(direct[1], re.sub("<.+?>", "x", rule.rule)), rule.rule


def test_the_proxy_speaks_tls_with_forward_secrecy_alone() -> None:
    told = (ROOT / "nginx.conf").read_text()
    assert re.findall(r"ssl_protocols (.+);", told) == ["TLSv1.2 TLSv1.3"]
    (ciphers,) = re.findall(r"ssl_ciphers (\S+);", told)
    assert "ssl_prefer_server_ciphers on;" in told
    chosen = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    chosen.set_ciphers(ciphers)
    names = [cipher["name"] for cipher in chosen.get_ciphers()]
    assert [name for name in names if name.startswith("ECDHE-")] == ciphers.split(":")
    assert all(name.startswith(("ECDHE-", "TLS_")) for name in names)
    assert "256" in names[0]


def test_the_proxy_writes_no_address_down() -> None:
    told = (ROOT / "nginx.conf").read_text()
    _plain, _, tls = told.partition("listen 443 ssl;")
    assert "access_log off;" in tls
    assert re.findall(r"error_log (.+?);", tls) == ["/dev/stderr emerg"]


def test_the_proxy_sends_people_on_to_https_and_refuses_machines(app: Flask) -> None:
    plain, _, _ = (ROOT / "nginx.conf").read_text().partition("listen 443 ssl;")
    assert re.findall(r"location (\S+) \{\s+return (.+);", plain) == [
        ("/api/", "403"),
        ("/", "301 https://portal.example.se$request_uri"),
    ]
    assert {rule.rule[:5] for rule in app.url_map.iter_rules() if rule.endpoint.startswith("interface.")} == {"/api/"}
    assert "proxy_pass" not in plain


def commands_in(path: Path) -> Iterator[list[str]]:
    """Every `portal …` of a file: in running text only what is set as code."""
    text = path.read_text()
    lines = text.splitlines()
    if path.suffix == ".md":
        blocks = re.findall(r"```\n(.*?)```", text, flags=re.S)
        lines = [line for block in blocks for line in block.splitlines()]
        lines += re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.S))
    for line in lines:
        for part in re.split(r"&&|\|", line):
            if found := _COMMAND.match(" ".join(re.sub(r'[\[\]",]', " ", part).split())):
                yield shlex.split(found[1])


def exists(words: list[str]) -> bool:
    """Whether this is a command of the portal's, with options that it has."""
    command: click.Command = cli
    context, left = click.Context(cli), list(words)
    while isinstance(command, click.Group):
        name = left.pop(0) if left else ""
        found = command.get_command(context, name)
        if found is None:
            return False
        command = found
    known = {option for parameter in command.params for option in parameter.opts} | {"--help"}
    return {word.partition("=")[0] for word in left if word.startswith("--")} <= known
