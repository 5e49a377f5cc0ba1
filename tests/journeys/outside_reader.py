"""One who was not there and has two things: a decision file, and docs/decision-file.md, which says what its fields mean.

Nothing of the portal is imported here, and a field that the document does not name cannot be read.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCUMENT = (Path(__file__).parents[2] / "docs" / "decision-file.md").read_text()
NAMED = {word for code in re.findall(r"`([^`]+)`", DOCUMENT) for word in re.findall(r"[a-z_]+", code)}


@dataclass(frozen=True)
class Score:
    """One score with its words: who, of whom, by what; 0–3 or ja, nej, framgar_inte, or None (kan inte bedöma)."""

    assessor: str
    candidate: str
    criterion: str
    value: int | str | None


@dataclass(frozen=True)
class Change:
    """A score that was another before: what it was, and why it was changed."""

    score: Score
    former: int | str | None
    reason: str


@dataclass(frozen=True)
class Decided:
    """What was decided of one candidate: by what, why, written down by whom, and what the candidate has read."""

    candidate: str
    result: str
    criterion: str
    reason: str
    recorded_by: str
    told: str


@dataclass(frozen=True)
class Answers:
    """What the file says to whoever asks."""

    assessed: frozenset[str]
    conflicts: frozenset[tuple[str, str]]
    scores: tuple[Score, ...]
    changes: tuple[Change, ...]
    decides: str
    decided: tuple[Decided, ...]


def read(file: Mapping[str, Any]) -> Answers:
    """Who assessed, who had jäv against whom, which scores, what was changed and why, what was decided and by whom."""
    assert (_of(file, "format"), _of(file, "version")) == ("beslutsakt", 1)
    panel = {_of(row, "id"): _of(row, "name") for row in _of(file, "panel")}
    candidates = {_of(row, "id"): _of(row, "name") for row in _of(file, "candidates")}
    criteria = {_of(row, "id"): _of(row, "text") for row in _of(file, "requirements")}
    found = [(_score(row, panel, candidates, criteria), _of(row, "changes")) for row in _of(file, "scores")]
    return Answers(
        assessed=frozenset(_of(row, "name") for row in _of(file, "panel") if _of(row, "assesses")),
        conflicts=frozenset(
            (panel[_of(row, "assessor")], candidates[_of(row, "candidate")])
            for row in _of(file, "conflicts")
            if _of(row, "conflict")
        ),
        scores=tuple(score for score, _changes in found),
        changes=tuple(change for score, changes in found for change in _changes_of(score, changes)),
        decides=_of(_of(file, "recruitment"), "decides"),
        decided=tuple(_decided(row, candidates, criteria) for row in _of(file, "outcomes")),
    )


def _of(row: Mapping[str, Any], field: str) -> Any:
    assert field in NAMED, f"docs/decision-file.md does not tell of {field}"
    return row[field]


def _score(
    row: Mapping[str, Any], panel: Mapping[str, str], candidates: Mapping[str, str], criteria: Mapping[str, str]
) -> Score:
    step, present = _of(row, "step"), _of(row, "present")
    names = panel[_of(row, "assessor")], candidates[_of(row, "candidate")], criteria[_of(row, "criterion")]
    return Score(*names, present if step is None else step)


def _changes_of(score: Score, changes: list[Mapping[str, Any]]) -> Iterator[Change]:
    for row in changes:
        step, present = _of(row, "former_step"), _of(row, "former_present")
        yield Change(score, present if step is None else step, _of(row, "reason"))


def _decided(row: Mapping[str, Any], candidates: Mapping[str, str], criteria: Mapping[str, str]) -> Decided:
    return Decided(
        candidate=candidates[_of(row, "candidate")],
        result=_of(row, "result"),
        criterion=criteria[_of(row, "criterion")],
        reason=_of(row, "reason"),
        recorded_by=_of(row, "recorded_by"),
        told=_of(row, "word") if _of(row, "told_at") else "",
    )
