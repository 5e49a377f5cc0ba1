"""A signed contract keeps the version of the rules that it was offered under."""

import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from portal import scope
from portal.contracts.written import queries
from portal.contracts.written.filling import Signatory
from portal.contracts.written.queries import rules_it_rests_on, signatories_of, words_of_paper
from portal.documents.models import FiledDocument
from portal.documents.services import filed_bytes
from portal.profiles.shelf import RULES, profiles
from tests.contracts.written.contracting import (
    Recorded,
    recorded,
    signed,
)
from tests.world import World

Clock = Callable[[str], datetime]
VASTERNORRLAND, JAMTLAND, VARMLAND = "region-vasternorrland", "region-jamtland-harjedalen", "region-varmland"


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The rules as files of this test's own."""
    folder = tmp_path / "rules"
    shutil.copytree(RULES, folder)
    monkeypatch.setattr(queries, "SHELF", folder)
    return folder


def test_rules_changed_after_the_signing_change_nothing_in_the_contract(
    world: World, set_clock: Clock, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = recorded(world, set_clock, rules=VARMLAND)
    signed(one, notice_months=None)
    before = told(one)
    newer = shutil.copytree(shelf, shelf.parent / "newer")
    (newer / "earlier").mkdir()
    present = newer / f"{VARMLAND}.toml"
    (newer / "earlier" / f"{VARMLAND}.1.toml").write_text(present.read_text())
    present.write_text(present.read_text().replace("version = 1", "version = 2").replace("value = 3", "value = 6"))
    monkeypatch.setattr(queries, "SHELF", newer)
    assert {one.version for one in profiles(newer) if one.key == VARMLAND} == {2}
    assert told(one) == before
    assert before[:2] == (3, "Region Värmland, version 1")


def told(one: Recorded) -> tuple[int | None, str, str, tuple[Signatory, ...], bytes]:
    """What a signed contract says, and the bytes of its paper."""
    row = one.held().row
    assert row is not None
    with one.world.acting(scope.party(one.party)) as session:
        paper = session.get_one(FiledDocument, row.document_id)
        return (
            row.notice_months,
            rules_it_rests_on(row),
            words_of_paper(session, row, "work_environment"),
            signatories_of(session, row),
            filed_bytes(session, paper),
        )


def test_a_version_that_is_gone_is_told_by_its_number(world: World, set_clock: Clock, shelf: Path) -> None:
    one = signed(recorded(world, set_clock, rules=VARMLAND))
    path = shelf / f"{VARMLAND}.toml"
    path.write_text(path.read_text().replace("value = 3", "value = 4"))
    profiles.__globals__["_present"].cache_clear()
    assert told(one)[1] == "region-varmland, version 1"
