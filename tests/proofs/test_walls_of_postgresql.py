"""PostgreSQL's own wall: what the catalogue says of it, what a role may do, and that no connection remembers anybody."""

import random
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from portal import scope
from portal.config import Settings
from portal.tables import scoped_tables, tables_of_authorities
from tests.database import OWNER, POSTGRESQL, Databases
from tests.proofs.plugin import Proof
from tests.stage import Side, set_stage
from tests.world import World

pytestmark = pytest.mark.skipif(not POSTGRESQL, reason="SQLite has no roles and no row level security")
SCOPE_COLUMNS = ("party_id", "authority_id", "controller_id", "application_id")
WITHOUT_WALL = {  # a scope column that is no scope: each is read before it is known whom one acts for
    "controller_key": "whose key it is: one row for each party and authority, and they are public",
    "disclosure_request": "what somebody asks of an authority: no party's, and sealed under the authority's key",
    "membership": "who may log in where",
    "outgoing_mail": "under whose key the mail is sealed",
    "party": "the party itself, in its authority",
    "published_ad": "what the public reads",
    "request_record": "the number that such a request has, and its decision",
    "retention_rule": "how long an employer keeps applications, as it stands in its ads",
}
EVERY_TABLE = sorted(table.name for table in scoped_tables())
OF_AUTHORITY = tables_of_authorities()  # the party reads them, and does not write


@pytest.fixture
def sides(world: World, set_clock: Callable[[str], datetime]) -> tuple[Side, Side]:
    """Two rival parties, each with rows in every table."""
    return set_stage(world, set_clock, employer="authority", rivals="party")


@pytest.fixture
def pool(settings: Settings) -> Iterator[Engine]:
    """Two connections of the application's role, for everybody."""
    engine = create_engine(settings.database_url, pool_size=2, max_overflow=0, pool_reset_on_return="rollback")
    yield engine
    engine.dispose()


@contextmanager
def _of_the_owner(settings: Settings) -> Iterator[Connection]:
    engine = create_engine(settings.database_owner_url)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.proof(
    "Databasen själv skiljer partierna åt i varje tabell.",
    how="pg_catalog: row level security, forced, with one policy to read and write, wherever there is a scope column",
    short={},
    full={},
)
def test_every_table_with_a_scope_column_is_shut(proof: Proof, world: World, settings: Settings) -> None:
    with _of_the_owner(settings) as owner:
        columns = {"names": list(SCOPE_COLUMNS)}
        found = set(owner.scalars(text(_WITH_A_SCOPE_COLUMN), columns)) - WITHOUT_WALL.keys()
        every = owner.execute(text("SELECT * FROM pg_policies")).all()
        forced = set(owner.scalars(text("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")))
        seen_through = owner.scalars(text(_SEEN_THROUGH)).all()
    policies = {row.tablename: row for row in every if row.policyname == "scope"}
    taking = {row.tablename: row for row in every if row.policyname == "taken_away_by_authority"}
    several = len(every) - len(policies) - len(taking)
    unlike = {name for name, row in policies.items() if row.qual != row.with_check or row.cmd != "ALL"}
    rules = {row.qual.replace("application_id", "id") for row in policies.values()}
    proof.came_to(
        tables=len(found), shut=len(found & forced & policies.keys()), other_policies=several,
        views_and_functions_of_the_owners=len(seen_through),
    )  # fmt: skip
    assert found == set(EVERY_TABLE) == policies.keys() == forced
    assert (unlike, several, seen_through) == (OF_AUTHORITY, 0, [])
    assert rules == RULES, "the staff's rule, and the one that lets in the row's own candidate too"
    assert taking.keys() == OF_AUTHORITY
    for name, row in taking.items():
        assert (row.permissive, row.cmd, policies[name].cmd) == ("RESTRICTIVE", "DELETE", "ALL")
        assert row.qual == policies[name].with_check, "who may write is who may take away"
        assert row.qual == f"({_is('authority')} AND (controller_id = {_ID}) AND with_authority)"
        assert "'authority'" in row.qual and "'party'" not in row.qual


_ID = "(NULLIF(current_setting('portal.scope_id'::text, true), ''::text))::uuid"


def _is(kind: str) -> str:
    return f"(current_setting('portal.scope_kind'::text, true) = '{kind}'::text)"


# As the catalogue says them: one's own party, what one's own authority employs for from its step on, one's own application.
_STAFFS = (
    f"({_is('party')} AND (party_id = {_ID})) OR ({_is('authority')} AND (controller_id = {_ID}) AND with_authority)"
)
RULES = {f"({_STAFFS})", f"({_STAFFS} OR ({_is('candidate')} AND (id = {_ID})))"}
_WITH_A_SCOPE_COLUMN = """
    SELECT DISTINCT relname FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid
    WHERE relkind IN ('r', 'p', 'f') AND relnamespace = 'public'::regnamespace AND attname = ANY(:names)
"""
_SEEN_THROUGH = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
    AND (relkind = 'm' OR relkind = 'v' AND NOT coalesce(reloptions, '{}') && ARRAY['security_invoker=true'])
    UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef
