"""A backup brings everything back but keys and log-ins, and what was erased stays erased."""

import json
import sqlite3
import stat
import tarfile
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from sqlite3 import dbapi2
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.drafting import key_of
from portal.applications.services.returned import Returned
from portal.applications.services.withdrawing import finish_erasure, withdraw_application
from portal.audit.models import AuditLine
from portal.backups import refusals
from portal.backups.services.keys import restore_keys, take_keys
from portal.backups.services.restoring import restore_backup
from portal.backups.services.taking import take_backup
from portal.config import Settings
from portal.db import db
from portal.documents.models import Document
from portal.documents.services import is_whole
from portal.operations.stores import silent_stores
from portal.scope import act_for
from portal.vault.keystore import KeyGone
from portal.vault.services import the_vault
from portal.whereabouts import sqlalchemy_url
from tests.applicants import Sent, send_applications
from tests.backups.machines import bare_machine, empty_machine, running
from tests.database import POSTGRESQL, Databases
from tests.everything import rows
from tests.posts.ledgers import give
from tests.posts.test_claims import publish
from tests.world import World, publish_ad

NOT_THE_SAME = {"login_session", "audit_line", "audit_head"}


@pytest.fixture
def sent(world: World) -> list[Sent]:
    """Two applications to the party, one to the region, each with its file."""
    by_party = send_applications(world, publish_ad(world, employer="party"), 2)
    return [*by_party, *send_applications(world, publish_ad(world), 1, start=2)]


def back_up(world: World, folder: Path) -> tuple[Path, Path]:
    with world.app.app_context():
        take_backup(folder / "portal.backup", at=clock.now())
        take_keys(folder / "keys.backup", at=clock.now())
    return folder / "portal.backup", folder / "keys.backup"


def everything(settings: Settings, databases: Databases, *, but: Collection[str] = ()) -> list[str]:
    found = rows(settings, databases, but=(*NOT_THE_SAME, *but))
    as_they_were = ((table, {key: row[key] for key in row.keys() - {"people_as_of"}}) for table, row in found)
    return sorted(f"{table} {sorted(row.items())!r}" for table, row in as_they_were)


def opened_names(world: World) -> list[str]:
    act_for(db.session, scope.party(world.party))
    applications = db.session.scalars(select(Application).where(Application.name_sealed.is_not(None)))
    return sorted(key_of(each).open_text("application.name", each.name_sealed or b"") for each in applications)


def test_every_row_and_file_comes_back_and_opens(
    world: World, settings: Settings, databases: Databases, sent: list[Sent], tmp_path: Path
) -> None:
    world.browser(world.kansli)
    portal, keys = back_up(world, tmp_path)
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        done = restore_backup(portal, at=clock.now())
        assert (done.blobs, done.returned) == (3 * 4, None)
        assert everything(new, databases) == everything(settings, databases)
        assert [row for table, row in rows(new, databases) if table == "login_session"] == []
        with pytest.raises(KeyGone):
            opened_names(world)
        assert restore_keys(keys, at=clock.now()) == (3, Returned())
        db.session.rollback()
        assert opened_names(world) == sorted(one.name for one in sent)
        for document in db.session.scalars(select(Document)):
            assert is_whole(document, key_of(db.session.get_one(Application, document.application_id)))
        verbs = db.session.scalars(select(AuditLine.verb).where(AuditLine.verb.contains("backup"))).all()
        assert sorted(verbs) == ["backup.restored", "backup.taken", "keys.backup_restored"]


