"""The ways past the ORM's criteria (seven were found), each shut by another layer.

On PostgreSQL row level security shuts them. On SQLite the writes are stopped before the flush, and the statements may
not be written at all: the house test that forbids them is tried here on each of them.
"""

import ast
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from portal import scope
from portal.ads.models import Ad, AdContact
from portal.db import db, unit_of_work
from tests import test_house
from tests.database import POSTGRESQL
from tests.world import Published, World, publish_ad

on_postgresql = pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no row level security: see the forbidding test")
AD = Ad.__table__
REVIEWED = {  # each read by a second person; none of them reads a scoped row but within the scope
    ("scope.py", "connection"), ("scope.py", "info"), ("scope.py", "text"),  # the wall itself
    ("sqlite.py", "exec_driver_sql"), ("sqlite.py", "driver_connection"),  # BEGIN
    ("sqlite.py", "raw_connection"),  # the WAL emptied: no row is read
    *(("db.py", name) for name in ("create_engine", "get_bind", "connection", "begin")),  # how engines and units are made
    ("audit/services.py", "begin"),  # so that a line is forgotten with its transaction; nothing is asked
    # The log's lines and heads, and the authorities' counters: tables that stand before no wall (`test_house.OF_NO_PARTY`).
    *(("audit/services.py", name) for name in ("Table", "__table__", "connection", "insert", "update")),
    *(("register/services.py", name) for name in ("Table", "__table__", "connection", "update")),
    ("revisions.py", "connect"), ("revisions.py", "table"),  # the version of the schema
    # A backup, in each party's own scope; what it puts back is put into an empty database.
    *(("backups/queries.py", name) for name in ("Table", "connect", "insert", "table")),
    ("backups/services/taking.py", "Table"), ("backups/services/restoring.py", "connection"),
    ("demo/services/sowing/rows.py", "insert"),  # invented rows, in each party's own scope, never beside real ones
    ("applications/models.py", "text"),  # the condition of a partial index
    ("applications/queries.py", "info"),  # reads whose scope it is, to hide drafts from staff
    # Rows that are taken away go by one statement; the session's criteria hold for it as for a reading.
    *((f"interviews/services/{name}.py", "delete") for name in ("arranging", "freeing")),
    *((f"decisions/services/{name}.py", "delete") for name in ("forgetting", "proofreading", "recording")),
    *((f"{name}/services.py", "delete") for name in ("intake", "letterbox", "links")),
    ("review/services/forgetting.py", "delete"), ("contracts/leaving/services.py", "delete"),
    # What is erased of one candidate in many rows, by one statement: the same criteria hold.
    *((f"{name}/services/forgetting.py", "update") for name in ("decisions", "review")),
    ("interviews/services/freeing.py", "update"),
    # What arrives is shown by one statement for answers and one for pages, and the draft's link cut short: so too.
    ("applications/services/sending.py", "update"), ("documents/services/storing.py", "update"),
    ("organisations/services/looking_over.py", "update"),  # parties and authorities themselves, by the restore alone
    ("operations/rotation/services.py", "update"),  # which key is the current one: of the installation, not of a party
    # Nobody's rows: log-ins and news long done with, and how long links last whose subjects were read in scope.
    ("accounts/session.py", "delete"), ("jobs/services.py", "delete"), ("links/services.py", "update"),
    ("tables.py", "Table"), ("tables.py", "local_table"),  # which tables are behind the walls, for the tests
    ("operations/servers.py", "connect"),  # a server's own settings, and no table of anybody's
    *(("operations/services.py", name) for name in ("connect", "text", "create_engine")),  # `portal check`: catalogues only
    ("organisations/identity.py", "connection"),  # hues of parties, which are behind no wall, in the page's own connection
    ("review/queries/scores.py", "get_bind"),  # which database it is, for how many ids are given to it; nothing is asked
    ("web/health.py", "connect"),  # whether the key store answers
    ("cli.py", "connect"), ("operations/silence.py", "connect"),  # whether a database does, and nothing is asked of it
    *(("vault/keystore.py", name) for name in ("Table", "connect", "delete", "insert", "update")),
    *(("web/rates.py", name) for name in ("Table", "delete", "postgresql", "sqlite")),
}  # fmt: skip

