"""The installation's key changed under load: everybody reads all the time, and the old key can be taken away afterwards."""

import errno
import os
import re
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask
from sqlalchemy import select

from portal import clock, scope
from portal.accounts.models import Person
from portal.accounts.services import code_place
from portal.applications.models import Application
from portal.audit.verification import broken_lines
from portal.config import Misconfigured, Settings
from portal.db import db
from portal.factory import create_app
from portal.links.models import Purpose
from portal.links.services import make_link, token_of
from portal.mail.models import OutgoingMail
from portal.mail.services import Letter, open_letter, post
from portal.operations.rotation import services
from portal.operations.rotation.commands import rotate_keys
from portal.operations.rotation.services import remarks, rotate, wrapped_by
from portal.operations.services import require_ready
from portal.vault.keyring import PURPOSES, add_key, add_waiting_key, read_keyring
from portal.vault.keystore import KeyGone
from portal.vault.models import ControllerKey
from portal.vault.services import (
    controller_fingerprint,
    create_application_key,
    open_application_key,
    open_for_controller,
    open_for_installation,
    seal_for_controller,
    seal_for_installation,
    the_vault,
)
from tests.applicants import Sent, send_applications
from tests.backups.machines import with_own_keys
from tests.world import World, publish_ad

TEXT = "förseglat"


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """An installation whose key file is its own: the others of the run share one."""
    return with_own_keys(settings, tmp_path)


@pytest.fixture
def sent(world: World) -> list[Sent]:
    return send_applications(world, publish_ad(world, employer="party"), 3)


def names(world: World) -> list[str]:
    """Every name, opened as a page would."""
    with world.acting(scope.party(world.party)) as session:
        return sorted(_name(session, row) for row in session.scalars(select(Application)))


def _name(session: object, row: Application) -> str:
    key = open_application_key(session, application_id=row.id, controller_id=row.controller_id)  # type: ignore[arg-type]
    assert row.name_sealed is not None
    return key.open_text("application.name", row.name_sealed)


def rotated(app: Flask) -> services.Rotated:
    with app.app_context():
        return rotate(app.config["SETTINGS"].keys_file, at=clock.now())


def take_old_keys_away(path: Path) -> None:
    """As the operator does when `portal check` says so: the current key's line and those of what is derived are left."""
    first, *rest = path.read_text().splitlines(keepends=True)
    path.chmod(0o600)
    path.write_text("".join([first, *(line for line in rest if line.startswith("@"))]))
    path.chmod(0o400)


def test_everything_opens_before_during_and_after_and_the_old_key_can_go(world: World, sent: list[Sent]) -> None:
    app, path = world.app, world.app.config["SETTINGS"].keys_file
    with world.writing(scope.PLATFORM) as session:
        person = session.get_one(Person, world.gunnel)
        person.totp_sealed = seal_for_installation(TEXT, place=code_place(person.id))
        post(session, Letter("gunnel@example.se", "Ärende", TEXT), once="to-the-staff", at=clock.now())
        mail = seal_for_controller(session, world.party, TEXT, place="mail|x")
        found_by = controller_fingerprint(session, world.party, "a@example.se", purpose="address")
        derived = {purpose: the_vault().keyring.derive(purpose) for purpose in PURPOSES}
    before, other = names(world), create_app(app.config["SETTINGS"])  # another process, started before
    done = rotated(app)
    assert (done.began, done.controllers, done.applications, done.secrets) == (True, 3, 3, 2)
    assert names(world) == before
    with app.app_context():
        assert [line for line in remarks() if "Ingenting vilar längre på nyckeln k1" in line]
    take_old_keys_away(path)
    for one in (app, other, create_app(app.config["SETTINGS"])):
        with one.app_context():
            scope.act_for(db.session, scope.party(world.party))
            rows = db.session.scalars(select(Application)).all()
            assert sorted(_name(db.session, row) for row in rows) == before
            person = db.session.get_one(Person, world.gunnel)
            assert person.totp_sealed is not None
            assert open_for_installation(person.totp_sealed, place=code_place(person.id)) == TEXT
            letter = db.session.scalars(select(OutgoingMail).where(OutgoingMail.once == "to-the-staff")).one()
            assert open_letter(db.session, letter).body == TEXT
            assert open_for_controller(db.session, world.party, mail, place="mail|x") == TEXT
            assert controller_fingerprint(db.session, world.party, "a@example.se", purpose="address") == found_by
            assert {purpose: the_vault().keyring.derive(purpose) for purpose in PURPOSES} == derived
            assert list(broken_lines()) == []
            assert list(remarks()) == []


def test_done_twice_it_changes_nothing_and_after_the_old_key_has_gone_it_is_the_next_change(
    world: World, sent: list[Sent]
) -> None:
    first = rotated(world.app)
    again = rotated(world.app)
    assert again == services.Rotated(first.current, False, 0, 0, 0)
    take_old_keys_away(world.app.config["SETTINGS"].keys_file)
    third = rotated(world.app)
    assert (third.began, third.current) == (True, f"{first.current}-2")
    assert len(names(world)) == 3