"""


ATTRIBUTES = ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolreplication")
FORBIDDEN = (  # to the application's role, by the database itself
    f"SET ROLE {OWNER}", f"SET SESSION AUTHORIZATION {OWNER}", "SET ROLE postgres",
    "SET row_security = off; SELECT count(*) FROM ad", "TRUNCATE ad CASCADE", "DROP POLICY scope ON ad",
    "ALTER TABLE ad DISABLE ROW LEVEL SECURITY", "ALTER TABLE ad NO FORCE ROW LEVEL SECURITY", "DROP TABLE answer",
    "ALTER TABLE ad OWNER TO CURRENT_USER", "ALTER ROLE CURRENT_USER BYPASSRLS", "CREATE ROLE somebody BYPASSRLS",
    "CREATE TABLE public.mine (id int)", "CREATE VIEW public.seen AS SELECT * FROM ad", "UPDATE audit_line SET verb = ''",
    "DELETE FROM audit_line", "COPY ad TO PROGRAM 'cat'", "ALTER TABLE audit_line DISABLE TRIGGER ALL",
    "SET session_replication_role = replica",
    "CREATE FUNCTION public.f() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
)  # fmt: skip


@pytest.mark.proof(
    "Programmets databasroll kan inte ta sig förbi muren.",
    how="the role's rights from the catalogue, and each way around the wall tried as that role",
    short={},
    full={},
)
def test_the_applications_role_is_nobody(proof: Proof, sides: tuple[Side, Side], pool: Engine) -> None:
    done, named = [], text("SELECT * FROM pg_roles WHERE rolname = current_user")
    with pool.connect() as role:
        rights = role.execute(named).one()
        owned = role.scalar(text("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole"))
        memberships = role.scalar(text("SELECT count(*) FROM pg_auth_members WHERE member = current_user::regrole"))
        truncates = role.scalars(text(_MAY_TRUNCATE)).all()
        for statement in FORBIDDEN:
            role.rollback()
            try:
                role.exec_driver_sql(statement)
            except DBAPIError:
                continue
            done.append(statement)
        role.rollback()
    could = [name for name in ATTRIBUTES if getattr(rights, name)]
    proof.came_to(
        ways_tried=len(FORBIDDEN), ways_open=len(done), owned=owned or 0, memberships=memberships or 0,
        attributes=len(could), tables_it_may_truncate=len(truncates),
    )  # fmt: skip
    assert (done, could, owned, memberships, truncates) == ([], [], 0, 0, [])


_MAY_TRUNCATE = """
    SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
    AND has_table_privilege(oid, 'TRUNCATE, TRIGGER, REFERENCES')
"""


def _rows(connection: Connection, party: UUID | None = None) -> int:
    """How many scoped rows are seen: all of them, or those that are not ``party``'s."""
    but = "" if party is None else f" WHERE party_id <> '{party}'"
    return sum(connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"{but}').scalar_one() for name in EVERY_TABLE)


def _commit(session: Session) -> None:
    session.commit()


def _roll_back(session: Session) -> None:
    session.rollback()


def _leave_open(session: Session) -> None:
    """The session is closed with its transaction still open."""


def _err(session: Session) -> None:
    with pytest.raises(DBAPIError):
        session.execute(text("SELECT 1/0"))


def _be_cancelled(session: Session) -> None:
    session.execute(text("SET LOCAL statement_timeout = 20"))
    with pytest.raises(DBAPIError):
        session.execute(text("SELECT pg_sleep(5)"))


def _be_cut_off(session: Session) -> None:
    with pytest.raises(DBAPIError):
        session.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))


ENDINGS: tuple[Callable[[Session], None], ...] = (_commit, _roll_back, _leave_open, _err, _be_cancelled, _be_cut_off)


@pytest.mark.proof(
    "En databasanslutning minns aldrig vilket parti den sist arbetade för.",
    how="a pool of two: each end of a transaction, then the next user without a scope; then 8 threads of two parties",
    short={"rounds": 20, "transactions": 400},
    full={"rounds": 500, "transactions": 20_000},
)
def test_a_connection_remembers_nobody(proof: Proof, sides: tuple[Side, Side], pool: Engine) -> None:
    remembered = 0
    for ending in ENDINGS * proof.size("rounds"):
        with Session(pool) as session:
            scope.act_for(session, sides[1].scope)
            assert _rows(session.connection()) > 100, "the rival sees its own"
            ending(session)
        with pool.connect() as one, pool.connect() as other:
            remembered += _rows(one) + _rows(other)
    seen = _hammered(pool, [side.world.party for side in sides], proof.size("transactions"))
    foreign, own = (sum(counts) for counts in zip(*seen, strict=True))
    proof.came_to(
        endings=len(ENDINGS) * proof.size("rounds"), rows_remembered=remembered, transactions=len(seen),
        rows_of_ones_own=own, foreign_rows=foreign,
    )  # fmt: skip
    assert (remembered, foreign) == (0, 0)
    assert own > len(seen)


def _hammered(pool: Engine, parties: list[UUID], transactions: int) -> list[tuple[int, int]]:
    """Foreign and own ads seen by each transaction, raw, of threads that share the pool."""

    def work(number: int) -> tuple[int, int]:
        party, chance = parties[number % len(parties)], random.Random(number)
        with Session(pool) as session:
            scope.act_for(session, scope.party(party))
            seen = session.execute(text("SELECT party_id FROM ad")).scalars().all()
            chance.choice(ENDINGS[:4])(session)
        return sum(one != party for one in seen), sum(one == party for one in seen)

    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(work, range(transactions)))


def test_what_the_superuser_sees_is_there_to_be_hidden(
    sides: tuple[Side, Side], settings: Settings, databases: Databases, pool: Engine
) -> None:
    """The control: the same count finds the rival's rows where no wall stands, and none beyond it."""
    url = make_url(str(databases.server_url)).set(database=make_url(settings.database_url).database)
    engine = create_engine(url)
    with engine.connect() as superuser:
        assert _rows(superuser, sides[0].world.party) > 100
    engine.dispose()
    with Session(pool) as session:
        scope.act_for(session, sides[0].scope)
        assert _rows(session.connection(), sides[0].world.party) == 0