READS: dict[str, Callable[[Session, UUID], object]] = {
    "select(Ad.__table__)": lambda session, id: session.execute(select(AD).where(AD.c.id == id)).all(),
    'session.execute(text("SELECT …"))': lambda session, id: session.execute(text("SELECT id FROM ad")).all(),
    "select(Ad).from_statement(text(…))": lambda session, id: session.scalars(
        select(Ad).from_statement(text("SELECT * FROM ad"))
    ).all(),
}


@pytest.fixture
def foreign(world: World) -> Published:
    """An ad of the rival's."""
    return publish_ad(world, party=world.rival)


@on_postgresql
@pytest.mark.parametrize("hole", READS)
def test_what_is_read_past_the_criteria_has_no_row_of_the_rivals(world: World, foreign: Published, hole: str) -> None:
    with world.acting(scope.party(world.rival)) as session:
        assert READS[hole](session, foreign.id), "the reading itself finds what is there"
    with world.acting(scope.party(world.party)) as session:
        assert READS[hole](session, foreign.id) == []


@on_postgresql
def test_bulk_mappings_change_no_row_of_the_rivals(world: World, foreign: Published) -> None:
    with world.acting(scope.party(world.party)) as session, pytest.raises(StaleDataError):
        session.bulk_update_mappings(Ad.__mapper__, [{"id": foreign.id, "title": "Ändrad"}])
    assert _title(world, foreign) == "Politisk sekreterare på heltid"


