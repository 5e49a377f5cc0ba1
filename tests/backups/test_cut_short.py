"""A restore that is killed, or meets a fault, is run again: it ends what it began, and takes nothing else for its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from portal import clock, scope
from portal.applications.models import Application
from portal.applications.services import returned
from portal.applications.services.returned import Returned
from portal.audit.services import PLATFORM_CHAIN, SYSTEM, record
from portal.backups import refusals
from portal.backups.commands import restore as restore_command
from portal.backups.services import keys as keys_service
from portal.backups.services import restoring
from portal.backups.services.keys import restore_keys, take_keys
from portal.backups.services.restoring import restore_backup
from portal.backups.services.taking import take_backup
from portal.config import Settings
from portal.db import db, unit_of_work
from portal.revisions import wanted_revision
from portal.scope import act_for, acting_for
from portal.vault.keystore import KeyStore
from portal.vault.services import create_application_key, the_vault
from tests.applicants import Sent, send_applications
from tests.backups.machines import empty_machine, running
from tests.backups.test_services import back_up, everything, opened_names
from tests.database import Databases
from tests.world import World, publish_ad


@pytest.fixture
def sent(world: World) -> list[Sent]:
    """Three applications to the party."""
    return send_applications(world, publish_ad(world, employer="party"), 3)


@pytest.fixture
def new(settings: Settings, databases: Databases, tmp_path: Path) -> Iterator[Settings]:
    """An empty machine."""
    with empty_machine(settings, databases, tmp_path / "new") as made:
        yield made


@pytest.fixture
def beside_its_keys(new: Settings, settings: Settings) -> Settings:
    """An empty machine whose key store survived."""
    return replace(new, key_store_url=settings.key_store_url)


def erase(world: World, *gone: Sent) -> None:
    """As far as the key store knows of it."""
    with world.app.app_context():
        for each in gone:
            the_vault().key_store.destroy(each.id)


def states(world: World) -> dict[UUID, str]:
    with acting_for(scope.party(world.party)) as own:
        return {each.id: each.state for each in own.scalars(select(Application))}


def notes(machine: Settings) -> list[str]:
    return [path.name for path in machine.instance_path.glob("*.restoring*")]


@contextmanager
def killed(place: object, name: str, *, on: Callable[..., bool] = lambda *_, **__: True) -> Iterator[None]:
    """The machine stops where ``place.name`` is called with what ``on`` says yes to."""
    function = getattr(place, name)

    def stop(*given: object, **named: object) -> object:
        if on(*given, **named):
            raise KeyboardInterrupt
        return function(*given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place, name, stop)
        with pytest.raises(KeyboardInterrupt):
            yield


def test_cut_short_among_the_rows_all_of_it_is_put_back_by_the_next_run(
    world: World, settings: Settings, new: Settings, databases: Databases, sent: list[Sent], tmp_path: Path
) -> None:
    portal, _ = back_up(world, tmp_path)
    with running(new), killed(restoring, "put_rows", on=lambda _, *, name, **__: name == "page_picture"):
        restore_backup(portal, at=clock.now())
    with running(new):
        assert restore_backup(portal, at=clock.now()).blobs == 12
    assert everything(new, databases) == everything(settings, databases)
    assert notes(new) == ["portal.restoring"], "until the keys are here"


def test_keys_are_put_back_beside_those_that_were_made_while_they_were_on_their_way(
    world: World, new: Settings, sent: list[Sent], tmp_path: Path
) -> None:
    portal, keys = back_up(world, tmp_path)
    with running(new):
        restore_backup(portal, at=clock.now())
        with unit_of_work() as session:
            act_for(session, scope.party(world.party))
            create_application_key(session, application_id=uuid4(), controller_id=world.party, at=clock.now())
        assert restore_keys(keys, at=clock.now()) == (3, Returned())
        assert the_vault().key_store.count() == 4
        assert opened_names(world) == sorted(one.name for one in sent)
        assert notes(new) == []
        with pytest.raises(refusals.KeysNotEmpty):
            restore_keys(keys, at=clock.now())


@pytest.mark.parametrize(("place", "name"), [(restoring, "upgrade"), (restoring, "record"), (returned, "_end")])
def test_cut_short_after_the_rows_the_next_run_erases_what_was_erased_since(
    world: World, beside_its_keys: Settings, sent: list[Sent], tmp_path: Path, place: object, name: str
) -> None:
    portal, _ = back_up(world, tmp_path)
    erase(world, sent[0])
    with running(beside_its_keys), killed(place, name, on=lambda *given, **_: given != (wanted_revision(),)):
        restore_backup(portal, at=clock.now())
    with running(beside_its_keys):
        done = restore_backup(portal, at=clock.now())
        assert (done.blobs, done.returned) == (12, Returned(erased=1))
        assert states(world)[sent[0].id] == "withdrawn"
        with pytest.raises(refusals.NotEmpty):
            restore_backup(portal, at=clock.now())


def test_cut_short_halfway_through_erasing_the_next_run_erases_the_rest(
    world: World, beside_its_keys: Settings, sent: list[Sent], tmp_path: Path
) -> None:
    portal, _ = back_up(world, tmp_path)
    erase(world, *sent[:2])
    met: list[UUID] = []
    with running(beside_its_keys), killed(returned, "_end", on=lambda _, id, *__: met.append(id) or len(met) == 2):
        restore_backup(portal, at=clock.now())
    with running(beside_its_keys):
        assert restore_backup(portal, at=clock.now()).returned == Returned(erased=1)
        assert [states(world)[each.id] for each in sent] == ["withdrawn", "withdrawn", "sent"]


def test_cut_short_after_the_keys_the_next_run_erases_what_was_erased_since(
    world: World, new: Settings, sent: list[Sent], tmp_path: Path
) -> None:
    portal, _ = back_up(world, tmp_path)
    erase(world, sent[0])
    with world.app.app_context():
        take_keys(tmp_path / "later.backup", at=clock.now())
    with running(new):
        restore_backup(portal, at=clock.now())
        with killed(keys_service, "record"):
            restore_keys(tmp_path / "later.backup", at=clock.now())
        with pytest.raises(refusals.KeysNotEmpty):
            restore_keys(tmp_path / "keys.backup", at=clock.now())  # of another night
        assert restore_keys(tmp_path / "later.backup", at=clock.now()) == (2, Returned(erased=1))
        assert states(world)[sent[0].id] == "withdrawn"
        with pytest.raises(refusals.KeysNotEmpty):
            restore_keys(tmp_path / "later.backup", at=clock.now())


def test_keys_wait_for_a_database_whose_migrations_are_not_done(
    world: World, new: Settings, sent: list[Sent], tmp_path: Path
) -> None:
    from portal.operations.schema import downgrade

    portal, keys = back_up(world, tmp_path)
    with running(new):
        restore_backup(portal, at=clock.now())
        downgrade("0002")
        with pytest.raises(refusals.DatabaseFirst):
            restore_keys(keys, at=clock.now())
        assert the_vault().key_store.count() == 0


def test_a_fault_at_one_application_is_told_and_keeps_no_other_from_being_erased(
    world: World, beside_its_keys: Settings, sent: list[Sent], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal, _ = back_up(world, tmp_path)
    erase(world, *sent)
    send_applications(
        world, publish_ad(world, employer="party"), 1, start=3
    )  # by whose key the store is known to be new
    end = returned.end_application

    def end_all_but_one(session: object, application: Application, *given: object, **named: object) -> None:
        if application.id == sent[0].id:
            raise ZeroDivisionError
        end(session, application, *given, **named)  # type: ignore[arg-type]

    with running(beside_its_keys) as app:
        with monkeypatch.context() as patch:
            patch.setattr(returned, "end_application", end_all_but_one)
            told = app.test_cli_runner().invoke(restore_command, [str(portal)])
        assert told.exit_code == 1
        assert "2 ansökningar var raderade" in told.output
        assert "1 ansökningar gick inte att radera igen. Kör samma kommando en gång till." in told.output
        assert [states(world)[each.id] for each in sent] == ["sent", "withdrawn", "withdrawn"]
        again = app.test_cli_runner().invoke(restore_command, [str(portal)])
        assert (again.exit_code, notes(beside_its_keys)) == (0, [])
        assert "1 ansökningar var raderade" in again.output
        assert states(world)[sent[0].id] == "withdrawn"


def test_a_portal_used_before_the_restore_was_ended_tells_no_more_of_the_keys_than_it_did(
    world: World, beside_its_keys: Settings, sent: list[Sent], tmp_path: Path
) -> None:
    portal, _ = back_up(world, tmp_path)
    with world.app.app_context():
        the_vault().key_store.discard(sent[-1].id)  # as if the key store were of the time before it came
    with running(beside_its_keys) as app:
        with killed(restoring, "record"):
            restore_backup(portal, at=clock.now())
        send_applications(replace(world, app=app), publish_ad(replace(world, app=app), employer="party"), 1, start=3)
        assert restore_backup(portal, at=clock.now()).returned == Returned(unreadable=1)
        assert states(world)[sent[-1].id] == "sent"


def test_a_key_store_lost_before_the_restore_was_ended_erases_nothing(
    world: World, beside_its_keys: Settings, sent: list[Sent], tmp_path: Path
) -> None:
    portal, keys = back_up(world, tmp_path)
    with running(beside_its_keys), killed(restoring, "record"):
        restore_backup(portal, at=clock.now())
    without = replace(beside_its_keys, key_store_url=f"sqlite:///{tmp_path}/other.db")
    with running(without):
        assert restore_backup(portal, at=clock.now()).returned is None
        assert restore_keys(keys, at=clock.now()) == (3, Returned())
        assert set(states(world).values()) == {"sent"}


def test_another_backup_is_not_taken_for_the_one_that_was_begun(
    world: World, beside_its_keys: Settings, sent: list[Sent], tmp_path: Path
) -> None:
    portal, _ = back_up(world, tmp_path)
    with world.app.app_context():
        take_backup(tmp_path / "next.backup", at=clock.now())
    with running(beside_its_keys):
        with killed(restoring, "record"):
            restore_backup(portal, at=clock.now())
        with pytest.raises(refusals.NotEmpty):
            restore_backup(tmp_path / "next.backup", at=clock.now())


def test_what_was_written_after_a_restore_that_put_no_row_back_is_nothing_to_go_on_with(
    world: World, new: Settings, sent: list[Sent], tmp_path: Path
) -> None:
    portal, _ = back_up(world, tmp_path)
    with running(new):
        with killed(restoring, "put_rows"):
            restore_backup(portal, at=clock.now())
        with db.sessionmaker() as own, unit_of_work(own):
            record(own, chain=PLATFORM_CHAIN, at=clock.now(), actor=SYSTEM, verb="demo.seeded")
        with pytest.raises(refusals.NotEmpty):
            restore_backup(portal, at=clock.now())


def test_keys_made_after_a_restore_that_put_no_key_back_are_nothing_to_go_on_with(
    world: World, new: Settings, sent: list[Sent], tmp_path: Path
) -> None:
    portal, keys = back_up(world, tmp_path)
    with running(new) as app:
        restore_backup(portal, at=clock.now())
        with killed(KeyStore, "put_all"):
            restore_keys(keys, at=clock.now())
        send_applications(replace(world, app=app), publish_ad(replace(world, app=app), employer="party"), 1, start=3)
        with pytest.raises(refusals.KeysNotEmpty):
            restore_keys(keys, at=clock.now())
        assert set(states(world).values()) == {"sent"}
