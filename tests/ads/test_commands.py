"""``portal ads read FILE``: JSON on stdout, one line on stderr when the file gives nothing; no settings, no database."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.ads.commands import ads

POSTINGS = Path(__file__).parent / "reading" / "postings"


def test_it_prints_the_fields_as_json_with_swedish_letters() -> None:
    told = CliRunner().invoke(ads, ["read", str(POSTINGS / "narvardspartiet.txt")])
    assert told.exit_code == 0
    read = json.loads(told.stdout)
    assert {"title", "tasks", "requirements", "unclear", "warnings"} <= set(read)
    assert "å" in told.stdout or "ä" in told.stdout


@pytest.mark.parametrize(("name", "content"), [("finns-inte.txt", None), ("tom.txt", b""), ("bild.gif", b"GIF89a....")])
def test_what_cannot_be_read_is_one_line_on_stderr_and_exit_2(tmp_path: Path, name: str, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    told = CliRunner().invoke(ads, ["read", str(tmp_path / name)])
    assert told.exit_code == 2
    assert told.stdout == ""
    assert len(told.stderr.strip().splitlines()) == 1
    assert name in told.stderr


def test_it_needs_neither_settings_nor_database(tmp_path: Path) -> None:
    code = "import sys; from portal.ads.commands import ads; sys.argv[0] = 'ads'; ads()"
    path = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])}
    told = subprocess.run(
        [sys.executable, "-c", code, "read", str(POSTINGS / "dalpartiet.txt")],
        capture_output=True, text=True, cwd=tmp_path, env=path, check=False,
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["title"]
    assert list(tmp_path.iterdir()) == []
