"""What is erased while the keys are copied stays erased when that copy is put back."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.returned import Returned
from portal.applications.services.withdrawing import end_application, finish_erasure
from portal.applications.states import State
from portal.backups.services.keys import restore_keys, take_keys
from portal.backups.services.restoring import restore_backup
from portal.config import Settings
from portal.db import db
from portal.scope import act_for
from portal.vault.services import the_vault
from tests.applicants import send_applications
from tests.backups.machines import empty_machine, running
from tests.backups.test_services import back_up
from tests.database import Databases
from tests.world import World, publish_ad


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_what_is_erased_between_the_keys_and_the_list_of_the_destroyed_does_not_come_back(
    world: World,
    settings: Settings,
    databases: Databases,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    employer: str,
) -> None:
    sent = send_applications(world, publish_ad(world, employer=employer), 2)[0]
    portal, _ = back_up(world, tmp_path)

    def erase() -> None:
        with world.writing(scope.party(world.party)) as session:
            end_application(session, session.get_one(Application, sent.id), State.DISPOSED, at=clock.now())
        with world.acting(scope.party(world.party)):
            finish_erasure(sent.id)

    with world.app.app_context():
        store = the_vault().key_store
        listed = store.all_destroyed

        def after_the_keys() -> Iterator[Sequence[Any]]:
            erase()
            return listed()

        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(store, "all_destroyed", after_the_keys)
            take_keys(tmp_path / "later.backup", at=clock.now())
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(portal, at=clock.now())
        assert restore_keys(tmp_path / "later.backup", at=clock.now())[1] == Returned(erased=1)
        assert the_vault().key_store.count() == 1
        assert not the_vault().key_store.has(sent.id)
        act_for(db.session, scope.party(world.party))
        assert db.session.get_one(Application, sent.id).name_sealed is None