def test_what_the_authority_has_decided_and_what_is_claimed_comes_back(
    world: World, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    """The authority alone writes its decisions, so they are put back as the authority's, not as the party's."""
    give(world, (world.party, "5.50"), (world.rival, "4"))
    publish(world)
    portal, _ = back_up(world, tmp_path)
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(portal, at=clock.now())
        assert everything(new, databases) == everything(settings, databases)
        found = Counter(table for table, _ in rows(new, databases))
        assert (found["quota"], found["claim"], found["claim_source"]) == (2, 1, 1)


def test_a_backup_is_for_its_owner_alone_and_holds_no_key_and_no_word(
    world: World, sent: list[Sent], tmp_path: Path
) -> None:
    for path in back_up(world, tmp_path):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        content = path.read_bytes()
        assert [one.name for one in sent if one.name.encode() in content] == []
    with tarfile.open(tmp_path / "portal.backup") as tar:
        names = tar.getnames()
    assert not any("application_key" in name or "login_session" in name for name in names)
    assert list(tmp_path.glob(".*")) + list(tmp_path.glob("*.part")) == []


def test_what_was_erased_since_is_erased_again(
    world: World, settings: Settings, databases: Databases, sent: list[Sent], tmp_path: Path
) -> None:
    portal, _ = back_up(world, tmp_path)
    with world.writing(scope.party(world.party)) as session:
        withdraw_application(session, application_id=sent[0].id, at=clock.now())
    with world.acting(scope.party(world.party)) as session:
        finish_erasure(sent[0].id)
    with world.app.app_context():
        take_keys(tmp_path / "later.backup", at=clock.now())
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(portal, at=clock.now())
        assert restore_keys(tmp_path / "later.backup", at=clock.now()) == (2, Returned(erased=1))
        db.session.rollback()
        assert opened_names(world) == sorted(one.name for one in sent[1:])
        assert db.session.get_one(Application, sent[0].id).state == "withdrawn"


def test_a_key_store_that_survived_says_at_once_what_was_erased(
    world: World, settings: Settings, databases: Databases, sent: list[Sent], tmp_path: Path
) -> None:
    portal, _ = back_up(world, tmp_path)
    with world.app.app_context():
        the_vault().key_store.destroy(sent[0].id)
    with empty_machine(settings, databases, tmp_path / "new") as new:
        with running(replace(new, key_store_url=settings.key_store_url)):
            assert restore_backup(portal, at=clock.now()).returned == Returned(erased=1)
            assert opened_names(world) == sorted(one.name for one in sent[1:])


def test_a_key_store_that_is_an_old_copy_of_itself_erases_nothing_that_is_younger_than_it(
    world: World, settings: Settings, databases: Databases, sent: list[Sent], tmp_path: Path
) -> None:
    younger = send_applications(world, publish_ad(world, employer="party"), 1, start=3)[0]
    portal, _ = back_up(world, tmp_path)
    with world.app.app_context():
        the_vault().key_store.discard(younger.id)  # as if the store had never heard of it
    with empty_machine(settings, databases, tmp_path / "new") as new:
        with running(replace(new, key_store_url=settings.key_store_url)):
            assert restore_backup(portal, at=clock.now()).returned == Returned(unreadable=1)
            act_for(db.session, scope.party(world.party))
            assert db.session.get_one(Application, younger.id).state == "sent"


def test_an_application_younger_than_the_keys_is_told_of_and_left(
    world: World, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    ad = publish_ad(world, employer="party")
    with world.app.app_context():
        take_keys(tmp_path / "keys.backup", at=clock.now())
    send_applications(world, ad, 1)
    with world.app.app_context():
        take_backup(tmp_path / "portal.backup", at=clock.now())
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(tmp_path / "portal.backup", at=clock.now())
        assert restore_keys(tmp_path / "keys.backup", at=clock.now()) == (0, Returned(unreadable=1))


def test_a_document_taken_away_meanwhile_is_taken_out_of_the_backup(
    world: World, settings: Settings, databases: Databases, sent: list[Sent], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from portal.backups.services import taking

    def erase_meanwhile(*given: object) -> object:
        spooled = snapshot(*given)
        with world.writing(scope.party(world.party)) as session:
            withdraw_application(session, application_id=sent[0].id, at=clock.now())
        with world.acting(scope.party(world.party)):
            finish_erasure(sent[0].id)
        return spooled

    snapshot = taking._snapshot
    monkeypatch.setattr(taking, "_snapshot", erase_meanwhile)
    with world.app.app_context():
        taken = take_backup(tmp_path / "portal.backup", at=clock.now())
    assert (taken.blobs, taken.lost) == (2 * 4, 0)
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(tmp_path / "portal.backup", at=clock.now())
        act_for(db.session, scope.party(world.party))
        assert set(db.session.scalars(select(Document.id))) == {one.document for one in sent[1:]}


def test_a_file_that_is_lost_is_told_of_and_its_row_stays(world: World, sent: list[Sent], tmp_path: Path) -> None:
    with world.acting(scope.party(world.party)) as session:
        the_vault().blobs.delete(session.get_one(Document, sent[1].document).blob)
        taken = take_backup(tmp_path / "portal.backup", at=clock.now())
    assert (taken.blobs, taken.lost) == (3 * 4 - 1, 1)


def test_a_lost_folder_is_told_of_though_it_held_more_than_one_question_can_ask(
    world: World, sent: list[Sent], monkeypatch: pytest.MonkeyPatch
) -> None:
    from portal.backups.services import taking

    monkeypatch.setattr(dbapi2, "connect", taking_as_few_values_as_most(dbapi2.connect))
    one, table = sent[0].document, Document.__table__
    with world.acting(scope.party(world.party)) as session:
        blob = session.get_one(Document, one).blob
    with world.app.app_context():
        db.engine.dispose()
        standing = taking.Missing(table, world.party, one, one, blob)
        others = (uuid4() for _ in range(70_000))
        lost = {standing, *(taking.Missing(table, world.party, id, id, blob) for id in others)}
        assert taking._still_standing(lost) == ({standing}, set())


def taking_as_few_values_as_most(connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
    """SQLite as it is where nobody has built it to take more values in one question."""

    def limited(*given: Any, **named: Any) -> sqlite3.Connection:
        made = connect(*given, **named)
        made.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 32_766)
        return made

    return limited


def test_a_file_that_is_there_is_never_written_over(world: World, tmp_path: Path) -> None:
    (tmp_path / "portal.backup").write_text("mine")
    with pytest.raises(refusals.FileExists), world.app.app_context():
        take_backup(tmp_path / "portal.backup", at=clock.now())
    assert (tmp_path / "portal.backup").read_text() == "mine"


def test_nothing_is_put_back_among_rows_or_keys(world: World, sent: list[Sent], tmp_path: Path) -> None:
    portal, keys = back_up(world, tmp_path)
    with world.app.app_context():
        with pytest.raises(refusals.NotEmpty):
            restore_backup(portal, at=clock.now())
        with pytest.raises(refusals.KeysNotEmpty):
            restore_keys(keys, at=clock.now())
        assert the_vault().key_store.count() == 3


def test_keys_come_after_the_database_and_within_thirty_days(
    world: World, settings: Settings, databases: Databases, sent: list[Sent], tmp_path: Path
) -> None:
    portal, keys = back_up(world, tmp_path)
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        with pytest.raises(refusals.DatabaseFirst):
            restore_keys(keys, at=clock.now())
        restore_backup(portal, at=clock.now())
        with pytest.raises(refusals.KeysTooOld):
            restore_keys(keys, at=clock.now() + timedelta(days=30, seconds=1))
        assert the_vault().key_store.count() == 0


def test_a_bare_machine_has_all_its_stores_after_a_restore(
    world: World, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    portal, _ = back_up(world, tmp_path)
    with bare_machine(settings, databases, tmp_path / "new") as new:
        beside = sqlalchemy_url(new.database_url)
        stores_beside = replace(new, queue_url=beside, rates_url=beside) if POSTGRESQL else new
        with running(stores_beside) as app:
            restore_backup(portal, at=clock.now())
            assert list(silent_stores(app)) == []


def test_a_database_on_another_version_is_not_copied(world: World, tmp_path: Path) -> None:
    from portal.operations.schema import downgrade

    with world.app.app_context():
        downgrade(revision="base")
        with pytest.raises(refusals.NotMigrated):
            take_backup(tmp_path / "portal.backup", at=clock.now())


def test_the_manifest_says_what_is_inside(world: World, sent: list[Sent], tmp_path: Path) -> None:
    portal, _ = back_up(world, tmp_path)
    with tarfile.open(portal) as tar:
        content = tar.extractfile("manifest.json")
        assert content is not None
        told = json.load(content)
    assert {name: told[name] for name in ("format", "kind", "blobs")} == {"format": 1, "kind": "portal", "blobs": 12}
    assert {one["name"]: one["rows"] for one in told["tables"]}["application"] == 3
