"""What no model declares and a migration can lose without a word: triggers, partial indexes, collations.

Compared with the declared list after every migration, on the way up and on the way down; and the log is tried each time.
"""

from functools import cache
from typing import Any
from uuid import uuid4

import pytest
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy import Connection, create_engine, insert, text
from sqlalchemy.exc import DBAPIError

from portal import clock
from portal.audit.models import AuditLine
from portal.config import Settings
from portal.operations.schema import downgrade, upgrade
from portal.paths import MIGRATIONS

TRIGGERS = {
    "sqlite": {
        ("audit_line_never_changed", "BEFORE UPDATE ON audit_line"),
        ("audit_line_never_deleted", "BEFORE DELETE ON audit_line"),
        ("ad_criterion_locked_insert", "BEFORE INSERT ON ad_criterion"),
        ("ad_criterion_locked_update", "BEFORE UPDATE ON ad_criterion"),
        ("ad_criterion_locked_delete", "BEFORE DELETE ON ad_criterion"),
    },
    "postgresql": {
        ("audit_line_unchanging", "BEFORE DELETE OR UPDATE ON public.audit_line"),
        ("ad_criterion_locked", "BEFORE INSERT OR DELETE OR UPDATE ON public.ad_criterion"),
    },
}
PARTIAL_INDEXES = {
    ("one_application_per_address", True),
    ("uq_membership_in_party", True),
    ("uq_membership_in_authority", True),
    ("one_leads", True),
    ("one_standing_decision_per_krav", True),
    ("one_open_request_of_a_kind", True),
    ("merits_asked_for_once", True),
    ("one_hold_of_a_recruitment", True),
    ("one_hold_of_a_candidate", True),
    ("one_stay_that_is_not_over", True),
}
# From which revision on; what is not named is there from the first.
SINCE = {
    "ad_criterion_locked": "0005",
    "ad_criterion_locked_insert": "0005",
    "ad_criterion_locked_update": "0005",
    "ad_criterion_locked_delete": "0005",
    "one_standing_decision_per_krav": "0005",
    "one_leads": "0006",
    "one_open_request_of_a_kind": "0024",
    "merits_asked_for_once": "0024",
    "one_hold_of_a_recruitment": "0023",
    "one_hold_of_a_candidate": "0023",
    "one_stay_that_is_not_over": "0040",
}
COLLATIONS: set[tuple[str, str]] = set()  # every column has its database's own: nothing is sorted or found by it

ASKED = {
    "sqlite": {
        "triggers": "select name, sql from sqlite_master where type = 'trigger'",
        "indexes": "select name, sql like 'CREATE UNIQUE%' from sqlite_master where type = 'index' and sql like '%WHERE%'",
        "collations": "select tbl_name, sql from sqlite_master where sql like '%COLLATE%'",
    },
    "postgresql": {
        "triggers": "select tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal and tgenabled = 'O'",
        "indexes": "select relname, indisunique from pg_index join pg_class on oid = indexrelid where indpred is not null",
        "collations": "select attrelid::regclass::text, attname from pg_attribute join pg_class c on c.oid = attrelid "
        "where relnamespace = 'public'::regnamespace and attcollation not in (0, 100)",
    },
}


@cache
def revisions() -> list[str]:
    """All of them, from the first to the newest."""
    return [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]


def ask(connection: Connection, what: str) -> set[tuple[str, str]]:
    rows = connection.execute(text(ASKED[connection.dialect.name][what]))
    return {(name, told) for name, told in rows}


def there(declared: set[tuple[str, Any]], present: str) -> set[tuple[str, Any]]:
    """What is declared of the schema as of one revision."""
    known = revisions()
    return {one for one in declared if known.index(SINCE.get(one[0], known[0])) <= known.index(present)}


def assert_as_declared(connection: Connection) -> None:
    present = str(connection.scalar(text("select version_num from alembic_version")))
    found = {(name, sql) for name, sql in ask(connection, "triggers")}
    declared = there(TRIGGERS[connection.dialect.name], present)
    assert {name for name, _ in found} == {name for name, _ in declared}
    assert all(words in sql for name, words in declared for other, sql in found if name == other)
    assert {(name, bool(unique)) for name, unique in ask(connection, "indexes")} == there(PARTIAL_INDEXES, present)
    assert ask(connection, "collations") == COLLATIONS


def assert_log_is_shut(settings: Settings) -> None:
    engine = create_engine(settings.database_owner_url)
    for statement in ("UPDATE audit_line SET verb = 'x'", "DELETE FROM audit_line"):
        with engine.connect() as connection, pytest.raises(DBAPIError, match="never"):
            connection.execute(text(statement))
    with engine.connect() as connection:
        assert connection.scalar(text("select count(*) from audit_line where verb = 'as.written'")) == 1
        assert_as_declared(connection)
    engine.dispose()


def write_line(settings: Settings) -> None:
    line = {"id": uuid4(), "chain_id": uuid4(), "number": 1, "at": clock.now(), "actor": "system", "reason": ""}
    engine = create_engine(settings.database_owner_url)
    with engine.begin() as connection:
        connection.execute(
            insert(AuditLine.__table__).values(**line, verb="as.written", previous_hash=b"", hash=b"x" * 32)
        )
    engine.dispose()


def test_after_every_migration_the_database_has_what_is_declared(app: Flask, settings: Settings) -> None:
    known = revisions()
    with app.app_context():
        downgrade(revision="base")
        for number, revision in enumerate(known):
            upgrade(revision=revision)
            if number == 0:
                write_line(settings)
            assert_log_is_shut(settings)
        for revision in reversed(known[:-1]):
            downgrade(revision=revision)
            assert_log_is_shut(settings)
