"""The compiled catalogues: made by one command, and missed when they are not what was written."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.operations import commands
from portal.operations.catalogues import stale_catalogues

PO = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

msgid "Lön"
msgstr "Pay"

msgid "en dag"
msgid_plural "%(num)s dagar"
msgstr[0] "one day"
msgstr[1] "%(num)s days"
"""


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A catalogue in a folder of its own, which the command works on."""
    path = tmp_path / "en" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO)
    monkeypatch.setattr(commands, "TRANSLATIONS", tmp_path)
    return path


def test_the_command_makes_what_was_missing_and_leaves_nothing_else(source: Path, tmp_path: Path) -> None:
    assert stale_catalogues(tmp_path) == [source]
    answer = CliRunner().invoke(commands.i18n, ["compile"])
    assert (answer.exit_code, "messages.mo" in answer.output) == (0, True)
    assert stale_catalogues(tmp_path) == []
    assert sorted(file.name for file in source.parent.iterdir()) == ["messages.mo", "messages.po"]


@pytest.mark.parametrize(("old", "new"), [("Pay", "Salary"), ("%(num)s days", "%(num)s whole days"), ("Lön", "Arvode")])
def test_a_sentence_changed_after_the_compiling_is_noticed(source: Path, tmp_path: Path, old: str, new: str) -> None:
    CliRunner().invoke(commands.i18n, ["compile"])
    source.write_text(PO.replace(old, new))
    assert stale_catalogues(tmp_path) == [source]


def test_compiling_twice_gives_the_same_bytes(source: Path, tmp_path: Path) -> None:
    source.write_text(PO.replace("Language", 'POT-Creation-Date: 2026-11-22 12:00+0000\\n"\n"Language'))
    CliRunner().invoke(commands.i18n, ["compile"])
    first = source.with_suffix(".mo").read_bytes()
    CliRunner().invoke(commands.i18n, ["compile"])
    assert source.with_suffix(".mo").read_bytes() == first
