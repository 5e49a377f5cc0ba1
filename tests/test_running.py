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
from portal.operations.engines import WebServer
from portal.web.bodies import KEPT_OF_A_REQUEST

ROOT = Path(__file__).resolve().parent.parent
TOLD = (
    "README.md",
    "docs/running.md",
    "docs/backups.md",
    "docs/security.md",
    "compose.yaml",
    "Dockerfile",
    ".env.example",
    "nginx.conf",
)
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
        "keys backup /keys/keys-2026-11-25.backup",
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


def test_the_proxy_packs_nothing_that_the_portal_left_unpacked() -> None:
    """Debian's nginx packs every page where the site does not say otherwise."""
    _, _clear, tls = re.split(r"^server \{", (ROOT / "nginx.conf").read_text(), flags=re.M)
    assert re.findall(r"^\s*gzip\w* (.+?);", tls, re.M) == ["off"]


def test_the_proxy_writes_no_address_down() -> None:
    """Neither where it answers nor where it sends people on from plain http: a private link may be typed there too."""
    _, *servers = re.split(r"^server \{", (ROOT / "nginx.conf").read_text(), flags=re.M)
    assert len(servers) == 2
    for server in servers:
        assert "access_log off;" in server
        assert re.findall(r"error_log (.+?);", server) == ["stderr emerg"]  # /dev/stderr is none that systemd lets open


def test_the_proxy_writes_no_paper_to_its_disk_that_somebody_fetches_slowly() -> None:
    """What it has read of an answer and its reader has not taken is kept in memory, as much as one application may hold."""
    told = (ROOT / "nginx.conf").read_text()
    assert "proxy_max_temp_file_size 0;" in told
    ((count, kilobytes),) = re.findall(r"proxy_buffers (\d+) (\d+)k;", told)
    assert int(count) * int(kilobytes) * 1024 >= KEPT_OF_A_REQUEST


def test_the_proxy_passes_a_web_server_by_that_is_being_started_anew() -> None:
    """Else one that refused is asked nothing for ten seconds, and where both are started anew nobody is left to ask."""
    _, _, upstream = (ROOT / "nginx.conf").read_text().partition("upstream portal {")
    servers = re.findall(r"^    server (.+?);", upstream, flags=re.M)
    assert servers and all("max_fails=0" in server for server in servers)


def test_the_proxy_lets_go_of_a_line_before_the_web_server_does() -> None:
    """What is sent on a line that is just being closed is lost: a form is sent to no other server then."""
    server = WebServer(Flask("portal"), host="127.0.0.1", port=0, workers=1)
    (seconds,) = re.findall(r"    keepalive_timeout (\d+)s;", (ROOT / "nginx.conf").read_text())
    assert int(seconds) < server.cfg.keepalive


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


def test_the_databases_log_tells_no_row_that_it_refuses() -> None:
    (told,) = re.findall(r"```sql\n(.*?)```", (ROOT / "docs/running.md").read_text(), flags=re.S)
    owned = re.findall(r"alter database (\w+) owner", told)
    assert (
        owned
        == re.findall(r"alter database (\w+) set log_error_verbosity = 'terse';", told)
        == ["portal", "portal_keys"]
    )
