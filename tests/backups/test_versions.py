"""Backups of other versions of the program, of another database, and what the commands say of a bad one."""

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from portal import clock
from portal.audit.verification import verify
from portal.backups import refusals
from portal.backups.archive import read_through, writing
from portal.backups.queries import is_empty
from portal.backups.services.restoring import restore_backup
from portal.backups.services.sealing import the_seal
from portal.backups.services.taking import take_backup
from portal.config import Settings
from portal.db import db
from portal.revisions import present_revision
from portal.tables import metadata
from tests.applicants import send_applications
from tests.backups.machines import empty_machine, running, sqlite_machine
from tests.backups.test_services import back_up, everything
from tests.database import POSTGRESQL, Databases
from tests.everything import rows
from tests.test_cli import portal
from tests.world import World, publish_ad

Change = Callable[[dict[str, Any]], dict[str, Any]]


LATER = {  # columns that migrations have added
    "application": {"restricted_at", "restricted_until", "version", "posts_sealed", "protected", "copies_erased_at"},
    "ad": {"identity_reader_id", "identity_reader_named_at"},
    "protected_identity": {"reader_id", "key_sealed", "address_sealed", "masks_sealed"},
    "disclosure_request": {"diary_number", "appealed_on", "settled_on"}, "candidate_reference": {"taken_back_at"},
    "covered_record": {"leads_nowhere", "of_sealed_paper"}, "covered_minutes": {"leads_nowhere"},
    "document": {"attachment_kind", "replaced_at"},
    "ad_criterion": {"locked_at"}, "audit_head": {"sealed_count", "seal"},
    "authority": {"profile_key", "board_first_day", "board_source", "data_officer", "people_as_of"},
    "membership": {"title"}, "contract": {"accepted_on"},
    "outcome": {"called_off_at"}, "published_ad": {"first_published_at"},
    "outgoing_mail": {"about_id"}, "employment_decision": {"set_aside"}, "employment_act_decision": {"set_aside"},
    "party": {
        "group_leader_policy", "elected_policy", "identity_reader_id", "identity_reader_named_at", "data_officer",
        "people_as_of",
    },
}  # fmt: skip
GONE = {  # columns that a migration has taken away, and what stood there
    "authority": ("disposal_decision", "12 månader"), "party": ("retention_rule", "12 månader"), "person": ("title", ""),
}  # fmt: skip
NUMBERED = "register_entry"  # the same: an older program had one number for an application, and none for its files
LEDGER = ("claim", "claim_source", "retention_rule")  # rows that a migration makes of what is there


def added(table: str, column: str) -> bool:
    return column in LATER.get(table, ())


def made_otherwise(world: World, path: Path, change: Change, lines: Callable[[str, bytes], bytes]) -> Path:
    """The same backup as another version of the program would have written and sealed it."""
    with world.app.app_context():
        take_backup(path, at=clock.now())
        seal = the_seal()
        archive = read_through(path, kind="portal", seal=seal)
        told = {key: value for key, value in archive.manifest.items() if key not in ("format", "mark")}
        changed = change(told)
        known = {f"database/{table['name']}.jsonl" for table in changed["tables"]}
        with writing(path.with_suffix(".other")) as made:
            for name, content in archive.members():
                if name.startswith("database/") and name not in known:
                    continue  # a table that the other version has not got
                other = b"".join(lines(name, line) for line in content) if name.endswith(".jsonl") else content.read()
                made.add(name, io.BytesIO(other), len(other))
            made.finish(changed, seal)
    return path.with_suffix(".other")


