"""What an authority disposed of stays so when an older backup is put back; what has only lost its key is told of."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services.returned import Returned
from portal.applications.services.sweeping import Swept, sweep
from portal.applications.services.wholeness import Lack, broken_things
from portal.applications.services.withdrawing import end_application, finish_erasure
from portal.applications.states import State
from portal.audit.models import AuditLine
from portal.backups.services.keys import restore_keys, take_keys
from portal.backups.services.restoring import restore_backup
from portal.backups.services.taking import take_backup
from portal.config import Settings
from portal.db import db
from portal.scope import act_for
from portal.vault.services import the_vault
from tests.applicants import Sent, send_applications
from tests.backups.machines import empty_machine, running
from tests.backups.test_services import back_up
from tests.database import Databases
from tests.forms import submit
from tests.intake.registering import add_cv, begin, finish
from tests.privacy.candidates import Clock
from tests.world import World, publish_ad


@pytest.fixture
def sent(world: World) -> Sent:
    """One of two to the region: the other's key is there still."""
    return send_applications(world, publish_ad(world), 2)[0]


@pytest.mark.parametrize("keys_too", [True, False])
def test_what_an_authority_has_disposed_of_since_is_disposed_of_again(
    world: World, settings: Settings, databases: Databases, sent: Sent, tmp_path: Path, keys_too: bool
) -> None:
    """Its key is not lost, it was destroyed: the key store and its backup remember that, and nothing is left to mend."""
    portal, _ = back_up(world, tmp_path)
    with world.writing(scope.party(world.party)) as session:
        end_application(session, session.get_one(Application, sent.id), State.DISPOSED, at=clock.now())
    with world.acting(scope.party(world.party)):
        finish_erasure(sent.id)
    with world.app.app_context():
        take_keys(tmp_path / "later.backup", at=clock.now())
    with empty_machine(settings, databases, tmp_path / "new") as new:
        with running(new if keys_too else replace(new, key_store_url=settings.key_store_url)):
            done = restore_backup(portal, at=clock.now()).returned
            if keys_too:
                _keys, done = restore_keys(tmp_path / "later.backup", at=clock.now())
            assert done == Returned(erased=1)
            assert Lack.KEY not in {one.lack for one in broken_things(clock.now())}, "portal check is green"
            act_for(db.session, scope.party(world.party))
            again = db.session.get_one(Application, sent.id)
            assert (again.state, again.name_sealed) == ("disposed", None)
            told = select(AuditLine.verb).where(AuditLine.object_id == sent.id)
            assert "application.disposed" in db.session.scalars(told).all()


def test_what_an_authority_was_sent_and_whose_key_is_only_missing_is_told_of_and_left(
    world: World, settings: Settings, databases: Databases, sent: Sent, tmp_path: Path
) -> None:
    portal, _ = back_up(world, tmp_path)
    with world.app.app_context():
        the_vault().key_store.discard(sent.id)
    with empty_machine(settings, databases, tmp_path / "new") as new:
        with running(replace(new, key_store_url=settings.key_store_url)):
            assert restore_backup(portal, at=clock.now()).returned == Returned(unreadable=1)
            assert Lack.KEY in {one.lack for one in broken_things(clock.now())}


def test_a_key_that_belongs_to_nothing_is_not_remembered_as_destroyed(world: World, sent: Sent, tmp_path: Path) -> None:
    """Else an application that comes back by a newer backup would be taken for erased."""
    with world.app.app_context():
        store = the_vault().key_store
        store.discard(sent.id)
        assert (store.has(sent.id), store.destroyed([sent.id])) == (False, set())
        assert sweep(clock.now()) == Swept(drafts=0, erasures=0, keys=0, blobs=0)
        store.destroy(sent.id)
        assert store.destroyed([sent.id]) == set(), "there was no key left to destroy"


@pytest.mark.parametrize("employer", ["authority", "party"])
def test_a_letter_that_is_typed_in_after_the_last_copy_of_the_keys_is_told_of_and_not_erased(
    world: World, settings: Settings, databases: Databases, tmp_path: Path, set_clock: Clock, employer: str
) -> None:
    ad = publish_ad(world, employer=employer)
    send_applications(world, publish_ad(world), 1)
    set_clock("2026-11-26T02:00")
    with world.app.app_context():
        take_keys(tmp_path / "keys.backup", at=clock.now())
    set_clock("2026-11-26T09:00")
    office = world.browser(world.kansli)
    page = begin(office, ad, "2026-11-24").location
    add_cv(office, page)
    if employer == "party":
        agreed = {"consent": "letter", "consent_day": "2026-11-24"}
        assert submit(office, page, agreed, "Spara samtycket").status_code == 303
    assert finish(office, page).status_code == 303
    with world.app.app_context():
        take_backup(tmp_path / "portal.backup", at=set_clock("2026-11-27T02:00"))
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(tmp_path / "portal.backup", at=clock.now())
        assert restore_keys(tmp_path / "keys.backup", at=clock.now())[1] == Returned(unreadable=1)
        act_for(db.session, scope.party(world.party))
        assert all(row.name_sealed for row in db.session.scalars(select(Application)))
