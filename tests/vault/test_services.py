"""Keys of applications: made, opened and destroyed; with the key gone nothing opens, for anybody."""

import sqlite3
from uuid import uuid4

import pytest

from portal import clock, scope
from portal.applications.services.sweeping import sweep
from portal.config import Settings
from portal.vault.keystore import KeyGone
from portal.vault.sealing import SealBroken
from portal.vault.services import (
    controller_fingerprint,
    create_application_key,
    create_controller_key,
    open_application_key,
    open_for_controller,
    seal_for_controller,
    the_vault,
)
from tests.world import World


def test_an_application_key_opens_what_it_sealed_until_it_is_destroyed(world: World) -> None:
    application = uuid4()
    with world.writing(scope.PLATFORM) as session:
        key = create_application_key(session, application_id=application, controller_id=world.party, at=clock.now())
        sealed, blob = key.seal_text("application.name", "Alma Ekdahl"), key.keep_document("document", b"%PDF").name
    with world.acting(scope.PLATFORM) as session:
        again = open_application_key(session, application_id=application, controller_id=world.party)
        assert again.open_text("application.name", sealed) == "Alma Ekdahl"
        assert again.open_document("document", blob) == b"%PDF"
        assert b"Alma" not in the_vault().blobs.get(blob) + sealed
        the_vault().key_store.destroy(application)
        with pytest.raises(KeyGone):
            open_application_key(session, application_id=application, controller_id=world.party)


def keys_on_the_disk(settings: Settings) -> bytes:
    """The key store's file and all that SQLite has beside it."""
    files = sorted(settings.instance_path.glob("keys.db*"))
    assert len(files) >= 2
    return b"".join(path.read_bytes() for path in files)


@pytest.mark.parametrize("read_meanwhile", [False, True])
def test_a_destroyed_key_lies_nowhere_in_the_key_stores_files(
    world: World, settings: Settings, read_meanwhile: bool
) -> None:
    gone, left = uuid4(), uuid4()
    with world.writing(scope.PLATFORM) as session:
        for id in (gone, left):
            create_application_key(session, application_id=id, controller_id=world.party, at=clock.now())
    with world.app.app_context():
        store = the_vault().key_store
        wrapped = {id: store.get(id)[1] for id in (gone, left)}
        assert all(key in keys_on_the_disk(settings) for key in wrapped.values())
        reader = sqlite3.connect(settings.instance_path / "keys.db", isolation_level=None)
        if read_meanwhile:
            reader.execute("BEGIN")
            assert reader.execute("SELECT count(*) FROM application_key").fetchone() == (2,)
        store.destroy(gone)
        assert (wrapped[gone] in keys_on_the_disk(settings)) is read_meanwhile
        reader.close()
        sweep(clock.now())
        assert wrapped[gone] not in keys_on_the_disk(settings)
        assert wrapped[left] in keys_on_the_disk(settings)


def test_another_controller_cannot_open_the_application(world: World) -> None:
    application = uuid4()
    with world.writing(scope.PLATFORM) as session:
        create_application_key(session, application_id=application, controller_id=world.party, at=clock.now())
    with world.acting(scope.PLATFORM) as session, pytest.raises(SealBroken):
        open_application_key(session, application_id=application, controller_id=world.rival)


def test_a_new_generation_of_the_controllers_key_leaves_the_old_readable(world: World) -> None:
    application = uuid4()
    with world.writing(scope.PLATFORM) as session:
        create_application_key(session, application_id=application, controller_id=world.party, at=clock.now())
        mail = seal_for_controller(session, world.party, "hej", place="mail|1")
        create_controller_key(session, world.party, at=clock.now())
        assert seal_for_controller(session, world.party, "hej", place="mail|1")[:2] == b"\x00\x02"
    with world.acting(scope.PLATFORM) as session:
        open_application_key(session, application_id=application, controller_id=world.party)
        assert open_for_controller(session, world.party, mail, place="mail|1") == "hej"


def test_the_same_address_gives_two_parties_two_fingerprints(world: World) -> None:
    with world.acting(scope.PLATFORM) as session:
        prints = {
            controller_fingerprint(session, controller, "alma@example.se", purpose="address")
            for controller in (world.party, world.rival, world.authority)
        }
    assert len(prints) == 3
