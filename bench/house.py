"""The installation that is measured: a migrated database, people who are logged in, ads open and closed, candidates."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from flask import Flask
from sqlalchemy import update

from bench.seeding import ASSESSORS, add_papers, clear_desk, employ, fill_case
from portal import clock, scope
from portal.config import Settings
from portal.factory import create_app
from portal.operations.services import analyse
from portal.organisations.models import Membership
from portal.vault.services import the_vault
from tests.conftest import SECRET, close_stores
from tests.database import Databases
from tests.stage import add_person
from tests.world import Published, World, build_world, publish_ad

DESKS = (60, 1000)
LONG_THERE = timedelta(days=100)


@dataclass
class House:
    """``cases`` are closed ads by their number of candidates; ``joint`` one whose whole panel has handed in."""

    settings: Settings
    app: Flask
    world: World
    open: Published
    cases: dict[int, Published] = field(default_factory=dict)
    joint: Published | None = None
    desks: dict[int, Published] = field(default_factory=dict)  # where Gunnel has nothing done yet
    read: UUID | None = None  # the candidate of the joint case who has papers
    employment: UUID | None = None  # one whose contract is still to be offered
    cookies: dict[UUID, str] = field(default_factory=dict)

    def cookie(self, person: UUID) -> dict[str, str]:
        """The header of somebody who is logged in."""
        if person not in self.cookies:
            held = self.world.browser(person).get_cookie("portal")
            assert held is not None
            self.cookies[person] = held.value
        return {"Cookie": f"portal={self.cookies[person]}"}


@contextmanager
def furnished(folder: Path, sizes: Sequence[int], joint: int) -> Iterator[House]:
    """An installation of its own under ``folder``, with a closed ad for each size."""
    (folder / "database").mkdir(parents=True)
    (folder / "instance").mkdir()
    with Databases.prepared(folder / "database") as databases, databases.copy(folder / "instance") as (url, owner_url):
        settings = Settings.from_environment(
            {
                "PORTAL_DEMO": "1",
                "PORTAL_INSTANCE_PATH": str(folder / "instance"),
                "PORTAL_SECRET_KEY": SECRET,
                "PORTAL_KEYS_FILE": str(databases.keys),
                "PORTAL_DATABASE_URL": url,
                "PORTAL_DATABASE_OWNER_URL": owner_url,
                "PORTAL_BASE_URL": "http://localhost",
            }
        )
        app = create_app(settings)
        with app.app_context():
            the_vault().key_store.create_tables()
        yield _furnish(app, settings, sizes, joint)
        with app.app_context():
            close_stores()


def _furnish(app: Flask, settings: Settings, sizes: Sequence[int], joint: int) -> House:
    world, today = build_world(app), clock.today()
    panel = [world.gunnel, world.elof]
    for number in range(ASSESSORS - len(panel)):
        panel.append(add_person(world, f"ledamot{number}", "ledamot", party=world.party)[0])
    _long_there(world)
    house = House(settings, app, world, publish_ad(world, deadline=today + timedelta(days=30)))
    for size in sizes:
        house.cases[size] = _closed(world)
        fill_case(world, house.cases[size], panel[:1], size)
    for size in DESKS if joint else ():
        house.desks[size] = _closed(world)
        fill_case(world, house.desks[size], panel[:1], size)
        clear_desk(world, house.desks[size])
    if joint:
        house.joint = _closed(world)
        fill_case(world, house.joint, panel, joint)
        house.read = add_papers(world, house.joint)
        house.employment = employ(world)
    analyse(
        settings.database_owner_url, settings.key_store_url
    )  # as PostgreSQL does by itself within a minute of so many rows
    return house


def _long_there(world: World) -> None:
    """Who assesses has been of the party since before they were named: a seat holds for nobody else."""
    with world.writing(scope.party(world.party)) as session:
        session.execute(update(Membership).values(accepted_at=clock.now() - LONG_THERE))


def _closed(world: World) -> Published:
    return publish_ad(world, employer="party", deadline=clock.today() - timedelta(days=1))
