"""A template is compiled once for all processes of an installation, and never stands in a page's way."""

from pathlib import Path

import pytest
from flask import Flask
from jinja2 import Environment
from jinja2.bccache import bc_magic

from portal.config import Settings
from portal.factory import create_app
from portal.web import compiled as module

FRONT = "/"
SIGNATURE = 32


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


def front_page(settings: Settings) -> bytes:
    answer = started(settings).test_client().get(FRONT)
    assert answer.status_code == 200
    return answer.data


def kept(settings: Settings) -> list[Path]:
    return sorted((settings.instance_path / "templates").iterdir())


def test_a_second_process_compiles_nothing_that_the_first_one_did(
    app: Flask, settings: Settings, compiled: list[str]
) -> None:
    first = front_page(settings)
    assert len(compiled) == len(kept(settings)) > 1
    compiled.clear()
    assert front_page(settings) == first
    assert compiled == []


@pytest.mark.parametrize(
    "broken",
    [
        lambda whole: b"",
        lambda whole: b"nonsense",
        lambda whole: whole[: SIGNATURE + len(bc_magic) + 20],
        lambda whole: whole[: SIGNATURE + len(bc_magic)] + bytes(500),
        lambda whole: bytes(SIGNATURE) + whole[SIGNATURE:],
        lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
    ],
)
def test_what_is_damaged_or_was_not_signed_by_us_is_compiled_anew(
    app: Flask, settings: Settings, compiled: list[str], broken: object
) -> None:
    first = front_page(settings)
    for path in kept(settings):
        path.write_bytes(broken(path.read_bytes()))  # type: ignore[operator]
    compiled.clear()
    assert front_page(settings) == first
    assert len(compiled) == len(kept(settings))


def test_one_template_is_not_taken_for_another(app: Flask, settings: Settings, compiled: list[str]) -> None:
    first = front_page(settings)
    one, other = kept(settings)[:2]
    one.write_bytes(other.read_bytes())
    compiled.clear()
    assert front_page(settings) == first
    assert len(compiled) == 1


def test_another_program_compiles_its_own(
    app: Flask, settings: Settings, compiled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    front_page(settings)
    count = len(compiled)
    compiled.clear()
    monkeypatch.setattr(module, "_this_program", lambda: b"the next version")
    front_page(settings)
    assert len(compiled) == count


def test_a_page_is_drawn_where_nothing_can_be_kept(
    app: Flask, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.replace", full)
    front_page(settings)
    assert kept(settings) == []