def test_a_newer_programs_backup_says_to_upgrade(
    world: World, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    newer = made_otherwise(world, tmp_path / "x", lambda told: told | {"revision": "9999"}, lambda _, line: line)
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        with pytest.raises(refusals.NewerSchema):
            restore_backup(newer, at=clock.now())
        assert is_empty(db.engine)


def test_an_older_programs_backup_is_put_back_and_migrated(
    world: World, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    def as_of_the_first(told: dict[str, Any]) -> dict[str, Any]:
        told["tables"] = [one for one in told["tables"] if one["name"] not in (NUMBERED, "retention_rule")]
        for one in told["tables"]:
            one["columns"] = {name: kind for name, kind in one["columns"].items() if not added(one["name"], name)}
            if one["name"] in GONE:
                one["columns"][GONE[one["name"]][0]] = one["columns"]["name"]
        return told | {"revision": "0001"}

    def without_what_came_later(name: str, line: bytes) -> bytes:
        table = metadata.tables[Path(name).stem]
        if table.name == "arrival_counter":
            line = line.replace(b"2", b"1", 1)  # the one number that it would have given
        values = zip([column.name for column in table.columns], json.loads(line), strict=True)
        present = [value for column, value in values if not added(table.name, column)]
        return (
            json.dumps([*present, *(word for name, (_, word) in GONE.items() if name == table.name)]).encode() + b"\n"
        )

    made_anew = {*LEDGER, NUMBERED}
    send_applications(world, publish_ad(world), 1)
    older = made_otherwise(world, tmp_path / "x", as_of_the_first, without_what_came_later)
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        head = present_revision(db.engine)
        restore_backup(older, at=clock.now())
        assert present_revision(db.engine) == head
        assert everything(new, databases, but=made_anew) == everything(settings, databases, but=made_anew)
        assert [row["hundredths"] for table, row in rows(new, databases) if table == "claim"] == [100]
        assert [row["months"] for table, row in rows(new, databases) if table == "retention_rule"] == [12, 12, 12]
        found = [row for table, row in rows(new, databases) if table == NUMBERED]
        assert sorted((row["register_number"], row["kind"]) for row in found) == [(1, "application"), (2, "cv")]
        assert [chain.first_bad for chain in verify()] == [None]


@pytest.mark.skipif(not POSTGRESQL, reason="the way from SQLite to PostgreSQL needs PostgreSQL")
def test_a_backup_of_sqlite_is_put_back_in_postgresql_and_back_again(
    world: World, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    send_applications(world, publish_ad(world, employer="party"), 2)
    copy, _ = back_up(world, tmp_path)
    with sqlite_machine(settings, tmp_path / "small") as small, running(small):
        restore_backup(copy, at=clock.now())
        take_backup(tmp_path / "small.backup", at=clock.now())
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(tmp_path / "small.backup", at=clock.now())
        assert everything(new, databases) == everything(settings, databases)


@pytest.mark.skipif(not POSTGRESQL, reason="only PostgreSQL plans by what it has counted")
def test_the_first_questions_after_a_restore_are_planned_by_the_rows_that_are_there(
    world: World, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    ad = publish_ad(world, employer="party")
    send_applications(world, ad, 2)
    counted = text("SELECT reltuples FROM pg_class WHERE relname = 'application' AND relkind = 'r'")
    with world.app.app_context():
        assert db.session.execute(counted).scalar_one() == -1, "the server has counted by itself: this shows nothing"
    copy, _ = back_up(world, tmp_path)
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(copy, at=clock.now())
        assert db.session.execute(counted).scalar_one() == 2


def test_no_row_is_hidden_from_a_backup(world: World, settings: Settings, databases: Databases, tmp_path: Path) -> None:
    for party in (world.party, world.rival):
        send_applications(world, publish_ad(world, party=party, employer="party"), 1)
    copy, _ = back_up(world, tmp_path)
    with world.app.app_context():
        told = {
            one["name"]: one["rows"] for one in read_through(copy, kind="portal", seal=the_seal()).manifest["tables"]
        }
    present: dict[str, int] = dict.fromkeys(told, 0)
    for table, _row in rows(settings, databases, but={"alembic_version", "login_session"}):
        present[table] += 1
    present["audit_line"] -= 1  # the keys' backup, a moment later
    assert told == present


@pytest.mark.slow
def test_a_bad_backup_is_one_line_and_exit_2(tmp_path: Path) -> None:
    settings = {"PORTAL_DEMO": "1", "PORTAL_SECRET_KEY": "x" * 40, "PORTAL_INSTANCE_PATH": str(tmp_path / "instance")}
    (tmp_path / "x").write_text("no backup at all")
    portal("keys", "create", folder=tmp_path, **settings)
    for command in (("restore", "x"), ("keys", "restore", "x")):
        answer = portal(*command, folder=tmp_path, **settings)
        assert (answer.returncode, answer.stdout, answer.stderr) == (2, "", refusals.Damaged.text + "\n")
