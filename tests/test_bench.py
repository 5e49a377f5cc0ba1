"""The bench's own parts, without wrk and without a server: what is sent, and how figures become lines and a table."""

import json
from pathlib import Path

import pytest

from bench import report
from bench.curriculum import cv
from bench.house import furnished
from bench.pages import candidate_pages, list_pages
from bench.rows import rows_for
from bench.trials import Figure
from bench.wrk import load
from portal.documents.engines.reader import read_document
from portal.documents.reading import Verdict


def test_the_file_that_is_sent_is_a_good_cv_of_two_pages_and_195_kilobytes() -> None:
    reading = read_document(cv(), name="cv.pdf")
    assert (reading.verdict, reading.page_count) == (Verdict.ok, 2)
    assert 194_000 < len(cv()) < 196_000


def line(row: str, *values: float, base: tuple[float, ...] = ()) -> dict[str, object]:
    rounds, others = [Figure(row, one, 1.0, 3.0) for one in values], [Figure("base", one) for one in base]
    return report.line(row, rows_for([1000])[row], rounds, others, database="SQLite", on="2026-11-25")


def test_a_ratio_is_to_the_base_of_the_same_round() -> None:
    kept = line("ad.rate", 4000, 6000, 5000, base=(1000, 1200, 1600))
    assert (kept["median"], kept["least"], kept["most"], kept["ratio"]) == (5000, 4000, 6000, 4.0)
    assert (kept["goal"], kept["met"], kept["server_ms"]) == ("≥ 4× base", True, 1.0)


@pytest.mark.parametrize(
    ("row", "figure", "base", "met"),
    [
        ("ad.rate", 3999, 1000, False),
        ("cold.requests", 3, 0, True),
        ("cold.requests", 4, 0, False),
        ("sokande.1000.p50", 150, 100, True),
        ("sokande.1000.p50", 151, 100, False),
        ("sokande.1000.statements", 7, 0, False),
        ("sent.16.errors", 1, 0, False),
        ("memory", 151, 0, False),
    ],
)
def test_a_goal_is_met_or_not(row: str, figure: float, base: float, met: bool) -> None:
    assert line(row, figure, base=(base,) if base else ())["met"] is met


def test_new_lines_take_the_place_of_the_old_ones_and_the_table_is_made_of_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "LINES", tmp_path / "bench.json")
    monkeypatch.setattr(report, "TABLE", tmp_path / "bench.md")
    monkeypatch.setattr(report, "README", tmp_path / "README.md")
    (tmp_path / "README.md").write_text("## How fast\n\n" + report.first_table([]) + "| stale |\n\nAnd so on.\n")
    report.write([line("memory", 200), line("start", 0.5)])
    report.write([line("memory", 140)])
    told = (tmp_path / "bench.md").read_text()
    assert len((tmp_path / "bench.json").read_text().splitlines()) == 2
    assert "140.0 MB" in told.replace("140 MB", "140.0 MB")
    assert "**no**" not in told
    assert "0.5 s" in told
    first = (tmp_path / "README.md").read_text()
    assert "140" in first and "stale" not in first and first.endswith("\n\nAnd so on.\n")


def test_the_readme_shows_the_figures_that_were_last_taken() -> None:
    kept = [json.loads(text) for text in report.LINES.read_text().splitlines()]
    assert report.first_table(kept) in report.README.read_text()
    assert set(report.FIRST) <= {one["row"] for one in kept}


@pytest.mark.slow
def test_every_page_of_staff_that_is_timed_is_there_for_whoever_asks(tmp_path: Path) -> None:
    with furnished(tmp_path, [3], joint=3) as house:
        pages = [*list_pages(house), *candidate_pages(house)]
        answers = {row: house.world.browser(person).get(path).status_code for row, path, person in pages}
    assert answers == dict.fromkeys(["sokande.3", "din-bedomning.3", "joint.200", "candidate", "score"], 200)


def test_a_page_that_takes_longer_than_it_is_given_is_asked_for_longer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = tmp_path / "wrk"  # in its place: no answer within three seconds, and two within twelve
    counted = 'case "$*" in *-d3s*) n=0;; *) n=2;; esac; echo "  $n requests in 12s"; echo "Requests/sec: 0.2"'
    said.write_text(f"#!/bin/sh\n{counted}\n")
    said.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    assert load("http://localhost:1/", seconds=3).requests == 2
    said.write_text('#!/bin/sh\necho "  0 requests in 1s"\n')
    with pytest.raises(RuntimeError, match="0 bad answers of 0"):
        load("http://localhost:1/", seconds=3)