@on_postgresql
def test_a_row_with_the_rivals_party_is_refused_by_the_database_itself(
    world: World, foreign: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.scope._may_write", lambda _scope, _row: True)
    with world.acting(scope.party(world.party)) as session, pytest.raises(DBAPIError, match="row-level security"):
        with unit_of_work(session):
            session.add(_contact(world, foreign))


@on_postgresql
def test_an_object_of_the_rivals_is_not_updated_even_where_the_session_holds_it(
    world: World, foreign: Published, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.scope._may_write", lambda _scope, _row: True)
    held = _held(world, foreign)
    with world.acting(scope.party(world.party)) as session, pytest.raises(StaleDataError):
        with unit_of_work(session):
            session.add(held)
            held.title = "Ändrad"
    assert _title(world, foreign) == "Politisk sekreterare på heltid"


def test_a_session_never_changes_scope_so_its_identity_map_holds_one_partys_objects(
    world: World, foreign: Published
) -> None:
    with world.acting(scope.party(world.rival)) as session:
        assert session.get(Ad, foreign.id) is not None
        with pytest.raises(scope.ScopeError):
            scope.act_for(session, scope.party(world.party))
        assert scope.scope_of(session) == scope.party(world.rival)


def test_a_row_with_the_rivals_party_is_refused_before_the_flush(world: World, foreign: Published) -> None:
    with world.acting(scope.party(world.party)) as session, pytest.raises(scope.ScopeError):
        with unit_of_work(session):
            session.add(_contact(world, foreign))


def test_a_child_bound_to_the_rivals_ad_is_refused_by_the_foreign_key(world: World, foreign: Published) -> None:
    """One's own party, the rival's ad: the key is of both columns, so no such ad exists."""
    contact = _contact(world, foreign)
    contact.party_id = contact.controller_id = world.party
    with world.acting(scope.party(world.party)) as session, pytest.raises(DBAPIError, match=r"(?i)foreign key"):
        with unit_of_work(session):
            session.add(contact)


@pytest.mark.parametrize("change", ["change", "delete", "move"])
def test_an_object_of_the_rivals_is_refused_before_the_flush(world: World, foreign: Published, change: str) -> None:
    held = _held(world, foreign)
    with world.acting(scope.party(world.party)) as session, pytest.raises(scope.ScopeError):
        with unit_of_work(session):
            session.add(held)
            if change == "change":
                held.title = "Ändrad"
            elif change == "delete":
                session.delete(held)
            else:
                held.party_id = held.controller_id = world.party
                held.with_authority = False
    assert _title(world, foreign) == "Politisk sekreterare på heltid"


@pytest.mark.parametrize(
    "written",
    [
        "rows = session.execute(select(Ad.__table__)).all()",
        'rows = session.execute(text("SELECT * FROM ad"))',
        "rows = session.scalars(select(Ad).from_statement(made))",
        "session.bulk_update_mappings(Ad, values)",
        "session.bulk_insert_mappings(Ad, values)",
        "session.bulk_save_objects(rows)",
        'connection.exec_driver_sql("SELECT * FROM ad")',
    ],
)
def test_the_house_forbids_the_statements_that_the_criteria_do_not_reach(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "queries.py").write_text(written)
    monkeypatch.setattr(test_house, "PACKAGE", tmp_path)
    with pytest.raises(AssertionError, match=r"queries\.py"):
        test_house.test_statements_that_the_wall_does_not_see_are_written_in_reviewed_places_only()


def test_what_goes_past_the_wall_is_not_even_imported_outside_the_reviewed_places() -> None:
    """However it is spelt: `text` under another name, statements of the core, a connection of one's own."""
    found = {
        (str(path.relative_to(test_house.PACKAGE)), name)
        for path in test_house.PACKAGE.rglob("*.py")
        for name in past_the_wall(path.read_text())
    }
    assert found == REVIEWED


@pytest.mark.parametrize(
    "written",
    [
        "from sqlalchemy import text as anything",
        "from sqlalchemy.sql import text",
        "from sqlalchemy import and_, insert, select",
        "from sqlalchemy.dialects.postgresql import insert",
        "import sqlalchemy as sa\nsa.text(made)",
        "session.connection().execute(made)",
        "db.engine.connect()",
        "with self.engine.begin() as connection: ...",
        "db.session.get_bind()",
        'session.info["scope"] = other',
        'session.info.pop("scope_criteria")',
        "Ad.__table__",
        "inspect(Ad).local_table",
        "from sqlalchemy import table as anything",
        "session.connection().connection.driver_connection.execute(made)",
    ],
)
def test_each_of_these_would_be_found(written: str) -> None:
    assert past_the_wall(written)


CORE = {
    "text", "table", "insert", "update", "delete", "Table", "TextClause", "literal_column", "create_engine", "postgresql",
    "sqlite",
}  # fmt: skip
REACHES = {
    "from_statement", "exec_driver_sql", "__table__", "get_bind", "local_table", "persist_selectable", "raw_connection",
    "driver_connection", "dbapi_connection",
}  # fmt: skip
OPENS = {"connection", "connect", "begin"}
KEYS_OF_THE_WALL = {"scope", "scope_criteria"}


def past_the_wall(source: str) -> set[str]:
    """Names by which a module could reach rows past the session's criteria."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "sqlalchemy":
            found |= CORE & {alias.name for alias in node.names}
        elif isinstance(node, ast.Import) and any(alias.name.partition(".")[0] == "sqlalchemy" for alias in node.names):
            found.add("sqlalchemy")
        elif isinstance(node, ast.Attribute) and (node.attr in REACHES or node.attr.startswith("bulk_")):
            found.add(node.attr)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in OPENS:
            found.add(node.func.attr)
        if isinstance(node, ast.Subscript | ast.Call) and "info" in ast.dump(node) and _named(node) & KEYS_OF_THE_WALL:
            found.add("info")
    return found


def _named(node: ast.Subscript | ast.Call) -> set[object]:
    places = [node.slice] if isinstance(node, ast.Subscript) else node.args
    return {place.value for place in places if isinstance(place, ast.Constant)}


def _contact(world: World, ad: Published) -> AdContact:
    return AdContact(
        party_id=ad.party_id, authority_id=world.authority, controller_id=ad.party_id, ad_id=ad.id, position=9,
        id=uuid4(), name="Främling",
    )  # fmt: skip


def _held(world: World, ad: Published) -> Ad:
    """The rival's object, out of the session that could read it."""
    with world.acting(scope.party(ad.party_id)) as session:
        held = session.get_one(Ad, ad.id)
        session.refresh(held)
        session.expunge(held)
        return held


def _title(world: World, ad: Published) -> str:
    with world.acting(scope.party(ad.party_id)):
        return db.session.get_one(Ad, ad.id).title
