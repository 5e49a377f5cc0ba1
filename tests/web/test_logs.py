"""The process's log: what was tried and turned away is there, whose it was is not."""

import ast
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from flask.testing import FlaskClient
from structlog.testing import capture_logs

import portal
from portal.web import logs
from tests.accounts.people import PASSWORD, code_now, give_account
from tests.forms import submit
from tests.world import World, publish_ad

LEVELS = {"debug", "info", "warning", "error", "critical", "log", "exception"}


def test_each_log_in_is_logged_right_or_wrong(world: World, client: FlaskClient) -> None:
    email = give_account(world, world.kansli)
    with capture_logs() as lines:
        for password in (f"{PASSWORD} fel", PASSWORD):
            submit(client, "/logga-in", {"E-post": email, "Lösenord": password})
        for code in ("000000", code_now()):
            submit(client, "/logga-in/kod", {"Kod från appen": code})
    tried = [(line["kind"], line["reason"], line["log_level"]) for line in lines if line["event"] == "log_in"]
    assert tried == [("password", "wrong", "warning"), ("code", "wrong", "warning"), ("code", "right", "info")]
    assert email not in repr(lines)


def test_what_is_turned_away_is_logged_by_page_and_status(world: World) -> None:
    drift = world.browser(world.drift)
    with capture_logs() as lines:
        assert drift.get("/arbete/personer").status_code == 404
        drift.post("/konto", data={"name": "Utan token"})
        drift.get("/", headers={"Host": "ond.example"})
    noted = [(line["endpoint"], line["status"]) for line in lines if line["event"] == "request"]
    assert noted == [("organisations.people", 404), ("organisations.save_account", 400), (None, 400)]


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What is written to standard error, in place of it."""
    usual, out = structlog.get_config(), io.StringIO()
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(out))
    yield out
    structlog.configure(**usual)


def test_a_line_has_its_time_with_the_offset_and_is_one_line(client: FlaskClient, written: io.StringIO) -> None:
    client.get("/%0A%7B%22event%22:%22log_in%22%7D", headers={"User-Agent": "{}"})
    (line,) = written.getvalue().splitlines()
    told = json.loads(line)
    assert told["timestamp"].endswith("+00:00")
    assert (told["event"], told["endpoint"], told["status"]) == ("request", None, 404)
    assert told.keys() == {"event", "level", "timestamp", "endpoint", "method", "status", "milliseconds"}


def test_a_fault_of_our_own_is_logged_by_where_it_happened_and_never_by_its_words(
    world: World, written: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def falls(*_: object, **__: object) -> None:
        raise TypeError("Alma Ek")

    monkeypatch.setattr(world.app, "testing", False)
    monkeypatch.setitem(world.app.view_functions, "applications.apply", falls)
    answer = world.browser().get(f"/annonser/{publish_ad(world).reference}/ansok")
    told = next(line for line in map(json.loads, written.getvalue().splitlines()) if line["event"] == "unforeseen")
    assert (answer.status_code, told["reason"]) == (500, "TypeError")
    assert told["where"][-1].startswith("web/test_logs.py:falls:")
    assert "Alma" not in written.getvalue()


def keys_of(source: str) -> set[str]:
    """What the program gives its log with an event, by name."""
    calls = [one for one in ast.walk(ast.parse(source)) if isinstance(one, ast.Call)]
    logs = [one for one in calls if isinstance(one.func, ast.Attribute) and one.func.attr in LEVELS]
    return {keyword.arg for one in logs for keyword in one.keywords if keyword.arg}


def test_all_that_the_program_gives_its_log_is_on_the_list_and_so_written() -> None:
    sources = {str(path): path.read_text(encoding="utf-8") for path in Path(portal.__file__).parent.rglob("*.py")}
    given = {key for source in sources.values() for key in keys_of(source)}
    assert {"reason", "came"} <= given
    assert given - {"exc_info"} - logs._ALLOWED == set()


def test_a_wrong_number_of_proxies_is_written_as_numbers(client: FlaskClient, written: io.StringIO) -> None:
    client.get("/healthz", headers={"X-Forwarded-For": "192.0.2.7, 192.0.2.8, 192.0.2.9"})
    (line,) = [json.loads(line) for line in written.getvalue().splitlines() if "proxies" in line]
    assert (line["event"], line["came"]) == ("proxies_counted_otherwise", 3)
    assert isinstance(line["PORTAL_PROXY_HOPS"], int) and "192.0.2" not in str(line)