@pytest.mark.parametrize("broken", ["_renew", "_rewrap_applications", "_rewrap_secrets"])
def test_cut_short_everything_opens_and_the_next_run_ends_it(
    world: World, sent: list[Sent], monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    real, calls = getattr(services, broken), [0]

    def cut(*values: object) -> object:
        calls[0] += 1
        if calls[0] > (broken != "_rewrap_secrets"):  # after the first controller
            raise KeyboardInterrupt
        return real(*values)

    before = names(world)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(services, broken, cut)
        rotated(world.app)
    assert names(world) == before
    ended = rotated(world.app)
    assert not ended.began
    with world.app.app_context():
        old = next(name for name, _ in the_vault().keyring.keys if name != ended.current)
        assert wrapped_by()[old] == 0
        generations = dict(db.session.execute(select(ControllerKey.controller_id, ControllerKey.generation)).all())
        assert set(generations.values()) == {2}  # one new generation each, however often it was begun
    take_old_keys_away(world.app.config["SETTINGS"].keys_file)
    assert names(world) == before


def test_readers_and_writers_notice_nothing(world: World, sent: list[Sent]) -> None:
    """Two threads read, one begins applications and one erases what it has begun, while the key is changed twice."""
    before, faults, ended = names(world), [], threading.Event()
    made: list[tuple[UUID, bytes]] = []

    def until_ended(act: Callable[[], None]) -> Callable[[], None]:
        def run() -> None:
            while not ended.is_set():
                try:
                    act()
                except Exception as fault:
                    faults.append(fault)
                    return

        return run

    def read() -> None:
        assert names(world) == before

    def write() -> None:
        with world.app.app_context():
            id = uuid4()
            key = create_application_key(db.session, application_id=id, controller_id=world.party, at=clock.now())
            made.append((id, key.seal_text("x", TEXT)))

    def erase() -> None:
        with world.app.app_context():
            key = create_application_key(db.session, application_id=uuid4(), controller_id=world.party, at=clock.now())
            the_vault().key_store.destroy(key.application_id)
            with pytest.raises(KeyGone):
                open_application_key(db.session, application_id=key.application_id, controller_id=world.party)

    threads = [threading.Thread(target=until_ended(act)) for act in (read, read, write, erase)]
    for thread in threads:
        thread.start()
    try:
        first = rotated(world.app)
        take_old_keys_away(world.app.config["SETTINGS"].keys_file)
        second = rotated(world.app)
    finally:
        ended.set()
        for thread in threads:
            thread.join()
    assert faults == []
    assert first.began and second.began and made
    assert names(world) == before
    with world.app.app_context():
        for id, sealed in made:
            key = open_application_key(db.session, application_id=id, controller_id=world.party)
            assert key.open_text("x", sealed) == TEXT
        rotated(world.app)
        newest = {row.generation for row in db.session.scalars(select(ControllerKey))}
        assert newest == {1, 2, 3}
        assert all(row.generation == 3 for row in the_vault().key_store.rows() if row.controller_id == world.party)


def test_a_private_link_lives_through_it(world: World, sent: list[Sent]) -> None:
    with world.writing(scope.party(world.party)) as session:
        own = {"purpose": Purpose.APPLICATION, "subject_id": sent[0].id}
        token = make_link(
            session, **own, scope=scope.candidate(sent[0].id), at=clock.now(),
            expires_at=clock.now().replace(year=2030),
        )  # fmt: skip
    rotated(world.app)
    take_old_keys_away(world.app.config["SETTINGS"].keys_file)
    with world.app.app_context():
        assert token_of(db.session, **own) == token
    assert world.browser().get(f"/ansokan/{token}").status_code == 200


@pytest.mark.parametrize("rights", [0o440, 0o604, 0o660])
def test_a_key_file_that_others_can_read_is_refused(world: World, rights: int) -> None:
    settings = world.app.config["SETTINGS"]
    settings.keys_file.chmod(rights)
    with pytest.raises(Misconfigured, match="Nyckelfilen kan läsas av andra"):
        require_ready(replace(settings, demo=False), pytest.fail)
    refused = world.app.test_cli_runner().invoke(rotate_keys)
    assert isinstance(refused.exception, Misconfigured)
    settings.keys_file.chmod(0o400)
    said = world.app.test_cli_runner().invoke(rotate_keys).output
    assert said.startswith("Ny nyckel: k20261123 ") and settings.keys_file.stat().st_mode & 0o777 == 0o400


def test_a_new_key_comes_first_and_a_file_that_was_half_written_does_not_stop_the_next(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text(f"k1 {'A' * 43}=\n")
    path.with_name("keys.new").write_text("half")
    add_key(path, "k2")
    keyring = read_keyring(path)
    assert [name for name, _ in keyring.keys] == ["k2", "k1"]
    assert set(keyring.derived) == set(PURPOSES)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give a file away")
@pytest.mark.parametrize("change", [add_key, add_waiting_key])
def test_whoever_reads_the_key_file_reads_it_still_though_root_has_changed_it(
    tmp_path: Path, change: Callable[[Path, str], None]
) -> None:
    path = tmp_path / "keys"
    path.write_text(f"k1 {'A' * 43}=\n")
    os.chown(path, 10_001, 10_001)
    change(path, "k2")
    kept = path.stat()
    assert (kept.st_uid, kept.st_gid, kept.st_mode & 0o777) == (10_001, 10_001, 0o400)


def test_a_key_file_that_cannot_be_replaced_is_left_as_it_was_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "keys"
    path.write_text(f"k1 {'A' * 43}=\n")

    def mounted_alone(_self: Path, _target: Path) -> None:
        raise OSError(errno.EBUSY, "Device or resource busy")

    monkeypatch.setattr(Path, "replace", mounted_alone)
    with pytest.raises(Misconfigured, match="Kör där dess mapp går att skriva i"):
        add_key(path, "k2")
    assert [name for name, _ in read_keyring(path).keys] == ["k1"]


def sources() -> Iterator[str]:
    for file in Path(services.__file__).parents[2].rglob("*.py"):
        yield from (line for line in file.read_text().splitlines() if ".derive(" in line)


def test_whatever_is_derived_outlives_the_key_that_it_was_derived_from() -> None:
    assert {purpose for line in sources() for purpose in re.findall(r'\.derive\("(\w+)"\)', line)} == set(PURPOSES)
