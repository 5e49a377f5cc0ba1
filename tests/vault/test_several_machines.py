"""Several machines with a copy each of the key file: the next key is known to all before anything is wrapped by it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from flask import Flask

from portal import clock
from portal.config import Misconfigured, Settings
from portal.db import db
from portal.factory import create_app
from portal.operations.rotation.commands import prepare_keys, rotate_keys
from portal.operations.rotation.services import remarks, wrapped_by
from portal.operations.services import findings
from portal.vault.keyring import read_keyring
from portal.vault.services import create_application_key, create_controller_key, open_application_key
from tests.applicants import Sent, send_applications
from tests.conftest import close_stores
from tests.vault.test_rotation import TEXT, names, take_old_keys_away
from tests.world import World, publish_ad

NEXT = "k20261123"


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """This machine's own copy of the key file."""
    return replace(settings, keys_file=_copied(settings.keys_file, tmp_path / "this.keys"))


@pytest.fixture
def sent(world: World) -> list[Sent]:
    return send_applications(world, publish_ad(world, employer="party"), 2)


@pytest.fixture
def other(world: World, settings: Settings, tmp_path: Path) -> Iterator[Flask]:
    """The other machine, at work since before any change."""
    made = create_app(replace(settings, keys_file=_copied(settings.keys_file, tmp_path / "other.keys")))
    yield made
    with made.app_context():
        close_stores()


def _copied(source: Path, target: Path) -> Path:
    """As `docs/running.md` says it is copied: beside the old one, and then in its place at one stroke."""
    new = target.with_suffix(".new")
    shutil.copyfile(source, new)
    new.chmod(0o400)
    new.replace(target)
    return target


def copy_to(other: Flask, world: World) -> None:
    _copied(world.app.config["SETTINGS"].keys_file, other.config["SETTINGS"].keys_file)


def run(app: Flask, command: object) -> str:
    done = app.test_cli_runner().invoke(command)  # type: ignore[arg-type]
    assert done.exit_code == 0, done.exception
    return str(done.output)


def names_on(other: Flask, world: World) -> list[str]:
    return names(replace(world, app=other))


def begun_on(other: Flask, party: UUID) -> UUID:
    """An application begun on the other machine, and a key of the controller's made there."""
    id = uuid4()
    with other.app_context():
        create_controller_key(db.session, party, at=clock.now())
        db.session.commit()
    with other.app_context():
        create_application_key(db.session, application_id=id, controller_id=party, at=clock.now()).seal_text("x", TEXT)
    return id


def test_the_machine_that_has_the_old_copy_reads_and_writes_through_all_of_it(
    world: World, sent: list[Sent], other: Flask
) -> None:
    here, there = world.app, other.config["SETTINGS"].keys_file
    before = names(world)
    assert f"Nyckeln {NEXT} väntar" in run(here, prepare_keys)
    assert f"Nyckeln {NEXT} väntar" in run(here, prepare_keys)  # twice is once
    with here.app_context():
        create_controller_key(db.session, world.rival, at=clock.now())
        db.session.flush()
        assert wrapped_by()[NEXT] == 0
        db.session.rollback()
        assert [f"Nyckeln {NEXT} väntar" in line for line in remarks()] == [True]
    copy_to(other, world)
    assert f"Ny nyckel: {NEXT}" in run(here, rotate_keys)
    assert names(world) == names_on(other, world) == before

    begun = begun_on(other, world.party)  # by its own current key, which is the old one
    with other.app_context():
        assert wrapped_by()["k1"] == 1
        assert [f"Nyckeln {NEXT} är tagen i bruk på en annan maskin" in line for line in remarks()] == [True]
        assert not [line for line in findings(other) if "nyckel" in line.lower()]
    copy_to(other, world)
    run(here, rotate_keys)
    with here.app_context():
        assert wrapped_by()["k1"] == 0
    for path in (here.config["SETTINGS"].keys_file, there):
        take_old_keys_away(path)
        assert [name for name, _ in read_keyring(path).keys] == [NEXT]
    assert names(world) == names_on(other, world) == before
    for app in (here, other):
        with app.app_context():
            open_application_key(db.session, application_id=begun, controller_id=world.party)


def test_a_machine_that_was_forgotten_says_so_and_makes_no_key_of_its_own(
    world: World, sent: list[Sent], other: Flask
) -> None:
    before = names(world)
    run(world.app, rotate_keys)
    with other.app_context():
        assert [line for line in findings(other) if f"nyckeln {NEXT}, som inte finns i nyckelfilen" in line]
    for command in (prepare_keys, rotate_keys):
        refused = other.test_cli_runner().invoke(command)
        assert isinstance(refused.exception, Misconfigured) and "Kopiera nyckelfilen hit" in str(refused.exception)
    assert [name for name, _ in read_keyring(other.config["SETTINGS"].keys_file).keys] == ["k1"]
    copy_to(other, world)
    assert names_on(other, world) == before


def test_no_next_key_is_made_while_the_last_change_is_unfinished(world: World, sent: list[Sent]) -> None:
    run(world.app, rotate_keys)
    refused = world.app.test_cli_runner().invoke(prepare_keys)
    assert isinstance(refused.exception, Misconfigured) and "Avsluta det bytet först" in str(refused.exception)
    take_old_keys_away(world.app.config["SETTINGS"].keys_file)
    assert "väntar" in run(world.app, prepare_keys)
