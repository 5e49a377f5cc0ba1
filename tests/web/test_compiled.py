"""A template is compiled once for all processes of an installation, and never stands in a page's way."""

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment

from portal.config import Settings
from portal.factory import create_app

FRONT = "/"


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The templates that are compiled, by name."""
    names: list[str] = []
    compile = Environment.compile

    def noted(self: Environment, source: str, name: str | None = None, *also: object) -> object:
        names.append(name or "")
        return compile(self, source, name, *also)  # type: ignore[call-overload]

    monkeypatch.setattr(Environment, "compile", noted)
    return names


def started(settings: Settings) -> Flask:
    made = create_app(settings)
    made.testing = True
    return made


def folder(settings: Settings) -> Path:
    return settings.instance_path / "templates"


def test_a_second_process_compiles_nothing_that_the_first_one_did(
    app: Flask, settings: Settings, compiled: list[str]
) -> None:
    assert started(settings).test_client().get(FRONT).status_code == 200
    assert compiled
    compiled.clear()
    assert started(settings).test_client().get(FRONT).status_code == 200
    assert compiled == []


def test_what_is_run_may_be_written_by_its_owner_alone(app: Flask, settings: Settings) -> None:
    folder(settings).chmod(0o777)
    assert started(settings).test_client().get(FRONT).status_code == 200
    assert folder(settings).stat().st_mode & 0o077 == 0
    assert [kept.name for kept in folder(settings).iterdir() if kept.stat().st_mode & 0o077] == []


@pytest.mark.parametrize("broken", [b"", b"nonsense", b"j2" * 500])
def test_a_kept_template_that_is_damaged_is_compiled_anew(app: Flask, settings: Settings, broken: bytes) -> None:
    whole = started(settings).test_client().get(FRONT).data
    for kept in folder(settings).iterdir():
        kept.write_bytes(broken)
    assert started(settings).test_client().get(FRONT).data == whole


def test_a_page_is_drawn_where_nothing_can_be_kept(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", full)
    assert started(settings).test_client().get(FRONT).status_code == 200
    assert list(folder(settings).iterdir()) == []
