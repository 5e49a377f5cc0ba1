"""Whoever has left a party since a backup was taken is in it again when it is put back: those who can tell are asked to."""

from datetime import timedelta
from pathlib import Path

from sqlalchemy import select

from portal import clock, scope
from portal.audit.commands import audit
from portal.audit.models import AuditLine
from portal.backups.commands import restore
from portal.backups.services.keys import take_keys
from portal.backups.services.restoring import restore_backup
from portal.backups.services.taking import take_backup
from portal.config import Settings
from portal.db import db, unit_of_work
from portal.organisations.models import Authority, Membership, Party
from portal.organisations.queries import Home, people_of
from portal.organisations.services.inviting import end_membership
from tests.backups.machines import empty_machine, running
from tests.database import Databases
from tests.world import World


def test_who_came_back_is_told_of_to_whoever_restores_and_to_those_who_know_them(
    world: World, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    with world.app.app_context():
        taken_at = clock.now()
        take_backup(tmp_path / "portal.backup", at=taken_at)
        with unit_of_work() as session:
            gone = session.get_one(Membership, world.memberships[world.gunnel])
            end_membership(session, membership=gone, by=world.kansli, at=clock.now())
        assert world.gunnel not in {one.person_id for one in people_of(db.session, Home(world.party))}
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new) as app:
        said = app.test_cli_runner().invoke(restore, [str(tmp_path / "portal.backup")]).output
        assert "Personerna är som de var 2026-11-23 10:00. Den som har lämnat ett parti" in said
        assert world.gunnel in {one.person_id for one in people_of(db.session, Home(world.party))}
        for home in (*db.session.scalars(select(Party)), *db.session.scalars(select(Authority))):
            assert home.people_as_of == taken_at, home.name
        (line,) = db.session.scalars(select(AuditLine).where(AuditLine.verb == "backup.restored"))
        assert line.reason == taken_at.isoformat()


def test_heads_of_the_night_fit_what_its_backup_gives_back_and_later_ones_are_told_of_as_lost(
    world: World, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    heads = {name: tmp_path / name for name in ("of_the_night", "later")}
    with world.app.app_context():
        run = world.app.test_cli_runner().invoke
        heads["of_the_night"].write_text(run(audit, ["heads"]).stdout)
        take_backup(tmp_path / "portal.backup", at=clock.now())
        take_keys(tmp_path / "keys.backup", at=clock.now())  # which has a line in the log too
        heads["later"].write_text(run(audit, ["heads"]).stdout)
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new) as app:
        restore_backup(tmp_path / "portal.backup", at=clock.now() + timedelta(hours=5))
        run = app.test_cli_runner().invoke
        assert run(audit, ["verify", "--heads", str(heads["of_the_night"])]).exit_code == 0
        told = run(audit, ["verify", "--heads", str(heads["later"])])
        assert told.exit_code == 1
        assert "portalen 2026-11-23 15:00 från en säkerhetskopia tagen 2026-11-23 10:00. Huvuden" in told.stdout
        assert "återställdes" not in run(audit, ["verify"]).stdout


def test_put_back_once_more_nobody_forgets_who_came_back_the_first_time(
    world: World, settings: Settings, databases: Databases, tmp_path: Path
) -> None:
    first, later = clock.now(), clock.now() + timedelta(days=1)
    with world.app.app_context():
        take_backup(tmp_path / "portal.backup", at=first)
    with empty_machine(settings, databases, tmp_path / "new") as new, running(new):
        restore_backup(tmp_path / "portal.backup", at=clock.now())
        with unit_of_work() as session:
            scope.act_for(session, scope.PLATFORM)
            session.get_one(Party, world.rival).people_as_of = None  # looked over
        take_backup(tmp_path / "later.backup", at=later)
    with empty_machine(settings, databases, tmp_path / "newer") as newer, running(newer):
        restore_backup(tmp_path / "later.backup", at=clock.now())
        assert db.session.get_one(Party, world.party).people_as_of == first
        assert db.session.get_one(Party, world.rival).people_as_of == later
