"""What is unique behind the walls is unique within a party.

Why: row level security does not reach unique indexes. One without the party in it answers "duplicate key" to whoever
binds a row of their own to what a rival has, and so tells that it is there. No row changes: each of these columns already
belongs to one party alone, by its foreign key.

SQLite cannot change a constraint, and a batch would lose the CHECKs, which are not reflected: there the table is made
anew from its own text, as SQLite's manual has it. Broken off in the middle, it can be run again.
"""

import re

from alembic import op
from sqlalchemy import Connection

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# table: the columns that are unique together, besides the party
UNIQUE = {
    "answer": ("application_id", "criterion_id"),
    "conflict_answer": ("panel_member_id", "application_id"),
    "employment": ("application_id",),
    "interview_call": ("application_id",),
    "outcome": ("application_id",),
    "own_place": ("panel_member_id", "application_id"),
    "page_picture": ("document_id", "number"),
    "panel_member": ("ad_id", "person_id"),
    "review_case": ("ad_id",),
    "score": ("panel_member_id", "application_id", "criterion_id"),
}
ADDRESS = "one_application_per_address"
COUNTS = "state IN ('sent', 'late')"


def upgrade() -> None:
    for table, columns in UNIQUE.items():
        _replace(table, columns, ("party_id", *columns))
    _index("party_id", "ad_id", "address_print")


def downgrade() -> None:
    for table, columns in UNIQUE.items():
        _replace(table, ("party_id", *columns), columns)
    _index("ad_id", "address_print")


def _index(*columns: str) -> None:
    op.execute(f"DROP INDEX IF EXISTS {ADDRESS}")
    op.execute(f"CREATE UNIQUE INDEX {ADDRESS} ON application ({', '.join(columns)}) WHERE {COUNTS}")


def _replace(table: str, former: tuple[str, ...], new: tuple[str, ...]) -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        _make_anew(connection, table, _clause(table, former), _clause(table, new))
        return
    op.drop_constraint(_name(table, former), table, type_="unique")
    op.create_unique_constraint(_name(table, new), table, list(new))


def _name(table: str, columns: tuple[str, ...]) -> str:
    return f"uq_{table}_{'_'.join(columns)}"


def _clause(table: str, columns: tuple[str, ...]) -> str:
    return f"CONSTRAINT {_name(table, columns)} UNIQUE ({', '.join(columns)})"


def _make_anew(connection: Connection, table: str, former: str, new: str) -> None:
    found = "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND type {} AND sql IS NOT NULL"
    (text,) = connection.exec_driver_sql(found.format("= 'table'"), (table,)).scalars()
    if new in text:
        return
    assert former in text, f"{table} has no {former}"
    beside = connection.exec_driver_sql(found.format("IN ('index', 'trigger')"), (table,)).scalars().all()
    connection.exec_driver_sql(f"DROP TABLE IF EXISTS {table}_new")
    connection.exec_driver_sql(re.sub(r'^CREATE TABLE "?\w+"?', f"CREATE TABLE {table}_new", text.replace(former, new)))
    connection.exec_driver_sql(f"INSERT INTO {table}_new SELECT * FROM {table}")
    connection.exec_driver_sql(f"DROP TABLE {table}")
    connection.exec_driver_sql(f"ALTER TABLE {table}_new RENAME TO {table}")
    for statement in beside:
        connection.exec_driver_sql(statement)
