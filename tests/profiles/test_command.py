"""`portal profiles`: JSON without settings, and what goes wrong in one line."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from portal.profiles import shelf
from portal.profiles.commands import profiles
from portal.profiles.keys import KEYS
from tests.test_cli import portal

NAMES = [
    "Region Jämtland Härjedalen", "Region Kalmar län", "Region Sörmland", "Region Värmland", "Region Västernorrland",
    "Västra Götalandsregionen", "Östersunds kommun",
]  # fmt: skip


def test_all_profiles_are_told_without_settings_database_or_instance(tmp_path: Path) -> None:
    answer = portal("profiles", folder=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")
    assert [one["name"] for one in json.loads(answer.stdout)] == NAMES
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["Region Värmland", "region värmland", "region-varmland"])
def test_one_is_found_by_name_and_each_key_has_its_source_or_is_unknown(tmp_path: Path, name: str) -> None:
    answer = portal("profiles", name, folder=tmp_path)
    assert (answer.returncode, answer.stderr) == (0, "")
    told = json.loads(answer.stdout)
    assert list(told["rules"]) == list(KEYS)
    assert told["rules"]["notice_months"]["value"] == 3
    assert told["rules"]["notice_months"]["paragraph"] == "§ 3 Anställning"
    assert "Värmlands riktlinje" in told["rules"]["notice_months"]["source"]
    assert told["rules"]["pay"]["value"] == "unknown"
    assert "lönen" in told["rules"]["pay"]["unclear"]
    unknown = [one for one in told["rules"].values() if one["value"] == "unknown"]
    assert (len(told["rules"]) - len(unknown), len(unknown)) == (told["sourced"], told["unknown"])
    assert all(bool(one["source"]) == bool(one["paragraph"]) != bool(one["unclear"]) for one in told["rules"].values())


def test_what_depends_on_the_employer_is_told_for_each(tmp_path: Path) -> None:
    told = json.loads(portal("profiles", "Region Jämtland Härjedalen", folder=tmp_path).stdout)
    assert told["alternatives"]["party"]["work_leader"]["value"] == "Partiet"
    assert told["alternatives"]["authority"]["work_leader"]["value"] == "unknown"
    assert len(told["alternatives"]["authority"]["signatories"]["value"]) == 3
    assert "work_environment" in told["to_fill"]["authority"]
    for said in told["alternatives"].values():
        assert set(told["rules"]) | set(said) == set(KEYS)


@pytest.mark.parametrize("name", ["Region Ingenstans", "", "x" * 5000, "Region\nVärmland\x1b[0m", "../../etc/passwd"])
def test_a_name_that_nobody_has_rules_for_is_one_line_and_exit_2(tmp_path: Path, name: str) -> None:
    answer = portal("profiles", name, folder=tmp_path)
    if name == "Region\nVärmland\x1b[0m":
        assert "\x1b" not in answer.stderr
    assert (answer.returncode, answer.stdout) == (2, "")
    assert len(answer.stderr.strip().splitlines()) == 1
    assert len(answer.stderr) < 500


def test_a_file_that_is_wrong_is_one_line_and_exit_1(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "region-x.toml").write_text("name = 7\n", encoding="utf-8")
    monkeypatch.setattr(shelf.profiles, "__defaults__", (tmp_path,))
    answer = CliRunner().invoke(profiles, [])
    assert (answer.exit_code, answer.stdout) == (1, "")
    assert "region-x.toml, rad 1: kind saknas." in answer.stderr
